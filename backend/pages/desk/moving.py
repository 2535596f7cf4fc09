"""Giving an issued document another address; the one that it had goes on leading to it."""

from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import overseeing
from backend.pages.desk.overseeing import Opened
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import ForbiddenError, RuleError
from base.settings import settings
from content import naming, slugs

FORM = "desk/address.html"


@page_at("/desk/documents/{slug:str}/address")
async def shown(request: AnyRequest, slug: FromPath[str]) -> Page:
    """The address as it is, to be changed, and those that lead to it."""
    desk = await _opened(request, slug)
    return forms.fresh(request, FORM, **await _facts(request, desk))


@form_at("/desk/documents/{slug:str}/address")
async def change(request: AnyRequest, slug: FromPath[str]) -> Page | Response[bytes]:
    """Give it another address; the same again changes nothing."""
    desk = await _opened(request, slug)
    typed = await forms.read(request, "slug", "seen", length=slugs.LONGEST + 60)
    document = desk.dossier.document
    try:
        now = await slugs.change(document.id, typed["slug"], seen=typed["seen"], by=desk.by)
    except RuleError as error:
        context = await _facts(request, await _opened(request, slug))
        return forms.again(request, FORM, error, {**context.pop("values"), **typed}, **context)
    return see_other(f"/desk/documents/{now}?done=document-moved")


async def _opened(request: AnyRequest, slug: str) -> Opened:
    desk = await overseeing.opened(request, slug)
    if not desk.may_move:
        raise ForbiddenError
    return desk


async def _facts(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    document = desk.dossier.document
    return {
        **await overseeing.head(request, desk),
        "origin": settings().origin,
        "former": await slugs.former(document.id),
        "made": naming.document_slug(type=document.type, number=document.number, issued=document.issued),
        "longest": slugs.LONGEST,
        "values": {"slug": document.slug},
    }
