"""Nests blocks into parts and gives each its path."""

import re
from dataclasses import dataclass, field

from content.structure import bodies
from content.structure.blocks import Block
from content.structure.model import Part, Warned

_RANKS = {
    "annex": 0, "attachment": 0, "form": 1, "phan": 2, "chuong": 3, "muc": 4, "tieu-muc": 5,
    "dieu": 6, "section": 6, "item": 7, "subitem": 8, "letter": 12, "bracketed": 13, "dash": 14,
}  # fmt: skip
_SINGLE = {"head": "dau", "preamble": "can-cu", "signature": "ky", "recipients": "noi-nhan", "matter": "tep"}
_IN_LAW = {"item": "khoan", "letter": "diem"}
_THIS = r"(?:Nghị quyết|Chỉ thị|Kết luận|Quy định|Quy chế|Hướng dẫn|Luật|Pháp lệnh|Thông tri|Quyết định|Kế hoạch) này"
_CLOSING = re.compile(rf"{_THIS}[^.]{{0,40}}(?:phổ biến|được Quốc hội|thông qua|có hiệu lực)")
_ADOPTED = re.compile(rf"{_THIS}[^.]{{0,12}}(?:phổ biến|được)")


@dataclass(slots=True)
class _Open:
    """A part that later blocks may still be nested in."""

    path: str
    kind: str
    rank: int
    ends: str
    counters: dict[str, int] = field(default_factory=dict)


