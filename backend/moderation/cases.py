"""A comment before a moderator, with its decisions, reports, appeal, and who is looking at it."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct

from backend.accounts import roles
from backend.accounts.sessions import Reader
from backend.discussion.comment_model import COLUMNS, FROM, Comment
from backend.moderation import subjects
from backend.moderation.desks import AUDITOR, MODERATOR
from backend.moderation.model import Appeal, Case, Claim, Decision, Report
from base import clock, database
from base.errors import NotFoundError

DECISION = 'id, comment, revision, verdict, reason, remark, "by", at'
REPORT = "id, comment, member, revision, reason, words, at, outcome"
APPEAL = "id, comment, decision, words, at, due_on, outcome, answer, decided_by, decided_at"

Kind = TypeVar("Kind", bound=Struct)


class Opened(Struct, frozen=True):
    """A case before somebody who may see it; ``decides``: as a moderator of its unit, not only as an auditor."""

    case: Case
    reader: Reader
    decides: bool


async def opened(id: UUID, reader: Reader) -> Opened:
    """The case, for moderators and auditors of the author's unit or one above who may read what it is about.

    To all others, its author included, it does not exist: NotFoundError.
    """
    found = await cases([id])
    if not found:
        raise NotFoundError
    comment = found[0].comment
    held = await roles.over(reader, comment.unit)
    decides = MODERATOR in held and comment.author != reader.member_id
    if not (decides or AUDITOR in held) or reader.scopes.isdisjoint(await subjects.addressed(comment)):
        raise NotFoundError
    return Opened(found[0], reader, decides)


async def one(id: UUID) -> Case:
    """A case, whoever asks; raises NotFoundError."""
    found = await cases([id])
    if not found:
        raise NotFoundError
    return found[0]


async def cases(ids: Collection[UUID]) -> tuple[Case, ...]:
    """The cases of these comments, in this order; ids of none are left out."""
    comments = await said(ids)
    decisions = await _of(Decision, f"SELECT {DECISION} FROM decision", ids, " ORDER BY at DESC, id")
    reports = await _of(Report, f"SELECT {REPORT} FROM report", ids, " ORDER BY at DESC, id")
    appeals = await _of(Appeal, f"SELECT {APPEAL} FROM appeal", ids)
    claims = await _of(Claim, "SELECT comment, member, until FROM moderation_claim", ids)
    return tuple(
        _case(comments[id], decisions.get(id, ()), reports.get(id, ()), appeals.get(id, ()), claims.get(id, ()))
        for id in ids
        if id in comments
    )


async def said(ids: Collection[UUID]) -> dict[UUID, Comment]:
    """The comments by their ids, without anything that was decided on them."""
    among, values = database.among("c.id", ids)
    rows = await database.fetch(f"SELECT {COLUMNS} FROM {FROM} WHERE {among}", values)
    return {row["id"]: Comment(**row) for row in rows}


async def appeals_of(ids: Collection[UUID]) -> dict[UUID, tuple[Appeal, ...]]:
    """Every appeal about these comments."""
    return await _of(Appeal, f"SELECT {APPEAL} FROM appeal", ids, " ORDER BY at DESC, id")


def _case(
    comment: Comment,
    decisions: tuple[Decision, ...],
    reports: tuple[Report, ...],
    appeals: Iterable[Appeal],
    claims: Iterable[Claim],
) -> Case:
    last = decisions[0].id if decisions else None
    appeal = next((each for each in appeals if each.decision == last), None)
    claim = next((each for each in claims if each.until > clock.now()), None)
    return Case(comment, decisions, reports, appeal, claim)


async def _of(kind: type[Kind], select: str, ids: Collection[UUID], order: str = "") -> dict[UUID, tuple[Kind, ...]]:
    among, values = database.among("comment", ids)
    found: dict[UUID, list[Any]] = {}
    for row in await database.fetch(f"{select} WHERE {among}{order}", values):
        found.setdefault(row["comment"], []).append(kind(**row))
    return {comment: tuple(rows) for comment, rows in found.items()}


async def words_of(comment: UUID, revision: int) -> str:
    """The words of one revision; "" when there was none."""
    rows = await database.fetch(
        "SELECT words FROM comment_revision WHERE comment = {} AND revision = {}", comment, revision
    )
    return str(rows[0]["words"]) if rows else ""
