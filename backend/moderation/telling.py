"""What a decision leaves behind in its own transaction: an entry in the journal, and a notice to the author alone."""

from uuid import UUID

from backend.discussion.comment_model import Comment
from backend.discussion.comment_moves import WAITING_TOPIC
from backend.moderation.desks import MODERATOR, desks
from backend.moderation.model import STATES, Appeal, Decision
from base import journal, revisions
from notifications import outbox

TOPIC = "decisions"
"""The revision that grows with what is published of decisions."""


async def note(was: Comment, made: Decision, *, reports: int) -> None:
    """Record a decision; its author hears of it unless all stays as it was, for of reports nobody tells them."""
    await revisions.touch(WAITING_TOPIC)
    await revisions.touch(TOPIC)
    detail = {
        "decision": made.id, "revision": made.revision, "verdict": made.verdict, "reason": made.reason,
        "reports": reports,
    }  # fmt: skip
    await journal.record(
        act="comment.decide", subject=f"comment:{was.id}", by=str(made.by), unit=was.unit, detail=detail
    )
    if was.state != STATES[made.verdict]:
        await _owe("comment.decide", made.id, was)


async def note_answer(comment: Comment, appeal: Appeal, outcome: str, by: UUID) -> None:
    """Record how an appeal was decided, and owe its author the answer."""
    await revisions.touch(WAITING_TOPIC)
    await revisions.touch(TOPIC)
    detail = {"appeal": appeal.id, "decision": appeal.decision, "outcome": outcome}
    await journal.record(
        act="appeal.decide", subject=f"comment:{comment.id}", by=str(by), unit=comment.unit, detail=detail
    )
    await _owe("appeal.decide", appeal.id, comment)


async def note_appeal(comment: Comment, made: Appeal, against: UUID) -> None:
    """Record an appeal, and owe it to those who may decide on it: not to whoever decided before."""
    await revisions.touch(WAITING_TOPIC)
    await revisions.touch(TOPIC)
    await journal.record(
        act="comment.appeal", subject=f"comment:{comment.id}", by=str(comment.author), unit=comment.unit,
        detail={"appeal": made.id, "decision": made.decision},
    )  # fmt: skip
    await owe_deciders("comment.appeal", made.id, comment, against)


async def owe_deciders(kind: str, appeal: UUID, comment: Comment, against: UUID) -> None:
    """Owe a notice of an appeal to the moderators who may decide on it, in the surrounding transaction."""
    unit = await (await desks()).desk_of(comment, but=against)
    if unit is not None:
        await outbox.owe(
            key=f"{kind}:{appeal}", kind=kind, about=f"comment:{comment.id}", audience=[f"role:{MODERATOR}@{unit}"],
            by=against,
        )  # fmt: skip


async def _owe(kind: str, id: UUID, comment: Comment) -> None:
    await outbox.owe(
        key=f"{kind}:{id}", kind=kind, about=f"comment:{comment.id}", audience=[f"member:{comment.author}"]
    )
