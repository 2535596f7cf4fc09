"""What the lines under "Nơi nhận" mean in the tree of units: proposed to whoever addresses a paper, never done by it.

What is not understood is told as such. The words are data (recipients.toml).
"""

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from backend.accounts.recipient_units import View, plain, rules
from backend.accounts.standing import forest
from base import clock

MOST = 200
"""Units that one line may name; for more it is better to name the one above them."""

NOTHING = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A recipient as printed, the scopes that it means (none: nobody here), and by which rule.

    ``why``: named, committee, kind, everyone; archive, text, outside (nobody is meant); unknown, ambiguous, none-below,
    too-many (a person must say who is meant).
    """

    line: str
    scopes: frozenset[str]
    why: str


async def propose(recipients: Iterable[str], *, owner_unit: int | None, on: date | None = None) -> list[Proposed]:
    """What each recipient means for a paper that ``owner_unit`` issues (None: the unit at the top) on that day."""
    tree, day = await forest(), on or clock.today()
    roots = tree.roots(day)
    owner = owner_unit if owner_unit is not None else roots[0] if len(roots) == 1 else None
    if owner is None or owner not in tree:
        return [Proposed(_tidy(line), NOTHING, "unknown") for line in recipients if _tidy(line)]
    view = View(tree, owner, day)
    return await asyncio.to_thread(lambda: [each for line in recipients for each in _of_line(line, view)])


def _of_line(line: str, view: View) -> Iterator[Proposed]:
    """A line's recipients one by one; the longest that is understood first, for names and kinds hold commas."""
    pieces = [piece for each in re.split("[,;]", _closed(line)) if (piece := _tidy(each))]
    held = list[Proposed]()
    while pieces:
        taken, found = _first(pieces, view)
        goes_on = found.why == "unknown" and pieces[0][0].islower()
        if goes_on and held and held[-1].why in ("outside", "unknown"):
            held[-1] = Proposed(f"{held[-1].line}, {found.line}", NOTHING, held[-1].why)
        else:
            held.append(found)
        pieces = pieces[taken:]
    yield from held


def _first(pieces: list[str], view: View) -> tuple[int, Proposed]:
    """How many of the pieces the first recipient takes, and what it means."""
    for taken in range(len(pieces), 1, -1):
        several = all(_kinds(plain(piece), "further")[0] for piece in pieces[1:taken])
        if found := _whole(", ".join(pieces[:taken]), view, several=several):
            return taken, found
    return 1, _whole(pieces[0], view) or _part(pieces[0], view)


def _whole(text: str, view: View, *, several: bool = True) -> Proposed | None:
    """What words mean that may hold commas: what is filed, names, ``several`` kinds; None for what is none of these."""
    words, nobody = plain(text), rules()["nobody"]
    for why in ("archive", "text"):
        if _begun(words, nobody[why]) is not None:
            return Proposed(text, NOTHING, why)
    found = _named(words, view) or (_of_kind(words, view) if several else None)
    return Proposed(text, *found) if found else None


def _part(text: str, view: View) -> Proposed:
    """What a single piece means, if anything."""
    words = plain(text)
    if found := _committee(words, view) or _everyone(words, view):
        return Proposed(text, *found)
    is_outside = _begun(words, rules()["nobody"]["outside"]) is not None
    return Proposed(text, NOTHING, "outside" if is_outside else "unknown")


def _named(words: str, view: View) -> tuple[frozenset[str], str] | None:
    """A unit by its name: with all below it when it stands below the issuer itself, else that unit only."""
    found = view.named(words)
    if len(found) > 1:
        return NOTHING, "ambiguous"
    return (frozenset({f"{'org' if view.is_below(found[0]) else 'at'}:{found[0]}"}), "named") if found else None


