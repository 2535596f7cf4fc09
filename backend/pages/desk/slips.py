"""Activation slips: a new code for a member who was identified in person, shown this once and ready to be printed."""

import uuid
from typing import Any
from urllib.parse import urlsplit

import segno
from litestar import Response
from litestar.params import FromPath

from backend.accounts import codes, roster
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk.administering import administrator
from backend.pages.desk.member import again
from backend.pages.desk.roster import LIST, ROSTER, listing
from backend.pages.shell import AnyRequest, form_at, personal
from backend.pages.views import unit_name
from base import database
from base.errors import InvalidError, RuleError
from base.settings import settings

ACTIVATE = "/account/activate"
AT_MOST = 50
"""Slips made at one go."""


@form_at("/desk/roster/{id:uuid}/code")
async def one(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """A code for one member. Sent again it shows the same code, as long as that is good."""
    reader = await administrator(request)
    typed = await forms.read(request, "id", "identity_checked", "phone_lost")
    try:
        slip = await _slip(request, reader, id, forms.id_of(typed["id"]), typed)
    except RuleError as error:
        return await again(request, id, error, "code", typed)
    return _shown(request, [slip], back=f"/desk/roster/{id}")


@form_at("/desk/roster/slips")
async def several(request: AnyRequest) -> Page:
    """Codes for the members that were ticked."""
    reader = await administrator(request)
    typed = await forms.read(request, "id", "identity_checked")
    ids = (await request.form()).getall("member", [])[:AT_MOST]
    try:
        if not ids:
            raise InvalidError("pages-slips-nobody")
        sheet = forms.id_of(typed["id"])
        async with database.transaction():  # all or none: a code that nobody saw would only shut its member out
            members = [forms.path_id(str(id)) for id in dict.fromkeys(ids)]
            slips = [await _slip(request, reader, one, uuid.uuid5(sheet, one.hex), typed) for one in members]
    except RuleError as error:
        return forms.again(request, LIST, error, typed, **await listing(request))
    return _shown(request, slips, back=ROSTER)


async def _slip(
    request: AnyRequest, reader: Reader, id: uuid.UUID, asked: uuid.UUID, typed: dict[str, str]
) -> dict[str, Any]:
    member = await roster.find(id, by=reader.member_id)
    issued = await codes.issue(
        id,
        id=asked,
        by=reader.member_id,
        identity_checked=bool(typed["identity_checked"]),
        phone_lost=bool(typed.get("phone_lost")),
    )
    return {
        "name": member.name,
        "login": member.login,
        "unit_name": await unit_name(member.unit, visit_of(request).language),
        "code": issued.text,
        "expires_at": issued.expires_at,
        "qr": _qr(f"{settings().origin}{ACTIVATE}#{issued.text}"),
    }


def _shown(request: AnyRequest, slips: list[dict[str, Any]], *, back: str) -> Page:
    place = urlsplit(settings().origin)
    return personal(request, "desk/slips.html", slips=slips, address=f"{place.netloc}{ACTIVATE}", back=back)


def _qr(content: str) -> str:
    """A drawing for a phone's camera. The code stands after ``#``, so that no log of ours ever sees it."""
    return segno.make(content, error="m").svg_inline(scale=4, border=2)
