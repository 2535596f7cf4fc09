"""What screening goes by at this moment, in every process, from memory while nobody has changed it."""

from backend.discussion.screening.listed import COLUMNS, listed
from backend.discussion.screening.model import SHOW
from backend.discussion.screening.rules import BY_NAME, WORDED, Book
from backend.discussion.screening.vocabulary import Vocabulary
from base import database, revisions

TOPIC = "screening"
"""The revision that grows with each change of a rule or a word."""

_held: list[tuple[tuple[object, int], Book]] = []


async def rulebook() -> Book:
    """The rules and words in force.

    May be asked inside an act, and is remembered from there too: no act that changes them asks, and none reads what
    was before a change whose number it sees (SQLite has one writer at a time, PostgreSQL reads what is committed).
    """
    state = (database.engine(), revisions.current(TOPIC))
    if not _held or _held[0][0] != state:
        _held[:] = [(state, await _read())]
    return _held[0][1]


async def _read() -> Book:
    rules = await database.fetch("SELECT name, outcome FROM screening_rule")
    outcomes = {row["name"]: row["outcome"] for row in rules if row["outcome"] in _choices(row["name"])}
    rows = await database.fetch(f"SELECT {COLUMNS} FROM screening_word WHERE outcome <> {{}} ORDER BY id", SHOW)
    entries = [(row["rule"], listed(row).typed.entry) for row in rows]
    return Book(outcomes, {name: Vocabulary(entry for rule, entry in entries if rule == name) for name in WORDED})


def _choices(name: str) -> tuple[str, ...]:
    """What a rule may be switched to; nothing for one of another version of the handbook."""
    return BY_NAME[name].choices if name in BY_NAME else ()
