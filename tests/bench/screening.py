"""How many real comments screening holds that it should not, and should: on the half that nobody looked at.

The words that screening begins with were chosen with the other half in view. Which half a comment belongs to is told
by its text alone: the first byte of its SHA-256, even for the half that was looked at, odd for the one held out.
"""

import gzip
import hashlib
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from backend.discussion.screening import starting
from backend.discussion.screening.model import SHOW, Author, Verdict
from backend.discussion.screening.rules import Book, screen
from backend.discussion.screening.vocabulary import Vocabulary
from tests.conftest import SHARED

COMMENTS = SHARED / "data" / "comments" / "labelled.jsonl.gz"
CLEAN, OFFENDING = "clean", ("offensive", "hate", "offensive_or_hate")
CHARACTERS = 2_000
ROUNDS = 50
SAID = (
    "Tôi nhất trí với mục tiêu chuyển đổi số ở xã; đề nghị tỉnh bố trí kinh phí cho 62 thôn trong năm 2026 theo "
    "Nghị quyết số 57-NQ/TW, nhất là đường truyền ở các thôn vùng cao, nơi bà con còn phải ra tận đầu dốc mới có sóng. "
)


@dataclass
class Half:
    """What became of one half: comments by label, those of them held, and those that only the offence rule held."""

    total: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    offence: Counter[str] = field(default_factory=Counter)

    def note(self, label: str, verdict: Verdict) -> None:
        """Count one comment."""
        self.total[label] += 1
        self.held[label] += verdict.outcome != SHOW
        self.offence[label] += any(finding.rule == "offence" for finding in verdict.reasons)


def run(path: Path = COMMENTS) -> dict[str, Half] | None:
    """The half that was looked at and the half held out; None where there is no real material."""
    if not path.is_file():
        return None
    book, nobody = begun(), Author(datetime(2026, 1, 1, tzinfo=UTC))
    halves = {"looked at": Half(), "held out": Half()}
    for row in map(json.loads, gzip.decompress(path.read_bytes()).splitlines()):
        verdict = screen(row["text"], by=nobody, book=book)
        halves[half_of(row["text"])].note(row["label"], verdict)
    return halves


def half_of(text: str) -> str:
    """Which half a comment belongs to."""
    return "held out" if hashlib.sha256(text.encode()).digest()[0] % 2 else "looked at"


def begun() -> Book:
    """What a new handbook's screening goes by."""
    return Book(words={rule: Vocabulary(entries) for rule, entries in starting.entries().items()})


def pace() -> float:
    """Milliseconds of processor time that an ordinary comment of CHARACTERS takes, the best of some rounds."""
    book, nobody = begun(), Author(datetime(2026, 1, 1, tzinfo=UTC))
    words = (SAID * (CHARACTERS // len(SAID) + 1))[:CHARACTERS]
    took = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        screen(words, by=nobody, book=book)
        took.append(time.process_time() - begin)
    return min(took) * 1_000
