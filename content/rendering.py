"""Turns the parts of an edition into the HTML people read; pwa/templates/README.md specifies its markup."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content import markup
from content.linking import Linker, Source
from content.rows import ContentsLine
from content.structure import Part, quotation

RENDERER = 2
"""Version of the markup: a fragment made by another version is made anew by the worker."""

UNSHOWN = frozenset({"head", "matter"})
"""Kinds that the page shows in its own way, or not at all."""

HEADED = frozenset({"phan", "chuong", "muc", "tieu-muc", "dieu", "section", "annex"})
"""Kinds that always have a heading, if only their label."""

CONTAINERS = frozenset({"phan", "chuong", "muc", "tieu-muc", "section", "annex"})
UNQUOTED = frozenset({"paragraph", "dash", "table", "preamble", "signature", "recipients"})
UNMARKED = frozenset({"phan", "chuong", "annex"})
USUAL_MARKS = {"dieu": ".", "khoan": ".", "diem": ")", "section": ".", "item": ".", "subitem": ".", "letter": ")"}
SIZES = (120, 250, 500, 1000, 2000, 4000, 8000)
HEADING_CHARS = 140
_SIGNED = re.compile(r"[\[(*_\s]*đã ký[\])*_\s]*", re.I)
_PRINTED_MARK = re.compile(r"[*_ ]{0,3}([.):/]|[-–—](?=\s|[A-ZÀ-ỸĐ]))")
_CONTENTS = frozenset({"phan", "chuong", "muc", "tieu-muc", "dieu", "section", "item", "annex"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A fragment and the table of contents that goes with it."""

    html: str
    contents: tuple[ContentsLine, ...]


def render(parts: Sequence[Part], *, anchors: Mapping[str, str], source: Source, signer: str = "") -> Rendered:
    """Render an edition; ``anchors`` maps the path of each part to its anchor."""
    tree = _Tree(parts)
    page = _Fragment(tree, anchors, source, signer)
    return Rendered("\n".join(page.sections(None)), tuple(_contents(tree)))


