"""To whom something is addressed, and how many that is, in words; for the desk only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from backend.accounts import actors, units
from backend.accounts.forest import Forest
from backend.accounts.reaching import Reach, reach
from backend.pages.views import name_of, role_words
from base import clock
from base.catalogue import say
from content.collation import title_key

KINDS = ("public", "members", "org", "at", "role", "member")
"""Kinds of scopes, in the order in which they are told."""

AMONG_MANY = frozenset({"grassroots", "division", "cell", "group"})
"""Kinds of units of which many bear one name, so that it is told where they stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A scope in words; ``place`` is the unit above, where the name alone may mean several."""

    scope: str
    words: str
    place: str


async def lines(scopes: Iterable[str], language: str) -> list[Line]:
    """Each scope in words: those that reach all first, then units by name."""
    tree, wanted = await units.forest(), sorted(set(scopes))
    people = [scope.partition(":")[2] for scope in wanted if scope.startswith("member:")]
    names = await actors.names_of(people) if people else {}
    told = [_line(scope, tree, names, language) for scope in wanted]
    return sorted(told, key=lambda line: (_rank(line.scope), title_key(line.words), line.place))


async def unit_names(scopes: Iterable[str], language: str) -> list[str]:
    """What the units of ``org:`` and ``at:`` scopes are called, in the order of their names."""
    tree = await units.forest()
    found = [int(id) for kind, _, id in (scope.partition(":") for scope in scopes) if kind in ("org", "at")]
    return sorted((name_of(tree[unit], language) for unit in found), key=title_key)


async def reach_words(scopes: Collection[str], language: str) -> str:
    """How many members they reach, as a sentence; that nobody is chosen when there is none."""
    return told(await reach(scopes), language) if scopes else say("audience-reach-none", language)


def told(found: Reach, language: str) -> str:
    """A reach as a sentence."""
    key = "public" if found.is_public else "members" if found.members else "nobody"
    return say(f"audience-reach-{key}", language, members=found.members, units=found.units)


def _line(scope: str, tree: Forest, names: dict[str, str], language: str) -> Line:
    kind, _, rest = scope.partition(":")
    if scope in ("public", "members"):
        return Line(scope, say(f"audience-{scope}", language), "")
    if kind == "member":
        name = names.get(rest)
        return Line(scope, say("audience-member" if name else "audience-somebody", language, name=name or ""), "")
    role, _, place = rest.rpartition("@")
    if not place.isdecimal() or int(place) not in tree or kind not in KINDS:
        return Line(scope, say("audience-unknown", language), "")
    unit = int(place)
    values = {"unit": _called(unit, tree, language)}
    if kind == "role":
        return Line(scope, say("audience-role", language, role=role_words(role, language), **values), "")
    leaf = "-leaf" if kind == "org" and not tree.children(unit, clock.today()) else ""
    return Line(scope, say(f"audience-{kind}{leaf}", language, **values), _above(unit, tree, language))


def _called(unit: int, tree: Forest, language: str) -> str:
    """A unit's name, and what it has become."""
    now, name = tree.current(unit, clock.today()), name_of(tree[unit], language)
    if now != unit:
        return say("audience-unit-now", language, unit=name, now=name_of(tree[now], language))
    return say("audience-unit-over", language, unit=name) if tree[unit].ended(clock.today()) else name


def _above(unit: int, tree: Forest, language: str) -> str:
    above = tree.parent(unit, clock.today())
    return name_of(tree[above], language) if above is not None and tree[unit].kind in AMONG_MANY else ""


def _rank(scope: str) -> int:
    kind = scope.partition(":")[0]
    return KINDS.index(kind) if kind in KINDS else len(KINDS)
