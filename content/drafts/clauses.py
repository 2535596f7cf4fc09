"""What one sentence says its document does to others: "sửa đổi", "thay thế", "bãi bỏ", "hướng dẫn" a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from content import linking, quotations
from content.quotations.papers import type_words
from content.quotations.spelling import flattened

_VERB = r"(?:sua doi|bo sung|thay the|bai bo|huy bo)"
_VERBS = rf"(?P<verbs>{_VERB}(?:\s*,?\s*(?:va\s+)?{_VERB})*)\b"
_FILLING = r"(?:cho|toan bo|cac|so|gom|doi voi)"
"""Words between the verb and a document that is meant as a whole."""

_PIECES = (
    r"(?:mot so|mot phan|mot|noi dung|quy dinh|dieu|khoan|diem|tiet|muc|tieu muc|chuong|phan|doan|gach dau dong|"
    r"ten|tieu de|cum tu|tu|phu luc|mau|bieu mau|bieu|bang|danh muc|ban hanh|kem theo|quy che|cua|tai|trong|vao|sau|"
    r"truoc|va|[ivx]+|\d+[a-z]{0,2}|dd|[a-z]|[,;:]|thay bang|bang)"
)
"""Words between the verb and a document of which only parts are meant."""

_WHOLE = re.compile(rf"\s*(?:{_FILLING}\s+)*")
_PARTLY = re.compile(rf"\s*(?:(?:{_PIECES}|{_FILLING})(?:\s+|(?=[,;:])|(?<=[,;:])))*")
_ATTACHED = re.compile(r"\s*(?:quy che|quy dinh|dieu le)\s+(?:[a-z ]{0,120}\s)?ban hanh kem theo\s*")
_REMARK = re.compile(
    r"\([^()]*\)|,?\s(?:da |dang )?(?:duoc|bi)\s(?:sua doi|bo sung|thay the|bai bo)"
    r"(?!\s+(?:nhu sau|boi\s+[a-z]+\s+nay))[^;.]*?(?=\shet hieu luc|\snhu sau|[;.]|$)"
)
"""What others did to a document earlier is not what this one does."""

_PARTS_ONLY = re.compile(r"\btru\s+(?:cac\s+)?(?:diem|khoan|dieu|muc|chuong|phan)\b")
_OPENING = re.compile(r"\s*(?:(?:ke )?tu ngay\s.{0,90}?\bco hieu luc(?: thi hanh)?\s*,\s*)?(?:cac\s+)?")
_DETAILING = r"(?:(?:quy dinh )?chi tiet|huong dan)"
_GUIDING = (
    rf"{_DETAILING}(?:(?:\s*,?\s*(?:va\s+)?(?:{_DETAILING}|thi hanh|thuc hien|trien khai|bien phap|to chuc|mot so|"
    r"noi dung|dieu|khoan|diem|cua|cac|de|ve|ve viec|[a-z]\b|\d+))*)\s+(?:va\s+)?"
)
_CARRYING_OUT = (
    r"(?:trien khai|thuc hien|thi hanh|quan triet)(?:(?:\s*,?\s*(?:va\s+)?(?:trien khai|thuc hien|thi hanh|quan triet|"
    r"co hieu qua|mot so|noi dung|dieu|cua|cac))*)\s+"
)
_RULES_IN = re.compile(r"\s*(?:cac\s+)?quy dinh\b[^;]{0,250}\btai\s*")
SENTENCE_CHARS = 400


@dataclass(frozen=True, slots=True)
class Named:
    """A document that a sentence names, at ``start`` in it; ``partly``: with the parts of it that are meant."""

    number: str
    type: str
    partly: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, beside it its plain letters, and the documents that it names by number."""

    text: str
    flat: str
    named: tuple[Named, ...]

    @classmethod
    def of(cls, text: str) -> "Sentence":
        """The sentence without what it says of earlier changes."""
        clean = _without(text, _REMARK)
        return cls(clean, flattened(clean), tuple(_named(clean)))

    def at(self, position: int, between: re.Pattern[str]) -> int | None:
        """The place among the named documents of that which follows a position with only ``between`` before it."""
        for place, each in enumerate(self.named):
            if each.start >= position:
                return place if between.fullmatch(self.flat, position, each.start) else None
        return None


def in_title(sentence: Sentence, type: str) -> Iterator[tuple[str, str]]:
    """Kinds and numbers of what the title of a document of this type says."""
    if begun := re.match(rf"(?:ve\s+(?:viec\s+)?|v/v\s+|ban hanh\s+(?:[a-z]+\s+){{1,3}})?{_VERBS}", sentence.flat):
        yield from _done(sentence, begun, loosely=True)
    for later in re.finditer(r"(?<!duoc )(?<!bi )\b(?P<verbs>thay the|bai bo)\b", sentence.flat):
        if sentence.at(later.end(), _WHOLE) is not None:
            yield from _done(sentence, later)
    kind = "guides" if type == "Hướng dẫn" else "implements"
    yield from _followed(sentence, rf"\b{_GUIDING}", "guides")
    yield from _followed(sentence, rf"(?<!huong dan )\b{_CARRYING_OUT}", kind)


