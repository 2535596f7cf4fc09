"""Setting and changing a password, for phones that cannot keep a passkey."""

from typing import Any

from litestar import Response

from backend.accounts import passwords
from backend.accounts.sessions import STRONG
from backend.door.visit import reader_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import RuleError

PASSWORD = "account/password.html"  # noqa: S105
AFTERWARDS = "/account?done=password-set"


@page_at("/account/password")
async def shown(request: AnyRequest) -> Page:
    """The form; the current password is asked of whoever signed in with it."""
    onward = links.inside(request.query_params.get("next"), AFTERWARDS)
    return forms.fresh(request, PASSWORD, next=onward, **await _facts(request))


@form_at("/account/password")
async def choose(request: AnyRequest) -> Page | Response[bytes]:
    """Keep the new password; other devices are signed out."""
    reader = reader_of(request)
    form = await request.form()
    current, password = (str(form.get(name) or "")[: passwords.LONGEST * 4] for name in ("current", "password"))
    onward = links.inside(str(form.get("next") or ""), AFTERWARDS)
    try:
        await passwords.choose(reader, password, current=current)
    except RuleError as error:
        return forms.again(request, PASSWORD, error, {}, next=onward, **await _facts(request))
    return see_other(onward)


async def _facts(request: AnyRequest) -> dict[str, Any]:
    reader = reader_of(request)
    has = await passwords.exists(reader.member_id)
    ask = has and reader.method not in {*STRONG, "code"}
    return {"has_password": has, "ask_current": ask, "least": passwords.SHORTEST}
