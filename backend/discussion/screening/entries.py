"""What is looked for in texts: a word or a phrase, with what becomes of words that hold it, and why."""

from msgspec import Struct


class Entry(Struct, frozen=True):
    """A word or phrase that is looked for.

    ``bare``: counts without its marks too, in texts that are written without; only for what is then no other
    ordinary word. ``exceptions`` are phrases in which it is fine. ``reason`` and ``own`` as in a finding.
    """

    words: str
    outcome: str
    reason: str
    bare: bool = False
    exceptions: tuple[str, ...] = ()
    own: str = ""


class Hit(Struct, frozen=True):
    """An entry that was found, and where in the plain text."""

    entry: Entry
    start: int
    end: int
