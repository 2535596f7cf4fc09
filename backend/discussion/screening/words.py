"""The words that screening looks for, as administrators keep them: in force at once, and never saved over blindly."""

import json
import unicodedata
from typing import Any
from uuid import UUID

from backend.accounts.acts import act
from backend.discussion.screening.listed import (
    COLUMNS,
    EXCEPTION_CHARS,
    MOST_EXCEPTIONS,
    OWN_CHARS,
    REASONS,
    WORDS_CHARS,
    Listed,
    Typed,
    WordChangedSinceError,
    listed,
)
from backend.discussion.screening.model import OUTCOMES
from backend.discussion.screening.rulebook import TOPIC
from backend.discussion.screening.vocabulary import LONGEST, key_of
from backend.discussion.wording import tidy
from base import clock, database, journal, revisions
from base.errors import FieldError, InvalidError, NotFoundError
from content import cursors
from content.folding import fold
from content.rows import Page

LIMIT = 40


async def word(id: UUID) -> Listed:
    """The word by this id; raises NotFoundError."""
    found = await find(id)
    if found is None:
        raise NotFoundError
    return found


async def find(id: UUID) -> Listed | None:
    """The word, if there is one by this id."""
    rows = await database.fetch(f"SELECT {COLUMNS} FROM screening_word WHERE id = {{}}", id)
    return listed(rows[0]) if rows else None


async def words(*, rule: str = "", part: str = "", cursor: str | None = None) -> Page[Listed]:
    """One page of the words of a rule (or all), with ``part`` in them however it is spelt, in alphabetical order.

    Raises InvalidError on a cursor that was not made here.
    """
    conditions, values = ["1 = 1"], []
    if rule:
        conditions.append("rule = {}")
        values.append(rule)
    if part:
        conditions.append("search_key LIKE {}")
        values.append(f"%{fold(key_of(part))}%")
    if cursor:
        conditions.append("(search_key, id) > ({}, {})")
        values += _place(cursor)
    rows = await database.fetch(
        f"SELECT {COLUMNS}, search_key FROM screening_word WHERE {' AND '.join(conditions)} "
        "ORDER BY search_key, id LIMIT {}",
        *values, LIMIT + 1,
    )  # fmt: skip
    last = rows[LIMIT - 1] if len(rows) > LIMIT else None
    ahead = cursors.seal("screening-words", [last["search_key"], str(last["id"])]) if last else None
    return Page(tuple(map(listed, rows[:LIMIT])), ahead)


async def save(id: UUID, typed: Typed, *, version: int, by: str) -> Listed:
    """Save a word, or add it if there is none by this id; from then on texts are looked at with it.

    ``version`` is that of the word as it was opened, 0 for a new one. The same again changes nothing. Raises
    InvalidError, WordChangedSinceError with what stands now.
    """
    typed = _tidy(typed)
    _check(typed)
    async with act(id):
        was = await find(id)
        if was is None or was.typed != typed:
            await _check_alone(id, typed)
            if was is not None and was.version != version:
                raise WordChangedSinceError(was)
            await (_add(id, typed, by) if was is None else _change(was, typed, by))
    return await word(id)


async def _add(id: UUID, typed: Typed, by: str) -> None:
    names, values = _columns(typed)
    await database.execute(
        f"INSERT INTO screening_word (id, {', '.join(names)}, version, saved_by, saved_at) "
        f"VALUES ({{}}, {', '.join('{}' for _ in names)}, 1, {{}}, {{}})",
        id, *values, by, clock.now(),
    )  # fmt: skip
    await _note("add", id, typed, 1, by)


async def _change(was: Listed, typed: Typed, by: str) -> None:
    names, values = _columns(typed)
    await database.execute(
        f"UPDATE screening_word SET {', '.join(f'{name} = {{}}' for name in names)}, version = {{}}, saved_by = {{}}, "
        "saved_at = {} WHERE id = {}",
        *values, was.version + 1, by, clock.now(), was.id,
    )  # fmt: skip
    await _note("change", was.id, typed, was.version + 1, by, before=was.typed.outcome)


async def _note(verb: str, id: UUID, typed: Typed, version: int, by: str, **detail: object) -> None:
    await revisions.touch(TOPIC)
    await journal.record(
        act=f"screening.{verb}", subject=f"screening-word:{id}", by=by,
        detail={"rule": typed.rule, "outcome": typed.outcome, "version": version, **detail},
    )  # fmt: skip


def _columns(typed: Typed) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    key = key_of(typed.words)
    exceptions = json.dumps(typed.exceptions, ensure_ascii=False)
    return (
        ("rule", "key", "search_key", "words", "outcome", "reason", "own", "bare", "exceptions"),
        (typed.rule, key, fold(key), typed.words, typed.outcome, typed.reason, typed.own, typed.bare, exceptions),
    )


async def _check_alone(id: UUID, typed: Typed) -> None:
    rows = await database.fetch(
        "SELECT id FROM screening_word WHERE rule = {} AND key = {} AND id <> {}", typed.rule, key_of(typed.words), id
    )
    if rows:
        raise InvalidError.of("words", "screening-word-there")


def _place(cursor: str) -> list[Any]:
    try:
        key, id = cursors.unseal("screening-words", cursor)
        return [key, UUID(id)]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None


def _tidy(typed: Typed) -> Typed:
    exceptions = dict.fromkeys(filter(None, map(_line, typed.exceptions)))
    return Typed(
        typed.rule, _line(typed.words).lower(), typed.outcome, typed.reason, typed.bare, tuple(exceptions),
        " ".join(tidy(typed.own).split()),
    )  # fmt: skip


def _line(text: str) -> str:
    """One line of composed letters; no NUL, on which PostgreSQL fails."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", "\ufffd")).split())


def _check(typed: Typed) -> None:
    wrong = _wrong_words("words", typed.words, WORDS_CHARS)
    if typed.outcome not in OUTCOMES:
        wrong.append(FieldError("outcome", "screening-outcome-wrong", {}))
    if typed.reason not in REASONS.get(typed.rule, ()):
        wrong.append(FieldError("reason", "screening-reason-wrong", {}))
    wrong += _wrong_exceptions(typed)
    if len(typed.own) > OWN_CHARS:
        wrong.append(FieldError("own", "screening-too-long", {"most": OWN_CHARS}))
    if wrong:
        raise InvalidError(fields=tuple({each.field: each for each in wrong}.values()))


def _wrong_words(field: str, words: str, most: int) -> list[FieldError]:
    """Digits and signs are not looked for: "3 que" would be found wherever "que" stands."""
    if not words:
        return [FieldError(field, "screening-word-missing", {})]
    if len(words) > most or len(key_of(words).split()) > LONGEST:
        return [FieldError(field, "screening-too-long", {"most": most})]
    if not all(letter.isalpha() or letter in " -" for letter in words) or not key_of(words):
        return [FieldError(field, "screening-word-letters", {})]
    return []


def _wrong_exceptions(typed: Typed) -> list[FieldError]:
    """A phrase that does not hold the word would spare nothing."""
    if len(typed.exceptions) > MOST_EXCEPTIONS:
        return [FieldError("exceptions", "screening-exceptions-many", {"most": MOST_EXCEPTIONS})]
    for line in typed.exceptions:
        if wrong := _wrong_words("exceptions", line, EXCEPTION_CHARS):
            return wrong
        if f" {key_of(typed.words)} " not in f" {key_of(line)} ":
            return [FieldError("exceptions", "screening-exception-without", {"line": line})]
    return []
