"""A network that tests can slow down, cut, or let a new version of the handbook come through."""

import asyncio
import re
from contextlib import suppress

NEW = "f" * 16
"""What the static files' part of addresses is called in the new version."""

STREAM = b"text/event-stream"
"""An answer of this kind is passed on piece by piece, until it is cut."""

NOT_PASSED_ON = re.compile(r"(?i)(accept-encoding|connection|if-none-match):")
"""Answers are read and changed here, so they must come whole, plain and one a connection."""


class Between:
    """Passes requests on to ``upstream``. Tests set:

    ``held``: paths (a pattern) whose answers wait; ``broken``: paths answered with 503; ``limit``: documents in a batch
    of the library; ``is_new``: the handbook's files come under another address, and are gone from the old one.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream_port = int(upstream.rsplit(":", 1)[1])
        self.asked: list[str] = []
        self.held = ""
        self.broken = ""
        self.limit = 0
        self.is_new = False
        self.url = ""
        self._old = ""
        self._let_go = asyncio.Event()
        self._cut = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://localhost:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Stop, whatever is still under way."""
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def let_go(self) -> None:
        """Send on what was held."""
        self.held = ""
        self._let_go.set()

    def cut(self) -> None:
        """Break off the streams that are under way."""
        self._cut.set()
        self._cut = asyncio.Event()

    def times(self, path: str) -> int:
        """How often something matching the pattern was asked for."""
        return sum(1 for asked in self.asked if re.match(path, asked))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._pass_on(reader, writer)
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"(?im)^content-length: *(\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            writer.write(await self._answer(head, body, writer))
            await writer.drain()

    async def _answer(self, head: str, body: bytes, writer: asyncio.StreamWriter) -> bytes:
        path = head.split(" ", 2)[1]
        self.asked.append(path)
        if self.held and re.match(self.held, path):
            self._let_go.clear()
            await self._let_go.wait()
        if self.broken and re.match(self.broken, path):
            return b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\nlost"
        if self.is_new and self._old and f"/static/{self._old}/" in path:
            return b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        lines = [line for line in head.split("\r\n") if not NOT_PASSED_ON.match(line)]
        if self.limit and path.startswith("/api/library"):
            lines[0] = lines[0].replace(path, f"{path}&limit={self.limit}")
        told = "\r\n".join([lines[0].replace(NEW, self._old or NEW), "Connection: close", *lines[1:]])
        return self._renamed(await self._from_server(told.encode("latin-1") + body, writer))

    async def _from_server(self, request: bytes, asker: asyncio.StreamWriter) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream_port)
        try:
            writer.write(request)
            begin = await reader.readuntil(b"\r\n\r\n")
            if STREAM not in begin:
                return begin + await reader.read()
            asker.write(begin)
            return await self._streamed(reader, asker)
        finally:  # also when the phone went away meanwhile and this was cancelled
            writer.close()

    async def _streamed(self, reader: asyncio.StreamReader, asker: asyncio.StreamWriter) -> bytes:
        """Piece by piece until either end or ``cut``; nothing is left to be passed on then."""
        cut = asyncio.ensure_future(self._cut.wait())
        while not cut.done():
            piece = asyncio.ensure_future(reader.read(65_536))
            await asyncio.wait({piece, cut}, return_when=asyncio.FIRST_COMPLETED)
            if cut.done() or not piece.result():
                piece.cancel()
                break
            asker.write(piece.result())
        cut.cancel()
        return b""

    def _renamed(self, answer: bytes) -> bytes:
        if found := re.search(rb"/static/([0-9a-f]{16})/", answer):
            self._old = found[1].decode()
        return answer.replace(self._old.encode(), NEW.encode()) if self.is_new and self._old else answer