def _of_kind(words: str, view: View) -> tuple[frozenset[str], str] | None:
    """All units of some kinds below one: "các đảng uỷ xã, phường trực thuộc"."""
    rest = _begun(words, ("Tất cả các", "Toàn thể các", "Các"))
    if rest is None:
        return None
    kinds, called, rest = _kinds(rest)
    direct, base = _span(rest)
    unit = view.base(base)
    if not kinds or unit is None:
        return None
    if "all" in kinds or (kinds == {"cell"} and not direct):  # every member belongs to a cell
        return frozenset({f"org:{unit}"}), "everyone"
    below = _below(unit, kinds, called, view, direct=direct)
    if direct and below and set(below) == set(view.tree.children(unit, view.on)):
        return frozenset({f"org:{unit}"}), "everyone"
    if len(below) > MOST:
        return NOTHING, "too-many"
    return frozenset(f"org:{each}" for each in below), "kind" if below else "none-below"


def _kinds(words: str, also: str = "") -> tuple[set[str], str, str]:
    """The kinds that words begin with, what their names begin with ("" for anything), and the words that follow."""
    found: set[str] = set()
    called, tables = "", ("kinds", also) if also else ("kinds",)
    while True:
        offered = {short: written for table in tables for short, written in _phrases(table).items()}
        phrase = next((each for each in offered if words == each or words.startswith(each + " ")), None)
        if phrase is None:
            return found, called, words
        found.update({**rules()["kinds"], **rules()["further"]}[offered[phrase]])
        called = called or plain(rules()["called"].get(offered[phrase], ""))
        words, tables = words.removeprefix(phrase).strip().removeprefix("va "), ("kinds", "further")


@cache
def _phrases(table: str) -> dict[str, str]:
    """Plain words as they are written in the rules, the longest first."""
    return dict(sorted(((plain(words), words) for words in rules()[table]), key=lambda pair: -len(pair[0])))


def _span(words: str) -> tuple[bool, str]:
    """Whether only units directly below are meant, and the words that say below which."""
    for name, is_direct in (("direct", True), ("anywhere", False)):
        if (rest := _begun(words, rules()["span"][name])) is not None:
            return is_direct, rest
    return False, words


def _below(unit: int, kinds: set[str], called: str, view: View, *, direct: bool) -> list[int]:
    """Living units of the kinds below one, without those that stand below another of them."""
    tree, found = view.tree, list[int]()
    covered: set[int] = set()
    for each in tree.children(unit, view.on) if direct else tree.subtree(unit, view.on)[1:]:
        is_meant = tree[each].kind in kinds and tree[each].alive(view.on) and plain(tree[each].name).startswith(called)
        if tree.parent(each, view.on) in covered:
            covered.add(each)
        elif is_meant:
            covered.add(each)
            found.append(each)
    return found


def _committee(words: str, view: View) -> tuple[frozenset[str], str] | None:
    """People of a committee: its unit alone."""
    rest = _begun(words, rules()["committee"]["begins"])
    found = view.named(rest) if rest else []
    return (frozenset({f"at:{found[0]}"}), "committee") if len(found) == 1 else None


def _everyone(words: str, view: View) -> tuple[frozenset[str], str] | None:
    """All members of the issuer, or of the unit that is named."""
    rest = _begun(words, rules()["members"]["begins"])
    unit = None if rest is None else view.base(rest)
    return None if unit is None else (frozenset({f"org:{unit}"}), "everyone")


def _begun(words: str, beginnings: Iterable[str]) -> str | None:
    """What follows the longest of ``beginnings`` that words begin with; None when they begin with none."""
    for each in sorted(map(plain, beginnings), key=len, reverse=True):
        if words == each or words.startswith(each + " "):
            return words.removeprefix(each).strip()
    return None


def _closed(line: str) -> str:
    """A line without commas in its parentheses, which would part it."""
    return re.sub(r"\([^)]*\)?", lambda found: found[0].replace(",", " ").replace(";", " "), line)


def _tidy(text: str) -> str:
    return " ".join(text.strip(" \t\n-–—•*+.,;:/").split())
