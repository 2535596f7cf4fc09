"""How well questions are answered: questions with known answers, put to an index of its own in a temporary folder."""

import gzip
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from base import clock
from base.errors import InvalidError
from content.audiences import Window
from content.search.engine import Engine, Entry, Passage, Query
from content.search.entries import plain
from content.search.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine}
FIELDS = ("query", "query_no_diacritics")
EVERYBODY = "public"
DEEP = 10
"""How many answers count, identical texts as one."""

FETCHED = 40
"""How many answers are fetched so that DEEP different ones are among them."""


class Scores(Struct, frozen=True, rename={"hit_1": "hit@1", "hit_10": "hit@10", "mrr_10": "mrr@10"}):
    """Shares of the queries whose first, or one of whose first ten, answers is right; the mean of one by its rank."""

    hit_1: float
    hit_10: float
    mrr_10: float
    p50_ms: float
    p95_ms: float
    queries: int


class _Text(Struct, frozen=True):
    """A line of the corpus."""

    id: str
    text: str
    title: str | None = None


def evaluate(
    corpus: Path, queries: Path, *, field: str = "query", engine: str = "whoosh",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Scores:  # fmt: skip
    """Index ``corpus`` (id, title, text a line) and ask every query of ``queries`` (the field, relevant_ids).

    Raises InvalidError for files that do not hold these, or hold nothing, and for an unknown field or engine.
    """
    if field not in FIELDS:
        raise InvalidError.of("field", "content-search-field-unknown", known=", ".join(FIELDS))
    if engine not in ENGINES:
        raise InvalidError.of("engine", "content-search-engine-unknown", known=", ".join(ENGINES))
    texts = [_line(row, _Text, corpus) for row in _rows(corpus)]
    asked = [_question(row, field, queries) for row in _rows(queries)]
    with tempfile.TemporaryDirectory(prefix="sotay-evaluate-") as folder:
        made = ENGINES[engine](Path(folder))
        made.replace((_entry(at, text) for at, text in enumerate(texts)), position=0)
        return _scores(made, [_same(text) for text in texts], _places(texts), asked, progress)


def _scores(
    engine: Engine, same: list[str], places: dict[str, int], asked: list[tuple[str, list[str]]],
    progress: Callable[[int, int], None],
) -> Scores:  # fmt: skip
    ranks, took = [], []
    for done, (words, relevant) in enumerate(asked, 1):
        begin = time.perf_counter()
        hits = engine.search(_query(words)).hits
        took.append(1000 * (time.perf_counter() - begin))
        right = {same[places[each]] for each in relevant if each in places}
        different = list(dict.fromkeys(same[hit.document.int] for hit in hits))[:DEEP]
        ranks.append(next((at for at, text in enumerate(different, 1) if text in right), 0))
        progress(done, len(asked))
    took.sort()
    count = len(ranks)
    return Scores(
        hit_1=round(ranks.count(1) / count, 4), hit_10=round(sum(rank > 0 for rank in ranks) / count, 4),
        mrr_10=round(sum(1 / rank for rank in ranks if rank) / count, 4), p50_ms=round(took[count // 2], 2),
        p95_ms=round(took[min(count - 1, int(count * 0.95))], 2), queries=count,
    )  # fmt: skip


def _query(words: str) -> Query:
    return Query(words, frozenset({EVERYBODY}), clock.now(), clock.today(), limit=FETCHED)


def _entry(at: int, text: _Text) -> Entry:
    audience = (Window(EVERYBODY, clock.now(), None),)
    return Entry(
        document=UUID(int=at), slug=text.id, number="", type="", issuer="", issued_key=0, topic="",
        effective_from=None, effective_until=None, title=plain(text.title or _heading(text.text)), audience=audience,
        parts=(Passage("", "", "", plain(text.text)),),
    )  # fmt: skip


def _heading(text: str) -> str:
    """The first line of a text that has no title, where it stands by itself."""
    first, _, rest = text.strip().partition("\n\n")
    return first if rest and "\n" not in first else ""


def _same(text: _Text) -> str:
    """What two identical texts have in common."""
    return re.sub(r"\s+", " ", f"{text.title or ''} {text.text}").strip()


def _places(texts: list[_Text]) -> dict[str, int]:
    return {text.id: at for at, text in enumerate(texts)}


def _question(row: bytes, field: str, file: Path) -> tuple[str, list[str]]:
    facts = _line(row, dict[str, Any], file)
    words, relevant = facts.get(field), facts.get("relevant_ids")
    if not isinstance(words, str) or not isinstance(relevant, list):
        raise InvalidError.of("queries", "content-search-no-field", file=file.name, missing=f"{field}, relevant_ids")
    return words, [str(each) for each in relevant]


def _line(row: bytes, shape: Any, file: Path) -> Any:
    try:
        return msgspec.json.decode(row, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidError.of("file", "content-search-odd-line", file=file.name, reason=str(error)) from None


def _rows(file: Path) -> Iterator[bytes]:
    """The lines of a file of JSON lines, packed or not; raises InvalidError when there is none."""
    data = file.read_bytes()
    try:
        rows = [row for row in (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).splitlines() if row.strip()]
    except (OSError, EOFError) as error:
        raise InvalidError.of("file", "content-search-odd-line", file=file.name, reason=str(error)) from None
    if not rows:
        raise InvalidError.of("file", "content-search-empty", file=file.name)
    yield from rows
