"""Makes links of what a text quotes: other documents by number, and parts of its own ("khoản 2 Điều này").

A link to another document leads to ``/cite/…``, which finds it for whoever follows it: it is the same for all readers,
and a document that arrives later is found. A part of the same text is linked in place. No word of the text changes.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import quote

from content import quotations
from content.naming import letters_key, running_key
from content.quotations import Places
from content.quotations.papers import type_words
from content.quotations.spelling import flattened
from content.quotations.steps import BEGIN, END, LABELS
from content.structure import Part

_TAG = re.compile(r"<[^>]*>")
_CODE = r"[A-ZĐ][A-Za-zĐđƯ0-9]*"
_NUMBER = re.compile(
    rf"(?<![\w./-])\d{{1,4}}(?:\.\d{{1,3}})?[A-Za-z]?(?:/(?:(?:19|20)\d\d[-–/]){_CODE}|[-–/]{_CODE}[-–/]{_CODE})(?:[-–/]{_CODE})*"
)
_DATE = re.compile(
    r"\s*,?\s+ngay\s+(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4})(?!\d)"
)
_LAW = re.compile(r"(?<![a-z\x7f])(?:bo luat|luat|phap lenh)\s(?:(?!luat\s)[^,;:.()]){2,120}\sso\s+$")
_FORM = re.compile(r"(?<![a-z\x7f])(?:mau|bieu|phu luc)(?:\s+s[o\x7f])?[\s:]*$")
"""Forms are numbered much like documents ("Mẫu số 01/TB-SSĐT")."""

_INWARDS = ("annex", "phan", "chuong", "muc", "dieu", "khoan", "diem")
"""Kinds of parts that a quotation in a text is made of, from the outside in."""

BEFORE = 160
"""How many characters before a number or "này" are looked at for the words that belong to it."""


@dataclass(frozen=True, slots=True)
class Source:
    """The edition in which the quotations stand; ``place`` is ``slug@edition``."""

    number: str
    type: str
    issued: date | None = None
    place: str = ""


class Linker:
    """Links the quotations of one edition, part after part in reading order."""

    def __init__(self, parts: Sequence[Part], source: Source) -> None:
        self._source = source
        self._places = Places(parts)
        self._is_attached = {part.path: part.path.startswith(("kem-theo", "phu-luc")) for part in parts}
        self._quoted = 0

    def begin(self) -> None:
        """An article or a section begins: no quotation of another text goes on into it."""
        self._quoted = 0

    def linked(self, markup: str, path: str) -> str:
        """The HTML of a part with links; words inside of links stay as they are."""
        if not _may_quote(markup):
            self._quoted += _opened(markup)
            return markup
        made, at, inside = [], 0, 0
        for tag in [*_TAG.finditer(markup), None]:
            words = markup[at : tag.start() if tag else len(markup)]
            made.append(words if inside else self._words(words, path))
            if tag:
                inside += tag[0].startswith("<a ") - (tag[0] == "</a>")
                made.append(tag[0])
                at = tag.end()
        return "".join(made)

    def _words(self, words: str, path: str) -> str:
        made, at = [], 0
        flat = flattened(words)
        for start, end in sorted(_quotations(words, flat)):
            if start < at:
                continue
            made += [words[at:start], self._link(words, (start, end), path)]
            at = end
        self._quoted = max(0, self._quoted + _opened(words))
        return "".join([*made, words[at:]])

    def _link(self, words: str, span: tuple[int, int], path: str) -> str:
        text = words[span[0] : span[1]]
        address = self._address(" ".join(html.unescape(text).split()), words[: span[0]], path)
        return f'<a class="citation" href="{html.escape(address)}">{text}</a>' if address else text

    def _address(self, text: str, before: str, path: str) -> str:
        read = quotations.read(text)
        paper, source = read.paper, self._source
        if paper.running and not self._is_own(text, paper.issued):
            return f"/cite/{quote(text)}" + (f"?from={source.place}" if source.place else "")
        is_quoted = self._quoted + _opened(before) > 0 or html.unescape(before).count('"') % 2
        is_other = paper.is_this and paper.type not in ("", source.type) and not self._is_attached.get(path)
        if is_quoted or is_other or not read.groups:
            return ""
        found = self._places.find(read.groups, near=path, around=read.around)
        return f"#{found[0]}" if len(found) == 1 and found[0] != path else ""

    def _is_own(self, text: str, issued: date | None) -> bool:
        number = _NUMBER.search(text)
        same = number and [key(number[0]) for key in (running_key, letters_key)] == [
            key(self._source.number) for key in (running_key, letters_key)
        ]
        return bool(same) and issued in (None, self._source.issued)


def mentions(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text names documents by number: from the parts of them that are named to the date after the number."""
    flat = flattened(text)
    return tuple(span for span in sorted(_quotations(text, flat)) if _NUMBER.search(text, *span))


def _may_quote(markup: str) -> bool:
    return " này" in markup or bool(_NUMBER.search(markup))


def _opened(words: str) -> int:
    """How many more quotation marks are opened than closed."""
    return words.count("“") - words.count("”")


def _quotations(words: str, flat: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand: numbers with what belongs to them, and "… Quy định này", "… Điều này"."""
    for number in _NUMBER.finditer(words):
        if _FORM.search(flat[max(0, number.start() - BEFORE) : number.start()]):
            continue
        date = _DATE.match(flat, number.end())
        start = _named_from(flat, number.start())
        yield _parts_from(flat, start), date.end() if date else number.end()
    for this in _this().finditer(flat):
        start = _parts_from(flat, this.start(), inside=this[1])
        if start < this.start() and words[this.end() - 3 : this.end()].lower() == "này":
            yield start, this.end()


def _named_from(flat: str, start: int) -> int:
    """Where the name of the document begins: its type, "số", or the name of a law before its number."""
    begin = max(0, start - BEFORE)
    before = flat[begin:start]
    named = _LAW.search(before) or _typed().search(before)
    return begin + named.start() if named else start


def _parts_from(flat: str, start: int, *, inside: str = "") -> int:
    """Where the parts begin that are named before ``start``, each within the one after it."""
    outer = _INWARDS.index(inside) if inside in _INWARDS else -1
    while True:
        begin = max(0, start - BEFORE)
        found = _step().search(flat[begin:start])
        kind = found.lastgroup if found else None
        if not found or kind is None or _INWARDS.index(kind) <= outer:
            return start
        outer, start = _INWARDS.index(kind), begin + found.start()


@cache
def _typed() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\x7f])(?:(?:{type_words()})\s+)?(?:so\s+)?$")


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\x7f])(?:{type_words()}|van ban|(dieu|khoan|diem|muc|chuong|phan))\s+nay(?![a-z\x7f])")


@cache
def _step() -> re.Pattern[str]:
    kinds = "|".join(f"(?P<{kind}>{_plain(LABELS[kind])})" for kind in _INWARDS)
    return re.compile(rf"{BEGIN}(?:{kinds}){END}\s*,?\s+(?:(?:cua|tai|trong)\s+)?$")


def _plain(pattern: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", pattern)
