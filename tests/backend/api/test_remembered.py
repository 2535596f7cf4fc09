"""Answers kept ready: what is remembered, for how long, and in which form it leaves."""

import asyncio
import gzip
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import brotli
import pytest

from backend.door.answering import PACKED_FROM_BYTES, Answer, Kept, answer, coding_for, is_named
from backend.door.remembered import Shelf
from base import clock, database, revisions

LONG = b"a resolution " * 400


def request(**headers: str):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return SimpleNamespace(scope={"headers": raw})


def header(given: Answer, name: str) -> str:
    return dict(given.lines).get(name.encode(), b"").decode()


class Maker:
    """Makes a new body each time and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> Kept:
        self.times += 1
        await asyncio.sleep(0)
        return Kept(b"text %d" % self.times)


@pytest.fixture
async def heard(database):
    """Revisions being heard, as in the web process."""
    await revisions.watch()
    for _ in range(100):
        if revisions.current("content") == revisions.current("content"):
            break
        await asyncio.sleep(0.02)
    yield
    await revisions.unwatch()


async def test_an_answer_is_made_once_while_nothing_changes(heard):
    shelf, make = Shelf("content"), Maker()
    first, second = await shelf.take("a", make), await shelf.take("a", make)
    assert first is second and make.times == 1


async def test_an_answer_is_made_again_after_its_topic_was_touched(heard):
    shelf, make = Shelf("content"), Maker()
    await shelf.take("a", make)
    async with database.transaction():
        await revisions.touch("content")
    assert (await shelf.take("a", make)).body == b"text 2"


async def test_an_answer_is_made_again_on_the_next_day_in_vietnam(heard):
    shelf, make = Shelf("content"), Maker()
    clock.stop(datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC))
    try:
        await shelf.take("a", make)
        clock.stop(clock.now() + timedelta(seconds=2))
        await shelf.take("a", make)
    finally:
        clock.stop(None)
    assert make.times == 2


async def test_what_changed_while_it_was_being_made_is_not_kept(heard):
    shelf, make = Shelf("content"), Maker()

    async def overtaken() -> Kept:
        kept = await make()
        async with database.transaction():
            await revisions.touch("content")
        return kept

    await shelf.take("a", overtaken)
    await shelf.take("a", make)
    assert make.times == 2


async def test_many_readers_at_once_make_it_once(heard):
    shelf, make = Shelf("content"), Maker()
    kept = await asyncio.gather(*(shelf.take("a", make) for _ in range(50)))
    assert make.times == 1 and {one.body for one in kept} == {b"text 1"}


async def test_a_reader_who_leaves_does_not_take_the_answer_from_the_others(heard):
    shelf, make = Shelf("content"), Maker()
    leaving = asyncio.create_task(shelf.take("a", make))
    staying = asyncio.create_task(shelf.take("a", make))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).body == b"text 1"


async def test_a_shelf_lets_go_of_what_was_not_asked_for_longest(heard):
    shelf = Shelf("content", limit_bytes=3 * 2 * 100)
    made: list[str] = []

    def maker(name: str):
        async def make() -> Kept:
            made.append(name)
            return Kept(b"x" * 100)

        return make

    for name in ("a", "b", "c", "a", "d", "a", "b"):
        await shelf.take(name, maker(name))
    assert made == ["a", "b", "c", "d", "b"]


@pytest.mark.parametrize(
    ("takes", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("", ""),
        ("identity", ""),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=nonsense", ""),
        ("BR", "br"),
    ],
)
async def test_the_best_compression_that_is_taken_is_used(takes, coding):
    assert coding_for(takes.encode()) == coding


async def test_a_compressed_answer_opens_to_the_same_text():
    kept = Kept(LONG)
    as_br = await answer(request(accept_encoding="br"), kept)
    as_gzip = await answer(request(accept_encoding="gzip"), kept)
    plain = await answer(request(), kept)
    assert brotli.decompress(as_br.body) == gzip.decompress(as_gzip.body) == plain.body == LONG
    assert [header(one, "content-encoding") for one in (as_br, as_gzip, plain)] == ["br", "gzip", ""]
    assert header(as_br, "content-length") == str(len(as_br.body))


async def test_a_short_answer_is_not_compressed():
    given = await answer(request(accept_encoding="br"), Kept(b"x" * (PACKED_FROM_BYTES - 1)))
    assert header(given, "content-encoding") == ""


@pytest.mark.parametrize(
    ("known", "named"),
    [
        (b'W/"one"', True), (b'"one"', True), (b'"two", W/"one"', True), (b"*", True),
        (b'"two"', False), (b"one", False), (b'W/"on"', False),
    ],
)  # fmt: skip
async def test_a_tag_is_recognised_by_weak_comparison(known, named):
    assert is_named(b'W/"one"', known) is named


async def test_whoever_has_it_already_gets_304_without_a_body():
    kept = Kept(LONG)
    first = await answer(request(accept_encoding="br"), kept)
    again = await answer(request(if_none_match=header(first, "etag")), kept)
    assert again.status == 304 and again.body == b""
    for name in ("etag", "cache-control", "vary"):
        assert header(again, name) == header(first, name) != ""
    assert header(again, "content-length") == ""
