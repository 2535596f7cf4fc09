"""The visible words of a paragraph: insertions in, deletions out, the results of fields, marks of notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from content.files import legacy
from content.files.counting import roman
from content.files.dress import Span
from content.files.word import drawn
from content.files.word.names import OFF, TEXTPATH, Element, a, c, dgm, m, mc, rel, value, w
from content.files.word.styles import Look, Styles
from content.files.word.symbols import sign

UNSEEN = frozenset(
    w(name)
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText",
                 "smartTagPr", "customXmlPr", "rt", "footnoteRef", "endnoteRef", "annotationRef", "sectPr", "tblPr",
                 "tblGrid")
)  # fmt: skip
"""What holds nothing that is printed in the text."""

_APPARATUS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC")
"""Fields whose results belong to the paper and not to the text: numbers of pages, the list of contents."""

_FIXED = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}


@dataclass(slots=True)
class _Field:
    """A field that is open: what it was told to show, and whether its result has begun."""

    told: str = ""
    shows: bool = False

    @property
    def seen(self) -> bool:
        return self.shows and (self.told.split() or [""])[0].upper() not in _APPARATUS


@dataclass(slots=True)
class Notes:
    """Notes in the order in which the text refers to them: their ids, and how their numbers are written."""

    write: Callable[[int], str]
    ids: list[str] = field(default_factory=list)

    def mark(self, name: str) -> str:
        """The mark of the note ``name``; a note that is referred to again keeps its mark."""
        if name not in self.ids:
            self.ids.append(name)
        return f"[^{self.write(self.ids.index(name) + 1)}]"


class Inline:
    """Reads paragraphs one after another; fields may go over several of them.

    ``old`` names the fonts whose letters are not those of Unicode, ``related`` finds parts that lie beside the text.
    """

    def __init__(
        self, styles: Styles, *, fields: bool, old: frozenset[str], related: Callable[[str], Element | None]
    ) -> None:
        self._styles = styles
        self._mind_fields = fields
        self._old = old
        self._related = related
        self._fields: list[_Field] = []
        self._spans: list[Span] = []
        self._rise = ""
        self.boxes: list[Element] = []
        self.heard: list[tuple[str, str]] = []
        self.footnotes = Notes(str)
        self.endnotes = Notes(roman)
        self._readers: dict[str, Callable[[Element, Look], None]] = {
            w("r"): self._run, w("t"): self._text, m("t"): self._text,
            w("softHyphen"): self._soft, w("sym"): self._sign, w("fldChar"): self._field,
            w("fldSimple"): self._simple_field, w("instrText"): self._instruction, w("txbxContent"): self._box,
            w("footnoteReference"): self._note, w("endnoteReference"): self._note, mc("AlternateContent"): self._either,
            dgm("relIds"): self._diagram, c("chart"): self._chart, a("p"): self._drawn, TEXTPATH: self._bent,
            m("f"): self._fraction, m("sup"): self._raised, m("sub"): self._raised,
        }  # fmt: skip

    def spans(self, paragraph: Element, look: Look) -> list[Span]:
        """The visible words of a paragraph whose words look so; text boxes are put into ``boxes``."""
        self._spans = []
        self._walk(paragraph, look)
        return self._spans

    def _walk(self, element: Iterable[Element], look: Look) -> None:
        for child in element:
            reader = self._readers.get(child.tag)
            if reader:
                reader(child, look)
            elif child.tag in _FIXED:
                self._say(_FIXED[child.tag], look)
            elif child.tag not in UNSEEN:
                self._walk(child, look)

    def _say(self, text: str, look: Look, *, ready: bool = False) -> None:
        if look.hidden or not text or (self._fields and not self._seen()):
            return
        shown = text.upper() if look.capitals and not ready else text
        self._spans.append(Span(shown, look.bold, self._rise or look.rise, ready))

    def _run(self, run: Element, look: Look) -> None:
        self._walk(run, self._styles.run(run.find(w("rPr")), look))

    def _text(self, element: Element, look: Look) -> None:
        words = self.in_unicode(element.text or "", look)
        self._say(words.replace("\u2011", "-").replace("\xad", "").replace("\n", " ").replace("\r", " "), look)

    def _soft(self, _element: Element, look: Look) -> None:
        """A hyphen that is not seen; in old fonts its place was taken by the letter ư."""
        self._say(self.in_unicode("\xad", look).replace("\xad", ""), look)

    def in_unicode(self, text: str, look: Look) -> str:
        """Words as they look in their font; what is said in old fonts is also put into ``heard``."""
        if legacy.is_old(look.font):
            self.heard.append((text, look.font))
        return legacy.of_font(text, look.font) if look.font in self._old else text

    def _sign(self, element: Element, look: Look) -> None:
        self._say(sign(element), look)

    def _seen(self) -> bool:
        return all(each.seen for each in self._fields)

    def _box(self, element: Element, _look: Look) -> None:
        if self._seen():
            self.boxes.append(element)

    def _diagram(self, element: Element, look: Look) -> None:
        self._beside(element.get(rel("dm")), look)

    def _chart(self, element: Element, look: Look) -> None:
        self._beside(element.get(rel("id")), look)

    def _beside(self, name: str | None, look: Look) -> None:
        part = self._related(name or "")
        if part is not None:
            self._box(drawn.lettered(drawn.words(part)), look)

    def _drawn(self, element: Element, look: Look) -> None:
        self._box(drawn.lettered([drawn.paragraph(element)]), look)

    def _bent(self, element: Element, look: Look) -> None:
        self._box(drawn.lettered([str(element.get("string", ""))]), look)

    def _either(self, element: Element, look: Look) -> None:
        """The first way of saying something; the others say the same for older programs."""
        self._walk(next(iter(element), ()), look)

    # ------------------------------------------------------------------------------------------------- fields and notes

    def _field(self, element: Element, look: Look) -> None:
        kind = element.get(w("fldCharType"))
        box = element.find(f"{w('ffData')}/{w('checkBox')}")
        if box is not None:
            self._say("☒" if _ticked(box) else "☐", look)
        if not self._mind_fields:
            return
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: Element, _look: Look) -> None:
        if self._fields and not self._fields[-1].shows:
            self._fields[-1].told += element.text or ""

    def _simple_field(self, element: Element, look: Look) -> None:
        self._fields.append(_Field(str(element.get(w("instr"), "")), shows=True))
        self._walk(element, look)
        self._fields.pop()

    def _note(self, element: Element, look: Look) -> None:
        if look.hidden or not self._seen():
            return
        notes = self.footnotes if element.tag == w("footnoteReference") else self.endnotes
        self._say(notes.mark(str(element.get(w("id")))), look._replace(rise=""), ready=True)

    # --------------------------------------------------------------------------------------------------------- formulas

    def _fraction(self, element: Element, look: Look) -> None:
        for at, part in enumerate(each for each in element if each.tag in (m("num"), m("den"))):
            self._say("/" if at else "", look)
            self._walk(part, look)

    def _raised(self, element: Element, look: Look) -> None:
        self._rise = "sup" if element.tag == m("sup") else "sub"
        self._walk(element, look)
        self._rise = ""


def _ticked(box: Element) -> bool:
    said = value(box, "checked")
    return said not in OFF if said is not None else value(box, "default") not in (None, *OFF)
