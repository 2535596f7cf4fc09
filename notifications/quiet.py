"""When a member wants no notification: a window of the Vietnamese day, which may pass midnight."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from base import clock

DAY: Final = 24 * 60


class Window(NamedTuple):
    """From ``begins`` until (not including) ``ends``, in minutes of the day; the same twice is no window."""

    is_on: bool
    begins: int
    ends: int

    def until(self, now: datetime) -> datetime | None:
        """The end of the window that ``now`` is in; None outside it."""
        here = clock.local(now)
        minute = here.hour * 60 + here.minute
        if not self.is_on or not self._holds(minute):
            return None
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        days = 1 if self.ends <= minute else 0
        return (midnight + timedelta(days=days, minutes=self.ends)).astimezone(now.tzinfo)

    def _holds(self, minute: int) -> bool:
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


USUAL: Final = Window(is_on=True, begins=21 * 60 + 30, ends=6 * 60 + 30)
"""What holds for whoever chose nothing else."""
