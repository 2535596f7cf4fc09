"""What in a text a person must look at before it is issued: a skipped number, a line not understood, a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from content.drafts.model import Doubt
from content.structure import Part, Warned

COUNTED = ("dieu", "khoan", "diem", "chuong", "section", "item", "letter")
"""Kinds of parts whose numbers follow one another."""

OF_HEAD = ("missing", "disagrees")
"""How warnings about the facts of the head end; the editor sees those beside the facts."""

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
LETTERS = [*"abcdđefghijklmnopqrstuvwxyz"]
"""Points in Vietnamese texts; f, j, w and z may be left out."""

SELDOM = frozenset("fjwz")
_NUMBERED = re.compile(
    r"\s*(?:\**(?:điều|khoản|chương|mục|phần)\s+[\divxlc]+|\d{1,3}(?:\.\d{1,3})*[.)/]\s|[IVXLC]{1,6}[.\-]\s)", re.I
)
"""How a line begins that should have been a part of its own."""


def of(parts: Sequence[Part], warnings: Iterable[Warned] = ()) -> tuple[Doubt, ...]:
    """Every doubt in reading order; those that have no place come first."""
    where = {part.path: at for at, part in enumerate(parts)}
    found = [*_told(parts, warnings), *_skipped(parts), *_by_part(parts)]
    unique = {(doubt.key, doubt.path): doubt for doubt in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda doubt: (where.get(doubt.path, -1), doubt.key)))


def _told(parts: Sequence[Part], warnings: Iterable[Warned]) -> Iterator[Doubt]:
    """What the reader of the text said itself; of articles it knows the place."""
    labels = {part.label: part.path for part in reversed(parts) if part.kind == "dieu"}
    for key, values in warnings:
        label = str(values.get("label") or f"Điều {values.get('after', '')}")
        if key != "structure-article-gap":  # told by _skipped, for every kind of part
            yield Doubt(key, dict(values), labels.get(label, "") if "article" in key else "")


def _skipped(parts: Sequence[Part]) -> Iterator[Doubt]:
    """Numbers that do not follow the one before, among the parts of one kind within one part."""
    siblings: dict[tuple[str | None, str], list[Part]] = {}
    for part in parts:
        if part.kind in COUNTED:
            siblings.setdefault((_within(part), part.kind), []).append(part)
    for (_, kind), row in siblings.items():
        for before, after in pairwise(row):
            here, there = _counted(before.label, kind), _counted(after.label, kind)
            if here and there and not _follows(here, there, kind):
                yield Doubt("draft-doubt-skipped", {"before": before.label, "after": after.label}, after.path)


def _by_part(parts: Sequence[Part]) -> Iterator[Doubt]:
    for part in parts:
        if part.kind == "table":
            yield Doubt("draft-doubt-table", {}, part.path)
        elif part.kind == "paragraph" and (line := _like_a_number(part.body)):
            yield Doubt("draft-doubt-line", {"words": line}, part.path)


def _like_a_number(body: str) -> str:
    return next((line.strip()[:60] for line in body.split("\n") if _NUMBERED.match(line)), "")


def _within(part: Part) -> str | None:
    """Articles count through a text, whatever chapter they stand in; annexes count anew."""
    if part.kind != "dieu":
        return part.parent
    first = part.path.split(".")[0]
    return first if first.startswith(("phu-luc", "kem-theo")) else ""


def _counted(label: str, kind: str) -> int:
    """The place of a label in its row; 0 for one that is no plain number (``5a``, ``1.1`` have their own)."""
    word = label.split()[-1].strip("*_.):-–/").lower() if label.split() else ""
    if word.isdecimal():
        return int(word)
    if kind in ("diem", "letter"):
        return LETTERS.index(word) + 1 if word in LETTERS else 0
    return _roman(word)


def _roman(word: str) -> int:
    if not word or any(letter not in ROMAN for letter in word):
        return 0
    values = [ROMAN[letter] for letter in word]
    return sum(-value if later > value else value for value, later in zip(values, [*values[1:], 0], strict=True))


def _follows(here: int, there: int, kind: str) -> bool:
    if kind in ("diem", "letter"):
        between = LETTERS[here : there - 1]
        return there > here and all(letter in SELDOM for letter in between)
    return there == here + 1
