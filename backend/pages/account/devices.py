"""Where a member is signed in, and signing those devices out."""

from litestar import Response
from litestar.params import FromPath

from backend.accounts import sessions
from backend.door import cookies
from backend.door.visit import reader_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other

DONE = ("device-ended", "devices-ended")


@page_at("/account/devices")
async def shown(request: AnyRequest) -> Page:
    """This device first, then the others."""
    found = await sessions.devices_of(reader_of(request))
    return forms.fresh(request, "account/devices.html", DONE, devices=found)


@form_at("/account/devices/{id:str}/end")
async def end(request: AnyRequest, id: FromPath[str]) -> Response[bytes]:
    """Sign one device out; with this one, one is out oneself."""
    reader = reader_of(request)
    await sessions.end(reader, id)
    if id == reader.session_id:
        return see_other("/", cookies=[cookies.no_session()])
    return see_other("/account/devices?done=device-ended")


@form_at("/account/devices/end-others")
async def end_others(request: AnyRequest) -> Response[bytes]:
    """Sign all other devices out."""
    reader = reader_of(request)
    await sessions.end_all(reader.member_id, but=reader.session_id)
    return see_other("/account/devices?done=devices-ended")
