"""The other end of the push benchmark, in a process of its own: takes messages, looks into one in a hundred."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any, cast

import trustme
import uvloop
from cryptography.hazmat.primitives.asymmetric import ec

from tests.notifications.channels import phone
from tests.notifications.channels.services import FcmService, certified, fcm_service

CHECKED = 100
"""One message of so many is opened, its signature verified; FCM's are all parsed."""

PHONES = 200
ACCEPTED = b"HTTP/1.1 201 Created\r\nLocation: https://127.0.0.1/message/1\r\nContent-Length: 0\r\n\r\n"

PAUSE_S = 2
TIRED = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: %d\r\nContent-Length: 0\r\n\r\n" % PAUSE_S
DEAD = {
    7: b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    13: b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
}
"""Of each twenty phones the one that never was, and the one that is no more."""

BEARS = 4_500
"""Messages after which a service that is asked to be moody wants a pause: as many come before it is heard as lie in
hand, and those it refuses, some tenth of all."""


def phones() -> list[phone.Phone]:
    """The same phones in both processes."""
    return [phone.Phone(ec.derive_private_key(number + 1, ec.SECP256R1())) for number in range(PHONES)]


class PushService:
    """What came in; an address ends with the number of the phone."""

    def __init__(self) -> None:
        self.origin = ""
        self.received = self.checked = 0
        self._places = set[bytes]()
        self._phones = phones()
        self.is_moody = False
        self.tired = self.early = self.dead_again = 0
        self._since_pause, self._closed_until = 0, 0.0
        self._due: dict[int, float] = {}
        self._buried: set[int] = set()

    @property
    def counts(self) -> dict[str, int]:
        """``different`` are addresses that something came for."""
        return {
            "webpush": self.received, "different": len(self._places), "checked": self.checked, "tired": self.tired,
            "early": self.early, "dead": len(self._buried), "dead_again": self.dead_again,
        }  # fmt: skip

    def answer(self, head: bytes) -> bytes:
        """As a service in a mood answers; who comes back before the pause is over is counted, and who asks the dead."""
        if not self.is_moody:
            return ACCEPTED
        number, now = int(head[: head.index(b" HTTP")].rpartition(b"/")[2]), time.monotonic()
        if dead := DEAD.get(number % 20):
            self.dead_again += number in self._buried
            self._buried.add(number)
            return dead
        self.early += now < self._due.get(number, 0.0)
        if self._since_pause >= BEARS:
            self._since_pause, self._closed_until = 0, now + PAUSE_S
        if now < self._closed_until:
            self.tired += 1
            self._due[number] = now + PAUSE_S
            return TIRED
        self._since_pause += 1
        return ACCEPTED

    def take(self, head: bytes, body: bytes) -> None:
        self.received += 1
        self._places.add(head[: head.index(b"\r")])
        if self.received % CHECKED:
            return
        first, *lines = head.decode("ascii").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        number = int(first.split(" ")[1].rpartition("/")[2])
        assert json.loads(self._phones[number % PHONES].read(body))["web_push"] == 8030
        assert phone.claims(headers["authorization"], origin=self.origin)["sub"].startswith("mailto:")
        assert int(headers["ttl"]) > 0
        assert len(headers["topic"]) <= 32
        self.checked += 1


class _Http1(asyncio.Protocol):
    def __init__(self, service: PushService) -> None:
        self._service, self._held = service, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head = self._held[:end]
            at = head.lower().index(b"content-length:") + 15
            length = int(head[at:].split(b"\r\n", 1)[0])
            if len(self._held) < end + 4 + length:
                return
            body, self._held = self._held[end + 4 : end + 4 + length], self._held[end + 4 + length :]
            self._service.take(head, body)
            self._transport.write(self._service.answer(head))


async def serve(folder: Path) -> None:
    """Write where we are to stdout, serve until stdin ends, then tell what was taken."""
    authority, push = trustme.CA(), PushService()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Http1(push), "127.0.0.1", 0, ssl=certified(authority))
    port = server.sockets[0].getsockname()[1]
    push.origin = f"https://127.0.0.1:{port}"
    async with server, fcm_service(authority) as fcm:
        _say({"webpush": port, "fcm": fcm.url, "account": str(fcm.account(folder))})
        while command := await asyncio.to_thread(sys.stdin.readline):
            push.is_moody = push.is_moody or command.strip() == "mood"
            _say({**push.counts, "fcm": _taken(fcm)})


def _taken(fcm: FcmService) -> int:
    return len(fcm.received)


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
