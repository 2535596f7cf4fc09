"""Which documents go by a number or by the name of a law, among those that a reader may read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from base import database
from content import audiences, issuers, listing, vocabulary
from content.folding import fold
from content.quotations import Paper
from content.quotations.papers import codes
from content.rows import DocumentRow

LOOKED = 200
"""Most documents of one running number that are looked at, newest first."""

Rows = list[DocumentRow]
_GENERAL = ({"trung", "uong"}, {"dang"}, {"trung", "uong", "dang"})
"""Names that stand for any body of the centre."""


async def documents(paper: Paper, *, scopes: frozenset[str], beside: DocumentRow | None = None) -> tuple[Rows, Rows]:
    """The documents that ``paper`` may name, newest first, and those of that number that it cannot mean.

    What differs in date, year or issuer from what was said is not meant. ``beside`` is the document that names it: of
    several, its own issuer's latest by then is meant, since numbers begin anew with each term and issuer.
    """
    scopes = scopes & await audiences.used()
    if paper.issuer:
        paper = replace(paper, issuer=await issuers.current(paper.issuer))
    found = await _by_number(paper, scopes) if paper.running else await _by_name(paper, scopes)
    exact = _narrowed(found, paper)
    if len(exact) > 1 and beside and not (paper.issued or paper.year):
        exact = _of_the_same_house(exact, beside) or exact
    return exact, [row for row in found if row not in exact]


async def _by_number(paper: Paper, scopes: frozenset[str]) -> Rows:
    """By the letters as far as they were written; a blank may have ended them, or only the first are given."""
    letters, code = paper.letters, paper.letters[:1]
    whole = [" ".join((*letters, *paper.maybe[:count])) for count in range(len(paper.maybe), -1, -1)]
    if not letters and paper.maybe[:1] and paper.maybe[0] in codes():
        code = paper.maybe[:1]
    for written in filter(None, whole) if len(letters) < 2 else [" ".join(letters)]:
        rows = await _rows("d.running_key = {} AND d.letters_key = {}", [paper.running, written], scopes)
        if rows:
            return _typed(rows, paper, sure=True)
    if len(letters) > 1:
        return []
    if code and code[0] in codes():
        begins = "d.running_key = {} AND d.letters_key >= {} AND d.letters_key < {}"
        return _typed(await _rows(begins, [paper.running, f"{code[0]} ", f"{code[0]}!"], scopes), paper, sure=False)
    return [] if letters else _typed(await _rows("d.running_key = {}", [paper.running], scopes), paper, sure=False)


async def _by_name(paper: Paper, scopes: frozenset[str]) -> Rows:
    for name in paper.names:
        if rows := await _rows("d.law_key = {}", [name], scopes):
            return rows
    for name in paper.names[:1]:
        if name.count(" ") > 1:  # the beginning of a long name will do
            return await _rows("d.law_key > {} AND d.law_key < {}", [f"{name} ", f"{name}!"], scopes)
    return []


async def _rows(condition: str, values: list[Any], scopes: frozenset[str]) -> Rows:
    may_read, among = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT {listing.COLUMNS} FROM document d WHERE {condition} AND d.shown AND {may_read} "
        "ORDER BY d.issued_key DESC, d.id DESC LIMIT {}",
        *values, *among, LOOKED,
    )  # fmt: skip
    return [listing.row_of(row) for row in rows]


def _typed(rows: Rows, paper: Paper, *, sure: bool) -> Rows:
    """Those of the type that was said; under a number written out in full, a wrong type is a slip."""
    if not paper.type:
        return rows
    right = [row for row in rows if row.type == paper.type]
    return right or (rows if sure else [])


def _narrowed(rows: Rows, paper: Paper) -> Rows:
    tests: list[Callable[[DocumentRow], bool]] = []
    if paper.issued:
        tests.append(lambda row: row.issued in (None, paper.issued))
    if paper.year:
        tests.append(lambda row: str(paper.year) in row.number or (row.issued is None or row.issued.year == paper.year))
    if paper.issuer:
        tests.append(lambda row: not _are_apart(paper.issuer, row.issuer))
    rows = [row for row in rows if all(test(row) for test in tests)]
    return [row for row in rows if fold(row.issuer) == fold(paper.issuer)] or rows


def are_of_one_house(issuer: str, other: str) -> bool:
    """Whether two bodies bear one place's name, as a committee and its standing committee do."""
    house = _proper(issuer)
    return bool(house) and house == _proper(other)


def _of_the_same_house(rows: Iterable[DocumentRow], beside: DocumentRow) -> Rows:
    """The latest by the issuer of ``beside``, or by a body of the same place, that it could have known."""
    known = [row for row in rows if not (row.issued and beside.issued) or row.issued <= beside.issued]
    own = [row for row in known if row.issuer == beside.issuer]
    house = _proper(beside.issuer)
    return (own or [row for row in known if house and _proper(row.issuer) == house])[:1]


def _are_apart(said: str, issuer: str) -> bool:
    """Whether the name that was said cannot be this body's."""
    listed = {each.name for each in vocabulary.issuers()}
    name, place, other = vocabulary.issuer_named(said), _proper(said), _proper(issuer)
    if place in _GENERAL:
        return False
    if name in listed and issuer in listed:
        return name != issuer
    return bool(place and other) and not place & other


@lru_cache(maxsize=4_000)
def _proper(name: str) -> frozenset[str]:
    """The words of a body's name that are not common to such names: ``van lam`` of the Party Committee of Vân Lam."""
    return frozenset(re.findall(r"[a-z0-9]+", _common().sub(" ", fold(name))))


@cache
def _common() -> re.Pattern[str]:
    words = sorted((fold(word) for word in vocabulary.ordered("bodies")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b")
