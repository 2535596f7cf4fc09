"""The one way by which a push service is spoken to, whichever it is."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from notifications import outbox

Verdict = Literal["accepted", "gone", "later", "refused", "denied"]
"""What became of one message: taken on; the address is dead and never asked again; not now, perhaps later; never; or
the service does not take who we are, be it for this one address or for all (``notifications.trusting`` finds out).
"""


class Message(NamedTuple):
    """What one device is sent.

    ``keys`` are what the channel keeps beside the address (Web Push: p256dh and auth). ``tag`` is the notice's id, by
    which repeats collapse on the phone. ``ttl_s`` is how long the service may keep it for a phone that is off; ``body``
    the JSON of the payload, plain.
    """

    address: str
    keys: Mapping[str, str]
    tag: str
    urgency: outbox.Urgency
    ttl_s: int
    body: bytes


class Outcome(NamedTuple):
    """What a service said to one message.

    ``reason`` is a short word that is counted ("429", "http-503", "dropped", "unregistered"), never an address.
    ``retry_after_s`` is what the service itself asked for, as seconds or as a date: all who send to ``host`` obey it.
    """

    verdict: Verdict
    reason: str = ""
    retry_after_s: float | None = None
    host: str = ""


class Channel(Protocol):
    """One push service, or one family of them."""

    name: str
    """As devices name it: "webpush", "fcm" or "console"."""

    def admits(self, address: str) -> bool:
        """Whether messages may go to that address at all; asked when a device registers and at each sending."""
        ...

    def host(self, address: str) -> str:
        """Whom the address is asked at, as Outcome.host names it: while that host wants a pause, nothing is sent."""
        ...

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send at most 50 messages side by side; one outcome each, in their order.

        Raises nothing for what happens to one of them. Ends within half a minute by time limits of its own: what is
        not answered by then is "later".
        """
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
