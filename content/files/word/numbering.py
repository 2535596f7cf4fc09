"""The numbers that Word prints before paragraphs by itself, counted as Word counts them."""

import re
from typing import NamedTuple

from content.files.counting import written
from content.files.word.names import OFF, Element, number, value, w
from content.files.word.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LINKS = 5
"""So many lists may refer to one another; a ring of them ends here."""

_BULLETS = "-–—+•"


class Level(NamedTuple):
    """How one level of a list is numbered: ``text`` with %1 for the number of the first level, and so on."""

    start: int
    form: str
    text: str
    restart: int
    legal: bool
    joined: bool
    look: Element | None


class Label(NamedTuple):
    """A number as printed, with the space after it, and how the list says it looks."""

    text: str
    look: Element | None
    counted: bool


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._lists = {e.get(w("numId")): e for e in found if e.tag == w("num")}
        self._patterns = {e.get(w("abstractNumId")): e for e in found if e.tag == w("abstractNum")}
        self._levels: dict[tuple[str, int], Level] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> Label | None:
        """Count the paragraph with these properties; its label, None when it is not numbered."""
        place = self._place(properties)
        if place is None:
            return None
        name, level = place
        self._count(name, level)
        shown = self._level(name, level)
        text = _bullet(shown.text) if shown.form == "bullet" else self._filled(name, level, shown)
        if not text.strip():
            return None
        return Label(text if shown.joined else f"{text.rstrip()} ", shown.look, shown.form != "bullet")

    # ------------------------------------------------------------------------------------------ which list, which level

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        styles = self._styles.of_paragraph(properties)
        holders = [each for each in (properties, *(style.find(w("pPr")) for style in styles)) if each is not None]
        said = [each for holder in holders if (each := holder.find(w("numPr"))) is not None]
        name = next((found for each in said if (found := value(each, "numId")) is not None), None)
        if name is None or name not in self._lists or self._pattern(name) is None:
            return None
        level = next((found for each in said if (found := value(each, "ilvl")) is not None), None)
        at = self._linked(name, styles) if level is None else number(level)
        return name, min(max(at, 0), _LEVELS - 1)

    def _linked(self, name: str, styles: list[Element]) -> int:
        """The level that belongs to the paragraph's style."""
        pattern = self._pattern(name)
        ids = {style.get(w("styleId")) for style in styles}
        levels = [] if pattern is None else pattern.findall(w("lvl"))
        return next((number(each.get(w("ilvl"))) for each in levels if value(each, "pStyle") in ids), 0)

    def _pattern(self, name: str | None, links: int = _LINKS) -> Element | None:
        """What a list is numbered by: its own pattern, or that of the list style that it names."""
        pattern = self._patterns.get(value(self._lists.get(name), "abstractNumId"))
        style = value(pattern, "numStyleLink")
        if not style or not links:
            return pattern
        linked = next((each.find(f"{w('pPr')}/{w('numPr')}") for each in self._styles.chain(style)), None)
        return self._pattern(value(linked, "numId"), links - 1)

    def _level(self, name: str, at: int) -> Level:
        if (name, at) not in self._levels:
            override = _numbered(self._lists[name].findall(w("lvlOverride")), at)
            own = override.find(w("lvl")) if override is not None else None
            pattern = self._pattern(name)
            levels = [] if pattern is None else pattern.findall(w("lvl"))
            level = _read(_numbered(levels, at) if own is None else own, at)
            start = value(override, "startOverride")
            self._levels[name, at] = level if start is None else level._replace(start=number(start, level.start))
        return self._levels[name, at]

    # --------------------------------------------------------------------------------------------------------- counting

    def _count(self, name: str, at: int) -> None:
        """Lists of one pattern count on together, unless one of them says where it starts."""
        counts = self._counted(name)
        override = _numbered(self._lists[name].findall(w("lvlOverride")), at)
        anew = value(override, "startOverride") is not None and (name, at) not in self._begun
        self._begun.add((name, at))
        counts[at] = self._level(name, at).start if anew or at not in counts else counts[at] + 1
        for deeper in [each for each in counts if each > at]:
            if at < self._level(name, deeper).restart:
                del counts[deeper]

    def _counted(self, name: str) -> dict[int, int]:
        pattern = self._pattern(name)
        return self._counts.setdefault("" if pattern is None else str(pattern.get(w("abstractNumId"))), {})

    def _filled(self, name: str, at: int, level: Level) -> str:
        counts = self._counted(name)

        def count(match: re.Match[str]) -> str:
            where = int(match[1]) - 1
            other = self._level(name, where)
            form = "decimal" if level.legal and other.form != "decimalZero" else other.form
            return written(counts.get(where, other.start), form)

        return _PLACE.sub(count, level.text)


def _numbered(levels: list[Element], at: int) -> Element | None:
    return next((each for each in levels if number(each.get(w("ilvl")), -1) == at), None)


def _read(level: Element | None, at: int) -> Level:
    restart = value(level, "lvlRestart")
    legal = value(level, "isLgl")
    return Level(
        start=number(value(level, "start"), 0),
        form=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        restart=at if restart is None else number(restart),
        legal=legal is not None and legal not in OFF,
        joined=value(level, "suff") == "nothing",
        look=level.find(w("rPr")) if level is not None else None,
    )


def _bullet(text: str) -> str:
    """Bullets are signs of many fonts; those that are letters or dashes stay, all others are a dot."""
    if len(text) != 1 or text in _BULLETS:
        return text
    return "•"