def in_clause(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Kinds and numbers of what a clause of the text says."""
    flat = sentence.flat
    if begun := re.match(rf"\s*{_VERBS}", flat):
        yield from _done(sentence, begun)
    said = re.match(rf"\s*{_this()}(?P<between>[^.;]{{0,160}}?)(?<!duoc )(?<!bi )\b{_VERBS}", flat)
    if said and not re.search(
        rf"\b(?:neu|truong hop|co the|khong|viec|theo|de|(?:{type_words()})\s*$)", said["between"]
    ):
        yield from _done(sentence, said)
    if re.search(r"\bhet hieu luc\b", flat) and re.search(_this(), flat) and not _PARTS_ONLY.search(flat):
        yield from _ended(sentence)
    yield from _followed(sentence, rf"{_this()}\s*(?:ve\s+)?{_GUIDING}", "guides")


def in_introduction(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The same of the words that lead to the text: "… hướng dẫn thực hiện Quy định số … như sau"."""
    for found in re.finditer(rf"\b{_GUIDING}", sentence.flat):
        first = sentence.at(found.end(), re.compile(r"\s*"))
        if first is not None and re.fullmatch(
            r"[^;]{0,150}\bnhu sau\s*[:.]?\s*", sentence.flat[sentence.named[first].end :]
        ):
            yield "guides", sentence.named[first].number


def listing(sentence: Sentence) -> str:
    """What happens to the documents that are listed below a sentence; "" when it leads to no such list."""
    flat = sentence.flat
    if not re.search(r"\bsau(?: day)?\b|:\s*$", flat) or not re.search(r"\bvan ban\b|\bquy dinh\b", flat):
        return ""
    if re.match(r"\s*(?:bai bo|huy bo)\b", flat) or re.search(rf"\bhet hieu luc\b.*{_this()}", flat):
        return "amends" if re.match(r"\s*(?:bai bo|huy bo) (?:mot so|cac) (?:dieu|khoan|diem)", flat) else "abolishes"
    return "replaces" if re.search(rf"{_this()}\s+thay the\b", flat) else ""


def listed(sentence: Sentence, kind: str) -> Iterator[tuple[str, str]]:
    """The document that a line of such a list begins with."""
    if (first := sentence.at(0, re.compile(r"\s*"))) is not None:
        named = sentence.named[first]
        yield ("amends" if named.partly else kind), named.number


def _done(sentence: Sentence, verb: re.Match[str], *, loosely: bool = False) -> Iterator[tuple[str, str]]:
    """What is done to the first document after the verb, and to those that stand in one list with it."""
    verbs = set(re.findall(_VERB, verb["verbs"]))
    end = verb.end()
    whole, attached = sentence.at(end, _WHOLE), sentence.at(end, _ATTACHED)
    first = next((at for at in (whole, attached, sentence.at(end, _PARTLY)) if at is not None), None)
    if first is None and loosely:
        first = sentence.at(end, re.compile(r".{0,250}\b(?:ban hanh kem theo|kem theo|cua|tai)\s*"))
    if first is None:
        return
    is_whole = first in (whole, attached) and not sentence.named[first].partly
    yield _kind(verbs, is_whole), sentence.named[first].number
    for each, partly in _further(sentence, first):
        yield _kind(verbs, is_whole=not partly), each.number


def _kind(verbs: set[str], is_whole: bool) -> str:
    if verbs == {"bo sung"}:
        return "supplements"
    if is_whole and verbs == {"thay the"}:
        return "replaces"
    return "abolishes" if is_whole and verbs <= {"bai bo", "huy bo"} else "amends"


def _ended(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Documents with which a sentence begins that says that they are no longer in force."""
    opening = _OPENING.match(sentence.flat)
    begin, stop = opening.end() if opening else 0, sentence.flat.find("het hieu luc")
    first = sentence.at(begin, re.compile(r"\s*"))
    if first is None:
        inside = sentence.at(begin, _RULES_IN)
        if inside is not None and sentence.named[inside].end < stop:
            yield "amends", sentence.named[inside].number
        return
    lead = sentence.named[first]
    yield ("amends" if lead.partly else "abolishes"), lead.number
    for each, partly in _further(sentence, first):
        if each.start < stop:
            yield ("amends" if partly else "abolishes"), each.number


def _further(sentence: Sentence, first: int) -> Iterator[tuple[Named, bool]]:
    """Those that follow in the list: after ";", or after "," and "và" where the words between cannot lead elsewhere."""
    last, lead = sentence.named[first], sentence.named[first]
    for each in sentence.named[first + 1 :]:
        words = sentence.flat[last.end : each.start]
        before, after = words.rpartition(";")[::2]
        if ";" in words and (found := _PARTLY.fullmatch(after)) and "sau day" not in before:
            last = each
            yield each, each.partly or not _WHOLE.fullmatch(re.sub(r"^\s*va\b", "", found[0]))
        elif _is_next(words, lead.type) and each.type in ("", lead.type):
            last = each
            yield each, each.partly


def _is_next(words: str, type: str) -> bool:
    """Whether "," or "và" goes on in the list: not where other documents of that type are being described."""
    joined = re.search(r"(?:,|\bva)\s*(?:cac\s+)?$", words)
    return bool(joined) and not (type and re.search(rf"\b{flattened(type)}\b", words))


def _followed(sentence: Sentence, pattern: str, kind: str) -> Iterator[tuple[str, str]]:
    """The first document that is named, right after a match of the pattern, and those joined to it."""
    for found in re.finditer(pattern, sentence.flat):
        start = sentence.named[0].start if sentence.named else -1  # its parts may have been read as words between
        if found.start() < start and not sentence.flat[found.end() : start].strip():
            yield kind, sentence.named[0].number
            for each, _ in _further(sentence, 0):
                yield kind, each.number
            return


def _named(text: str) -> Iterator[Named]:
    for start, end in linking.mentions(text):
        read = quotations.read(text[start:end])
        if read.paper.running and read.paper.told:
            yield Named(read.paper.told, read.paper.type, read.names_parts, start, end)


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what matches in its plain letters."""
    flat = flattened(text)
    while found := pattern.search(flat):
        text = text[: found.start()] + text[found.end() :]
        flat = flattened(text)
    return text


@cache
def _this() -> str:
    return rf"(?<![a-z\x7f])(?:{type_words()}|van ban)\s+nay\b"
