"""Readers at a steady pace, from a second process: who asks does not wait for whoever asked before.

How long an answer took is counted from when it was to be asked, so that a server that stands still is felt by all who
would have come meanwhile.
"""

import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import time
from typing import Self

import msgspec
import uvloop
from aiohttp import ClientSession, TCPConnector

from tests.bench.load import Result

PER_SECOND = 50


class Readers:
    """Readers who come from when it is entered until ``stop``: one GET of ``paths`` after the other, in turn."""

    def __init__(self, port: int, paths: list[str], cookie: str) -> None:
        command = [sys.executable, "-m", "tests.bench.steady", f"http://127.0.0.1:{port}", cookie, *paths]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> Result:
        told, _ = self._process.communicate(timeout=60)
        return msgspec.json.decode(told, type=Result)


async def read(origin: str, cookie: str, paths: list[str]) -> Result:
    """Ask until stdin ends."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    end = asyncio.create_task(asyncio.to_thread(sys.stdin.buffer.read))
    async with ClientSession(
        origin, connector=TCPConnector(limit=0), headers={"Cookie": f"session={cookie}"}
    ) as session:

        async def ask(path: str, due: float) -> None:
            async with session.get(path) as answer:
                await answer.read()
            times.append(time.perf_counter() - due)
            statuses[answer.status] = statuses.get(answer.status, 0) + 1

        begin = time.perf_counter()
        async with asyncio.TaskGroup() as asked:
            for number, path in enumerate(itertools.cycle(paths)):
                due = begin + number / PER_SECOND
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if end.done():
                    break
                asked.create_task(ask(path, due))
    cuts = statistics.quantiles(times, n=20)
    return Result(len(times) / (time.perf_counter() - begin), cuts[9] * 1000, cuts[18] * 1000, statuses)


def main() -> None:
    """``python -m tests.bench.steady ORIGIN COOKIE PATH…``: prints a Result as JSON when stdin ends."""
    sys.stdout.write(json.dumps(msgspec.to_builtins(uvloop.run(read(sys.argv[1], sys.argv[2], sys.argv[3:])))))


if __name__ == "__main__":
    main()
