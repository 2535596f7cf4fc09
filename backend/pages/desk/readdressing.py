"""Correcting whom an issued document is addressed to: the choice, then who gains and who loses it, then the act."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import reaching
from backend.door.visit import visit_of
from backend.pages import audience_words, forms
from backend.pages.answer import Page
from backend.pages.desk import addressing, overseeing
from backend.pages.desk.issued import LONGEST_REASON
from backend.pages.desk.overseeing import Opened
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base.errors import InvalidError, NotFoundError, RuleError
from content import publishing
from content.publishing import ReaddressedError

FORM = "desk/readdress.html"
PREVIEW = "desk/readdress_preview.html"


@page_at("/desk/documents/{slug:str}/audience")
async def shown(request: AnyRequest, slug: FromPath[str]) -> Page:
    """The audience as it is, to be corrected."""
    desk = await _opened(request, slug)
    return forms.fresh(request, FORM, **await _asked(request, desk, {}))


@form_at("/desk/documents/{slug:str}/audience")
async def change(request: AnyRequest, slug: FromPath[str]) -> Page | Response[bytes]:
    """Show what the change would mean or, when that was confirmed, do it. The same again changes nothing."""
    desk = await _opened(request, slug)
    typed = await forms.read(request, "reason", "seen", "confirmed", "back", length=LONGEST_REASON)
    typed |= await addressing.read(request)
    if addressing.is_step(typed) or typed["back"]:
        return forms.fresh(request, FORM, values=typed, **await _asked(request, desk, typed))
    try:
        wanted = await _wanted(request, desk, typed)
        if typed["confirmed"]:
            await publishing.set_audience(
                desk.dossier.document.id, wanted, by=desk.by, reason=typed["reason"], seen=typed["seen"]
            )
            return see_other(f"{desk.address}?done=document-readdressed")
        _check(desk, wanted, typed["seen"])
    except RuleError as error:
        is_late = isinstance(error, ReaddressedError)
        desk = await _opened(request, slug)
        return forms.again(request, FORM, error, typed, **await _asked(request, desk, typed, is_late=is_late))
    return personal(request, PREVIEW, **await _foreseen(request, desk, wanted, typed))


async def _opened(request: AnyRequest, slug: str) -> Opened:
    """The document, when there is still a text of it to be addressed to somebody."""
    desk = (await overseeing.opened(request, slug)).deciding()
    if not desk.dossier.is_read:
        raise NotFoundError
    return desk


async def _wanted(request: AnyRequest, desk: Opened, typed: Mapping[str, str]) -> frozenset[str]:
    """The audience that the form names, with a reason."""
    wanted = await addressing.chosen(request, typed, desk.dossier.audience)
    if not typed["reason"]:
        raise InvalidError.of("reason", "issued-reason-missing")
    return wanted


def _check(desk: Opened, wanted: frozenset[str], seen: str) -> None:
    """What set_audience will ask, before anybody is shown what it would mean."""
    if wanted == desk.dossier.audience:
        raise InvalidError.of(addressing.NAME, "issued-audience-same")
    if seen != desk.dossier.seen:
        raise ReaddressedError


async def _asked(
    request: AnyRequest, desk: Opened, typed: Mapping[str, str], *, is_late: bool = False
) -> dict[str, Any]:
    """What the form is given; when somebody was faster (``is_late``), also whom they chose, which then is seen."""
    dossier, language = desk.dossier, visit_of(request).language
    offer = await addressing.offer(
        request, dossier.audience, typed, recipients=dossier.recipients, owner_unit=dossier.owner_unit
    )
    return {
        **await overseeing.head(request, desk),
        "offer": offer,
        "seen": typed["seen"] if typed and not is_late else dossier.seen,
        "theirs": await audience_words.lines(dossier.audience, language) if is_late else None,
    }


async def _foreseen(
    request: AnyRequest, desk: Opened, wanted: frozenset[str], typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the page before the act is given: before and after, whom it gains and loses, and what to send again."""
    language, before = visit_of(request).language, desk.dossier.audience
    return {
        **await overseeing.head(request, desk),
        "before": await audience_words.lines(before, language),
        "before_reach": await audience_words.reach_words(before, language),
        "after": await audience_words.lines(wanted, language),
        "after_reach": await audience_words.reach_words(wanted, language),
        "shift": await reaching.shift(before, wanted),
        "reason": typed["reason"],
        "carried": [
            (addressing.NAME, " ".join(sorted(wanted))), (addressing.SENT, "1"), ("reason", typed["reason"]),
            ("seen", typed["seen"]),
        ],
    }  # fmt: skip
