"""What the head of the paper states: issuing body, number, place and date, type and title."""

import re
from dataclasses import dataclass, replace
from datetime import date

from content import vocabulary
from content.structure import dates
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line, cells, undress

_NUMBER = (
    r"(\d[\d.]{0,6}[A-Za-z]?(?:/\d{4})?\s?[-–/]\s?[A-ZĐ][0-9A-Za-zĐđƯư]*(?:[-–/][0-9A-ZĐa-zđƯư]+)*(?:\s\d{1,2}\b)?)"
)
_STATED = re.compile(rf"(?<![{UPPER}{LOWER}])số(?:\s+hiệu|\s+ký\s+hiệu)?\s*:\s*{_NUMBER}", re.I)
_LEADING = re.compile(rf"(?:số\s+)?{_NUMBER}", re.I)
_TITLED = re.compile(rf"(?:[{UPPER}][{UPPER}{LOWER} ]{{2,30}}?)\s+(?:số\s*:?\s*)?{_NUMBER}")
_SHOUTED = re.compile(rf"SỐ\s+{_NUMBER}")
_ANY_NUMBER = re.compile(rf"số\s+{_NUMBER}")
_PLACE = re.compile(
    rf"((?:TP\.?\s)?[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]+){{0,4}}),\s*(ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})"
)
_PLACE_DIGITS = re.compile(rf"([{UPPER}][{UPPER}{LOWER}. ]{{1,40}}),\s*(ngày\s+\d{{1,2}}/\d{{1,2}}/\d{{4}})")
_STATE = re.compile(r"(?:CỘNG H[OÒ][AÀÒ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|ĐỘC LẬP\s*[-–]).*$", re.I)
_ENACTED = re.compile(rf"([{UPPER}][^.;:]{{2,80}}?)\s+ban hành\s+([{UPPER}][{LOWER}]+(?:\s[{LOWER}]+)?)\b")
_OF_BODY = re.compile(rf"\s+của\s+([{UPPER}][^:.,;()]{{3,70}}?)(?=\s+(?:về|quy định|ban hành|sửa đổi)\b|[:.,;()]|$)")
_BODY = re.compile(
    r"(?:Bộ|Ban|Ủy ban|Uỷ ban|Tỉnh|Thành|Đảng|Hội đồng|Cục|Tổng cục|Sở|Văn phòng|Huyện|Chi bộ|Đoàn|Mặt trận|Liên đoàn|"
    r"Trường|Học viện|Viện|Tòa án|Toà án|Kiểm toán|Chủ tịch|Quân ủy|Hội)\b",
    re.I,
)
_OF_WHOM = re.compile(r"CỦA\s")
"""A line of its own under the type, "CỦA BAN THƯỜNG VỤ TỈNH ỦY", names the body and is no part of the title."""

_OF_ASSEMBLY = re.compile(r"CỦA .{3,90}? SỐ \S+(?: NGÀY \d+ THÁNG \d+ NĂM \d+)?\s+")
_EXCERPT = re.compile(r"(?:Trích|Toàn văn)\s+(?=[A-ZĐ])")
_REASON = re.compile(r"Căn c[ứú]\b", re.I)


@dataclass(slots=True)
class Printed:
    """The fields read from the head, empty where it does not state them."""

    number: str = ""
    type: str = ""
    issuer: str = ""
    title: str = ""
    place: str = ""
    issued: date | None = None


def read(head: list[Line], preamble: list[Line]) -> Printed:
    """Read the head's lines; the enacting sentence of the preamble helps where the head is silent."""
    found = Printed()
    head = [piece for line in head for piece in _pieces(line) if piece.plain]
    found.number = _number(head)
    found.place, found.issued = _place_and_date(head)
    types = _type_lines(head)
    enacted = _enacted(preamble)
    found.type = types[0][1] if types else _titled_type(head) or enacted[1]
    found.issuer = _issuer(head) or enacted[0] or _body_of_title(head)
    found.title = _title(head, [line for line, _ in types])
    return found


def _pieces(line: Line) -> list[Line]:
    """Return a line of words as it is, a row of a table as its cells; "Trích Quy định …" without its first word."""
    words = [_EXCERPT.sub("", undress(cell)) for cell in cells(line)]
    return [replace(line, plain=plain, role="") for plain in words]


def tidy(number: str) -> str:
    """Return a number without the spaces that printing left in it: ``73/2006/QH 11`` is ``73/2006/QH11``."""
    return re.sub(r"\s+", "", number).replace("–", "-").rstrip(".-/")


def code(number: str) -> str:
    """Return the letters that stand for the type: ``NQ`` of ``57-NQ/TW``; empty for ``27/2026/QH16``."""
    match = re.match(r"[\d.]+[A-Za-z]?(?:/\d{4})?[-/]([A-ZĐ][A-Za-zĐđ]{0,4})[-/]", number)
    return match[1] if match else ""


def body_code(number: str) -> str:
    """Return the letters that stand for the issuing body: ``TW`` of ``57-NQ/TW``."""
    return re.split(r"[-/]", number)[-1] if re.search(r"[-/]", number) else ""


def sentence_case(text: str) -> str:
    """Set a title printed in capitals in small letters, proper names kept."""
    if not text.isupper():
        return text
    low = text.lower()
    for name in vocabulary.words("proper"):
        low = re.sub(rf"\b{name.lower()}\b", name, low)
    for each in vocabulary.types():
        low = re.sub(rf"\b{each.name.lower()}(?= số \d)", each.name, low)
    low = re.sub(r"\d[\d.]*[/-][\w/-]+", lambda match: match[0].upper(), low)
    return low[:1].upper() + low[1:]


