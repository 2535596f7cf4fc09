"""The numbers that a browser prints before the items of a list."""

import re

from selectolax.lexbor import LexborNode

from content.files.counting import written

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.I)
_LARGEST = 9


class Marks:
    """The marks of one list, asked for item by item."""

    def __init__(self, node: LexborNode) -> None:
        said = node.attributes
        self._marked = not _UNMARKED.search(said.get("style") or "")
        self._form = _FORMS.get(said.get("type") or "1", "decimal") if node.tag == "ol" else ""
        self._step = -1 if "reversed" in said else 1
        items = sum(each.tag == "li" for each in node.iter())
        self._next = _whole(said.get("start"), items if self._step < 0 else 1)

    def mark(self, stated: str | None) -> str:
        """The mark of the next item, which may state its own number, and the space after it."""
        if not self._marked:
            return ""
        if not self._form:
            return "- "
        value = _whole(stated, self._next)
        self._next = value + self._step
        return f"{written(value, self._form) or value}. "


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"-?[0-9]+", said) and len(said) <= _LARGEST else otherwise
