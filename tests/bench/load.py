"""A load from a second process: keep-alive connections that ask again as soon as they are answered."""

import asyncio
import itertools
import statistics
import sys
import time
from collections.abc import Iterator
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
    def __init__(self, requests: Iterator[bytes], until: float, times: list[float], statuses: dict[int, int]) -> None:
        self.requests, self.until, self.times, self.statuses = requests, until, times, statuses
        self.over = asyncio.get_running_loop().create_future()
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
        self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        self.over.set_result(None)

    def _ask(self) -> None:
        request = next(self.requests, None) if time.perf_counter() < self.until else None
        if request is None:
            self.transport.close()
        else:
            self.asked = time.perf_counter()
            self.transport.write(request)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def press(port: int, requests: Iterator[bytes], seconds: float) -> Result:
    """Ask ``port`` on loopback one after another, for so many seconds or until there are no more, and count."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    loop, begin = asyncio.get_running_loop(), time.perf_counter()
    askers = [_Asker(requests, begin + seconds, times, statuses) for _ in range(CONNECTIONS)]
    for asker in askers:
        await loop.create_connection(lambda asker=asker: asker, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(asker.over for asker in askers))
    cuts = statistics.quantiles(times, n=20)
    return Result(len(times) / (time.perf_counter() - begin), cuts[9] * 1000, cuts[18] * 1000, statuses)


def main() -> None:
    """``python -m tests.bench.load PORT SECONDS`` with requests as JSON on stdin; prints a Result as JSON.

    One request is asked again and again, of several each is asked once.
    """
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=list[str])
    requests = iter(map(str.encode, given)) if len(given) > 1 else itertools.repeat(given[0].encode())
    result = uvloop.run(press(int(sys.argv[1]), requests, float(sys.argv[2])))
    sys.stdout.write(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main()
