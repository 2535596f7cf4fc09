"""Searching many long documents: the index built, questions answered before and during that, beside SQLite's FTS5."""

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from backend.accounts.scopes import EVERYONE
from base import clock, database, journal, migrations, revisions
from base.settings import load, use
from content import search
from content.folding import fold
from content.search import finding, indexing
from tests.bench.stage import temporary
from tests.content.builders import WORDS, sentence

DOCUMENTS, CHARACTERS = 5_256, 20_000
QUESTIONS = 200
RARE = 4_000
"""How many different syllables a text is made of, besides the common ones: a real archive has some 6,000."""


@dataclass(slots=True)
class Outcome:
    """Seconds to build; milliseconds, sorted, of each kind of question."""

    documents: int
    seconds: float = 0.0
    megabytes: float = 0.0
    fts5_seconds: float = 0.0
    took: dict[str, list[float]] = field(default_factory=dict)


def run(documents: int) -> Outcome:
    """Fill a handbook, build its index, ask, and ask again while it is built anew."""
    folder = temporary("search")
    use(load(data_dir=folder, database_url=f"sqlite:///{folder / 'sotay.sqlite3'}", redis_url=""))
    return asyncio.run(_run(folder, documents))


async def _run(folder: Path, documents: int) -> Outcome:
    await database.connect(f"sqlite:///{folder / 'sotay.sqlite3'}")
    try:
        await migrations.up()
        return await _measured(folder, documents)
    finally:
        finding.close()
        await revisions.unwatch()
        await database.close()


async def _measured(folder: Path, documents: int) -> Outcome:
    outcome = Outcome(documents)
    texts = await _fill(documents)
    questions = _questions(texts)
    outcome.fts5_seconds, outcome.took["FTS5, 3 words"] = _fts5(folder / "fts5.sqlite3", texts, questions)
    begin = time.perf_counter()
    await indexing.rebuild()
    outcome.seconds = time.perf_counter() - begin
    outcome.megabytes = sum(file.stat().st_size for file in (folder / "search").rglob("*")) / 1e6
    await _ask(questions[:20])
    outcome.took["3 words"] = await _ask(questions)
    outcome.took["number"] = await _ask([f"NQ{1 + number * 17 % documents}" for number in range(QUESTIONS)])
    outcome.took["3 words, while the index is built anew"] = await _during(folder, questions)
    return outcome


async def _fill(documents: int) -> list[tuple[str, str]]:
    """Put documents straight into the tables: importing is measured elsewhere."""
    dice = random.Random(1930)
    texts = []
    for number in range(1, documents + 1):
        title, text = f"về {sentence(dice, 8).lower()}", _text(dice)
        texts.append((title, text))
        async with database.transaction():
            await _put(number, title, text)
    while await journal.seal_pending():
        pass
    return texts


async def _put(number: int, title: str, text: str) -> None:
    document, edition, now = uuid.uuid4(), uuid.uuid4(), clock.now()
    await database.execute(
        "INSERT INTO document (id, identity, slug, issuer, issuer_code, type, code, number, title, topic, offline, "
        "year, issued_key, title_key, number_key, issuer_key, search_key, shown, published_at, created_at) "
        "VALUES ({}, {}, {}, 'Tỉnh ủy', 'TU', 'Nghị quyết', 'NQ', {}, {}, '', {}, 2026, 20260101, '', '', '', '', "
        "{}, {}, {})",
        document, str(number), f"nq-{number}", f"{number}-NQ/TU", title, True, True, now, now,
    )  # fmt: skip
    await database.execute(
        "INSERT INTO edition (id, document, ordinal, state, source, source_digest, head, reason, published_at, "
        "created_at, created_by) VALUES ({}, {}, 1, 'published', '', {}, {}, '', {}, {}, 'cli')",
        edition, document, str(number), "{}", now, now,
    )  # fmt: skip
    await database.execute(
        "INSERT INTO audience (document, scope, from_at, reason, by) VALUES ({}, 'public', {}, '', 'cli')",
        document,
        now,
    )
    pieces = text.split("\n")
    rows = [(edition, at, str(at), f"khoan-{at + 1}", str(at + 1), piece) for at, piece in enumerate(pieces)]
    await database.execute(
        "INSERT INTO part (edition, position, anchor, path, label, text, kind, heading, digest) VALUES "
        + ", ".join("({}, {}, {}, {}, {}, {}, 'khoan', '', '')" for _ in rows),
        *[value for row in rows for value in row],
    )
    await journal.record(act="document.publish", subject=f"document:{document}", by="cli")


def _text(dice: random.Random) -> str:
    """Text of common syllables with rarer ones among them, in paragraphs."""
    lines, size = [], 0
    while size < CHARACTERS:
        rare = (f"{dice.choice(WORDS)}{_tail(int(dice.paretovariate(0.6)) % RARE)}" for _ in range(8))
        lines.append(f"{sentence(dice, 60)} {' '.join(rare)} {sentence(dice, 30)}.")
        size += len(lines[-1])
    return "\n".join(lines)


def _tail(number: int) -> str:
    return "" if number < 2 else "aeiouy"[number % 6] + "bcdghklmnpqrstvx"[number // 6 % 16] + "aeiou"[number // 96 % 5]


def _questions(texts: list[tuple[str, str]]) -> list[str]:
    """Three words that stand together somewhere, half of them without marks."""
    dice = random.Random(7)
    questions = []
    for at in range(QUESTIONS):
        words = dice.choice(texts)[1].split()
        begin = dice.randrange(len(words) - 3)
        words = words[begin : begin + 3]
        questions.append(fold(" ".join(words)) if at % 2 else " ".join(words))
    return questions


async def _ask(questions: list[str]) -> list[float]:
    took = []
    for question in questions:
        begin = time.perf_counter()
        await search.search(question, scopes=EVERYONE)
        took.append(1000 * (time.perf_counter() - begin))
    return sorted(took)


async def _during(folder: Path, questions: list[str]) -> list[float]:
    """The same while `sotay reindex` runs beside."""
    env = {**os.environ, "SOTAY_DATA_DIR": str(folder), "SOTAY_DATABASE_URL": "", "SOTAY_REDIS_URL": ""}
    command = [sys.executable, "-m", "backend.cli", "reindex"]
    building = await asyncio.create_subprocess_exec(*command, env=env, stdout=subprocess.DEVNULL)
    took: list[float] = []
    while building.returncode is None:
        took += await _ask(questions[:20])
        questions = questions[20:] + questions[:20]
    if building.returncode:
        raise RuntimeError("the index was not built anew")
    return sorted(took)


def _fts5(file: Path, texts: list[tuple[str, str]], questions: list[str]) -> tuple[float, list[float]]:
    """Seconds to fill SQLite's own index with the same texts, and how long the same questions take there."""
    connection = sqlite3.connect(file)
    begin = time.perf_counter()
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.executemany("INSERT INTO texts VALUES (?, ?)", texts)
    connection.commit()
    seconds = time.perf_counter() - begin
    took = []
    for question in questions:
        begin = time.perf_counter()
        words = " OR ".join(f'"{word}"' for word in question.split())
        connection.execute(
            "SELECT rowid, snippet(texts, 1, '[', ']', '…', 30) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20",
            [words],
        ).fetchall()
        took.append(1000 * (time.perf_counter() - begin))
    connection.close()
    return seconds, sorted(took)
