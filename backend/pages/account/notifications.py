"""Being told of what is new: on this phone or not, of what and how often, when not at all, and how much one follows."""

from typing import Any, Final
from uuid import UUID

from litestar import Response

from backend.accounts import notifying
from backend.door.visit import reader_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base import database
from base.errors import FieldError, InvalidError, RuleError
from content import following
from notifications import choosing
from notifications.quiet import USUAL, Window

PATH: Final = "/account/notifications"
TEMPLATE: Final = "account/notifications.html"
DONE = ("notices-chosen",)
CAME = ("accepted", "later", "refused", "gone", "none")
"""What may have come of a test."""

HOUR: Final = 60
TIME_WRONG: Final = "notice-time-wrong"


@page_at(PATH)
async def shown(request: AnyRequest) -> Page:
    """How the reader is told, as far as the server knows; the page itself finds out about the phone."""
    reader = reader_of(request)
    return forms.fresh(request, TEMPLATE, DONE, **await _context(request), values=await _chosen(reader.member_id))


@form_at(PATH)
async def choose(request: AnyRequest) -> Page | Response[bytes]:
    """How to be told of each sort, and when not: all of it, or nothing where something is wrong."""
    reader, typed = reader_of(request), await forms.read(request, *choosing.USUALLY, "quiet", "begins", "ends")
    try:
        await _keep(reader.member_id, typed)
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, **await _context(request))
    return see_other(f"{PATH}?done=notices-chosen")


@form_at(f"{PATH}/test")
async def test(request: AnyRequest) -> Page | Response[bytes]:
    """Send a test to this device, and say what came of it."""
    reader = reader_of(request)
    try:
        came = await notifying.try_here(reader) or "none"
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, await _chosen(reader.member_id), **await _context(request))
    return see_other(f"{PATH}?came={came}")


async def _context(request: AnyRequest) -> dict[str, Any]:
    reader = reader_of(request)
    came = request.query_params.get("came", "")
    return {
        "push_key": notifying.push_key(),
        "here": (await notifying.here(reader)).get("webpush"),
        "came": came if came in CAME else "",
        "sorts": tuple(choosing.USUALLY),
        "usual": {"begins": _time(USUAL.begins), "ends": _time(USUAL.ends)},
        "follows": len(await following.followed(reader.member_id, scopes=reader.scopes)),
    }


async def _chosen(member: UUID) -> dict[str, str]:
    """What the form shows before anything is typed."""
    window = await choosing.window(member)
    times = {"begins": _time(window.begins), "ends": _time(window.ends)}
    return {**await choosing.chosen(member), "quiet": "1" if window.is_on else "", **times}


async def _keep(member: UUID, typed: dict[str, str]) -> None:
    begins, ends = _times(typed)
    async with database.transaction():
        for sort in choosing.USUALLY:
            await choosing.choose(member, sort, typed[sort])
        await choosing.keep_quiet(member, Window(bool(typed["quiet"]), begins, ends))


def _times(typed: dict[str, str]) -> tuple[int, int]:
    """Both ends of the window in minutes of the day; everything that is wrong with them is told at once."""
    begins, ends = _minute(typed, "begins"), _minute(typed, "ends")
    if begins is None or ends is None:
        wrong = [name for name, minute in (("begins", begins), ("ends", ends)) if minute is None]
        raise InvalidError(TIME_WRONG, fields=tuple(FieldError(name, TIME_WRONG, {}) for name in wrong))
    return begins, ends


def _minute(typed: dict[str, str], field: str) -> int | None:
    """What was typed as a time, None for anything else; what nobody typed while it is off is as usual."""
    if not typed[field] and not typed["quiet"]:
        return int(getattr(USUAL, field))
    told = forms.time_of(typed[field])
    return told.hour * HOUR + told.minute if told else None


def _time(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"
