"""Paragraphs, lists and tables of a part's body as safe HTML: emphasis is kept, nothing else gets through."""

import html
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt

INLINE_TAGS = {"strong", "em", "br", "sup", "sub"}
TABLE_TAGS = INLINE_TAGS | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "p"}
TABLE_ATTRIBUTES = {"th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}

_SPECIAL = re.compile(r"[*_\\&<>\[\]`!^]")
_ESCAPED = re.compile(r"\\[\\<\[]")
_STANDS_FOR = {"\\<": "\U0001bc9f", "\\[": "\U00011fff"}
"""A sign that was escaped opens no tag and no note. Until those are found, punctuation of scripts that no text here is
written in stands for it; punctuation it must be, or emphasis beside it would not be seen.
"""

_KNOWN_TAG = re.compile(r"&lt;(/?(?:sup|sub|strong|em|b|i|u)|br ?/?)&gt;", re.I)
_TAG_MEANING = {"b": "strong", "i": "em", "u": ""}
_NOTE = re.compile(r"\[\^(\w{1,12})\]:?")
_BULLET = re.compile(r"[-–—*+•]\s+")
_NUMBER = re.compile(r"[-–]|[+-]?\d[\d.,\s]*%?")
_RULE_CELL = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_CELL_TAG = re.compile(r"<t[hd]( [^>]*)?>")
_COLSPAN = re.compile(r'colspan="(\d{1,3})"')


def inline(text: str) -> str:
    """One line of inline Markdown as HTML; anything that is not emphasis is shown as written or left out."""
    if not _SPECIAL.search(text):
        return text
    made: str = _markdown().renderInline(_ESCAPED.sub(lambda found: _STANDS_FOR.get(found[0], found[0]), text))
    made = _NOTE.sub(r"<sup>\1</sup>", made)
    if "&lt;" in made and _KNOWN_TAG.search(made):
        made = nh3.clean(_KNOWN_TAG.sub(_tag, made), tags=INLINE_TAGS, attributes={})
    return made.replace(_STANDS_FOR["\\<"], "&lt;").replace(_STANDS_FOR["\\["], "[")


def plain(text: str) -> str:
    """The words of inline Markdown, without any mark."""
    made = inline(text)
    return html.unescape(re.sub(r"<[^>]+>", "", made)).strip() if made is not text else text.strip()


def blocks(lines: Sequence[str], *, lead: str = "", named_by: str = "document-title") -> str:
    """Lines of a body as paragraphs, lists and tables; ``lead`` is HTML that opens the first paragraph.

    ``named_by`` is the id of the heading that names a table to a screen reader.
    """
    made: list[str] = []
    at = 0
    while at < len(lines):
        end = _end_of_block(lines, at)
        block = lines[at:end]
        if lead and not _is_words(block[0]):
            made.append(f"<p>{lead.rstrip()}</p>")
            lead = ""
        made.append(_block(block, lead, named_by))
        lead = ""
        at = end
    if lead:
        made.append(f"<p>{lead.rstrip()}</p>")
    return "\n".join(made)


def _end_of_block(lines: Sequence[str], at: int) -> int:
    for belongs in (_is_bar, _is_bullet, _is_quote):
        if belongs(lines[at]):
            return _run(lines, at, belongs)
    if lines[at].lstrip().lower().startswith("<table"):
        closing = (i for i in range(at, len(lines)) if "</table>" in lines[i].lower())
        return next(closing, len(lines) - 1) + 1
    return at + 1


def _run(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    end = at
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _is_bar(line: str) -> bool:
    return line.lstrip().startswith("|")


def _is_bullet(line: str) -> bool:
    return bool(_BULLET.match(line.lstrip()))


def _is_quote(line: str) -> bool:
    return line.lstrip().startswith(">")


def _is_words(line: str) -> bool:
    return not (_is_bar(line) or _is_bullet(line) or _is_quote(line) or line.lstrip().lower().startswith("<table"))


def _block(block: Sequence[str], lead: str, named_by: str) -> str:
    if _is_bar(block[0]):
        return table(block, named_by=named_by)
    if _is_bullet(block[0]):
        items = "".join(f"<li>{inline(_BULLET.sub('', line.lstrip(), count=1))}</li>" for line in block)
        return f"<ul>{items}</ul>"
    if _is_quote(block[0]):
        inner = "".join(f"<p>{inline(line.lstrip('> '))}</p>" for line in block if line.strip("> "))
        return f"<blockquote>{inner}</blockquote>"
    if block[0].lstrip().lower().startswith("<table"):
        return _html_table("\n".join(block), named_by)
    return f"<p>{lead}{inline(block[0].strip())}</p>"


# Tables


def table(lines: Sequence[str], *, named_by: str) -> str:
    """A Markdown table; a row with one bold or capital cell becomes a heading across all columns."""
    rows = [cells(line) for line in lines]
    rule = next((at for at, row in enumerate(rows) if is_rule(row)), None)
    heads = rows[:rule] if rule is not None else []
    body = rows[rule + 1 :] if rule is not None else rows
    columns = max((len(row) for row in rows), default=1)
    made = []
    if any(any(row) for row in heads):
        made.append("<thead>" + "".join(_row(row, columns, head=True) for row in heads) + "</thead>")
    made.append("<tbody>" + "".join(_row(row, columns) for row in body) + "</tbody>")
    return _wrapped("".join(made), columns, named_by)


def is_rule(row: Sequence[str]) -> bool:
    """Whether a row of cells is the line under a table's head."""
    return bool(row) and all(_RULE_CELL.fullmatch(cell) for cell in row)


def cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table."""
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]


def _row(cells: list[str], columns: int, *, head: bool = False) -> str:
    filled = [cell for cell in cells if cell]
    if not head and columns > 2 and len(filled) == 1 and cells[0] and _stands_out(cells[0]):
        return f'<tr><th scope="colgroup" colspan="{columns}">{inline(cells[0])}</th></tr>'
    padded = cells + [""] * (columns - len(cells))
    return "<tr>" + "".join(_cell(cell, head) for cell in padded) + "</tr>"


def _cell(text: str, head: bool) -> str:
    if head:
        return f'<th scope="col">{inline(text)}</th>'
    kind = ' class="number"' if _NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{inline(text)}</td>"


def _stands_out(cell: str) -> bool:
    return cell.startswith("**") or cell.isupper()


def _html_table(source: str, named_by: str) -> str:
    clean = nh3.clean(source, tags=TABLE_TAGS, attributes=TABLE_ATTRIBUTES)
    found = re.search(r"<table>(.*)</table>", clean, re.S)
    if not found:
        return f"<p>{html.escape(source)}</p>"
    rows = clean.split("</tr>")
    columns = max(sum(_span(attributes) for attributes in _CELL_TAG.findall(row)) for row in rows)
    return _wrapped(found[1].strip(), max(1, columns), named_by)


def _span(attributes: str) -> int:
    found = _COLSPAN.search(attributes)
    return int(found[1]) if found else 1


def _wrapped(inner: str, columns: int, named_by: str) -> str:
    return (
        f'<div class="table" role="region" tabindex="0" aria-labelledby="{html.escape(named_by)}" '
        f'data-columns="{columns}"><table>{inner}</table></div>'
    )


# Inline Markdown


@cache
def _markdown() -> MarkdownIt:
    """Only emphasis, escapes and the words of links: no HTML, no address ever becomes a link."""
    made = MarkdownIt("zero").enable(["emphasis", "escape", "link", "image"])
    made.validateLink = lambda url: True  # type: ignore[method-assign] # its address is left out, whatever it is
    for rule in ("link_open", "link_close"):
        made.add_render_rule(rule, _nothing)
    made.add_render_rule("image", _image_words)
    return made


def _nothing(*_: Any) -> str:
    return ""


def _image_words(renderer: Any, tokens: Sequence[Any], at: int, *_: Any) -> str:
    return html.escape(tokens[at].content)


def _tag(match: re.Match[str]) -> str:
    name = match[1].lower().rstrip(" /") if not match[1].startswith("/") else match[1].lower()
    closing, bare = ("/", name[1:]) if name.startswith("/") else ("", name)
    meaning = _TAG_MEANING.get(bare, bare)
    return f"<{closing}{meaning}>" if meaning else ""
