"""Cases whose due date has passed: owed once to those who answer, and counted by unit."""

from typing import Any

from backend.accounts.acts import act
from backend.discussion.feedback import desk, handlers
from backend.discussion.feedback.desk import View
from backend.discussion.feedback.model import DONE
from base import clock, database
from notifications import outbox

BATCH = 200
"""Cases told of in one go; the worker comes back for the others."""

_LATE = (
    f"due_on < {{}} AND state NOT IN ({', '.join(repr(state) for state in DONE)}) "
    "AND (late_on IS NULL OR late_on <> due_on)"
)


async def owe_late() -> int:
    """Let those who answer hear of each case that became late, once for each due date, however many workers ask."""
    today = clock.today()
    rows = await database.fetch(
        f"SELECT id, unit, author, due_on FROM feedback WHERE {_LATE} ORDER BY due_on, id LIMIT {{}}", today, BATCH
    )
    return sum([await _owe(row) for row in rows])


async def by_unit(view: View) -> dict[int, int]:
    """How many are late at each unit of an inbox, the most first."""
    where, values = desk.condition(view, desk.OVERDUE)
    rows = await database.fetch(
        f"SELECT f.unit, count(*) AS n FROM feedback f WHERE {where} GROUP BY f.unit ORDER BY n DESC, f.unit", *values
    )
    return {row["unit"]: row["n"] for row in rows}


async def _owe(row: dict[str, Any]) -> bool:
    """Claimed by the update, so that of two at once only one owes; answered meanwhile, it is not late any more."""
    known = await handlers.seats()
    unit = handlers.receiver(known, row["unit"], row["author"])
    async with act(row["id"]):
        claimed = await database.fetch(
            f"UPDATE feedback SET late_on = due_on WHERE id = {{}} AND {_LATE} RETURNING due_on",
            row["id"], clock.today(),
        )  # fmt: skip
        for late in claimed:
            await outbox.owe(
                key=f"feedback.overdue:{row['id']}:{late['due_on']}", kind="feedback.overdue",
                about=f"feedback:{row['id']}",
                audience=[f"role:{handlers.HANDLER}@{row['unit'] if unit is None else unit}"],
            )  # fmt: skip
    return bool(claimed)
