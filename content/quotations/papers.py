"""The document that a quotation names: by number in any spelling, by the name of a law, or as "Quy định này"."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from content import vocabulary
from content.folding import fold
from content.naming import law_key, running_key
from content.quotations.model import Paper
from content.quotations.spelling import Spelt

LAWS = ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp", "Điều lệ", "Cương lĩnh")
"""Types that are called by their titles more than by their numbers."""

_DATES = (
    re.compile(r"(?:ngay\s+)?\b(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)\b"),
    re.compile(r"ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s*,?\s+nam\s+((?:19|20)\d\d)\b"),
)
_YEAR = re.compile(r"(?<![a-z0-9\x7f/.-])((?:19|20)\d\d)(?![a-z0-9\x7f/-])")
_QUANTITY = re.compile(r"\s*(?:%|(?:nam(?!\s+\d{4})|thang|ngay|dong|trieu|ty|nguoi)\b)")
_ISSUER = re.compile(
    r"\b(?:cua|do)\s+([a-z].*?)(?=[,;:()]|\s(?:ve|ngay|khoa [ivx\d]+|ban hanh|quy dinh|so)\b|\snam\s\d|$)"
)
_NAME_ENDS = re.compile(r"[\d(;:\x7f]|\b(?:nam|so|ngay)\b\s*\d|\bso\b|\bnam\b$")


@dataclass(slots=True)
class _Number:
    """A number as it stands in the text, and how sure it is that it is one."""

    match: re.Match[str]
    type: str
    said: bool = field(default=False)

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        return bool(self.match["sure"] or self.match["glued"] or self.match["code"]), bool(self.type), self.said


def take(spelt: Spelt) -> Paper:
    """Read which document is named."""
    issued = _issued(spelt)
    if this := _this().search(spelt.flat):
        return Paper(type=_types().get(this[1], ""), is_this=True)
    number = _number(spelt)
    if number is None:
        return _law(spelt, issued)
    match = number.match
    issuer = _issuer(spelt, match.end("running"))
    year = int(match["year"]) if match["year"] else None
    end = max(match.end(name) for name in ("running", "suffix", "year", "glued", "sure"))
    spelt.blank(match.start(), end)
    code, letters = match["code"], _letters(spelt, match)
    return Paper(
        running=running_key(match["running"] + (match["suffix"] or "")),
        letters=(code, *letters) if code and letters[:1] != (code,) else letters,
        maybe=tuple((match["maybe"] or "").split()),
        type=number.type, year=year or _year(spelt), issued=issued, issuer=issuer,
        told=" ".join(spelt.text[match.start() : end].split()),
    )  # fmt: skip


def _issued(spelt: Spelt) -> date | None:
    for pattern in _DATES:
        for match in pattern.finditer(spelt.flat):
            try:
                found = date(int(match[3]), int(match[2]), int(match[1]))
            except ValueError:
                continue
            spelt.blank(*match.span())
            return found
    return None


def _number(spelt: Spelt) -> _Number | None:
    """The number that is most surely a document's; the first of several equally sure ones."""
    found = []
    for match in _numbers().finditer(spelt.flat):
        if _QUANTITY.match(spelt.flat, match.end("running")) and not match["sure"]:
            continue
        before = spelt.flat[: match.start()]
        typed, said = _type_before().search(before), re.search(r"\bso(?:\s+(?:ky\s+)?hieu)?\s*:?\s*$", before)
        found.append(_Number(match, _types()[typed[1]] if typed else "", bool(said)))
    best = max(found, key=lambda number: number.rank, default=None)
    if best is None or not _is_likely(best, spelt.flat):
        return None
    if not best.type and (named := _type_anywhere().search(spelt.flat[: best.match.start()])):
        best.type = _types()[named[1]]
    return best


def _is_likely(number: _Number, flat: str) -> bool:
    """Whether it may be a document's number: standing by itself it must be all that is said, and a year is none."""
    if number.rank[0] or number.type:
        return True
    running, maybe = number.match["running"], number.match["maybe"].split()
    alone = not re.search(r"[a-z0-9\x7f]", flat.replace(running, " ", 1))
    return (number.said or alone or (bool(maybe) and maybe[0] in codes())) and not _YEAR.fullmatch(running)


def _letters(spelt: Spelt, match: re.Match[str]) -> tuple[str, ...]:
    """The letters of a number; TƯ, as it was printed before, is TW."""
    joined = f"{match['glued'] or ''} {match['sure'] or ''}".replace("qh ", "qh")
    letters = re.findall(r"[a-z][a-z0-9]*", joined)
    if letters[-1:] == ["tu"] and spelt.text[match.end("sure") - 2 : match.end("sure")].lower() == "tư":
        letters[-1] = "tw"
    return tuple(letters)


def _year(spelt: Spelt) -> int | None:
    found = _YEAR.search(spelt.flat)
    return int(found[1]) if found else None


def _issuer(spelt: Spelt, start: int) -> str:
    """The body that is named after the number, else before it; as it is written."""
    found = _ISSUER.search(spelt.flat, start) or _ISSUER.search(spelt.flat)
    if not found or _type_anywhere().match(found[1]):  # "khoản 2 Điều 3 của Quy định …"
        return ""
    return spelt.text[found.start(1) : found.end(1)].strip()


def _law(spelt: Spelt, issued: date | None) -> Paper:
    """A law by its name: "Luật Thanh niên 2020"."""
    named = next((each for each in _type_anywhere().finditer(spelt.flat) if _types()[each[1]] in LAWS), None)
    if named is None:
        return Paper(issued=issued)
    type, rest = _types()[named[1]], spelt.flat[named.end() :]
    end = _NAME_ENDS.search(rest)
    name = rest[: end.start()] if end else rest
    pieces = (name, name.partition(" cua ")[0], name.partition(",")[0])
    names = dict.fromkeys(law_key(type, piece) for piece in pieces)
    told = " ".join(spelt.text[named.start() : named.end() + len(name)].split())
    return Paper(type=type, names=tuple(names), year=_year(spelt), issued=issued, told=told.strip(" ,"))


@cache
def _types() -> dict[str, str]:
    return {fold(each.name): each.name for each in vocabulary.types()}


@cache
def codes() -> frozenset[str]:
    """The letters that stand for types, without marks; no single letter."""
    return frozenset(fold(code) for each in vocabulary.types() for code in each.codes if len(code) > 1)


def type_words() -> str:
    """All names of types as alternatives of a pattern, the longest first."""
    return "|".join(sorted(_types(), key=len, reverse=True))


@cache
def _type_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\x7f])({type_words()})(?:\s+so(?:\s+(?:ky\s+)?hieu)?)?[\s:]*$")


@cache
def _type_anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\x7f])({type_words()})(?![a-z\x7f])")


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\x7f])({type_words()}|van ban|van kien)\s+nay(?![a-z\x7f])")


@cache
def _numbers() -> re.Pattern[str]:
    listed = "|".join(sorted(codes(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![a-z0-9\x7f/-])(?P<code>{listed})[\s.-]{{0,2}}|(?<![a-z0-9\x7f/.,-]))"
        r"(?P<running>\d{1,5}(?:\.\d{1,3})?)(?:(?P<suffix>[a-z])(?![a-z0-9]))?"
        rf"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?!\d))?(?P<glued>(?:{listed})(?![a-z0-9]))?"
        r"(?P<sure>(?:\s?[-/]\s?[a-z][a-z0-9]{0,15})+(?:(?<=qh)\s\d{1,2}(?!\d))?)?"
        r"(?P<maybe>(?:\s+[a-z][a-z0-9]{0,9}){0,4})"
    )
