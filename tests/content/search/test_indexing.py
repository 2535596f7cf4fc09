"""The index stays whole and readable whoever dies, and whoever reads while it is written."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from base import journal
from content import search
from content.search import entries, finding, folders, indexing, whoosh_codec, whoosh_index
from content.search.engine import BrokenIndexError
from content.search.indexing import BeingBuiltError
from content.search.whoosh_engine import WhooshEngine
from tests.content.builders import date, head, put
from tests.content.search.papers import ALL, DIGITAL, asking, paper

PUBLIC = frozenset({"public"})
ROOT = Path(__file__).resolve().parents[3]

WRITER = """
import sys
from pathlib import Path
from content.search.whoosh_engine import WhooshEngine
from tests.content.search.papers import paper
engine = WhooshEngine(Path(sys.argv[1]))
for round in range(int(sys.argv[2])):
    text = f"Vòng {round} nói về mùa màng."
    papers = [paper(f"{n}-TB/TU", "thông báo chung", text, type="Thông báo") for n in range(30)]
    print("begun", flush=True)
    engine.replace(papers, position=round)
print("done", flush=True)
"""
READER = """
import sys
from pathlib import Path
from content.search.whoosh_engine import WhooshEngine
from tests.content.search.papers import asking
engine = WhooshEngine(Path(sys.argv[1]))
seen = set()
print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    results = engine.search(asking("mùa màng", limit=100))
    documents = [hit.document for hit in results.hits]
    assert len(documents) == len(set(documents)) == results.total == 30, (len(documents), results.total)
    rounds = {hit.snippet.text.split()[1] for hit in results.hits}
    assert len(rounds) == 1, rounds
    seen |= rounds
