"""What makes a text the same in every print: its words, however they are spaced, paged, marked up or spelt."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from msgspec import Struct

from content.folding import tokenise

FEWEST_WORDS = 60
"""Texts that are shorter are never said to be the same: decisions of a few words resemble each other."""

SHINGLE = 5
"""How many neighbouring words are compared as one."""

_FRAME = frozenset({"head", "signature", "recipients"})
_BESIDE = frozenset({*_FRAME, "preamble"})
_FURNITURE = re.compile(
    r"[-–—_*#|\s]*(?:trang\s+|page\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—_*#|\s]*$|\W*công báo\b.{0,60}$", re.I
)
"""Numbers of pages and running heads of the gazette, alone on their line."""

_MARKUP = re.compile(r"<[^<>\n]{1,200}>|\]\([^()\[\]\n]{0,500}\)|\[\^\w{1,12}\]:?|&[a-z]{2,8};|&#\d{1,6};")

_Parts = Iterable[tuple[str, str]]
"""Kinds and texts of the parts of an edition, in reading order."""


class Wording(Struct, frozen=True):
    """How one edition is compared with others.

    ``text`` digests its body alone, "" when that is too short; ``whole`` also what stands before and after it, in any
    arrangement. ``marks`` are three numbers of which nearly the same texts share at least one almost always.
    """

    text: str
    whole: str
    words: int
    marks: tuple[int, ...]


def wording_of(parts: _Parts) -> Wording:
    """Compare by this; what belongs to the file only does not count."""
    body: list[str] = []
    reasons: list[str] = []
    frame: list[str] = []
    for kind, text in parts:
        if kind != "matter":
            (frame if kind in _FRAME else reasons if kind == "preamble" else body).extend(_words(text))
    enough = len(body) >= FEWEST_WORDS
    return Wording(
        text=_digest(body) if enough else "",
        whole=_digest([*reasons, *body, "", *sorted(frame)]),
        words=len(body),
        marks=_marks(body) if enough else (),
    )


def likeness(one: _Parts, other: _Parts) -> float:
    """The share of runs of words that two bodies have in common, of the longer one: 0 to 1."""
    here, there = (set(_shingles([word for kind, text in parts if kind not in {*_BESIDE, "matter"}
                                  for word in _words(text)])) for parts in (one, other))  # fmt: skip
    return len(here & there) / max(len(here), len(there), 1)


def _words(text: str) -> list[str]:
    lines = (line for line in text.split("\n") if not _FURNITURE.match(line))
    return tokenise(_MARKUP.sub(" ", "\n".join(lines)))


def _shingles(words: list[str]) -> Iterator[str]:
    return (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _digest(words: list[str]) -> str:
    return blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def _marks(words: list[str]) -> tuple[int, ...]:
    """For each of three ways to number all runs of words, the smallest number that occurs (min-wise hashing)."""
    hashed = [blake2b(each.encode(), digest_size=24).digest() for each in _shingles(words)]
    return tuple(int.from_bytes(min(each[at : at + 8] for each in hashed)) >> 1 for at in (0, 8, 16))
