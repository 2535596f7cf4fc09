"""What the text of a draft says that it does to other documents: proposed to its editor, who knows whether it is so.

Rather too little than too much: nothing is proposed from words that are quoted, from what others did earlier, or from a
document that is only mentioned. Citations are counted apart (content.citing) and need no editor.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from content.drafts import clauses
from content.drafts.clauses import SENTENCE_CHARS, Sentence
from content.drafts.model import Claim, Facts
from content.naming import letters_key, running_key
from content.structure import Part

MOST = 100
"""How many lines an editor is asked about at most."""

_APART = ("matter", "head", "recipients", "signature", "annex", "table")
_BEGINNING = ("phan", "chuong", "muc", "dieu", "section", "annex")
_BROKEN = re.compile(r"(?<=[0-9][-/][A-ZĐ]{2})\s?-\s(?=[A-ZĐ]{2})")
"""A number that was broken where a line ended ("12/2026/NĐ- CP")."""

_MAY_SAY = re.compile(r"(?i)sửa đ|b. sung|thay th|bãi b|h[uủ][yỷ] b|hiệu lực|hướng d|chi ti")
"""Sentences without such words say nothing of this kind, and are not read more closely."""

_ENDS = re.compile(r"(?<=[.:])\s+(?=[A-ZĐÀ-Ỹ])")


class Proposal(Struct, frozen=True):
    """A relation with the sentence that says it and the path of its part; "" where the title does."""

    claim: Claim
    words: str


def proposals(facts: Facts, parts: Sequence[Part]) -> tuple[Proposal, ...]:
    """What the title and the parts say, each relation once, in reading order."""
    found: dict[tuple[str, str], Proposal] = {}
    for kind, number, path, words in (*_of_title(facts), *_of_parts(facts, parts)):
        if not _same(number, facts.head.number):
            claim = Claim(kind, number, path)
            found.setdefault((kind, number), Proposal(claim, _short(words)))
    return tuple(each for each in found.values() if not _is_told_more_by(each.claim, found))[:MOST]


def undecided(facts: Facts, parts: Sequence[Part]) -> tuple[Proposal, ...]:
    """Those that the editor has neither confirmed nor declined."""
    decided = {(claim.kind, claim.number) for claim in (*facts.relations, *facts.declined)}
    return tuple(each for each in proposals(facts, parts) if (each.claim.kind, each.claim.number) not in decided)


def _of_title(facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    title = _plain(facts.head.title)
    for kind, number in clauses.in_title(Sentence.of(title), facts.head.type):
        yield kind, number, "", title


def _of_parts(facts: Facts, parts: Iterable[Part]) -> Iterator[tuple[str, str, str, str]]:
    own = re.compile(rf"{re.escape(facts.head.type)}\s+(?:số\s+)?{re.escape(facts.head.number or '-')}")
    quoted = 0
    lists: dict[str, str] = {}
    for part in parts:
        if part.kind in _APART or part.path.startswith("phu-luc"):
            continue
        if part.kind in _BEGINNING:
            quoted = 0
        text = own.sub(f"{facts.head.type} này", _plain(f"{part.heading}\n{part.body}"))
        said, quoted = _unquoted(text, quoted)
        for line in filter(str.strip, said.split("\n")):
            for text in _ENDS.split(line) if _MAY_SAY.search(line) or part.parent in lists else ():
                for kind, number in _said(Sentence.of(text), part, lists):
                    yield kind, number, part.path, text


def _said(sentence: Sentence, part: Part, lists: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a sentence says; below one that leads to a list of documents, what becomes of its own."""
    if part.kind == "preamble":
        yield from clauses.in_introduction(sentence)
        return
    if begun := clauses.listing(sentence):
        lists[part.path if part.kind != "paragraph" else part.parent or ""] = begun
    yield from clauses.in_clause(sentence)
    if part.parent in lists:
        yield from clauses.listed(sentence, lists[part.parent or ""])


def _is_told_more_by(claim: Claim, found: Iterable[tuple[str, str]]) -> bool:
    """Whether the same document is said to end, or to be changed and not only added to."""
    stronger = {"amends": ("replaces", "abolishes"), "supplements": ("replaces", "abolishes", "amends"),
                "abolishes": ("replaces",), "implements": ("guides", "amends", "replaces", "abolishes")}  # fmt: skip
    others = {kind for kind, number in found if number == claim.number}
    return not others.isdisjoint(stronger.get(claim.kind, ()))


def _plain(text: str) -> str:
    """The text without marks of bold and italics, and without the lines of tables."""
    lines = (line for line in text.split("\n") if not line.lstrip().startswith("|"))
    return _BROKEN.sub("-", re.sub(r"[*_`]+|\\", "", "\n".join(lines)))


def _unquoted(text: str, depth: int) -> tuple[str, int]:
    """The words outside of quotation marks, and how many of these are still open at the end."""
    kept: list[str] = []
    text = _straight().sub("", text)
    for letter in text:
        depth = depth + 1 if letter == "“" else max(0, depth - 1) if letter == "”" else depth
        if depth == 0 and letter != "”":
            kept.append(letter)
    return "".join(kept), depth


@cache
def _straight() -> re.Pattern[str]:
    return re.compile(r'"[^"\n]*"')


def _same(one: str, other: str) -> bool:
    return (running_key(one), letters_key(one)) == (running_key(other), letters_key(other)) and (
        re.findall(r"/(\d{4})/", one) == re.findall(r"/(\d{4})/", other)
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SENTENCE_CHARS else words[: SENTENCE_CHARS - 1].rsplit(" ", 1)[0] + "…"
