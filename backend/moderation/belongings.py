"""What this room holds about a member: told to them whole, and freed of them when they are erased."""

from typing import Any
from uuid import UUID

from backend.accounts import privacy
from base import database

TOLD = {
    "reports": "SELECT comment, reason, words, at, outcome FROM report WHERE member = {} ORDER BY at",
    "appeals": "SELECT a.comment, a.words, a.at, a.due_on, a.outcome, a.answer, a.decided_at FROM appeal a "
    "JOIN comment c ON c.id = a.comment WHERE c.author = {} ORDER BY a.at",
    "decisions_on_own_comments": "SELECT d.comment, d.revision, d.verdict, d.reason, d.remark, d.at FROM decision d "
    "JOIN comment c ON c.id = d.comment WHERE c.author = {} ORDER BY d.at",
    "decisions_made": 'SELECT comment, revision, verdict, reason, remark, at FROM decision WHERE "by" = {} ORDER BY at',
    "answers_given": "SELECT comment, outcome, answer, decided_at FROM appeal WHERE decided_by = {} "
    "ORDER BY decided_at",
}
"""By the name it has in the export. Who decided on one's words is told to nobody: the body did."""


def join() -> None:
    """Have the export and the erasure of a member include what moderation holds."""
    privacy.also_tell("moderation", told)
    privacy.also_erase("moderation", erase)


async def told(member: UUID) -> dict[str, list[dict[str, Any]]]:
    """Reports, appeals, and decisions of and about a member."""
    return {name: await database.fetch(sql, member) for name, sql in TOLD.items()}


async def erase(member: UUID) -> None:
    """Empty what they wrote and what was written to them; that it was, and what was decided, stays accounted for."""
    of_theirs = "comment IN (SELECT id FROM comment WHERE author = {})"
    await database.execute("UPDATE report SET words = '' WHERE member = {}", member)
    await database.execute(f"UPDATE report SET words = '' WHERE {of_theirs}", member)
    await database.execute(f"UPDATE decision SET remark = '' WHERE {of_theirs}", member)
    await database.execute(
        f"UPDATE appeal SET words = '', answer = '', outcome = CASE outcome WHEN '' THEN 'lapsed' ELSE outcome END "
        f"WHERE {of_theirs}",
        member,
    )
    await database.execute("DELETE FROM moderation_claim WHERE member = {}", member)
