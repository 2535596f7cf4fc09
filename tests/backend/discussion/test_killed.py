"""Nothing that was sent is lost or doubled when the web process is killed under it and the phones send again."""

import asyncio
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from backend.discussion import comments
from backend.discussion.about import About
from base import audit, journal
from base import database as floor
from tests import builders, processes, services
from tests import people as cast
from tests.content.builders import put, regulation

ROOT = Path(__file__).resolve().parents[3]
SAID = 4
"""Comments of each member at once, and one case of feedback."""

SURVIVED = 8
"""So many are answered when the process dies; all others are under way then."""

PATIENCE_S = 60


@pytest.fixture
def serve(settings, monkeypatch):
    """`sotay serve` on the data of the test: the process of the family's head, and its address."""
    port = services.free_port()
    monkeypatch.setenv("SOTAY_PORT", str(port))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    head = subprocess.Popen([sys.executable, "-m", "backend.cli", "serve"], stdout=subprocess.DEVNULL)
    try:
        while head.poll() is None and not _listens(port):
            time.sleep(0.1)
        yield head, f"http://localhost:{port}"
    finally:
        family = [head.pid, *processes.children(head.pid).values()]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        head.wait(PATIENCE_S)


def _listens(port: int) -> bool:
    """The socket outlives the web process: from then on whoever calls waits instead of being turned away."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


async def _repeat(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> httpx.Response:
    """What a phone does: the same under the same id until it is answered."""
    while True:
        try:
            return await client.put(path, json=body)
        except httpx.TransportError:
            continue


def _killer(head: subprocess.Popen[bytes]) -> tuple[Callable[[httpx.Response], None], list[int]]:
    """Kills the web process at the answer after which SURVIVED have come; the statuses of all."""
    heard: list[int] = []

    def hear(answer: httpx.Response) -> None:
        heard.append(answer.status_code)
        if len(heard) == SURVIVED:
            os.kill(processes.children(head.pid)["web"], signal.SIGKILL)

    return hear, heard


async def _outgoing(member: UUID, slug: str, head: UUID) -> dict[str, dict[str, Any]]:
    """What one member sends, by address: comments, the first of them an answer, and feedback."""
    said = {uuid4(): f"Tôi đề nghị làm rõ thời hạn báo cáo thứ {at} của chi bộ." for at in range(SAID)}
    bodies: dict[str, dict[str, Any]] = {
        f"/api/comments/{id}": {"document": slug, "words": words} for id, words in said.items()
    }
    bodies[next(iter(bodies))]["parent"] = str(head)
    bodies[f"/api/feedback/{uuid4()}"] = {"kind": "suggestion", "about": "app", "words": f"Góp ý của {member.hex}."}
    return bodies


async def _kept() -> dict[str, str]:
    """The words of everything in the database, by the address that it was sent to."""
    said = await floor.fetch("SELECT c.id, r.words FROM comment c JOIN comment_revision r ON r.comment = c.id")
    asked = await floor.fetch("SELECT id, words FROM feedback")
    rows = [*((f"/api/comments/{row['id']}", row["words"]) for row in said),
            *((f"/api/feedback/{row['id']}", row["words"]) for row in asked)]  # fmt: skip
    assert len(rows) == len(dict(rows))
    return dict(rows)


async def test_what_was_sent_while_the_server_was_killed_is_there_once(database, settings, serve):
    people, (head, url) = await cast.everyone(), serve
    slug = (await put(regulation(), audience=["members"])).slug
    first, hoa = uuid4(), await builders.reader(people.hoa)
    await comments.write(
        first, about=About(document=slug), words="Các đồng chí thấy thế nào?", named=False, by=people.hoa,
        scopes=hoa.scopes,
    )  # fmt: skip
    senders = (people.mai, people.lan, people.minh, people.tam, people.quang, people.thu)
    sent: dict[str, dict[str, Any]] = {}
    hear, heard = _killer(head)

    async def speak(member: UUID) -> None:
        outgoing = await _outgoing(member, slug, first)
        sent.update(outgoing)
        cookies = {"session": await builders.signed_in(member)}
        async with httpx.AsyncClient(base_url=url, cookies=cookies, timeout=PATIENCE_S) as phone:

            async def deliver(path: str, body: dict[str, Any]) -> None:
                hear(await _repeat(phone, path, body))

            await asyncio.gather(*itertools.starmap(deliver, outgoing.items()))
            again = [await _repeat(phone, path, body) for path, body in outgoing.items()]
            assert {answer.status_code for answer in again} == {200}, "the phone did not hear the answer"

    await asyncio.gather(*map(speak, senders))
    assert set(heard) <= {200, 201} and len(heard) == len(sent) > SURVIVED
    kept = await _kept()
    kept.pop(f"/api/comments/{first}")
    assert kept == {path: body["words"] for path, body in sent.items()}
    await _check_journal(sent)
    await _check_notices(sent)


async def _check_journal(sent: dict[str, dict[str, Any]]) -> None:
    rows = await floor.fetch("SELECT subject FROM journal WHERE act IN ('comment.write', 'feedback.receive')")
    noted = Counter(f"/api/{row['subject'].replace('comment:', 'comments:').replace(':', '/')}" for row in rows)
    assert {path: noted[path] for path in sent} == dict.fromkeys(sent, 1)
    while await journal.seal_pending():
        pass
    assert (await audit.verify()).finding is None


async def _check_notices(sent: dict[str, dict[str, Any]]) -> None:
    rows = await floor.fetch("SELECT about FROM notice WHERE kind IN ('comment.reply', 'feedback.receive')")
    owed = Counter(row["about"].partition(":")[2] for row in rows)
    due = [path.rpartition("/")[2] for path, body in sent.items() if "parent" in body or "kind" in body]
    assert owed == dict.fromkeys(due, 1)
