"""One edition as it is compared: its parts in reading order, their words, and what is nested in what."""

from functools import cached_property

from content.comparing.model import Place
from content.comparing.words import Words, words_of
from content.fragments import Pieces
from content.rendering import printed_label
from content.rows import Crumb
from content.structure import Part
from content.structure.citing import quotations

LEFT_OUT = "matter"
"""The kind of part that belongs to the file and not to the text."""


class Side:
    """Parts are named by their place in ``parts``."""

    def __init__(self, pieces: Pieces) -> None:
        self.parts = [part for part in pieces.parts if part.kind != LEFT_OUT]
        self.anchors = [pieces.anchors[part.path] for part in self.parts]
        self.words: list[Words] = [words_of(part) for part in self.parts]
        at = {part.path: place for place, part in enumerate(self.parts)}
        self.parents = [None if part.parent is None else at.get(part.parent) for part in self.parts]

    @cached_property
    def count(self) -> int:
        """How many words it has."""
        return sum(words.count() for words in self.words)

    @cached_property
    def ends(self) -> list[int]:
        """For each part the last of those nested in it, or itself."""
        ends = list(range(len(self.parts)))
        for at in reversed(ends.copy()):
            parent = self.parents[at]
            if parent is not None:
                ends[parent] = max(ends[parent], ends[at])
        return ends

    def place(self, at: int) -> Place:
        """Where a part stands."""
        part = self.parts[at]
        name = self._names[part.path] or part.heading or part.path
        return Place(part.path, printed_label(part), part.heading, name)

    def crumbs(self, at: int) -> tuple[Crumb, ...]:
        """The parts around it, outermost first."""
        around: list[Crumb] = []
        parent = self.parents[at]
        while parent is not None:
            part: Part = self.parts[parent]
            around.insert(0, Crumb(part.path, printed_label(part), part.heading))
            parent = self.parents[parent]
        return tuple(around)

    @cached_property
    def _names(self) -> dict[str, str]:
        return quotations(self.parts)
