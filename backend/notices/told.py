"""What a reader is told of one notice, whatever it is about."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from backend.accounts.sessions import Reader
from base.catalogue import keys, say
from notifications.inbox import Item

SNIPPET_CHARS: Final = 140


class Told(Struct, frozen=True):
    """``words`` say what happened; ``title`` is what it is called, ``more`` a line beside, both in Vietnamese.

    ``href`` is the place; "" for what the reader cannot open any more: then nothing else is told of it.
    """

    words: str
    title: str = ""
    more: str = ""
    href: str = ""


Found = Mapping[UUID, Told]
"""By the notice's id; what is missing is lost to this reader."""

Teller = Callable[[Sequence[Item], Reader, str], Awaitable[Found]]
"""Tells of all notices about one noun at once, in a language."""


def words_of(kind: str, language: str, *, own: bool = False) -> str:
    """What happened, as a short sentence; ``own``: to something that the reader sent."""
    key = f"notices-kind-{kind.replace('.', '-').replace('_', '-')}" + ("-own" if own else "")
    return say(key if key in keys(language) else "notices-kind-other", language)


def subject(item: Item) -> UUID | None:
    """The id of what it is about; None for what has none."""
    try:
        return UUID(item.about.partition(":")[2])
    except ValueError:
        return None


def subjects(items: Sequence[Item]) -> list[UUID]:
    """All of them, each once."""
    return list(dict.fromkeys(id for item in items if (id := subject(item))))


def shortened(words: str) -> str:
    """The beginning of what somebody said, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= SNIPPET_CHARS else line[:SNIPPET_CHARS].rsplit(" ", 1)[0] + " …"
