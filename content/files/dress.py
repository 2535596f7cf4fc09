"""Words as Markdown: what stands out is marked so, and no character of the text is taken for a mark."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

_MARKS = re.compile(r"[\\*]|(?<![^\W_])_|_(?![^\W_])|<(?=[/!A-Za-z]|$)|\[(?=$|\^|[^\]\n]*\]\()")
_OPENS = re.compile(r"([-_'‘.,]{0,3}[ \t]?)(#{1,6}(?:[ \t]|$)|[>|])")
_RULE = re.compile(r"[-–—_*=─━~. \t]{3,}")
_SPACES = " \t\u00a0\u3000\u200b\ufeff"


class Span(NamedTuple):
    """Some words that look alike; a line feed in them is a printed line break. ``ready`` words are Markdown already."""

    text: str
    bold: bool = False
    rise: str = ""
    ready: bool = False


def lines(spans: Iterable[Span]) -> list[str]:
    """The printed lines of a paragraph, those without words left out."""
    made = (_line(line) for line in _broken(spans))
    return [line for line in made if line]


def plain(text: str) -> str:
    """Words with their characters kept from being read as Markdown."""
    return _MARKS.sub(r"\\\g<0>", text)


def _broken(spans: Iterable[Span]) -> Iterator[list[Span]]:
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        line.append(span._replace(text=first))
        for other in others:
            yield line
            line = [span._replace(text=other)]
    yield line


def _line(spans: list[Span]) -> str:
    words = "".join(span.text for span in spans).strip(_SPACES)
    if _RULE.fullmatch(words):
        return f"\\{words}" if words == "---" else words
    made = ""
    runs = [(bold, "".join(_shown(span) for span in group)) for bold, group in groupby(_even(spans), lambda s: s.bold)]
    for at, (bold, text) in enumerate(runs):
        after = runs[at + 1][1] if at + 1 < len(runs) else ""
        made += _bold(text, made, after) if bold else text
    made = made.strip(_SPACES)
    opening = _OPENS.match(made)
    return f"{opening[1]}\\{made[opening.end(1) :]}" if opening else made


def _even(spans: list[Span]) -> list[Span]:
    """Neighbours that look alike as one; a space looks the same in bold: it goes with the words before it."""
    even: list[Span] = []
    for span in spans:
        blank = bool(even) and not span.text.strip(_SPACES)
        alike = span._replace(bold=even[-1].bold) if blank else span
        if even and not alike.ready and alike[1:] == even[-1][1:]:
            even[-1] = alike._replace(text=even[-1].text + span.text)
        elif span.text:
            even.append(alike)
    return even


def _shown(span: Span) -> str:
    if span.ready:
        return span.text
    text = plain(span.text)
    raised = span.rise and any(map(str.isalnum, span.text))
    return f"<{span.rise}>{text}</{span.rise}>" if raised else text


def _bold(text: str, before: str, after: str) -> str:
    """Marks of emphasis only where they are read as such: never against a letter on their outer side."""
    core = text.strip(_SPACES)
    left, right = text[: len(text) - len(text.lstrip(_SPACES))], text[len(text.rstrip(_SPACES)) :]
    joined = (not left and before[-1:].isalnum()) or (not right and after[:1].isalnum())
    return text if joined or not any(map(str.isalnum, core)) else f"{left}**{core}**{right}"
