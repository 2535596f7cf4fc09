"""The shortcut: an answer that was just given is given again, past the framework, to whoever may read the same.

The session, its scopes and what is addressed to them are looked at on every request, as inside. What is spared is
finding the handler and letting it work out what it worked out before, while nothing it stands on has changed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, NamedTuple
from weakref import ref

from backend.door.answering import Kept, Outcome, outcome_at_hand
from backend.door.remembered import MARK
from backend.door.visit import Visit
from base import clock, logs, revisions
from content import audiences

HELD = 50_000
"""Addresses, times kinds of readers, that a process remembers; about 500 bytes each, the answers lie on shelves."""

log = logs.get(__name__)


class Stamp(NamedTuple):
    """Everything that answers kept on a shelf are made of; the reach stands for the content."""

    reach: audiences.Reach
    units: int
    day: date
    also: Hashable


class Shortcut:
    """Answers by address, manner and the scopes that matter. ``also`` tells of one more thing they are made of, such
    as the files they name.
    """

    def __init__(self, also: Callable[[], Hashable]) -> None:
        self._also = also
        self._places: set[str] = set()
        self._held: OrderedDict[Hashable, tuple[Stamp, ref[Kept]]] = OrderedDict()
        self._seen: object = None
        self._stamp: Stamp | None = None

    def at_hand(self, scope: Any, visit: Visit) -> Outcome | None:
        """The answer to a request, when it is known and nothing at all was committed since it was made."""
        stamp = self._stamp
        if stamp is None or scope["path"] not in self._places or not self._is_current(stamp):
            return None
        held = self._held.get(_key(scope, visit, stamp))
        if held is None or held[0] is not stamp:
            return None
        kept = held[1]()
        return outcome_at_hand(scope, kept) if kept else None  # else its shelf let it go

    async def look(self, scope: Any, visit: Visit) -> tuple[Outcome | None, Stamp | None]:
        """The answer after all, if what was committed did not touch it; and of what one about to be made is made
        (None where none was kept before, or nothing can be known).
        """
        stamp = await self._look() if scope["path"] in self._places else None
        return (self.at_hand(scope, visit) if stamp else None), stamp

    def note(self, scope: Any, visit: Visit, stamp: Stamp | None) -> None:
        """Remember where the answer lies that was just given, if it came from a shelf.

        ``stamp`` is from before it was made: what changed meanwhile makes it void.
        """
        kept: Kept | None = scope.get(MARK)
        if kept is None:
            return
        if len(self._places) >= HELD:
            self._places.clear()
        self._places.add(scope["path"])
        if stamp is not None:
            self._held[_key(scope, visit, stamp)] = stamp, ref(kept)
            if len(self._held) > HELD:
                self._held.popitem(last=False)

    async def _look(self) -> Stamp | None:
        try:
            state, also = revisions.state(), self._also()
            stamp = Stamp(await audiences.reach(), revisions.current("units"), clock.today(), also)
        except Exception as error:  # whatever the engine raises when it is gone; the app itself knows to tell
            log.warning("door.reach", error=type(error).__name__)
            return None
        if stamp != self._stamp:  # else the same one, by which those at hand are known
            self._stamp = stamp
        self._seen = state
        return self._stamp

    def _is_current(self, stamp: Stamp) -> bool:
        try:
            unchanged = self._seen is revisions.state()
        except Exception:  # a database that is gone; the app itself knows to tell
            return False
        return unchanged and stamp.day == clock.today() and stamp.also == self._also() and not stamp.reach.is_over()


def _key(scope: Any, visit: Visit, stamp: Stamp) -> Hashable:
    """All that the answers of a shelf may depend on."""
    return scope["path"], scope["query_string"], visit.manner, visit.scopes & stamp.reach.scopes
