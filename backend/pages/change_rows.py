"""A comparison as a page tells it: its size in words, and a row for each part that changed or stretch that did not."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from base.catalogue import say
from content.comparing import Change, Comparison, Place, Run

SHOWN_WORDS = 25
"""How many kept words are shown on either side of a change before the others are left out."""

LEFT_OUT_FROM = 60
"""Only so many kept words in a row are shortened."""

COUNTED = ("changed", "added", "removed", "moved", "renumbered")
"""What is counted aloud, in the order of saying it."""

UNNUMBERED = frozenset({"dash", "paragraph", "table"})
"""Kinds of parts whose place in a row says nothing: "formerly paragraph 3" is told only of those that moved."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Piece:
    """Words of one kind (kept, removed, added), ``lead`` the blank before them; or, left out, how many there are."""

    kind: str
    lead: str
    text: str
    count: int = 0


@dataclass(frozen=True)
class Link:
    """Where a part is read in one edition (0: in what is still a draft), and how it is quoted there."""

    ordinal: int
    href: str
    name: str


Linked = Callable[[Change], tuple[Link, ...]]
"""Where what changed can be read, before and after."""


@dataclass(frozen=True)
class Row:
    """A part that changed, with those nested in it that came or went with it; or ``unchanged`` parts in a row.

    ``context`` is the heading that it stands under, empty when the row before stands there too; ``was`` how it was
    quoted before, where that is another way.
    """

    unchanged: int = 0
    kind: str = ""
    name: str = ""
    context: str = ""
    was: str = ""
    links: tuple[Link, ...] = ()
    pieces: tuple[Piece, ...] = ()
    nested: list[tuple[str, tuple[Piece, ...]]] = field(default_factory=list)


def size(comparison: Comparison, language: str) -> str:
    """How much changed, in a sentence; empty when nothing did."""
    counts = [(kind, getattr(comparison.counts, kind)) for kind in COUNTED]
    said = [
        say("changes-counted", language, kind=kind, count=count, place="later" if at else "first")
        for at, (kind, count) in enumerate((kind, count) for kind, count in counts if count)
    ]
    if not said:
        return ""
    sentence = say(
        "changes-size", language, counts=", ".join(said), share=_share(comparison), percent=str(comparison.percent)
    )
    return sentence[0].upper() + sentence[1:]


def rows(comparison: Comparison, linked: Linked) -> list[Row]:
    """The rows in reading order."""
    made: list[Row] = []
    context = ""
    inside: set[str] = set()
    for change in comparison.changes:
        if change.kind == "unchanged":
            made[-1:] = _one_more_unchanged(made)
        elif made and change.kind == made[-1].kind and change.crumbs and change.crumbs[-1].path in inside:
            made[-1].nested.append((change.place.label, _pieces(change.runs)))
            inside.add(change.place.path)
        else:
            under = _context(change)
            made.append(_row(change, linked(change), "" if under == context else under))
            context, inside = under, {change.place.path} if change.kind in ("added", "removed") else set()
    return made


def _one_more_unchanged(made: list[Row]) -> list[Row]:
    last = made[-1:]
    return [Row(unchanged=last[0].unchanged + 1)] if last and last[0].unchanged else [*last, Row(unchanged=1)]


def in_editions(slug: str, older: int, newer: int) -> Linked:
    """Links into two editions that were issued."""

    def linked(change: Change) -> tuple[Link, ...]:
        return (*link(change.old, change.part, slug, older), *link(change.new, change.part, slug, newer))

    return linked


def link(place: Place | None, part: str, slug: str, ordinal: int) -> tuple[Link, ...]:
    """Where a part of this kind stands in an edition that was issued; nothing where it does not."""
    if place is None:
        return ()
    return (Link(ordinal, f"/documents/{slug}/editions/{ordinal}{_fragment(place, part)}", named(place)),)


def named(place: Place) -> str:
    """How a part is quoted, at the beginning of a line."""
    return place.name[:1].upper() + place.name[1:]


def _row(change: Change, links: tuple[Link, ...], context: str) -> Row:
    return Row(
        kind=change.kind if change.kind != "changed" or not change.shift else f"{change.shift}-changed",
        name=named(change.place),
        context=context,
        was=_was(change),
        links=links,
        pieces=tuple(_pieces(change.runs)),
    )


def _was(change: Change) -> str:
    if change.old is None or change.new is None or change.old.name == change.new.name:
        return ""
    return change.old.name if change.shift or change.part not in UNNUMBERED else ""


def _context(change: Change) -> str:
    """The innermost heading above the part, with its number."""
    headed = next((crumb for crumb in reversed(change.crumbs) if crumb.heading), None)
    return f"{headed.label} {headed.heading}".strip() if headed else ""


def _fragment(place: Place, part: str) -> str:
    """The part's own place on the page, which the head of the paper has not."""
    return "" if part == "head" else f"#{place.path}"


def _share(comparison: Comparison) -> str:
    if comparison.words_added or comparison.words_removed:
        return "some" if comparison.percent else "little"
    return "signs" if comparison.counts.changed else "none"


def _pieces(runs: tuple[Run, ...]) -> tuple[Piece, ...]:
    return tuple(_of_runs(runs))


def _of_runs(runs: tuple[Run, ...]) -> Iterable[Piece]:
    for at, run in enumerate(runs):
        if run.kind == "kept":
            yield from _shortened(run.text, is_first=at == 0, is_last=at == len(runs) - 1)
        else:
            yield _piece(run.kind, run.text)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """Kept words; of many only those next to a change (or the first, where nothing differs)."""
    words = list(_WORD.finditer(text))
    if len(words) <= LEFT_OUT_FROM:
        yield _piece("kept", text)
        return
    begin = 0 if is_first and not is_last else SHOWN_WORDS
    end = len(words) if is_last else len(words) - SHOWN_WORDS
    if begin:
        yield _piece("kept", text[: words[begin - 1].end()])
    yield Piece("left-out", " ", "", end - begin)
    if end < len(words):
        yield _piece("kept", text[words[end - 1].end() :])


def _piece(kind: str, text: str) -> Piece:
    bare = text.lstrip()
    return Piece(kind, text[: len(text) - len(bare)], bare)
