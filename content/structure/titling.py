"""The type of a document and its title (trích yếu), as the head prints them."""

import re

from content import vocabulary
from content.folding import fold
from content.structure import issuing, numbering
from content.structure.lines import Line

_OF_WHOM = re.compile(r"CỦA\s")
"""A line of its own under the type, "CỦA BAN THƯỜNG VỤ TỈNH ỦY", names the body and is no part of the title."""

_OF_ASSEMBLY = re.compile(r"CỦA .{3,90}? SỐ \S+(?: NGÀY \d+ THÁNG \d+ NĂM \d+)?\s+")
_REASON = re.compile(r"(?:Căn c[ứú]|Theo đ[ềể] nghị|Xét )\b", re.I)
_PLACE = re.compile(r",\s*ngày\s+\d{0,2}\s*tháng")
_NAMED = re.compile(rf"[^\d]{{3,40}}?{numbering.NUMBER.pattern}(?:\[\^\w+\])?\W*")
"""A line that is type and number: "ÁN LỆ SỐ 43/2021/AL"."""

_ABOUT = re.compile(r"(?:V/v|Về việc)\s*:?\s*(.+)", re.I)
_LEAD = re.compile(rf"\s*(?:số\s*:?\s*)?{numbering.NUMBER.pattern}|\s*,?\s*ngày\s+[\d/.-]+|\s+của\s+[^:]{{3,60}}(?=:)")
"""What stands between the type and the words that say what a document is about."""


def type_lines(head: list[Line]) -> list[tuple[Line, str]]:
    """The lines that are nothing but the name of a type, printed in capitals or set apart."""
    found = []
    for line in head:
        words = " ".join(line.plain.strip(" :.").split())
        name = (vocabulary.type_named(words) or vocabulary.type_spelt(words)) if len(words) < 40 else ""
        if name and fold(words) == fold(name) and line.stands_out:
            found.append((line, name))
    return found


def titled_type(head: list[Line]) -> str:
    """The type that begins a title: "Nghị quyết số 3-NQ/TU …", "QUYẾT ĐỊNH Về việc …", "LUẬT CỦA QUỐC HỘI …"."""
    for line in head:
        name = vocabulary.type_named(line.plain)
        rest = line.plain[len(name) :]
        if name and (numbering.NUMBER.search(rest[:40]) or _leads(line, name)):
            return name
    return ""


def _leads(line: Line, name: str) -> bool:
    rest = line.plain[len(name) :]
    if line.is_caps:
        return bool(re.match(r"\s+(?:CỦA|SỐ|VỀ)\b", rest))
    return line.plain.startswith(name.upper()) and bool(re.match(r"\s+\w", rest))


def letter(head: list[Line]) -> tuple[str, str]:
    """The type and title of an official letter, which bears no type: it is addressed to somebody."""
    if not any(line.plain.lower().startswith("kính gửi") for line in head):
        return "", ""
    about = (match for line in head if (match := _ABOUT.match(line.plain)))
    return "Công văn", next((f"về việc {match[1].strip(' .*')}" for match in about), "")


def self_named(text: str) -> str:
    """The type by which a text calls itself most often: "Thông tư này có hiệu lực …"."""
    counted = {each.name: text.count(f"{each.name} này") for each in vocabulary.types()}
    name = max(counted, key=lambda each: (counted[each], len(each)))
    return name if counted[name] else ""


def title(head: list[Line], types: list[tuple[Line, str]]) -> str:
    """The words under the type, or after it on its line."""
    for type_line, _ in reversed(types):
        words = _below(head, type_line)
        if words:
            if words[1:] and words[0].isupper() and _OF_WHOM.match(words[0]):
                del words[0]
            return sentence_case(_OF_ASSEMBLY.sub("", " ".join(words).strip(" .*")))
    for line in head:
        name = vocabulary.type_named(line.plain)
        if name and not line.is_caps and _leads(line, name):
            return line.plain[len(name) :].strip(" .*")
    return ""


def named(head: list[Line]) -> str:
    """The words under a line that is type and number, as files name a document: "ÁN LỆ SỐ 43/2021/AL"."""
    lines = (line for line in head if vocabulary.type_named(line.plain) and _NAMED.fullmatch(line.plain))
    return next((sentence_case(" ".join(words).strip(" .*")) for line in lines if (words := _below(head, line))), "")


def bare(text: str) -> str:
    """A title without the type, number and date that lead it: "Nghị định 93/2026/NĐ-CP - Quy định …"."""
    begin = at = len(vocabulary.type_named(text))
    while match := _LEAD.match(text, at):
        at = match.end()
    return (text[at:].strip(" -–—:.") if at > begin else "") or text


def full(type: str, title: str) -> str:
    """A title with the type before it: "Luật Chợ phiên", "Nghị định quy định chi tiết …"."""
    if not title or vocabulary.type_named(title) == type:
        return title
    verb = title[:1].lower() + title[1:]
    return f"{type} {title if 'uật' in type or type == 'Pháp lệnh' else verb}"


def sentence_case(text: str) -> str:
    """A title printed in capitals in small letters, proper names kept."""
    if not text.isupper():
        return text
    low = text.lower()
    for name in vocabulary.words("proper"):
        low = re.sub(rf"\b{name.lower()}\b", name, low)
    for each in vocabulary.types():
        low = re.sub(rf"\b{each.name.lower()}(?= số \d)", each.name, low)
    low = re.sub(r"\d[\d.]*[/-][\w/-]+", lambda match: match[0].upper(), low)
    return low[:1].upper() + low[1:]


def _below(head: list[Line], type_line: Line) -> list[str]:
    """The lines that follow the type up to the next gap or fact."""
    words: list[str] = []
    at = type_line.at
    for line in head:
        if line.at <= type_line.at:
            continue
        body = line.is_caps and bool(vocabulary.issuer_spelt(line.plain))
        fact = numbering.STATED.search(line.plain) or _PLACE.search(line.plain) or not issuing.without_state(line.plain)
        if fact or line.role or _REASON.match(line.plain) or _is_label(line.plain) or (body and not words):
            break
        if words and (body or line.at > at + 1) and not line.plain[:1].islower():
            break
        words.append(line.plain)
        at = line.at
    return words


def _is_label(text: str) -> bool:
    """Whether words only say what comes next, as "TRÍCH YẾU" above a summary does."""
    words = text.strip(" :.").lower()
    return words in vocabulary.words("title") or words in vocabulary.words("scaffold")
