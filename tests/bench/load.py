"""A load from a second process: keep-alive connections that ask again as soon as they are answered."""

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

import msgspec
import uvloop

CONNECTIONS = 16


@dataclass(slots=True)
class Result:
    """What came back within ``seconds``: answers a second, and how long an answer took."""

    rate: float
    p50_ms: float
    p95_ms: float
    statuses: dict[int, int]


class _Asker(asyncio.Protocol):
    def __init__(self, request: bytes, until: float, times: list[float], statuses: dict[int, int]) -> None:
        self.request, self.until, self.times, self.statuses = request, until, times, statuses
        self.head, self.missing, self.asked = b"", 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._ask()

    def data_received(self, data: bytes) -> None:
        if not self.missing:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return
            self.missing = _length(self.head[:end]) - (len(self.head) - end - 4)
            status = int(self.head[9:12])
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.head = b""
        else:
            self.missing -= len(data)
        if self.missing <= 0:
            self.missing = 0
            self._answered()

    def _answered(self) -> None:
        self.times.append(time.perf_counter() - self.asked)
        if time.perf_counter() < self.until:
            self._ask()
        else:
            self.transport.close()

    def _ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.request)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def press(port: int, request: bytes, seconds: float) -> Result:
    """Ask ``port`` on loopback for ``seconds`` and count."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: _Asker(request, until, times, statuses), "127.0.0.1", port)
    await asyncio.sleep(seconds + 0.3)
    cuts = statistics.quantiles(times, n=20)
    return Result(len(times) / seconds, cuts[9] * 1000, cuts[18] * 1000, statuses)


def main() -> None:
    """``python -m tests.bench.load PORT SECONDS`` with the request on stdin; prints a Result as JSON."""
    result = uvloop.run(press(int(sys.argv[1]), sys.stdin.buffer.read(), float(sys.argv[2])))
    sys.stdout.write(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main()
