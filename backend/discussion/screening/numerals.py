"""Numbers in a text, however they are grouped, and what stands before and behind them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from backend.discussion.screening.preparing import LEAST_SPOKEN, SPOKEN, Prepared

_RUN = re.compile(r"\d(?:[ .\-–—()_·]{0,3}\d)*")
_GROUP = re.compile(r"\d+")
_DRAWN = re.compile(r"(?<=\d)[oil]|[oil](?=\d)")
_AS_DIGIT = {"o": "0", "i": "1", "l": "1"}

_SPOKEN = re.compile(rf"(?:\b(?:{'|'.join(SPOKEN)})\b[ .,\-]*){{{LEAST_SPOKEN},}}")
_SPOKEN_DIGIT = re.compile("|".join(SPOKEN))

BEFORE, BEHIND = 40, 25
"""How far away a word may stand that says what a number is."""

_DATE = re.compile(r"(?:[12]?\d|0\d|3[01])[ .\-–]+(?:0?\d|1[0-2])[ .\-–]+(?:19|20)\d\d(?!\d)")
_MONEY = re.compile(r"\)?\s*(?:dong|vnd|usd|do la)\b|\s*[%₫$]")
_COUNTED = re.compile(r"\)?\s*(?:d|nghin|ngan|trieu|ty|ti|phan tram|nguoi|ho|ha|kg|tan|ta|km|m2|m|tinh|xa)\b|\s*²")
_GOES_ON = re.compile(r"[/\-–][a-z0-9]|,\d")
_GOES_BEFORE = re.compile(r"(?:[/,]|\d[.\-–]?|[a-z][\-–])$")
_REFERENCE = re.compile(
    r"\b(?:ma so|mst|ma ho so|ma don|so ho so|so hieu|so seri|se ?-?ri|ma vach|van don|so khung|so may|bien lai"
    r"|hoa don)\b[^.;\n]{0,20}$"
)


class Number(Struct, frozen=True):
    """Some digits that a person may read as one number, ``start`` to ``end`` in ``shape``: the text without marks, with
    letters between digits that stand for digits; ``sizes`` of their groups.
    """

    shape: str
    digits: str
    sizes: tuple[int, ...]
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before it, as far as it may say what the number is."""
        return self.shape[max(0, self.start - BEFORE) : self.start]

    @property
    def behind(self) -> str:
        """What stands behind it, as far as it may say what the number is."""
        return self.shape[self.end : self.end + BEHIND]

    @property
    def is_amount(self) -> bool:
        """Whether it counts something, or is written as amounts are: 1.250.000. None begins with 0."""
        if _MONEY.match(self.behind):
            return True
        if self.digits[0] == "0":
            return False
        grouped = len(self.sizes) > 1 and self.sizes[0] <= 3 and set(self.sizes[1:]) == {3}
        dotted = grouped and ("." in self.shape[self.start : self.end] or self.digits.endswith("000"))
        return dotted or bool(_COUNTED.match(self.behind))

    @property
    def is_part(self) -> bool:
        """Whether it is a piece of something longer: the number of a document, a fraction, a date."""
        return bool(
            _GOES_ON.match(self.behind) or _GOES_BEFORE.search(self.before) or _DATE.match(self.shape, self.start)
        )

    @property
    def is_reference(self) -> bool:
        """Whether it names a file, a bill, a tax payer."""
        return bool(_REFERENCE.search(self.before))


class Cues:
    """Where words stand that say what a number near them is."""

    def __init__(self, text: Prepared, pattern: re.Pattern[str]) -> None:
        self._ends = [found.end() for found in pattern.finditer(text.folded)] if text.numbered else []

    def __bool__(self) -> bool:
        return bool(self._ends)

    def before(self, number: Number) -> bool:
        """Whether one stands shortly before the number."""
        return self._has(number.start - BEFORE, number.start)

    def near(self, number: Number) -> bool:
        """Whether one stands shortly before the number, or right behind it."""
        return self._has(number.start - BEFORE, number.end + BEHIND)

    def _has(self, begin: int, end: int) -> bool:
        at = bisect_left(self._ends, begin)
        return at < len(self._ends) and self._ends[at] <= end


def numbers(text: Prepared, *, least: int, most: int) -> Iterator[Number]:
    """Runs of whole groups that have ``least`` to ``most`` digits, from each group on, the shorter first."""
    if not text.numbered:
        return
    shape = _DRAWN.sub(lambda found: _AS_DIGIT[found[0]], text.folded)
    for run in _RUN.finditer(shape):
        if run.end() - run.start() >= least:
            yield from _within(shape, [found.span() for found in _GROUP.finditer(shape, *run.span())], least, most)
    for spoken in _SPOKEN.finditer(text.folded):
        digits = "".join(SPOKEN[word] for word in _SPOKEN_DIGIT.findall(spoken[0]))
        if least <= len(digits) <= most:
            end = spoken.start() + len(spoken[0].rstrip(" .,-"))
            yield Number(text.folded, digits, (len(digits),), spoken.start(), end)


def _within(shape: str, groups: list[tuple[int, int]], least: int, most: int) -> Iterator[Number]:
    for first, (begin, until) in enumerate(groups):
        if first and until - begin == 1 and groups[first - 1][1] - groups[first - 1][0] == 1:
            continue  # digits that stand one by one are a number from the first of them on
        digits, sizes = "", []
        for start, end in groups[first : first + most]:
            sizes.append(end - start)
            if len(digits) + end - start > most:
                break
            digits += shape[start:end]
            if len(digits) >= least:
                yield Number(shape, digits, tuple(sizes), begin, end)
