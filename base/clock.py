"""What time it is: stored in UTC, shown and dated as in Vietnam."""

from datetime import UTC, date, datetime
from time import time
from typing import Any, cast
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The one time zone that people see; all of Vietnam keeps it."""

_stopped_at: datetime | None = None
_day: list[Any] = [-1, None]


def now() -> datetime:
    """The moment, aware and in UTC."""
    return _stopped_at or datetime.now(UTC)


def today() -> date:
    """The date in Vietnam, by which documents come into force and terms begin."""
    minute = (time() if _stopped_at is None else _stopped_at.timestamp()) // 60
    if _day[0] != minute:  # dates change on whole minutes, and this is asked several times an answer
        _day[:] = minute, local(now()).date()
    return cast("date", _day[1])


def local(moment: datetime) -> datetime:
    """The same moment on a Vietnamese clock."""
    return moment.astimezone(VIETNAM)


def stop(moment: datetime | None) -> None:
    """Stop the clock at ``moment`` (tests), or let it run again with None."""
    global _stopped_at
    _stopped_at = moment
