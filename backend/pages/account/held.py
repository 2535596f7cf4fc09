"""What is held about a member: the file with all of it, asking for erasure, and consents."""

from typing import Any

import msgspec
from litestar import Response

from backend.accounts import consents, privacy
from backend.door.visit import reader_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import InvalidError, RuleError

DATA = "account/data.html"
CONSENT = "account/consent.html"
FILE_NAME = "so-tay.json"


@page_at("/account/data")
async def data(request: AnyRequest) -> Page:
    """What can be done about one's data."""
    return forms.fresh(request, DATA, ("erasure-asked", "erasure-withdrawn"), **await _asked(request))


@page_at("/account/data/file")
async def file(request: AnyRequest) -> Response[bytes]:
    """Everything held about the reader, to be kept as a file."""
    found = await privacy.export(reader_of(request).member_id)
    return Response(
        msgspec.json.format(msgspec.json.encode(found), indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"},
    )


@form_at("/account/data/erasure")
async def ask_erasure(request: AnyRequest) -> Page | Response[bytes]:
    """Ask to be erased; a tick says that it is meant."""
    reader, typed = reader_of(request), await forms.read(request, "sure")
    try:
        if not typed["sure"]:
            raise InvalidError.of("sure", "pages-erasure-not-sure")
        await privacy.ask_erasure(reader.member_id)
    except RuleError as error:
        return forms.again(request, DATA, error, typed, **await _asked(request))
    return see_other("/account/data?done=erasure-asked")


@form_at("/account/data/erasure/withdrawal")
async def take_back_erasure(request: AnyRequest) -> Response[bytes]:
    """Wish to be kept after all."""
    await privacy.take_back_erasure(reader_of(request).member_id)
    return see_other("/account/data?done=erasure-withdrawn")


@page_at("/account/consent")
async def consent(request: AnyRequest) -> Page:
    """What is asked, and what was agreed to."""
    return forms.fresh(request, CONSENT, ("consent-given", "consent-withdrawn"), **await _agreed(request))


@form_at("/account/consent")
async def agree(request: AnyRequest) -> Page | Response[bytes]:
    """Agree to one purpose, or no longer."""
    reader, typed = reader_of(request), await forms.read(request, "name", "given")
    try:
        if typed["given"] == "yes":
            await consents.give(reader.member_id, typed["name"])
            return see_other("/account/consent?done=consent-given")
        await consents.withdraw(reader.member_id, typed["name"])
    except RuleError as error:
        return forms.again(request, CONSENT, error, typed, **await _agreed(request))
    return see_other("/account/consent?done=consent-withdrawn")


async def _asked(request: AnyRequest) -> dict[str, Any]:
    asked = await privacy.asked_at(reader_of(request).member_id)
    return {"erasure": {"asked_on": asked} if asked else None}


async def _agreed(request: AnyRequest) -> dict[str, Any]:
    given = await consents.given(reader_of(request).member_id)
    lines = [
        {"name": name, "given": name in given, "since": given[name].given_at if name in given else None}
        for name in consents.PURPOSES
    ]
    return {"consents": lines}
