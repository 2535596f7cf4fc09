"""Addresses in a text: of electronic mail, and links that lead out of the handbook."""

import re
from collections.abc import Iterator

from backend.discussion.screening.model import MOST_SPANS
from backend.discussion.screening.preparing import Prepared

TRUSTED = (
    "gov.vn", "dangcongsan.vn", "chinhphu.vn", "quochoi.vn", "xaydungdang.org.vn", "tapchicongsan.org.vn", "nhandan.vn",
    "nhandan.com.vn", "qdnd.vn", "daibieunhandan.vn", "mattran.org.vn", "vietnamplus.vn",
)  # fmt: skip
"""Sites of the Party, the State and their papers: a link to one of them, or below it, is no matter."""

_LEFT = re.compile(r"[a-z0-9._%+\-]{1,64}$")
_RIGHT = re.compile(r" ?[a-z0-9\-]{1,63}(?: ?\. ?[a-z0-9\-]{1,63}){0,4} ?\. ?[a-z]{2,24}\b")
_SPOKEN_AT = re.compile(r"[(\[{] ?(?:at|a cong|@) ?[)\]}] ?| a cong | acong | at ")
_SPOKEN_RIGHT = re.compile(
    r"[a-z0-9\-]{2,40}(?: ?\. ?| ?[(\[{] ?(?:dot|cham) ?[)\]}] ?| cham | dot )(?:com|vn|net|org)\b"
)
_AT = re.compile("@")
_REACH = 64

_SCHEME = re.compile(r"\b(?:h(?:tt|xx)ps? ?: ?/ ?/ ?|www ?\. ?)([^\s<>\"']{1,200})")
_HOST = re.compile(
    r"(?<![\w.@\-])((?:[a-z0-9](?:[a-z0-9\-]{0,40})\.){1,4}"
    r"(?:com|vn|net|org|info|xyz|top|club|online|site|shop|store|biz|asia|edu|ru|cn))(?![\w\-])(?!\.[a-z])"
)
_SHORT = re.compile(
    r"(?<![\w.@\-])((?:[a-z0-9](?:[a-z0-9\-]{0,40})\.){1,3}(?:me|ly|gl|co|io|cc|tk|link|app|gg|to|tv|be|us|vn|com))/[^\s]{1,200}"
)
_TAIL = ".,;:!?)]}…"
"""Signs behind a link that are the sentence's own."""

_DOTTED = re.compile(r"\.[a-z]")
_SPOKEN_DOT = re.compile(
    r" (?:cham|dot) (?:com|vn|net|org|info|xyz)\b| ?[(\[] ?(?:dot|cham|\.) ?[)\]] ?(?:com|vn|net|org)\b"
)
_IS_SPOKEN = re.compile(r"cham |dot |[(\[]")
_SPOKEN_NAME = re.compile(r"[a-z0-9\-]{3,40}$")


def mails(text: Prepared) -> list[tuple[int, int]]:
    """Where addresses of electronic mail stand in the plain text, written or spoken."""
    folded, found = text.folded, []
    for signs, right in ((_AT, _RIGHT), (_SPOKEN_AT, _SPOKEN_RIGHT)):
        for sign in signs.finditer(folded):
            begin = max(0, sign.start() - _REACH)
            name, host = _LEFT.search(folded[begin : sign.start()].rstrip(" ")), right.match(folded, sign.end())
            if name and host:
                found.append((begin + name.start(), host.end()))
    return sorted(found)


def links(text: Prepared) -> list[tuple[int, int]]:
    """Where links out of the handbook stand in the plain text, written or spoken."""
    taken = mails(text)[:MOST_SPANS]
    found: list[tuple[int, int]] = []
    for span, address in _hosts(text.folded):
        if len(found) == MOST_SPANS:
            break
        others = found if text.folded.startswith(("http", "hxxp"), span[0]) else [*found, *taken]
        if not _meets(span, others) and not (is_trusted(address) and _is_plain(text, span)):
            found.append(span)
    return sorted(found)


def _hosts(folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Every address of a site with its place, the longer ways of writing it first."""
    patterns = (_SCHEME,) if "/ " in folded or "//" in folded or "www" in folded else ()
    for pattern in (*patterns, *((_SHORT, _HOST) if _DOTTED.search(folded) else ())):
        for each in pattern.finditer(folded):
            yield (each.start(), each.end() - len(each[0]) + len(each[0].rstrip(_TAIL))), each[1]
    for dot in _SPOKEN_DOT.finditer(folded) if _IS_SPOKEN.search(folded) else ():
        begin = max(0, dot.start() - _REACH)
        if name := _SPOKEN_NAME.search(folded[begin : dot.start()]):
            yield (begin + name.start(), dot.end()), ""


def is_trusted(address: str) -> bool:
    """Whether an address without its scheme is of one of the trusted sites."""
    authority = re.split(r"[/?#\\]", address, maxsplit=1)[0]
    host = re.split(r"[^a-z0-9.\-]", authority, maxsplit=1)[0].rstrip(".").removeprefix("www.")
    return "@" not in authority and any(host == site or host.endswith(f".{site}") for site in TRUSTED)


def _is_plain(text: Prepared, span: tuple[int, int]) -> bool:
    """Whether the site's name is typed in the letters that it is read in: look-alikes lead elsewhere."""
    start, end = text.span(*span)
    return text.text[start:end].rpartition("//")[2].partition("/")[0].isascii()


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
