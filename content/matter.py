"""What a file says at its top about its place in the handbook: audience, owner, topic, dates, relations."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

RELATIONS = ("amends", "supplements", "replaces", "abolishes")
REVISED = ("revised", "modified", "lastedit", "last_modified", "updated")
"""By what names files say on which day they were last worked on."""

_PAIR = re.compile(r"([A-Za-z_][\w-]*)\s*:\s*(.*)$")
_LINES = 400
"""Front matter ends within so many lines, or it is none."""


class Matter(Struct, frozen=True):
    """Facts of the front matter; None or empty where it says nothing. Units are named by their codes."""

    audience: tuple[str, ...] = ()
    owner: str = ""
    offline: bool | None = None
    topic: str = ""
    effective_from: date | None = None
    effective_until: date | None = None
    revised: date | None = None
    relations: dict[str, tuple[str, ...]] = {}


def read(source: str) -> Matter:
    """Read the front matter of a file, if it has one; what it does not understand it leaves alone."""
    facts = dict(fields(source))
    first = {name: values[0] for name, values in facts.items() if values}
    return Matter(
        audience=facts.get("audience", ()),
        owner=first.get("owner", ""),
        offline={"true": True, "false": False}.get(first.get("offline", "").lower()),
        topic=first.get("topic", ""),
        effective_from=_day(first.get("effective_from", "")),
        effective_until=_day(first.get("effective_until", "")),
        revised=next(filter(None, (_day(first.get(name, "")) for name in REVISED)), None),
        relations={kind: facts[kind] for kind in RELATIONS if facts.get(kind)},
    )


def fields(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each field of the front matter with its values: one, or those of a list in either notation."""
    name, values = "", list[str]()
    for line in _matter_lines(source):
        pair = _PAIR.match(line)
        if pair:
            if name:
                yield name, tuple(values)
            name, values = pair[1].lower(), _values(pair[2])
        elif name and line.lstrip().startswith("- "):
            values.append(_bare(line.lstrip()[2:]))
    if name:
        yield name, tuple(values)


def body(source: str) -> str:
    """The file without its front matter."""
    lines = source.lstrip("\ufeff").splitlines(keepends=True)
    count = len(_matter_lines(source))
    return "".join(lines[count + 2 :]) if count else source


def _matter_lines(source: str) -> list[str]:
    lines = source.lstrip("\ufeff")[:100_000].splitlines()
    if not lines or lines[0].rstrip() != "---":
        return []
    for at, line in enumerate(lines[1:_LINES], 1):
        if line.rstrip() == "---":
            return lines[1:at]
    return []


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_bare(value) for value in text[1:-1].split(",") if value.strip()]
    return [_bare(text)] if text else []


def _bare(text: str) -> str:
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
