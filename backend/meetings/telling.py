"""What members are told of a meeting: what must be known before it is set, and the notices that acts owe."""

from datetime import timedelta

from backend.meetings.model import Meeting, Plan, UnmetError
from base import clock
from base.errors import FieldError
from notifications import outbox
from notifications.outbox import Urgency

SOON = timedelta(days=2)
"""What changes so shortly before a meeting may wake a phone that sleeps."""


def check(plan: Plan, was: Plan | None = None) -> None:
    """Raise UnmetError for a plan with which nobody could come: it says what, when and where, of a time to come.

    The time that it ``was`` set for may have come: words are mended on the day itself, too.
    """
    missing = [
        FieldError(name, f"meeting-{name}-missing", {})
        for name in ("title", "at", "place", "agenda")
        if not getattr(plan, name)
    ]
    is_kept = was is not None and was.at == plan.at
    if plan.at is not None and plan.at <= clock.now() and not is_kept:
        missing.append(FieldError("at", "meeting-time-past", {}))
    if missing:
        raise UnmetError(fields=tuple(missing))


async def owe_list(meeting: Meeting) -> None:
    """That a list was set."""
    await _owe("set", meeting, "normal")


async def owe_move(meeting: Meeting, plan: Plan, *, version: int) -> None:
    """That a meeting was given another time or place; soon is what is soon by the old time or the new."""
    soon = any(at is not None and at - clock.now() < SOON for at in (meeting.at, plan.at))
    await _owe("change", meeting, "high" if soon else "normal", version)


async def owe_cancelling(meeting: Meeting) -> None:
    """That a meeting will not be held, in the place of all that is still to be told of it."""
    await outbox.cancel(f"meeting:{meeting.id}")
    soon = meeting.at is not None and meeting.at - clock.now() < SOON
    await _owe("cancel", meeting, "high" if soon else "normal")


async def _owe(verb: str, meeting: Meeting, urgency: Urgency, version: int | None = None) -> None:
    key = f"meeting.{verb}:{meeting.id}" + (f":{version}" if version else "")
    await outbox.owe(
        key=key, kind=f"meeting.{verb}", about=f"meeting:{meeting.id}", audience=[meeting.scope], urgency=urgency
    )
