"""What this room holds about a member: told to them whole, and freed of them when they are erased."""

from typing import Any
from uuid import UUID

from backend.accounts import privacy
from backend.discussion import comment_moves as moves
from backend.discussion.comment_model import SHOWN, WITHDRAWN
from base import database

TOLD = (
    "id, document.slug AS document, news.slug AS news, ordinal AS edition, quote, parent, comment.state AS state, "
    "named, revision, held_for, held_own, decided_for, comment.created_at AS written_at, edited_at, decided_at"
)


def join() -> None:
    """Have the export and the erasure of a member include what they said."""
    privacy.also_tell("comments", told)
    privacy.also_erase("comments", erase)


async def told(member: UUID) -> list[dict[str, Any]]:
    """Every comment of a member in every wording, the first first."""
    rows = await database.fetch(
        f"SELECT comment.{TOLD} FROM comment LEFT JOIN document ON document.id = comment.document "
        "LEFT JOIN news ON news.id = comment.news WHERE author = {} ORDER BY comment.created_at, comment.id",
        member,
    )
    revisions = await database.fetch(
        "SELECT r.comment, r.revision, r.words, r.at FROM comment_revision r JOIN comment c ON c.id = r.comment "
        "WHERE c.author = {} ORDER BY r.comment, r.revision",
        member,
    )
    return [{**row, "revisions": [each for each in revisions if each["comment"] == row["id"]]} for row in rows]


async def erase(member: UUID) -> None:
    """Leave of what a member said only what is part of a conversation, without a name or a place.

    What nobody else was shown, and every earlier wording, is emptied; the ids stay, for the journal names them.
    """
    rows = await database.fetch("SELECT id, state FROM comment WHERE author = {}", member)
    for row in rows:
        if row["state"] not in (SHOWN, WITHDRAWN):
            found = await moves.find(row["id"])
            assert found is not None
            await moves.move(found, WITHDRAWN)
    await database.execute(
        "UPDATE comment_revision SET words = '' WHERE comment IN (SELECT id FROM comment WHERE author = {}) "
        "AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.id = comment_revision.comment AND c.state = {} "
        "AND c.revision = comment_revision.revision)",
        member, SHOWN,
    )  # fmt: skip
    await database.execute(
        "UPDATE comment SET named = {}, province = NULL, digest = '', held_for = '', held_own = '' WHERE author = {}",
        False, member,
    )  # fmt: skip