class Builder:
    """Turns blocks into parts, in reading order."""

    def __init__(self, blocks: list[Block], source: str) -> None:
        self.blocks = blocks
        self.source = source
        self.open: list[_Open] = []
        self.top = _Open("", "top", -1, "")
        self.zone: _Open = self.top
        self.taken: set[str] = set()
        self.repeats: dict[str, int] = {}
        self.parts: list[Part] = []
        self.warnings: list[Warned] = []

    def build(self) -> tuple[Part, ...]:
        """Return the parts; their texts joined are the source."""
        start = 0
        for at, block in enumerate(self.blocks):
            end = self.blocks[at + 1].lines[0].start if at + 1 < len(self.blocks) else len(self.source)
            kind, path, parent, label = self._place(at, block)
            heading, body = bodies.show(block, leads=self._leads(at))
            text = self.source[start:end]
            self.parts.append(Part(len(self.parts), path, parent, kind, label, heading, text, body))
            start = end
        return tuple(self.parts)

    def _leads(self, at: int) -> bool:
        if at + 1 >= len(self.blocks):
            return False
        here, following = self.blocks[at], self.blocks[at + 1]
        return following.kind == "paragraph" or _RANKS.get(following.kind, 0) > _RANKS.get(here.kind, 99)

    def _place(self, at: int, block: Block) -> tuple[str, str, str | None, str]:
        if block.kind in _SINGLE:
            return block.kind, self._unique(self._prefix() + _SINGLE[block.kind]), self.zone.path or None, ""
        if block.label is None:
            return self._unlabelled(at, block)
        return self._labelled(block)

    def _prefix(self) -> str:
        return f"{self.zone.path}." if self.zone.path else ""

    # ------------------------------------------------------------------------------------------------ labelled

    def _labelled(self, block: Block) -> tuple[str, str, str | None, str]:
        rank = self._rank(block)
        if rank <= 1:
            return self._annex(block, rank)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        parent = self.open[-1] if self.open else self.zone
        kind, step = self._step(block, parent)
        path = self._unique(step)
        self.open.append(_Open(path, kind, rank, block.ends))
        label = block.label.label if block.label else ""
        return kind, path, parent.path or None, label

    def _rank(self, block: Block) -> int:
        rank = _RANKS[block.kind]
        label = block.label.label if block.label else ""
        if block.kind == "subitem":
            return rank + min(label.count("."), 4) - 1
        if block.kind == "dash" and label == "+" and any(each.kind == "dash" for each in self.open):
            return rank + 1
        return rank

    def _annex(self, block: Block, rank: int) -> tuple[str, str, str | None, str]:
        label = block.label
        number = label.number if label else ""
        self.open.clear()
        if rank and self.zone.kind == "annex":
            path, parent = f"{self.zone.path}.mau-{number}", self.zone.path
            opened = _Open(self._unique(path), "form", 1, block.ends)
            self.open.append(opened)
            return "annex", opened.path, parent, label.label if label else ""
        stem = "kem-theo" if block.kind == "attachment" else "mau" if block.kind == "form" else "phu-luc"
        self.zone = _Open(self._unique(f"{stem}-{number}" if number else stem), "annex", 0, block.ends)
        return "annex", self.zone.path, None, label.label if label else ""

    def _step(self, block: Block, parent: _Open) -> tuple[str, str]:
        """Return (kind, path before it is made unique) of a labelled block under ``parent``."""
        label = block.label
        number = label.number if label else ""
        lawlike = any(each.kind == "dieu" for each in self.open)
        under = f"{parent.path}." if parent.path else ""
        kind = _IN_LAW.get(block.kind, block.kind) if lawlike else block.kind
        match block.kind:
            case "dieu" | "phan" | "chuong":
                step = f"{self._prefix()}{kind}-{number}"
            case "section":
                step = (under if parent.kind in {"phan", "form"} else self._prefix()) + number
            case "dash":
                step = under + self._count(parent, "g")
            case "item" | "letter" | "muc" | "tieu-muc":
                step = under + (f"{kind}-{number}" if lawlike or block.kind.endswith("muc") else number)
            case _:
                inner = number.rsplit("-", 1)[-1] if parent.kind in {"item", "khoan", "subitem"} else number
                kind, step = "subitem", under + inner
        return kind, step

    def _count(self, parent: _Open, name: str) -> str:
        parent.counters[name] = parent.counters.get(name, 0) + 1
        return f"{name}{parent.counters[name]}"

    # ---------------------------------------------------------------------------------------------- unlabelled

    def _unlabelled(self, at: int, block: Block) -> tuple[str, str, str | None, str]:
        parent = self._holder(at, block)
        name = "bang-" if block.kind == "table" else "p"
        step = self._count(parent, name)
        under = f"{parent.path}." if parent.path else ""
        return block.kind, self._unique(under + step), parent.path or None, ""

    def _holder(self, at: int, block: Block) -> _Open:
        """Return the part that an unnumbered paragraph belongs to: it never hangs on a dash."""
        words = block.words
        if block.zone == "notes":
            return self.top
        if words and not words[0].inside and self._closes(words[0].plain) and self._last_words(at):
            self.open.clear()
            return self.zone
        for each in reversed(self.open):
            if each.kind == "dash" and not each.ends.endswith(":"):
                continue
            if each.kind in {"letter", "diem"} and not self._stays(at, each):
                continue
            return each
        return self.zone

    def _closes(self, text: str) -> bool:
        """Whether ``text`` is the formula that ends a document; an article on its force is no such formula."""
        lawlike = any(each.kind == "dieu" for each in self.open)
        return bool((_ADOPTED if lawlike else _CLOSING).match(text))

    def _stays(self, at: int, letter: _Open) -> bool:
        """A paragraph after a point belongs to it when the point announced it or another point follows."""
        if letter.ends.endswith((":", ";")):
            return True
        for block in self.blocks[at + 1 : at + 40]:
            if block.label is not None:
                return block.kind in {"letter", "dash"}
        return False

    def _last_words(self, at: int) -> bool:
        """Whether nothing but signatures, annexes or the end of the file follows."""
        following = [block for block in self.blocks[at + 1 : at + 4] if block.words and block.kind != "matter"]
        return not following or following[0].kind in {*_SINGLE, "annex", "attachment"}

    def _unique(self, path: str) -> str:
        """Return ``path``, with a suffix when the printed number repeats."""
        if path not in self.taken:
            self.taken.add(path)
            return path
        count = self.repeats.get(path, 1)
        while (candidate := f"{path}--{count + 1}") in self.taken:
            count += 1
        self.repeats[path] = count + 1
        self.taken.add(candidate)
        return candidate


def counts(parts: tuple[Part, ...]) -> dict[str, int]:
    """Return how many chapters, sections of them, articles, clauses and points a text holds."""
    kinds = [part.kind for part in parts]
    return {kind: kinds.count(kind) for kind in ("chuong", "muc", "dieu", "khoan", "diem")}


def gaps(parts: tuple[Part, ...]) -> list[Warned]:
    """Return a warning for every jump in the numbering of articles."""
    found: list[Warned] = []
    last: dict[str, int] = {}
    for part in parts:
        if part.kind != "dieu":
            continue
        zone = part.path.rsplit("dieu-", 1)[0]
        number = int(re.sub(r"\D", "", part.label)[:6] or 0)
        before = last.get(zone)
        if before is not None and number > before + 1:
            found.append(("structure-article-gap", {"before": str(before), "after": str(number)}))
        last[zone] = number
    return found
