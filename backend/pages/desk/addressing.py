"""Whom something is addressed to, as a piece of a form: taking units in and out, with how many that reaches.

A page puts what ``read`` read and ``offer`` offers into its form, shows the form again after a step (``is_step``) and
takes what was ``chosen``. It works without JavaScript: every button sends the whole form.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.accounts import units
from backend.door.visit import reader_of, visit_of
from backend.pages import audience_words, forms
from backend.pages.audience_words import Line
from backend.pages.desk import choosing, proposing
from backend.pages.desk.choosing import ADDRESS
from backend.pages.desk.proposing import Tick
from backend.pages.shell import AnyRequest
from base import clock
from base.catalogue import say
from base.errors import InvalidError

Typed = Mapping[str, str]

NAME = "audience"
"""The field that carries the scopes chosen so far, with blanks between them; errors about them are told beside it."""

UNIT = "audience_unit"
SENT, ACT, BELOW, FIND = "audience_sent", "audience_act", "audience_below", "find"
FIELDS = (NAME, SENT, ACT, BELOW, FIND, *choosing.fields(UNIT), *proposing.FIELDS)
GENERAL = ("members", "public")
"""Audiences without a unit, which any editor or approver may name."""

TAKE = "take"
"""What the button sends that takes in the ticked proposals."""

TAKE_OUT = "out:"
"""What the button that takes a scope out sends, before the scope."""

LENGTH = 20_000
"""Characters taken of a field: some hundreds of units."""


@dataclass(frozen=True)
class Offer:
    """What the macro ``audience`` draws; ``below`` says whether units are taken with all below them.

    Without ``units`` the reader may only look.
    """

    scopes: str
    lines: list[Line]
    reach: str
    units: choosing.Offer | None
    below: bool
    general: Sequence[str]
    ticks: Sequence[Tick]
    errors: dict[str, str]
    foretold: Sequence[str]


async def read(request: AnyRequest) -> dict[str, str]:
    """What the piece sent; to be kept with what else the page's form sent."""
    return await forms.read(request, *FIELDS, length=LENGTH)


def settled(typed: Typed) -> dict[str, str]:
    """The same without what is being picked but was not taken in: all that something saved by itself takes."""
    return {**typed, **dict.fromkeys((*choosing.fields(UNIT), *proposing.FIELDS, ACT), "")}


def is_step(typed: Typed) -> bool:
    """Whether a button of the piece itself was pressed, so that the form is shown again and nothing is done yet."""
    return bool(typed.get(ACT)) or typed.get(FIND) == UNIT


async def offer(
    request: AnyRequest,
    scopes: Collection[str],
    typed: Typed | None = None,
    *,
    recipients: Sequence[str] = (),
    owner_unit: int | None = None,
    foretell: Callable[[Collection[str]], Awaitable[Sequence[str]]] | None = None,
) -> Offer:
    """The piece as it is shown: for something addressed to ``scopes``, or as it was ``typed``, one step on.

    What the step cannot do is told in ``errors``. ``recipients`` are the lines of a paper that ``owner_unit`` issues;
    ``foretell`` says what is to be said of telling those whom it is addressed to.
    """
    language, typed = visit_of(request).language, dict(typed or {})
    may_address = any(grant.role in ADDRESS.roles for grant in reader_of(request).roles)
    current, left, errors = await _stood(request, frozenset(scopes), typed if may_address else {})

    async def allowed(proposed: frozenset[str]) -> frozenset[str]:
        return (await _sorted_out(request, proposed, current))[0]

    lines = recipients if may_address else ()
    return Offer(
        scopes=" ".join(sorted(current)),
        lines=await audience_words.lines(current, language),
        reach=await audience_words.reach_words(current, language),
        units=await choosing.offer(request, left, UNIT, purpose=ADDRESS) if may_address else None,
        below=typed.get(BELOW) != "at",
        general=[each for each in GENERAL if each not in current],
        ticks=await proposing.ticks(lines, owner_unit, current, typed, allowed=allowed, language=language),
        errors=errors,
        foretold=await foretell(current) if foretell else (),
    )


async def chosen(
    request: AnyRequest, typed: Typed, kept: Collection[str] = (), *, required: bool = True
) -> frozenset[str]:
    """The scopes that the form names; InvalidError for units out of the reader's reach, and for none if ``required``.

    ``kept`` are those that it is addressed to already, and that stay whoever gave them. A unit that was picked but
    not taken in yet counts.
    """
    found = await _stepped(request, typed)
    if required and not found:
        raise InvalidError.of(NAME, "audience-missing")
    _, foreign = await _sorted_out(request, found, frozenset(kept))
    if foreign:
        raise InvalidError.of(NAME, "audience-foreign")
    return found


async def _stood(
    request: AnyRequest, given: frozenset[str], typed: Typed
) -> tuple[frozenset[str], Typed, dict[str, str]]:
    """The scopes after the step that was typed, what of the choice of a unit is left to show, and what went wrong."""
    language, errors, left = visit_of(request).language, dict[str, str](), typed if typed.get(FIND) == UNIT else {}
    if not typed.get(SENT):
        return given, left, errors
    current = _sent(typed)
    try:
        current = await _stepped(request, typed)
    except InvalidError as error:
        errors, left = {field.field: say(field.key, language, **field.values) for field in error.fields}, typed
    current, foreign = await _sorted_out(request, current, given)
    return current, left, errors | ({NAME: say("audience-foreign", language)} if foreign else {})


def _sent(typed: Typed) -> frozenset[str]:
    return frozenset(typed.get(NAME, "").split())


async def _stepped(request: AnyRequest, typed: Typed) -> frozenset[str]:
    """The scopes after what the form asks for; raises InvalidError when no unit, or not one, was named."""
    current, act = _sent(typed), typed.get(ACT, "")
    if typed.get(FIND) == UNIT:
        return current
    if act.startswith(TAKE_OUT):
        return current - {act.removeprefix(TAKE_OUT)}
    if act in GENERAL:
        return current | {act}
    taken = current | proposing.ticked(typed) if act in ("", TAKE) else current
    if act == TAKE and not proposing.ticked(typed):
        raise InvalidError.of(NAME, "audience-nothing-ticked")
    named = any(typed.get(field) for field in choosing.fields(UNIT)[:2])
    if act == "unit" or (named and not act):
        return taken | {await _unit(request, typed)}
    return taken


async def _unit(request: AnyRequest, typed: Typed) -> str:
    """The scope of the unit that was picked."""
    unit = await choosing.chosen(request, typed, UNIT, purpose=ADDRESS)
    scope = f"{'at' if typed.get(BELOW) == 'at' else 'org'}:{unit}"
    if not await _is_within_reach(request, scope):
        raise InvalidError.of(UNIT, "audience-unit-foreign")
    return scope


async def _sorted_out(
    request: AnyRequest, scopes: frozenset[str], kept: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Those that the reader may name, and those that they may not: not even how many these are is told."""
    own = {scope for scope in scopes if scope in kept or scope in GENERAL or await _is_within_reach(request, scope)}
    return frozenset(own), scopes - own


async def _is_within_reach(request: AnyRequest, scope: str) -> bool:
    """Whether it is a living unit for which the reader writes or approves."""
    kind, _, unit = scope.partition(":")
    tree, today = await units.forest(), clock.today()
    if kind not in ("org", "at") or not unit.isascii() or not unit.isdecimal() or len(unit) > 18:
        return False
    id = int(unit)
    if str(id) != unit or id not in tree or not tree[id].alive(today):
        return False
    return any(tree.reaches(top, id, today) for top in choosing.tops(request, ADDRESS))