class _Tree:
    """The parts that are shown, by the path of the part they are nested in."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.children: dict[str | None, list[Part]] = {}
        self.by_path: dict[str, Part] = {}
        for part in parts:
            hidden = part.kind in UNSHOWN or (part.parent is not None and part.parent not in self.by_path)
            if not hidden:
                self.by_path[part.path] = part
                self.children.setdefault(part.parent, []).append(part)
        self.length = {path: len(part.text) for path, part in self.by_path.items()}
        for part in reversed(self.by_path.values()):
            if part.parent is not None:
                self.length[part.parent] += self.length[part.path]

    def around(self, part: Part) -> Iterator[Part]:
        """The parts around this one, innermost first."""
        while part.parent is not None:
            part = self.by_path[part.parent]
            yield part


class _Fragment:
    def __init__(self, tree: _Tree, anchors: Mapping[str, str], source: Source, signer: str) -> None:
        self.tree, self.anchors, self.signer = tree, anchors, signer
        self.named = {"number": source.number, "type": source.type}
        self.linker = Linker(tree.parts, source)

    def sections(self, parent: str | None, named_by: str = "document-title", depth: int = 0) -> Iterator[str]:
        for part in self.tree.children.get(parent, ()):
            headed = _is_headed(part)
            inner_name = f"{part.path}--h" if headed else named_by
            yield self._opening(part)
            yield from self._own(part, depth, inner_name)
            yield from self.sections(part.path, inner_name, depth + headed)
            yield "</section>"

    def _opening(self, part: Part) -> str:
        facts = [
            f'<section id="{html.escape(part.path)}" class="part part-{part.kind}" '
            f'data-anchor="{html.escape(self.anchors[part.path])}"'
        ]
        parent = self.tree.by_path[part.parent] if part.parent is not None else None
        if part.kind not in CONTAINERS and (parent is None or parent.kind in CONTAINERS):
            facts.append(f'data-size="{_size(self.tree.length[part.path])}"')
        around = (part, *self.tree.around(part))  # all that the quotation of a numbered part needs
        if part.kind not in UNQUOTED and (quote := quotation(around, part.path, **self.named)):
            facts.append(f'data-quote="{html.escape(quote)}"')
        return " ".join(facts) + ">"

    def _own(self, part: Part, depth: int, named_by: str) -> Iterator[str]:
        lines = [line for line in part.body.split("\n") if line.strip()]
        if part.kind == "signature":
            yield from self._signature(lines)
        elif part.kind == "recipients":
            yield from _recipients(part, lines)
        elif _is_headed(part):
            self.linker.begin()
            yield self.linker.linked(_heading(part, depth), part.path)
            yield from _filled(self.linker.linked(markup.blocks(lines, named_by=named_by), part.path))
        else:
            made = markup.blocks(lines, lead=_label(part, " "), named_by=named_by)
            yield from _filled(self.linker.linked(made, part.path))

    def _signature(self, lines: list[str]) -> Iterator[str]:
        shown = [line for line in lines if not _SIGNED.fullmatch(line)]
        names = {self.signer} if any(markup.plain(line) == self.signer for line in shown) else set(shown[-1:])
        for line in shown:
            kind = ' class="signer"' if line in names or markup.plain(line) in names else ""
            yield f"<p{kind}>{markup.inline(line.strip())}</p>"


def _is_headed(part: Part) -> bool:
    return bool(part.heading) or (part.kind in HEADED and bool(part.label))


def _heading(part: Part, depth: int) -> str:
    level = min(6, 2 + depth)
    words = f'<span class="heading">{markup.inline(part.heading)}</span>' if part.heading else ""
    label = _label(part, " " if words else "")
    return f'<h{level} class="part-head" id="{html.escape(part.path)}--h">{label}{words}</h{level}>'


def _label(part: Part, after: str) -> str:
    if not part.label:
        return ""
    path = html.escape(part.path)
    return f'<a class="label" href="#{path}">{html.escape(printed_label(part))}</a>{after}'


def printed_label(part: Part) -> str:
    """The label with the mark that is printed after it (``2.`` or ``2-``, ``a)``); a dash is always –."""
    if part.kind == "dash":
        return "–"
    if part.kind in UNMARKED:
        return part.label
    mark = _mark_after(part.label, part.text[: len(part.label) + 40]) or USUAL_MARKS.get(part.kind, "")
    return part.label + ("-" if mark in "–—" and mark else mark)


def _mark_after(label: str, text: str) -> str:
    at = text.find(label)
    while at >= 0:
        if found := _PRINTED_MARK.match(text, at + len(label)):
            return found[1]
        at = text.find(label, at + 1)
    return ""


def _recipients(part: Part, lines: list[str]) -> Iterator[str]:
    opening = lines[:1] if lines and "nhận" in lines[0].lower() else []
    words = part.label or part.heading
    if opening or words:
        yield f"<p>{markup.inline(opening[0].strip()) if opening else html.escape(words)}</p>"
    items = [re.sub(r"^\s*[-–—*+•]\s+", "", line).strip() for line in lines[len(opening) :]]
    if items:
        yield "<ul>" + "".join(f"<li>{markup.inline(item)}</li>" for item in items) + "</ul>"


def _filled(made: str) -> Iterator[str]:
    if made:
        yield made


def _size(characters: int) -> int:
    return next((at for at, limit in enumerate(SIZES, 1) if characters <= limit), len(SIZES) + 1)


# Contents


def _contents(tree: _Tree) -> Iterator[ContentsLine]:
    candidates = [part for part in tree.by_path.values() if part.kind in _CONTENTS]
    named_items = any(part.kind == "item" and part.heading for part in candidates)
    for part in candidates:
        if part.kind == "item" and named_items and not part.heading:
            continue
        if part.kind == "item" and any(around.kind in ("dieu", "item") for around in tree.around(part)):
            continue
        level = 1 + sum(around.kind in _CONTENTS for around in tree.around(part))
        if level <= 3:
            yield ContentsLine(part.path, part.label, line_words(part), level)


def line_words(part: Part) -> str:
    """What a part is called in a list besides its label: its heading, else its opening words."""
    if part.heading:
        return markup.plain(part.heading)
    words = markup.plain(next((line for line in part.body.split("\n") if line.strip()), ""))
    if len(words) <= HEADING_CHARS:
        return words
    return words[:HEADING_CHARS].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
