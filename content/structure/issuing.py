"""Which body issued a document, as its head prints it: one body, the lower of two, or several together."""

import re
from functools import cache

from content import vocabulary
from content.folding import fold
from content.structure import dates, numbering
from content.structure.alphabet import UPPER
from content.structure.lines import Line

_STATE = re.compile(r"cong hoa xa hoi|dang cong san viet nam|doc lap\s*[-–—]")
_OF_BODY = re.compile(
    rf"[\s,(]*(?:ngày\s+[\d/.-]+|{dates.WORDS})?[\s,)]*của\s+([{UPPER}][^:.,;()]{{3,70}}?)"
    r"(?=\s+(?:về|quy định|ban hành|sửa đổi)\b|\s[-–—]\s|[:.,;()]|$)"
)
_AUTHORITY = re.compile(
    r"(?:BỘ TRƯỞNG|CHỦ TỊCH|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|"
    r"HIỆU TRƯỞNG|TRƯỞNG BAN|CHỦ NHIỆM|TỔNG KIỂM TOÁN|TỔNG THANH TRA)\s+(?=\w)"
)
_PLACE = re.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU|THÔN)\s(?!ỦY|UỶ|ĐOÀN)")
_OF_COMMITTEE = re.compile(r"(?:TỈNH|THÀNH|ĐẢNG|HUYỆN|QUẬN|THỊ) (?:ỦY|UỶ)|(?:TỈNH|THÀNH|HUYỆN) ĐOÀN")
_ORGAN = re.compile(
    r"(?:BAN (?:THƯỜNG VỤ|CHẤP HÀNH|TỔ CHỨC|NỘI CHÍNH|DÂN VẬN|TUYÊN GIÁO(?: VÀ DÂN VẬN)?|XÂY DỰNG ĐẢNG)|"
    r"(?:ỦY|UỶ) BAN KIỂM TRA|VĂN PHÒNG)$"
)
_SHORT = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
_LONGEST = 90
"""No name of a body takes a longer line."""


def of_head(head: list[Line], number: str, type: str) -> str:
    """The body whose name stands above the number; ``number`` and ``type`` decide where several stand there."""
    above = _above(head)
    bodies = _bodies(above)
    if len(bodies) > 1 and _is_joint(number, type):
        return ", ".join(dict.fromkeys(each for each in bodies if each in _names()))
    own = numbering.body_code(number)
    by_code = next((each for each in bodies if own and own in _codes_of(each)), "")
    return by_code or (bodies[-1] if bodies else "") or _authority(head)


def of_title(head: list[Line]) -> str:
    """The body that a title names: "Nghị quyết số 3-NQ/TU của Tỉnh ủy Minh Sơn về …"."""
    return next((found for line in head if (found := of_words(line.plain))), "")


def of_words(text: str) -> str:
    """The same of one line."""
    stated = numbering.NUMBER.search(text[:80]) if vocabulary.type_named(text) else None
    match = _OF_BODY.match(text, stated.end()) if stated else None
    if not match:
        return ""
    known = vocabulary.issuer_named(match[match.lastindex or 0])
    return known if known in _names() or is_body(known) else ""


def is_body(text: str) -> bool:
    """Whether words begin as the name of a body does, and not as that of a place or a person."""
    return bool(_body().match(text))


def without_state(text: str) -> str:
    """What stands before the name and motto of the state or the Party, in any spelling that scanning left of them."""
    match = _STATE.search(fold(text))
    return text[: match.start()] if match else text


def in_letters(text: str) -> str:
    """The name of a body printed in capitals in its usual letters: what is no common word is a name."""
    if known := vocabulary.issuer_spelt(text):
        return known
    if text.startswith("SỞ ") and (ministry := vocabulary.issuer_spelt(f"BỘ {text[3:]}")):
        return f"Sở {ministry[3:]}"
    words = re.findall(rf"(?:{_common()})(?!\w)|\S+", text.lower())
    usual = vocabulary.words("bodies")
    named = " ".join(word if word in usual else word[:1].upper() + word[1:] for word in words)
    for organ in vocabulary.ordered("organs"):
        named = re.sub(rf"(?<!\w){organ}(?!\w)", organ, named, flags=re.I)
    return named[:1].upper() + named[1:]


