"""The first page about oneself: name, unit, roles, and the ways on."""

from litestar import Response

from backend.accounts import notifying, passkeys, passwords, sessions
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page_at, see_other
from backend.pages.views import role_lines, unit_name

DONE = ("password-set",)


@page_at("/account")
async def shown(request: AnyRequest) -> Page | Response[bytes]:
    """About the reader; a visitor is asked to sign in."""
    reader = visit_of(request).reader
    if reader is None:
        return see_other("/account/sign-in?next=/account")
    language = visit_of(request).language
    return forms.fresh(
        request,
        "account/account.html",
        DONE,
        member={"name": reader.name, "unit_name": await unit_name(reader.unit, language)},
        roles=await role_lines(reader, language),
        sleeping=reader.sleeping,
        passkeys=len(await passkeys.passkeys_of(reader.member_id)),
        told_here=bool(await notifying.here(reader)),
        devices=len(await sessions.devices_of(reader)),
        has_password=await passwords.exists(reader.member_id),
    )
