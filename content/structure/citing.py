"""How a part is quoted: "điểm a khoản 2 Điều 3 Quy định 399-QĐ/TW", "mục III.2 Nghị quyết 57-NQ/TW"."""

from collections import Counter
from collections.abc import Callable, Iterable

from content.structure.model import Part

_OPENING = {
    "head": "phần đầu", "preamble": "phần căn cứ", "signature": "phần ký", "recipients": "phần nơi nhận",
    "matter": "",
}  # fmt: skip
_LARGE = frozenset({"phan", "chuong", "muc", "tieu-muc"})
_OUTLINE = frozenset({"section", "item", "subitem"})


def quotation(parts: Iterable[Part], path: str, *, number: str, type: str) -> str:
    """Return the customary quotation of the part at ``path``.

    ``number`` and ``type`` name the document, as in its head. A part without a number of its own is counted within
    its nearest numbered ancestor. Raises KeyError when no part has this path.
    """
    by_path = {part.path: part for part in parts}
    chain = _chain(by_path, by_path[path])
    document = " ".join(word for word in (type, number) if word)
    return " ".join(word for word in (*_steps(chain, lambda part: _place(part, by_path)), document) if word)


def quotations(parts: Iterable[Part]) -> dict[str, str]:
    """Return how each part is quoted within its document, by path: ``khoản 2 Điều 3``."""
    by_path = {part.path: part for part in parts}
    places = _places(by_path.values())
    return {
        path: " ".join(filter(None, _steps(_chain(by_path, part), lambda each: places[each.path])))
        for path, part in by_path.items()
    }


def _chain(by_path: dict[str, Part], part: Part) -> list[Part]:
    """Return the part and its ancestors, innermost first."""
    chain = [part]
    while chain[-1].parent in by_path:
        chain.append(by_path[chain[-1].parent or ""])
    return chain


def _steps(chain: list[Part], place: Callable[[Part], int]) -> list[str]:
    """Return the words for each step; ``place`` tells the place of a part that bears no number."""
    steps: list[str] = []
    at = 0
    while at < len(chain):
        part = chain[at]
        if part.kind in _LARGE and at > 0 and any(each.kind == "dieu" for each in chain[:at]):
            at += 1
            continue
        if part.kind in _OUTLINE:
            run = [each for each in chain[at:] if each.kind in _OUTLINE]
            steps.append(f"mục {_outline_number(run)}")
            at += len(run)
            continue
        steps.append(_step(part, place))
        at += 1
    return steps


def _outline_number(run: list[Part]) -> str:
    """Join section and items: III and 2 make III.2; 1.1 already holds its item."""
    number = ""
    for part in run:
        number = f"{part.label}.{number}" if number else part.label
        if part.kind == "subitem" and "." in part.label:
            section = next((each.label for each in run if each.kind == "section"), "")
            return f"{section}.{number}" if section else number
    return number


def _step(part: Part, place: Callable[[Part], int]) -> str:
    match part.kind:
        case "khoan" | "diem" | "letter":
            return f"{'khoản' if part.kind == 'khoan' else 'điểm'} {part.label}"
        case "dash" | "paragraph" | "table":
            name = {"dash": "gạch đầu dòng thứ", "paragraph": "đoạn", "table": "bảng"}[part.kind]
            return f"{name} {place(part)}"
        case "phan" if len(part.label) == 1:
            return f"phần {part.label}"
        case "annex":
            return _named(part.label) or part.heading or "phần kèm theo"
    return _OPENING.get(part.kind, _named(part.label))


def _named(label: str) -> str:
    """Return a label with its first words in small letters: ``CHƯƠNG II`` is quoted as Chương II."""
    name, _, number = label.rpartition(" ")
    return f"{name.capitalize()} {number}" if name else label.capitalize() if len(label) > 4 else label


def _place(part: Part, by_path: dict[str, Part]) -> int:
    """Return how many parts of its kind there are up to this one under the same parent."""
    return sum(
        1
        for each in by_path.values()
        if each.parent == part.parent and each.kind == part.kind and each.position <= part.position
    )


def _places(parts: Iterable[Part]) -> dict[str, int]:
    """Return the same for all parts at once, by path."""
    seen: Counter[tuple[str | None, str]] = Counter()
    places = {}
    for part in sorted(parts, key=lambda each: each.position):
        seen[part.parent, part.kind] += 1
        places[part.path] = seen[part.parent, part.kind]
    return places