def is_fuller(name: str, printed: str) -> bool:
    """Whether a name that a file states is that of a printed body, in full: it holds every proper name printed."""
    proper = re.sub(rf"(?<!\w)(?:{_common()})(?!\w)", " ", printed.lower())
    return set(re.findall(r"\w+", fold(proper))) <= set(re.findall(r"\w+", fold(name)))


def _above(head: list[Line]) -> list[str]:
    """The lines in capitals above the number and beside the name of the state; without these, only known bodies."""
    found: list[str] = []
    for line in head:
        words = numbering.STATED.split(without_state(line.plain))[0].strip(" -–—_.*|")
        if words.lower() not in vocabulary.words("scaffold") and _may_name(words):
            found.append(re.sub(r"^(UBND|HĐND)\b", lambda match: _SHORT[match[1]], words))
        ends = without_state(line.plain) != line.plain or numbering.is_stated(line.plain)
        if ends and any(map(_begins, found)):
            return found
    return [words for words in found if vocabulary.issuer_spelt(words)]


def _may_name(words: str) -> bool:
    return words.isupper() and not vocabulary.type_named(words) and 3 < len(words) < _LONGEST


def _begins(words: str) -> bool:
    return bool(is_body(words) or vocabulary.issuer_spelt(words) or vocabulary.issuer_spelt(words.split(" - ")[-1]))


def _bodies(above: list[str]) -> list[str]:
    """The bodies that these lines name, the higher first; a name may go on in the next line."""
    found: list[str] = []
    before = ""
    for words in above:
        joined = f"{before} {words}".strip()
        if before and (vocabulary.issuer_spelt(joined) or _goes_on(before, words)):
            found[-1:] = [in_letters(joined)]
            before = joined
        elif _OF_COMMITTEE.match(before) and _ORGAN.match(words):
            found.append(in_letters(f"{words} {before}"))
        elif parts := [each for each in _parts(words) if _begins(each)]:
            found += [in_letters(each) for each in parts]
            before = parts[-1]
    return found


def _parts(words: str) -> list[str]:
    """Bodies that share a line: "BỘ XÂY DỰNG - CỤC ĐƯỜNG BỘ VIỆT NAM"; a dash within a name parts nothing."""
    if vocabulary.issuer_spelt(words):
        return [words]
    return [each for each in re.split(r"\s*[-–—]\s+|\s+[-–—]\s*", words) if each]


def _goes_on(before: str, words: str) -> bool:
    """Whether a line is the rest of the name before it: "TỈNH MINH SƠN" under "HỘI ĐỒNG NHÂN DÂN"."""
    if _PLACE.match(words) or (before == "BAN CHẤP HÀNH" and is_body(words)):
        return True
    return before.endswith((",", " VÀ", " CÁC", " -")) or words.startswith("VÀ ")


def _is_joint(number: str, type: str) -> bool:
    return "liên tịch" in type or numbering.type_code(number) in {"TTLT", "NQLT", "KHLT", "CTrLT", "QCLT", "HDLT"}


def _authority(head: list[Line]) -> str:
    """Under a title, "BỘ TRƯỞNG BỘ XÂY DỰNG" alone: whoever decides does so in the name of that body."""
    for line in head:
        match = _AUTHORITY.match(line.plain) if line.is_caps else None
        body = line.plain[match.end() :].strip(" :,.*") if match else ""
        if body and _begins(body):
            return in_letters(body)
    return ""


@cache
def _names() -> frozenset[str]:
    return frozenset(each.name for each in vocabulary.issuers())


@cache
def _codes_of(name: str) -> frozenset[str]:
    return frozenset(code for each in vocabulary.issuers() if each.name == name for code in each.codes)


@cache
def _body() -> re.Pattern[str]:
    words = sorted(vocabulary.ordered("body_beginnings"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})(?!\w)", re.I)


@cache
def _common() -> str:
    return "|".join(sorted(vocabulary.ordered("bodies"), key=len, reverse=True))
