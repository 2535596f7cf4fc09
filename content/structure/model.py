"""What a text becomes once it has been read: its head and its parts, in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Warned = tuple[str, Mapping[str, str | int]]
"""A catalogue key of ``structure.ftl`` and the values its sentence needs."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a text that can be quoted, linked to and commented on.

    ``text`` is the verbatim slice of the normalised source that belongs to this part alone: label and heading
    included, the parts nested in it excluded. The ``text`` of all parts, joined in order, is the source again.
    ``body`` is what is shown after label and heading: inline Markdown, one paragraph a line, tables as Markdown.
    """

    position: int
    path: str
    parent: str | None
    kind: str
    label: str
    heading: str
    text: str
    body: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the paper says about itself. Every field is empty or None where nothing was found.

    ``sources`` says of a field where it was found: head, text, introduction, facts, front-matter, signature, number.
    """

    number: str = ""
    type: str = ""
    code: str = ""
    issuer: str = ""
    issued: date | None = None
    place: str = ""
    title: str = ""
    signer: str = ""
    capacity: str = ""
    signer_title: str = ""
    effective: date | None = None
    urgency: str = ""
    secrecy: str | None = None
    recipients: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Structure:
    """A text read whole: ``"".join(part.text for part in parts) == source``."""

    parts: tuple[Part, ...]
    head: Head
    source: str
    warnings: tuple[Warned, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
