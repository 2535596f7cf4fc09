"""One step of a case: claimed under its id, done to the version that was seen, kept, and journalled."""

import re
import secrets
from typing import Any
from uuid import UUID

from backend.discussion.feedback.model import COLUMNS, Case, CaseChangedSinceError, Step
from base import clock, database, journal, revisions
from base.errors import ConflictError, NotFoundError
from notifications import outbox

TOPIC = "feedback"
"""The revision that grows with each act upon a case."""

LETTERS = "23456789ABCDEFGHKMNPQRSTVWXYZ"
"""Letters and digits of codes: none that one takes for another when it is read out or written by hand."""

CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{4}-[A-Z0-9]{2}", re.ASCII)


async def code(prefix: str, *, table: str) -> str:
    """A new code such as GY-7K3M-Q2 that nothing in the table has."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(6))
        made = f"{prefix}-{drawn[:4]}-{drawn[4:]}"
        if not await database.fetch(f"SELECT code FROM {table} WHERE code = {{}}", made):
            return made


def known(typed: str) -> str:
    """A code as it is kept, however it was typed; raises NotFoundError for what can be none."""
    made = typed.strip().upper()
    if not CODE.fullmatch(made):
        raise NotFoundError
    return made


async def find(id: UUID) -> Case | None:
    """The case, if there is one by this id; who may see it is for the caller to know."""
    rows = await database.fetch(f"SELECT {COLUMNS} FROM feedback f WHERE f.id = {{}}", id)
    return Case(**rows[0]) if rows else None


async def taken(step: Step) -> bool:
    """Whether this very step was taken before; raises ConflictError when the id is another's."""
    rows = await database.fetch(
        'SELECT feedback, verb, "by", unit, member, words FROM feedback_step WHERE id = {}', step.id
    )
    wanted = (step.feedback, step.verb, step.by, step.unit, step.member, step.words)
    if rows and tuple(rows[0].values()) != wanted:
        raise ConflictError
    return bool(rows)


async def exists(id: UUID) -> bool:
    """Whether a step by this id was taken, whoever took it."""
    return bool(await database.fetch("SELECT id FROM feedback_step WHERE id = {}", id))


async def seen(id: UUID, version: int) -> Case:
    """The case inside an act upon it; raises CaseChangedSinceError unless it is the version that was seen."""
    found = await find(id)
    if found is None:
        raise NotFoundError
    if found.version != version:
        raise CaseChangedSinceError
    return found


async def take(was: Case, step: Step, **columns: Any) -> None:
    """Keep a step and bring the case to where it leads, in the surrounding transaction."""
    await keep(step)
    given = {**columns, "version": was.version + 1}
    names = ", ".join(f"{name} = {{}}" for name in given)
    await database.execute(f"UPDATE feedback SET {names} WHERE id = {{}}", *given.values(), was.id)
    detail = {"step": step.id, "version": was.version + 1, "to": step.unit, "member": step.member}
    await note(step.verb, was, step.by, **{name: value for name, value in detail.items() if value is not None})


async def keep(step: Step) -> None:
    """Write it down."""
    await database.execute(
        'INSERT INTO feedback_step (id, feedback, verb, "by", unit, member, words, at) '
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
        step.id, step.feedback, step.verb, step.by, step.unit, step.member, step.words, clock.now(),
    )  # fmt: skip


async def note(verb: str, case: Case, by: UUID, **detail: object) -> None:
    """Record an act upon a case, by ids, and let inboxes be counted anew."""
    await revisions.touch(TOPIC)
    await journal.record(
        act=f"feedback.{verb}", subject=f"feedback:{case.id}", by=str(by), unit=case.unit, detail=detail
    )


async def history(id: UUID) -> tuple[Step, ...]:
    """Everything that was done, the first first; notes for handlers' eyes included."""
    rows = await database.fetch(
        'SELECT id, feedback, verb, "by", unit, member, words, at FROM feedback_step WHERE feedback = {} '
        "ORDER BY at, id",
        id,
    )
    return tuple(Step(**row) for row in rows)


async def owe_handlers(kind: str, case: Case, step: UUID, *, unit: int) -> None:
    """Let the handlers of a unit hear of it."""
    await outbox.owe(
        key=f"{kind}:{step}", kind=kind, about=f"feedback:{case.id}", audience=[f"role:feedback_handler@{unit}"]
    )


async def owe_author(kind: str, case: Case, step: UUID) -> None:
    """Let the author hear of it; the same moment may concern handlers, too, under a key of their own."""
    await outbox.owe(
        key=f"{kind}:{step}:author", kind=kind, about=f"feedback:{case.id}", audience=[f"member:{case.author}"]
    )
