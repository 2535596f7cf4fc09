"""Switching a rule: whether what it finds is shown, held or refused."""

from backend.accounts.acts import act
from backend.discussion.screening.listed import RuleChangedSinceError
from backend.discussion.screening.rulebook import TOPIC
from backend.discussion.screening.rules import BY_NAME, RULES
from base import clock, database, journal, revisions
from base.errors import InvalidError, NotFoundError


async def versions() -> dict[str, int]:
    """How often each rule was switched."""
    rows = await database.fetch("SELECT name, version FROM screening_rule")
    return {rule.name: 0 for rule in RULES} | {row["name"]: row["version"] for row in rows}


async def switch(name: str, outcome: str, *, version: int, by: str) -> None:
    """Let what the rule finds have this outcome from now on; as it is already: nothing.

    Raises NotFoundError for a rule that is not switched here, InvalidError for an outcome that it may not have,
    RuleChangedSinceError.
    """
    rule = BY_NAME.get(name)
    if rule is None or not rule.choices:
        raise NotFoundError
    if outcome not in rule.choices:
        raise InvalidError("screening-outcome-wrong")
    async with act():
        rows = await database.fetch("SELECT outcome, version FROM screening_rule WHERE name = {}", name)
        stands, now = (rows[0]["outcome"], rows[0]["version"]) if rows else (rule.outcome, 0)
        if stands == outcome:
            return
        if now != version:
            raise RuleChangedSinceError
        await _set(name, outcome, now + 1, by)
        await revisions.touch(TOPIC)
        detail = {"before": stands, "outcome": outcome, "version": now + 1}
        await journal.record(act="screening.switch", subject=f"screening-rule:{name}", by=by, detail=detail)


async def _set(name: str, outcome: str, version: int, by: str) -> None:
    rows = await database.fetch(
        "INSERT INTO screening_rule (name, outcome, version, saved_by, saved_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (name) DO UPDATE SET outcome = excluded.outcome, version = excluded.version, "
        "saved_by = excluded.saved_by, saved_at = excluded.saved_at WHERE screening_rule.version = {} "
        "RETURNING version",
        name, outcome, version, by, clock.now(), version - 1,
    )  # fmt: skip
    if not rows:  # somebody was faster
        raise RuleChangedSinceError
