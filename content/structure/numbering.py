"""The number of a document as it is printed: 57-NQ/TW, 13/2023/NĐ-CP, 27/2026/QH16."""

import re
from functools import cache

from content import vocabulary
from content.folding import fold
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line

_DASH = "[-–—/⁄]"
_CODE = r"[A-ZĐƯ][0-9A-Za-zĐđƯư&]*"
_APART = rf"\s{_DASH}\s(?=(?:CP|TTg|TW|TU|ĐU|UBND|HĐND)(?!\w))"
"""With spaces on both sides a dash may as well lead to the title, but before the codes that are met most often."""

_NUMBER = (
    rf"(\d[\d.]{{0,6}}[A-Za-z]?(?:\s{{0,2}}[/⁄]\s{{0,2}}(?:19|20)\d\d)?\s{{0,2}}{_DASH}\s?{_CODE}"
    rf"(?:{_DASH}\s?{_CODE}|\s{_DASH}{_CODE}|{_APART}{_CODE})*(?:(?<=QH)\s\d{{1,2}}\b)?)(?![^\W\d_])"
)
NUMBER = re.compile(_NUMBER)
STATED = re.compile(rf"(?<![{UPPER}{LOWER}])số(?:\s+hiệu|\s+ký\s+hiệu)?\s*:\s*{_NUMBER}", re.I)
NAMED = re.compile(rf"số\s+{_NUMBER}")
_BLANK = re.compile(r"(?<!\w)Số\s*:[\s._…·]*(?:[/⁄]|$)")
_LEADING = re.compile(rf"(?:số\s+)?{_NUMBER}", re.I)
_ALONE = re.compile(r"\W*(?:$|[-–—|,(]|ngày\b)")
_TITLED = re.compile(rf"(?:[{UPPER}][{UPPER}{LOWER} ]{{2,30}}?)\s+(?:số\s*:?\s*)?{_NUMBER}")
_SHOUTED = re.compile(rf"SỐ\s+{_NUMBER}")


def of_head(head: list[Line]) -> str:
    """The number that a head states; "" when it has none, or a blank where it was to be written by hand."""
    texts = [line.plain for line in head]
    for text in texts:
        if match := STATED.search(text):
            return tidy(match[1])
    named = [_leading(text) for text in texts if _is_line(text)]
    titled = (_TITLED.match(text) for text in texts if vocabulary.type_named(text))
    named += [tidy(match[1]) for match in titled if match]
    if named or any(map(_BLANK.search, texts)):
        return named[0] if named else ""
    return next((found for read in (_leading, _shouted) for text in texts if (found := read(text))), "")


def is_stated(text: str) -> bool:
    """Whether a line states the number of its document: "Số: 12/2026/NĐ-CP", or "Số 57-NQ/TW" alone."""
    return bool(STATED.search(text)) or _is_line(text)


def of_words(text: str) -> str:
    """The first number in a text; "" when there is none."""
    match = NUMBER.search(text)
    return tidy(match[1]) if match else ""


def tidy(number: str) -> str:
    """A number as offices write it: no spaces that printing left, Đ where a scan or a file name lost its bar."""
    plain = re.sub(r"\s+", "", number).replace("⁄", "/").rstrip(".-–—/")
    plain = re.sub("[–—]", "-", plain)
    return re.sub(r"(?<=[-/])[A-Z]+(?![\w&])", lambda match: _codes().get(match[0], match[0]), plain)


def type_code(number: str) -> str:
    """The letters that stand for the type: ``NQ`` of ``57-NQ/TW``; empty for ``27/2026/QH16``."""
    match = re.match(r"[\d.]+[A-Za-z]?(?:/\d{4})?[-/]([A-ZĐ][A-Za-zĐđ]{0,4})[-/]", number)
    return match[1] if match else ""


def body_code(number: str) -> str:
    """The letters that stand for the issuing body: ``TW`` of ``57-NQ/TW``."""
    return re.split(r"[-/]", number)[-1] if re.search(r"[-/]", number) else ""


def _is_line(text: str) -> bool:
    return text.lower().startswith("số ") and bool(_leading(text))


def _leading(text: str) -> str:
    """The number that a line consists of; words that go on after it make it a mention of another document."""
    match = _LEADING.match(text)
    return tidy(match[1]) if match and _ALONE.match(text[match.end() :]) else ""


def _shouted(text: str) -> str:
    match = _SHOUTED.search(text)
    return tidy(match[1]) if match else ""


@cache
def _codes() -> dict[str, str]:
    """Codes as they look without Đ, with the code that is meant; those that are codes themselves are left out."""
    codes = {code for each in vocabulary.types() for code in each.codes}
    codes |= {code for each in vocabulary.issuers() for code in each.codes}
    return {flat: code for code in codes if (flat := fold(code).upper()) != code and flat not in codes}
