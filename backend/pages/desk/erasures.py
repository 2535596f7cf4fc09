"""Members who asked that what is held about them be erased, and doing so."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import privacy
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk.administering import administrator
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import RuleError

ERASURES = "desk/erasures.html"


@page_at("/desk/erasures")
async def shown(request: AnyRequest) -> Page:
    """Who waits, longest first."""
    return forms.fresh(request, ERASURES, ("member-erased",), **await _waiting(request))


@form_at("/desk/erasures/{id:uuid}")
async def erase(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Erase a member who asked for it; it cannot be undone."""
    reader = await administrator(request)
    try:
        await privacy.erase(id, by=reader.member_id)
    except RuleError as error:
        return forms.again(request, ERASURES, error, {}, **await _waiting(request))
    return see_other("/desk/erasures?done=member-erased")


async def _waiting(request: AnyRequest) -> dict[str, Any]:
    return {"requests": await privacy.requests(by=(await administrator(request)).member_id)}
