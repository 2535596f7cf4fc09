"""Which parts of an edition a quotation means: first as it is customarily quoted, then with levels left out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from content.folding import fold
from content.quotations.model import Step
from content.quotations.steps import bare
from content.structure import Part

Steps = tuple[Step, ...]

MOST = 12
"""Most parts that one quotation is taken to mean."""

_OUTLINE = frozenset({"section", "item", "subitem"})
_LARGE = frozenset({"phan", "chuong", "muc", "tieu-muc"})
_COUNTED = {"dash": "gach", "paragraph": "doan", "table": "bang"}
_INWARDS = ("annex", "phan", "chuong", "muc", "tieu-muc", "dieu", "khoan", "diem", "gach", "doan", "bang")
_RANKS = {kind: rank for rank, kind in enumerate(_INWARDS)}
_ALIKE = frozenset({"khoan", "diem", "muc"})
"""Kinds that people mix up where a text numbers without naming its levels."""

HEADING_CHARS = 8
"""A title shorter than this is not looked for among the words of a quotation."""


class Places:
    """The parts of one edition by what they are called."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._called: dict[str, Steps] = {}
        self._whole: dict[str, Steps] = {}
        self._exact: dict[Steps, list[str]] = defaultdict(list)
        self._by_step: dict[str, list[str]] = defaultdict(list)
        self._titles: list[tuple[str, Step]] = []
        by_path: dict[str, Part] = {}
        counters: Counter[tuple[str | None, str]] = Counter()
        for part in parts:
            by_path[part.path] = part
            counters[part.parent, part.kind] += 1
            if part.kind != "matter":
                self._add(part, list(_chain(by_path, part)), counters[part.parent, part.kind])

    def find(self, groups: Sequence[Steps], *, words: str = "", near: str = "", around: str = "") -> list[str]:
        """The paths that the quotation means, at most MOST.

        ``words`` is all of its text, folded: an annex without a number is quoted by its title. ``near`` is the path of
        the part in which it stands, ``around`` the kind of the part around that which it calls its own.
        """
        titles = [(step,) for title, step in self._titles if title in words]
        orders = [order for order in _orders(groups) if order or titles or around]
        further = [*self._outwards(near, around), *titles]
        for order, more in product(orders, further):
            if order + more in self._exact:
                return self._exact[order + more][:MOST]
        if around:
            return []
        fits = (self._exactly, self._nested, self._mixed)
        return next((paths[:MOST] for fit, order in product(fits, orders) if (paths := fit(order))), [])

    def called(self, path: str) -> Steps:
        """What a part is called, from the inside out."""
        return self._called.get(path, ())

    def _add(self, part: Part, chain: list[Part], place: int) -> None:
        whole = list(_named(chain, place))
        lawlike = any(each.kind == "dieu" for each in chain)
        called = tuple(step for each, step in whole if not (lawlike and each in _LARGE))
        self._called[part.path] = called
        self._whole[part.path] = tuple(step for _, step in whole)
        self._exact[called].append(part.path)
        self._by_step[called[0].key].append(part.path)
        title = fold(" ".join(part.heading.split()))
        if part.kind == "annex" and not part.label and len(title) >= HEADING_CHARS:
            self._titles.append((title, called[0]))

    def _outwards(self, near: str, around: str) -> Iterator[Steps]:
        """What the parts around ``near`` are called, innermost first; only those of the kind ``around``."""
        called = self.called(near)
        for at, step in enumerate(called):
            if not around or step.kind == around or (around == "phu-luc" and step.kind == "annex"):
                yield called[at:]

    def _exactly(self, order: Steps) -> list[str]:
        return self._exact.get(order, [])

    def _nested(self, order: Steps) -> list[str]:
        """Parts of that name somewhere within the others."""
        if not order:
            return []
        return [path for path in self._by_step.get(order[0].key, ()) if _within(order, self._whole[path], _same)]

    def _mixed(self, order: Steps) -> list[str]:
        """The same, where khoản, điểm and mục may stand for one another, and Phần II for mục II."""
        if not order:
            return []
        keys = {order[0].key, _roman(order[0]), f"{order[0].key}{order[0].key}"}
        paths = [path for key in keys for path in self._by_step.get(key, ())]
        return [path for path in paths if _within(order, self._whole[path], _alike)]


def _orders(groups: Sequence[Steps]) -> list[Steps]:
    """The steps from the inside out: as they were written, from the other end, and by rank."""
    written = [step for group in groups for step in group]
    turned = [step for group in reversed(groups) for step in group]
    ranked = sorted(turned, key=lambda step: -_RANKS.get(step.kind, 0))
    return list(dict.fromkeys((tuple(written), tuple(turned), tuple(ranked))))


def _within(order: Steps, whole: Steps, fits: Callable[[Step, Step], bool]) -> bool:
    """Whether the part itself is the first step and the others lie around it in that order."""
    if not whole or not fits(order[0], whole[0]):
        return False
    rest = iter(whole[1:])
    return all(any(fits(step, each) for each in rest) for step in order[1:])


def _same(step: Step, other: Step) -> bool:
    return step == other


def _alike(step: Step, other: Step) -> bool:
    if step == other:
        return True
    if step.kind == "phan" and other.kind == "muc":
        return _roman(step) == other.key
    doubled = step.key == "d" and other.key == "dd"
    return step.kind in _ALIKE and other.kind in _ALIKE and (step.key == other.key or doubled)


def _roman(step: Step) -> str:
    """The small roman numeral of a step that is counted, up to xxx."""
    if not step.key.isdecimal() or not 0 < (value := int(step.key)) <= 30:
        return ""
    return "x" * (value // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]


def _chain(by_path: dict[str, Part], part: Part) -> Iterator[Part]:
    """The part and those around it, innermost first."""
    yield part
    while part.parent in by_path:
        part = by_path[part.parent or ""]
        yield part


def _named(chain: list[Part], place: int) -> Iterator[tuple[str, Step]]:
    """Each level of a part with its kind; an outline's levels become one step for each number (II.3.1)."""
    at = 0
    while at < len(chain):
        part = chain[at]
        if part.kind in _OUTLINE:
            run = [each for each in chain[at:] if each.kind in _OUTLINE]
            for number in _outline(run):
                yield "outline", Step("muc", number)
            at += len(run)
            continue
        yield part.kind, _step(part, place if at == 0 else 0)
        at += 1


def _outline(run: list[Part]) -> Iterator[str]:
    for part in run:
        pieces = part.label.split(".")
        yield from (bare(piece) for piece in reversed(pieces))
        if part.kind == "subitem" and len(pieces) > 1:
            yield from (bare(each.label) for each in run if each.kind == "section")
            return


def _step(part: Part, place: int) -> Step:
    own = part.path.rpartition(".")[2].partition("--")[0]
    match part.kind:
        case "dash" | "paragraph" | "table":
            return Step(_COUNTED[part.kind], str(place) if place else own.lstrip("abgnp-"))
        case "head" | "preamble" | "signature" | "recipients":
            return Step(part.kind, "")
        case "annex":
            return Step("annex", own)
        case "letter":
            return Step("diem", bare(part.label))
        case "phan" | "chuong" | "tieu-muc":
            return Step(part.kind, own.removeprefix(f"{part.kind}-"))
    return Step(part.kind, bare(part.label.rpartition(" ")[2]))
