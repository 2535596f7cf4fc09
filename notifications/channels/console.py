"""For development: a line in the log instead of a message on a phone."""

from collections.abc import Sequence

from base import logs
from notifications.channels import tagging
from notifications.channels.channel import Message, Outcome

log = logs.get(__name__)


class Console:
    """Tells what would have been sent; there only while no other machine can reach the handbook."""

    name = "console"

    def admits(self, address: str) -> bool:
        """Anything is as good as an address."""
        return bool(address)

    def host(self, address: str) -> str:
        """This machine."""
        return "console"

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """One line each: the notice's tag and by which device, whose address stays out of the log."""
        for message in messages:
            log.info("push.console", tag=message.tag, device=tagging.mark(message.address), urgency=message.urgency)
        return [Outcome("accepted", host="console") for _ in messages]

    async def close(self) -> None:
        """There is nothing to give back."""
