"""Which part of an edition a point rests on: how the part is called, and what is meant by how somebody calls it."""

import re
from collections import Counter
from collections.abc import Iterator

from content import quotations, storing
from content.fragments import Pieces
from content.quotations import Places
from content.rendering import UNSHOWN
from content.structure import Part, normalise
from content.structure.citing import quotations as called

UNOFFERED = frozenset({"dash", "paragraph", "table", "signature", "recipients"})
"""Kinds that are not proposed for a point to rest on; who names one of them is understood all the same."""

_SECTION = re.compile(r"[ivxlc]{1,6}", re.I)
"""What alone is the number of a mục; a digit alone might be that of anything."""


class Names:
    """The parts of one edition by what they are called; of two that are called alike each goes by its path."""

    def __init__(self, pieces: Pieces) -> None:
        self._parts = [part for part in pieces.parts if part.kind not in UNSHOWN]
        self._by_anchor = {pieces.anchors[part.path]: part for part in self._parts}
        words = {path: name[:1].upper() + name[1:] for path, name in called(pieces.parts).items()}
        alike = Counter(_alike(words[part.path]) for part in self._parts)
        self._names = {
            part.path: words[part.path] if alike[_alike(words[part.path])] == 1 and words[part.path] else part.path
            for part in self._parts
        }
        self._paths = {_alike(name): path for path, name in self._names.items()}
        self._paths |= {part.path: part.path for part in self._parts}
        self._places = Places(self._parts)

    def part(self, anchor: str) -> Part | None:
        """The part that bears an anchor, if this edition shows it."""
        return self._by_anchor.get(anchor)

    def name(self, path: str) -> str:
        """What a part is called: ``Khoản 2 Điều 4``, ``Mục II.3``; "" for a path that is not here."""
        return self._names.get(path, "")

    def find(self, typed: str) -> list[str]:
        """The paths of the parts that are meant: one, several when it is not told which, none."""
        words = " ".join(typed.split())
        exact = self._paths.get(_alike(words))
        if exact:
            return [exact]
        read = quotations.read(f"mục {words}" if _SECTION.fullmatch(words) else words)
        return self._places.find(read.groups, words=read.words) if not read.paper.is_named else []

    def offered(self) -> Iterator[tuple[str, str]]:
        """Parts to choose from, in reading order: what each is called, and its heading."""
        for part in self._parts:
            if part.kind not in UNOFFERED and (part.label or part.heading):
                yield self._names[part.path], part.heading

    def seen(self, path: str) -> str:
        """What tells the text of a part, with all that is nested in it, from another."""
        return storing.digest_of(self.text(path))

    def text(self, path: str) -> str:
        """The text of a part with all that is nested in it, as it was written."""
        inside, text = {path}, ""
        for part in self._parts:
            if part.path in inside or part.parent in inside:
                inside.add(part.path)
                text += part.text
        return text


def _alike(name: str) -> str:
    """A name however its letters are composed and written large; đ and d stay two, as they number two points."""
    return normalise(name).casefold().strip()
