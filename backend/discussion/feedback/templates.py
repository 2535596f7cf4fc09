"""Templates of answers: words that a unit's handlers begin with, kept once for all of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from backend.accounts.acts import act
from backend.discussion.feedback.model import ANSWER_CHARS, TITLE_CHARS, check_length
from backend.discussion.wording import tidy
from base import clock, database, journal
from base.errors import ConflictError, NotFoundError

MOST = 50
"""So many of one unit can be told apart in a list."""


class Template(Struct, frozen=True):
    """A template of a unit."""

    id: UUID
    unit: int
    title: str
    words: str
    version: int
    saved_by: str
    saved_at: datetime


class TemplateChangedSinceError(ConflictError):
    """Somebody saved the template since it was opened."""

    key = "feedback-template-changed"


async def templates(units: Collection[int]) -> tuple[Template, ...]:
    """Those of these units, by title."""
    among, values = database.among("unit", sorted(units))
    rows = await database.fetch(
        "SELECT id, unit, title, words, version, saved_by, saved_at FROM answer_template "
        f"WHERE {among} ORDER BY title, id",
        values,
    )
    return tuple(Template(**row) for row in rows)


async def template(id: UUID) -> Template:
    """One of them; raises NotFoundError. Who may see it is for the door to know, by its unit."""
    found = await find(id)
    if found is None:
        raise NotFoundError
    return found


async def find(id: UUID) -> Template | None:
    """The template, if there is one by this id."""
    rows = await database.fetch(
        "SELECT id, unit, title, words, version, saved_by, saved_at FROM answer_template WHERE id = {}", id
    )
    return Template(**rows[0]) if rows else None


async def save(id: UUID, *, unit: int, title: str, words: str, version: int, by: UUID) -> Template:
    """Save what was typed, over the ``version`` that was opened (0 for a new one); the same again changes nothing."""
    title, words = " ".join(tidy(title[: 4 * TITLE_CHARS]).split()), tidy(words[: 4 * ANSWER_CHARS])
    check_length(title, "title", most=TITLE_CHARS)
    check_length(words, "answer", most=ANSWER_CHARS)
    async with act(id):
        was = await find(id)
        if was is not None and (was.unit, was.title, was.words) == (unit, title, words):
            return was
        if (was.version if was else 0) != version or (was and was.unit != unit):
            raise TemplateChangedSinceError
        await _check_room(unit, was)
        await database.execute(
            "INSERT INTO answer_template (id, unit, title, words, version, saved_by, saved_at) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
            "words = excluded.words, version = excluded.version, saved_by = excluded.saved_by, "
            "saved_at = excluded.saved_at",
            id, unit, title, words, version + 1, str(by), clock.now(),
        )  # fmt: skip
        await _note("save", id, unit, by, version=version + 1)
        return await template(id)


async def remove(id: UUID, *, by: UUID) -> None:
    """Delete it; one that is gone already changes nothing."""
    async with act(id):
        rows = await database.fetch("DELETE FROM answer_template WHERE id = {} RETURNING unit", id)
        if rows:
            await _note("remove", id, rows[0]["unit"], by)


async def _check_room(unit: int, was: Template | None) -> None:
    if was is None and len(await templates([unit])) >= MOST:
        raise ConflictError("feedback-templates-many", most=MOST)


async def _note(verb: str, id: UUID, unit: int, by: UUID, **detail: object) -> None:
    await journal.record(act=f"template.{verb}", subject=f"template:{id}", by=str(by), unit=unit, detail=detail)
