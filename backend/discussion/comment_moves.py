"""A comment from one state into another, and who has to hear of it."""

from uuid import UUID

from msgspec import structs

from backend.discussion import counts
from backend.discussion.comment_model import COLUMNS, FROM, SHOWN, Comment
from base import database, revisions
from notifications import outbox

WAITING_TOPIC = "comments-waiting"
"""The revision that grows whenever a comment begins or ceases to wait for a moderator, or may do so."""


async def find(id: UUID) -> Comment | None:
    """The comment in whatever state, with the words of its current revision; who may see it is for the door to know."""
    rows = await database.fetch(f"SELECT {COLUMNS} FROM {FROM} WHERE c.id = {{}}", id)
    return Comment(**rows[0]) if rows else None


async def move(was: Comment, state: str) -> None:
    """Bring it into another state, in the surrounding transaction."""
    await database.execute("UPDATE comment SET state = {} WHERE id = {}", state, was.id)
    await tell(structs.replace(was, state=state), before=was.state)


async def tell(comment: Comment, *, before: str) -> None:
    """Let counts and queues be looked at anew, and whoever is answered hear of it once it is shown."""
    if before == comment.state:
        return
    if SHOWN in (before, comment.state):
        await counts.touch(comment.document or comment.news)
    if before or comment.state != SHOWN:  # one that leaves may have been reported, or appealed for
        await revisions.touch(WAITING_TOPIC)
    if comment.state == SHOWN and comment.parent is not None:
        await _owe_reply(comment, comment.parent)


async def _owe_reply(comment: Comment, parent: UUID) -> None:
    head = await find(parent)
    if head is not None and head.author != comment.author:
        await outbox.owe(
            key=f"comment.reply:{comment.id}", kind="comment.reply", about=f"comment:{comment.id}",
            audience=[f"member:{head.author}"],
        )  # fmt: skip
