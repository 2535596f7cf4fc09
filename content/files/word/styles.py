"""How words look: what styles say, one on another, and what the words themselves say over them."""

import re
from typing import NamedTuple

from content.files.word.names import OFF, VAL, Element, value, w

_HEADING = re.compile(r"heading \d|title", re.I)
_RISES = {"superscript": "sup", "subscript": "sub"}
_SAID = {w("b"): "bold", w("caps"): "capitals", w("vanish"): "hidden", w("vertAlign"): "rise", w("rFonts"): "font"}
_HIGH, _LOW = w("hAnsi"), w("ascii")
"""The fonts of letters above and below the 127th; old Vietnamese letters are above."""

_DEEP = 20
"""So many styles may rest on one another; a ring of them ends here."""


class Look(NamedTuple):
    """What of the look of words matters for their meaning."""

    bold: bool = False
    capitals: bool = False
    hidden: bool = False
    rise: str = ""
    font: str = ""


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(w("style"))
        self._styles = {str(style.get(w("styleId"))): style for style in found}
        self._usual = next(
            (str(s.get(w("styleId"))) for s in found if s.get(w("type")) == "paragraph" and s.get(w("default"))), ""
        )
        defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._plain = over(Look(), defaults)
        self._paragraphs: dict[str, Look] = {}
        self._chains: dict[str, list[Element]] = {}

    def paragraph(self, properties: Element | None) -> Look:
        """How the words of a paragraph look unless they say otherwise."""
        name = value(properties, "pStyle") or self._usual
        if name not in self._paragraphs:
            look = self._plain
            for style in reversed(self.chain(name)):
                look = over(look, style.find(w("rPr")))
            headed = any(_HEADING.fullmatch(value(style, "name") or "") for style in self.chain(name)[:2])
            self._paragraphs[name] = look._replace(bold=look.bold or headed)
        return self._paragraphs[name]

    def run(self, properties: Element | None, look: Look) -> Look:
        """How the words of one run in such a paragraph look."""
        if properties is None:
            return look
        name = value(properties, "rStyle")
        for style in reversed(self.chain(name) if name else []):
            look = over(look, style.find(w("rPr")))
        return over(look, properties)

    def chain(self, name: str) -> list[Element]:
        """A style and those that it rests on, nearest first."""
        if name not in self._chains:
            chain: list[Element] = []
            following = name
            while following in self._styles and len(chain) < _DEEP:
                chain.append(self._styles[following])
                following = value(chain[-1], "basedOn") or ""
            self._chains[name] = chain
        return self._chains[name]

    def of_paragraph(self, properties: Element | None) -> list[Element]:
        """The styles of a paragraph, nearest first."""
        return self.chain(value(properties, "pStyle") or self._usual)


def over(look: Look, properties: Element | None) -> Look:
    """What ``properties`` of a run make of a look."""
    if properties is None:
        return look
    said = {_SAID[child.tag]: child for child in properties if child.tag in _SAID}
    if not said:
        return look
    rise, fonts = said.pop("rise", None), said.pop("font", None)
    switches = {name: child.get(VAL, "") not in OFF for name, child in said.items()}
    return Look(
        **{"bold": look.bold, "capitals": look.capitals, "hidden": look.hidden, **switches},
        rise=look.rise if rise is None else _RISES.get(rise.get(VAL, ""), ""),
        font=look.font if fonts is None else str(fonts.get(_HIGH) or fonts.get(_LOW) or look.font),
    )