print(len(seen), flush=True)
"""


def process(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_writer_killed_in_the_middle_leaves_what_was_there_and_its_successor_writes(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.replace(ALL, position=7)
    with process(WRITER, engine.folder, 1000) as writer:
        for _ in range(4):
            assert writer.stdout.readline() == "begun\n"
        writer.kill()
    results = engine.search(asking("chuyển đổi số quốc gia"))
    assert [hit.document for hit in results.hits] == [DIGITAL.document]
    engine.replace([paper("01-TB/TU", "về lễ hội", "Lễ hội xuân.")], position=2000)
    assert (engine.search(asking("lễ hội xuân")).total, engine.position()) == (1, 2000)
    engine.close()


def test_an_index_too_large_for_memory_is_as_one_that_is_not(tmp_path, monkeypatch):
    papers = [paper(f"{n}-TB/TU", f"về mùa {n}", f"Thôn số {n} họp về mùa màng.") for n in range(60)]
    small, large = WhooshEngine(tmp_path / "small"), WhooshEngine(tmp_path / "large")
    small.replace(papers, position=1)
    monkeypatch.setattr(whoosh_codec, "ROOM", 100)
    large.replace(papers, position=1)
    for words in ("mùa màng", "hop thon 7", "12-TB/TU", "mua mang"):
        assert large.search(asking(words, limit=60)) == small.search(asking(words, limit=60))
    small.close()
    large.close()


def test_a_state_cleared_away_while_it_is_being_opened_is_passed_over_for_the_newer(tmp_path, monkeypatch):
    engine, writer = WhooshEngine(tmp_path / "index"), WhooshEngine(tmp_path / "index")
    engine.replace(ALL, position=1)
    opened, newer = whoosh_index._opened, [2, 3]

    def late(folder, known):
        if newer:
            position = newer.pop()
            with monkeypatch.context() as unwatched:
                unwatched.setattr(whoosh_index, "_opened", opened)
                writer.replace([DIGITAL], position=position)
            raise FileNotFoundError(folder)
        return opened(folder, known)

    monkeypatch.setattr(whoosh_index, "_opened", late)
    assert engine.search(asking("chuyển đổi số quốc gia")).total == 1
    assert not newer
    engine.close()
    writer.close()


@pytest.mark.slow
def test_two_processes_read_one_whole_state_or_another_while_a_third_writes(tmp_path):
    folder, end = tmp_path / "index", tmp_path / "end"
    with process(WRITER, folder, 1) as first:
        assert first.communicate()[0].endswith("done\n")
    with process(READER, folder, end) as one, process(READER, folder, end) as other:
        for reader in (one, other):
            assert reader.stdout.readline() == "ready\n"
        with process(WRITER, folder, 6) as writer:
            said = writer.communicate()
        end.touch()
        assert said[0].endswith("done\n"), said[1]
        for reader in (one, other):
            told, wrong = reader.communicate()
            assert reader.returncode == 0, wrong
            assert int(told) >= 2


# With the handbook


@pytest.fixture
async def forest(handbook):
    """A handbook with one document, sealed, and its index."""
    await issue("05-NQ/TU", "Trồng rừng.")
    await indexing.rebuild()
    yield
    finding.close()


async def issue(number: str, text: str) -> None:
    row = await put(f"{head(number, 'Nghị quyết', date(2026, 3, 12), 'về rừng')}I- VIỆC\n\n1. {text}\n")
    assert row.error is None
    while await journal.seal_pending():
        pass


async def found(words: str) -> int:
    return (await search.search(words, scopes=PUBLIC)).total


async def test_readers_keep_the_old_index_until_the_new_one_is_whole(forest, monkeypatch):
    before = folders.current()
    seen, read = [], entries.entries

    async def watched(documents):
        seen.append((await found("rừng"), folders.current() == before))
        return await read(documents)

    monkeypatch.setattr(entries, "entries", watched)
    await indexing.rebuild()
    assert seen == [(1, True)]
    assert folders.current() != before
    assert await found("rừng") == 1
    assert [path for path in folders.root().iterdir() if path.is_dir()] == [folders.current()]


async def test_what_is_published_during_a_build_is_in_it(forest, monkeypatch):
    read = entries.entries

    async def meanwhile(documents):
        made = await read(documents)
        if not any(entry.number == "06-NQ/TU" for entry in made):
            await issue("06-NQ/TU", "Giữ rừng.")
        return made

    monkeypatch.setattr(entries, "entries", meanwhile)
    await indexing.rebuild()
    assert await found("rừng") == 2


async def test_the_worker_goes_on_following_while_another_index_is_built(forest):
    await issue("06-NQ/TU", "Giữ rừng.")
    with folders.alone("building") as mine:
        assert mine
        assert await indexing.follow() == 1
        assert await found("rừng") == 2
        with pytest.raises(BeingBuiltError):
            await indexing.rebuild()


async def test_while_another_writes_the_worker_waits_for_its_next_turn(forest):
    await issue("06-NQ/TU", "Giữ rừng.")
    with folders.alone("writing"):
        assert await indexing.follow() == 0
    assert await indexing.follow() == 1


async def test_a_build_that_fails_leaves_the_index_as_it_was(forest, monkeypatch):
    async def fail(documents):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(entries, "entries", fail)
        with pytest.raises(ZeroDivisionError):
            await indexing.rebuild()
    assert await found("rừng") == 1
    await indexing.rebuild()
    assert len([path for path in folders.root().iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("content", [None, "", "0-abc", "../elsewhere", "1-../../x", "\x00", b"\xff\xfe"])
async def test_a_missing_foreign_or_older_index_has_to_be_built_anew(forest, content):
    file = folders.root() / folders.CURRENT
    file.unlink()
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BrokenIndexError):
        await indexing.follow()
    await indexing.rebuild()
    assert await found("rừng") == 1


async def test_many_documents_in_many_small_steps_are_as_if_built_at_once(forest):
    for number in range(6, 30):
        await issue(f"{number:02}-NQ/TU", f"Giữ rừng ở thôn số {number}.")
        await indexing.follow()
    stepwise = await search.search("giữ rừng", scopes=PUBLIC, limit=100)
    await indexing.rebuild()
    at_once = await search.search("giữ rừng", scopes=PUBLIC, limit=100)
    assert at_once.total == 24
    assert stepwise == at_once


async def test_searches_of_many_readers_at_once_are_all_answered(forest):
    assert await asyncio.gather(*(found("rừng") for _ in range(30))) == [1] * 30
