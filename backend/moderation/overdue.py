"""Appeals whose due date has passed: owed once to the moderators who may decide on them."""

from typing import Any

from backend.accounts.acts import act
from backend.discussion import comment_moves
from backend.moderation import telling
from base import clock, database

BATCH = 200
"""Appeals told of in one go; the worker comes back for the others."""


async def owe_late() -> int:
    """Let moderators hear of each appeal that became late, once, however many workers ask."""
    rows = await database.fetch(
        'SELECT x.id, x.comment, d."by" FROM appeal x JOIN decision d ON d.id = x.decision '
        "JOIN comment c ON c.id = x.comment WHERE x.outcome = '' AND x.late_on IS NULL AND x.due_on < {} "
        "AND c.state IN ('hidden', 'returned') ORDER BY x.due_on, x.id LIMIT {}",
        clock.today(), BATCH,
    )  # fmt: skip
    return sum([await _owe(row) for row in rows])


async def _owe(row: dict[str, Any]) -> bool:
    """Claimed by the update, so that of two at once only one owes; decided meanwhile, it is not late any more."""
    comment = await comment_moves.find(row["comment"])
    async with act(row["comment"]):
        claimed = await database.fetch(
            "UPDATE appeal SET late_on = due_on WHERE id = {} AND outcome = '' AND late_on IS NULL RETURNING id",
            row["id"],
        )  # fmt: skip
        if claimed and comment is not None:
            await telling.owe_deciders("appeal.overdue", row["id"], comment, row["by"])
    return bool(claimed)