def _names() -> frozenset[str]:
    return frozenset(each.name for each in vocabulary.issuers())


def body_case(text: str) -> str:
    """Set the name of a body printed in capitals in its usual letters: what is no common word is a name."""
    low = text.lower()
    common = "|".join(sorted(vocabulary.ordered("bodies"), key=len, reverse=True))
    words = re.findall(rf"(?:{common})(?!\w)|\S+", low)
    usual = vocabulary.words("bodies")
    named = [word if word in usual else word[:1].upper() + word[1:] for word in words]
    return " ".join(named)[:1].upper() + " ".join(named)[1:]


def _number(head: list[Line]) -> str:
    for line in head:
        if match := _STATED.search(line.plain):
            return tidy(match[1])
    for pattern in (_TITLED, _LEADING):
        for line in head:
            if (match := pattern.match(line.plain)) and (pattern is _LEADING or vocabulary.type_named(line.plain)):
                return tidy(match[1])
    for line in head:
        if match := _SHOUTED.search(line.plain):
            return tidy(match[1])
    return ""


def _place_and_date(head: list[Line]) -> tuple[str, date | None]:
    for line in head:
        if match := _PLACE.search(line.plain):
            return match[1].strip(), dates.in_words(match[2])
    for line in head:
        if match := _PLACE_DIGITS.match(line.plain):
            return match[1], dates.first(match[2])
        begins = re.match(r"ngày\s", line.plain, re.I)
        titled = vocabulary.type_named(line.plain) and _ANY_NUMBER.search(line.plain[:60])
        dated = re.search(rf"{_NUMBER}\W{{0,3}}ngày\s+\d", line.plain[:90]) if titled else None
        if (begins or dated) and (day := dates.first(line.plain)):
            return "", day
    return "", None


def _type_lines(head: list[Line]) -> list[tuple[Line, str]]:
    """Return the lines that are nothing but the name of a type, printed in capitals or set apart."""
    found = []
    for line in head:
        words = line.plain.strip(" :.")
        name = vocabulary.type_named(words) if len(words) < 40 else ""
        if name and words.lower() == name.lower() and line.stands_out:
            found.append((line, name))
    return found


def _titled_type(head: list[Line]) -> str:
    for line in head:
        name = vocabulary.type_named(line.plain)
        if name and _LEADING.search(line.plain[len(name) : len(name) + 40]):
            return name
        if name and line.is_caps and re.match(r"\s+(?:CỦA|SỐ|VỀ)\b", line.plain[len(name) :]):
            return name
    return ""


def _enacted(preamble: list[Line]) -> tuple[str, str]:
    """Read "Bộ trưởng Bộ Công an ban hành Thông tư …": the body that enacts and the type."""
    text = " ".join(line.plain for line in preamble)
    for match in reversed(list(_ENACTED.finditer(text[-1500:]))):
        kind = vocabulary.type_named(match[2]) or vocabulary.type_named(match[2].split()[0])
        body = vocabulary.issuer_ending(match[1])
        if kind and body:
            return body, kind
    return "", ""


def _issuer(head: list[Line]) -> str:
    names = _names()
    above: list[str] = []
    for line in head:
        words = _STATED.split(_STATE.sub("", line.plain))[0].strip(" -–—_.")
        if words.lower() in vocabulary.words("scaffold"):
            continue
        state = bool(_STATE.search(line.plain))
        if words.isupper() and not vocabulary.type_named(words) and 3 < len(words) < 90:
            known = _known(words, above, names)
            if known:
                return known
            above.append(words)
        if (state or _STATED.search(line.plain)) and above:
            return _unknown(above)
    return ""


def _known(words: str, above: list[str], names: frozenset[str]) -> str:
    for text in (" ".join([*above[-1:], words]), words, re.split(r"\s[-–]\s", words)[-1]):
        if (known := vocabulary.issuer_named(text)) in names:
            return known
    return ""


def _unknown(above: list[str]) -> str:
    last = re.split(r"\s[-–]\s", above[-1])[-1]
    if not _BODY.match(last):
        return ""
    if len(above) > 1 and last.startswith(("BAN THƯỜNG VỤ", "BAN CHẤP HÀNH")):
        last = f"{last} {above[-2]}"
    return body_case(last)


def _body_of_title(head: list[Line]) -> str:
    for line in head:
        match = _OF_BODY.search(line.plain) if vocabulary.type_named(line.plain) else None
        stated = _ANY_NUMBER.search(line.plain) or _LEADING.search(line.plain[:60])
        if match and stated and stated.start() < match.start():
            known = vocabulary.issuer_named(match[1])
            return known if known != match[1] or known in _names() or _BODY.match(known) else ""
    return ""


def _title(head: list[Line], type_lines: list[Line]) -> str:
    for type_line in reversed(type_lines):
        words = _below(head, type_line)
        if words:
            if words[1:] and words[0].isupper() and _OF_WHOM.match(words[0]):
                del words[0]
            return sentence_case(_OF_ASSEMBLY.sub("", " ".join(words).strip(" .*")))
    return ""


def _below(head: list[Line], type_line: Line) -> list[str]:
    """Return the lines that follow the type up to the next gap or fact."""
    words: list[str] = []
    at = type_line.at
    for line in head:
        if line.at <= type_line.at:
            continue
        body = line.is_caps and vocabulary.issuer_named(line.plain) in _names()
        fact = _STATED.search(line.plain) or _PLACE.search(line.plain) or _STATE.match(line.plain) or line.role
        if fact or _REASON.match(line.plain) or (body and not words):
            break
        if words and (body or line.at > at + 1) and not line.plain[:1].islower():
            break
        words.append(line.plain)
        at = line.at
    return words
