"""What a member was told of: the inbox, the daily digest, and the way from a notification to its place."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.errors import status_of
from backend.notices import reading
from backend.notices.reading import Line, LostNoticeError
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at, personal, see_other
from base import clock
from base.catalogue import say

INBOX = "/notices"


@page_at(INBOX)
async def listed(request: AnyRequest) -> Page | Response[bytes]:
    """One page of the inbox; an old or mangled cursor begins anew."""
    reader = visit_of(request).reader
    if reader is None:
        return sign_in(request)
    language = visit_of(request).language
    found = await reading.page(reader, language, after=_after(request))
    more = links.with_query(INBOX, {"cursor": str(found.after)}) if found.after else None
    return await page(request, "notices.html", days=_by_day(found.lines, language), more=more)


@page_at(reading.DIGEST)
async def digest(request: AnyRequest) -> Page | Response[bytes]:
    """What the member takes once a day, since the digest before."""
    reader = visit_of(request).reader
    if reader is None:
        return sign_in(request)
    language = visit_of(request).language
    lines = await reading.digest(reader, language)
    return await page(request, "notices_digest.html", days=_by_day(lines, language))


@page_at("/notices/{id:uuid}")
async def opened(request: AnyRequest, id: FromPath[UUID]) -> Page | Response[bytes]:
    """Where a notification leads; a page in words for one that is not theirs, or not there any more."""
    reader = visit_of(request).reader
    if reader is None:
        return sign_in(request)
    try:
        return see_other(await reading.place(id, reader, visit_of(request).language))
    except LostNoticeError as error:
        return personal(request, "notices_lost.html", status_of(error))


def sign_in(request: AnyRequest) -> Response[bytes]:
    """Ask a visitor to sign in, and come back."""
    return see_other(links.with_query("/account/sign-in", {"next": links.here(request.scope)}))


def _after(request: AnyRequest) -> UUID | None:
    try:
        return UUID(request.query_params.get("cursor") or "")
    except ValueError:
        return None


def _by_day(lines: Iterable[Line], language: str) -> list[dict[str, Any]]:
    """The lines in their order under the days on which they came."""
    grouped = groupby(lines, key=lambda line: clock.local(line.owed_at).date())
    return [{"on": day, "words": _day(day, language), "lines": list(some)} for day, some in grouped]


def _day(day: date, language: str) -> str:
    near = {clock.today(): "today", clock.today() - timedelta(days=1): "yesterday"}.get(day)
    return say(f"notices-{near}", language) if near else f"{day:%d/%m/%Y}"
