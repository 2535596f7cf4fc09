"""Live counts over real servers: told in every process, to whoever still may know, and over with the server."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from backend.accounts import members, roles, sessions
from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.feedback import sending
from backend.discussion.feedback.sending import Draft
from backend.door import streams
from backend.door.ringing import CHANNEL, RING, Channels
from base import redis, revisions
from base.settings import use
from tests import builders, people, services
from tests.content.builders import put, regulation

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
PATIENCE_S = 20
"""When something counts as never coming; it comes within a second or two."""

COUNTS, EVENTS = "/api/moderation/counts", "/api/moderation/events"


class Ear:
    """An open stream: what it tells, until it ends."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def next(self) -> dict[str, Any] | None:
        """The next counts, beats passed over; None at the end."""
        event = ""
        async with asyncio.timeout(PATIENCE_S):
            async for line in self._lines:
                name, _, value = line.partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == "counts":
                    return msgspec.json.decode(value)
        return None


class Server:
    """`sotay serve` on the test's own database."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, stack: AsyncExitStack) -> None:
        self.process, self.url, self._stack = process, url, stack

    def client(self, cookie: str | None) -> httpx.AsyncClient:
        """A browser of somebody, each time with connections of its own."""
        cookies = {"session": cookie} if cookie else {}
        return httpx.AsyncClient(base_url=self.url, cookies=cookies, timeout=PATIENCE_S)

    async def get(self, cookie: str | None, path: str = COUNTS, **headers: str) -> httpx.Response:
        """An answer that ends."""
        async with self.client(cookie) as client:
            return await client.get(path, headers=headers)

    async def listen(self, cookie: str) -> Ear:
        """An open stream."""
        client = await self._stack.enter_async_context(self.client(cookie))
        return Ear(await self._stack.enter_async_context(client.stream("GET", EVENTS)))


@pytest.fixture
async def server(settings, database) -> AsyncIterator[Server]:
    """Two web processes and a worker, on the column of this run."""
    async with served() as server:
        yield server


@asynccontextmanager
async def served() -> AsyncIterator[Server]:
    """The same with the settings that stand in the environment."""
    port = services.free_port()
    url = f"http://localhost:{port}"
    told = {**os.environ, "SOTAY_PORT": str(port), "SOTAY_PROCESSES": str(PROCESSES)}
    process = subprocess.Popen([sys.executable, "-m", "backend.cli", "serve"], cwd=ROOT, env=told)
    await revisions.watch()
    async with AsyncExitStack() as stack:
        try:
            async with asyncio.timeout(90):
                while not await _answers(f"{url}/api/ready"):
                    await asyncio.sleep(0.1)
            yield Server(process, url, stack)
        finally:
            process.kill()
            process.wait()


async def _answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).status_code == 200
    return False


async def hold(member, slug: str, number: int) -> None:
    """A comment that screening holds."""
    about, words = About(document=slug), f"Gọi 0912 345 6{number:02} cho tôi về việc {number}."
    await comments.write(uuid4(), about=about, words=words, named=False, by=member, scopes=await scopes_of(member))


def counted(held: int) -> dict[str, Any]:
    queue = {"waiting": held, "held": held, "reported": 0, "appealed": 0, "overdue": 0}
    return {"moderation": queue, "feedback": None}


async def test_whoever_may_know_is_told_in_every_process_as_long_as_they_may_and_it_runs(server: Server):
    everyone, slug = await people.everyone(), (await put(regulation(), audience=["members"])).slug
    tam, other, hoa = [await builders.signed_in(one) for one in (everyone.tam, everyone.tam, everyone.hoa)]
    for cookie, status in ((None, 401), (await builders.signed_in(everyone.mai), 403)):
        assert [(await server.get(cookie, path)).status_code for path in (COUNTS, EVENTS)] == [status] * 2
    ears = [await server.listen(tam) for _ in range(5)]  # so many that both processes have some
    elsewhere, handler = await server.listen(other), await server.listen(hoa)
    assert [await ear.next() for ear in (*ears, elsewhere)] == [counted(0)] * 6
    first = await handler.next()
    assert first["moderation"] is None and first["feedback"]["open"] == 0

    await hold(everyone.mai, slug, 1)
    assert [await ear.next() for ear in (*ears, elsewhere)] == [counted(1)] * 6
    draft = Draft("question", "unit", "Khi nào phải nộp báo cáo quý này?")
    await sending.send(uuid4(), draft, by=everyone.mai, scopes=await scopes_of(everyone.mai))
    assert (await handler.next())["feedback"]["open"] == 1, "and of the comment it was told nothing"

    asked = await server.get(tam)
    assert asked.json() == counted(1)
    assert (await server.get(tam, **{"If-None-Match": asked.headers["etag"]})).status_code == 304
    async with server.client(hoa) as client:  # Tâm may have no place left in the process that is asked
        head = await client.head(EVENTS)
    assert head.headers["cache-control"] == "no-store, no-transform" and "content-encoding" not in head.headers
    more = list[Ear]()
    while not more or more[-1].answer.status_code == 200:
        assert len(ears) + 1 + len(more) <= PROCESSES * streams.EACH, "more than a member may have"
        more.append(await server.listen(tam))
        await more[-1].next()
    assert more[-1].answer.status_code == 429

    await sessions.end(await builders.known(other))
    assert await elsewhere.next() is None, "signed out"
    await members.disable(everyone.hoa, by="cli")
    assert await handler.next() is None
    await hold(everyone.mai, slug, 2)
    assert [await ear.next() for ear in ears] == [counted(2)] * 5
    [grant] = await roles.grants(everyone.tam)
    await roles.withdraw(grant.id, by="cli")
    assert [await ear.next() for ear in ears[1:]] == [None] * 4
    assert (await server.get(tam)).status_code == 403

    await builders.role(everyone.lan, "moderator", everyone.province)
    last = await server.listen(await builders.signed_in(everyone.lan))
    assert await last.next() == counted(2)
    server.process.send_signal(signal.SIGINT)
    assert await last.next() is None, "ended whole, not cut off when patience was over"
    assert await asyncio.to_thread(server.process.wait, PATIENCE_S) == 0


@pytest.mark.services
async def test_counts_are_told_in_every_process_on_what_the_other_column_counts_with(
    settings, database, redis_url, column_redis_url, monkeypatch
):
    """SQLite beside a Redis, PostgreSQL without one: the cells of the table of engines that no column runs."""
    if column_redis_url:
        monkeypatch.delenv("SOTAY_REDIS_URL")
    else:
        monkeypatch.setenv("SOTAY_REDIS_URL", redis_url)
    everyone, slug = await people.everyone(), (await put(regulation(), audience=["members"])).slug
    tam, mai = [await builders.signed_in(one) for one in (everyone.tam, everyone.mai)]
    async with served() as server:
        ears = [await server.listen(tam) for _ in range(5)]  # so many that both processes have some
        assert [await ear.next() for ear in ears] == [counted(0)] * 5
        for number in (1, 2):  # sent to one process or the other
            said = {"id": str(uuid4()), "words": f"Gọi 0912 345 67{number} cho tôi nhé.", "edition": "1"}
            async with server.client(mai) as client:
                assert (await client.post(f"/documents/{slug}/comments", data=said)).status_code == 303
            assert [await ear.next() for ear in ears] == [counted(number)] * 5


@pytest.mark.services
async def test_redis_rings_in_other_processes_and_its_loss_is_not_felt_in_ones_own(settings):
    one, other = Channels(), Channels()
    async with asyncio.timeout(PATIENCE_S):
        with services.embedded_redis() as url:
            use(settings.model_copy(update={"redis_url": url}))
            for each in (one, other):
                await each.on_startup()
                await each.subscribe([CHANNEL])
            heard = asyncio.ensure_future(anext(other.stream_events()))
            while not heard.done():  # until the other listens
                await one.publish(RING, [CHANNEL])
                await asyncio.wait({heard}, timeout=0.1)
        while not one._queue.empty():
            await anext(one.stream_events())
        await one.publish(RING, [CHANNEL])
        assert await anext(one.stream_events()) == (CHANNEL, RING)
        for each in (one, other):
            await each.on_shutdown()
        await redis.close()
