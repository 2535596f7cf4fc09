"""Giving an issuer another name, or its documents to another issuer: the choice, what would change, then the act."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import filing, issuers
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, form_at, personal, see_other
from base.errors import InvalidError, RuleError
from content import issuers as content_issuers
from content import naming, renaming
from content.merging import tidy_reason
from content.renaming import SameDocumentsError

PREVIEW = "desk/issuer_preview.html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for: the field with the name, and the field with the reason, of one issuer."""

    id: uuid.UUID
    field: str
    reason: str
    typed: Mapping[str, str]


@form_at("/desk/issuers/{id:uuid}/name")
async def rename(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Show what another name would change or, when that was confirmed, give it. The same again changes nothing."""
    desk = (await filing.opened(request)).changing()
    typed = await forms.read(request, "name", "name_reason", "confirmed", "back")
    asked = Asked(id, "name", "name_reason", typed)
    try:
        if typed["confirmed"]:
            now = await renaming.rename(id, typed["name"], reason=typed["name_reason"], by=desk.by)
            return see_other(f"/desk/issuers/{now}?done=issuer-renamed")
        return await _looked(request, desk, asked, await renaming.check(id, typed["name"]))
    except RuleError as error:
        return await _again(request, desk, asked, error)


@form_at("/desk/issuers/{id:uuid}/merger")
async def merge(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Show what a merger would change or, when that was confirmed, do it. The same again changes nothing."""
    desk = (await filing.opened(request)).changing()
    typed = await forms.read(request, "into", "into_reason", "confirmed", "back")
    asked = Asked(id, "into", "into_reason", typed)
    try:
        into = await _meant(typed["into"])
        if typed["confirmed"]:
            await renaming.merge(id, into=into, reason=typed["into_reason"], by=desk.by)
            return see_other(f"/desk/issuers/{into}?done=issuer-merged")
        return await _looked(request, desk, asked, (await content_issuers.issuer(into)).name)
    except RuleError as error:
        return await _again(request, desk, asked, error)


async def _meant(name: str) -> uuid.UUID:
    """The one issuer that a name means, by its very letters or else without marks."""
    found = await content_issuers.issuers()
    exact = [each.id for each in found if each.name == name]
    alike = exact or [each.id for each in found if naming.slug(each.name) == naming.slug(name)]
    if not name or len(alike) != 1:
        raise InvalidError.of("into", "issuer-target-missing" if not name else "issuer-target-unknown")
    return alike[0]


async def _looked(request: AnyRequest, desk: Desk, asked: Asked, name: str) -> Page:
    """What would change; nothing has yet."""
    context = await issuers.facts(request, desk, asked.id)
    if asked.typed["back"]:
        return forms.fresh(request, issuers.ONE, **{**context, "values": {**context["values"], **asked.typed}})
    if name == context["issuer"].name:
        raise InvalidError.of(asked.field, "issuer-name-same")
    reason = tidy_reason(asked.typed[asked.reason])
    return personal(
        request, PREVIEW, **{**context, "pairs": await renaming.pairs(asked.id, name)}, name=name, reason=reason,
        kind=asked.field, carried=[(asked.field, name), (asked.reason, reason)],
    )  # fmt: skip


async def _again(request: AnyRequest, desk: Desk, asked: Asked, error: RuleError) -> Page:
    """The issuer's page with what is wrong, or the list when it goes by another name meanwhile."""
    if not await issuers.is_here(asked.id):
        rows = await content_issuers.issuers()
        told: dict[str, Any] = {"words": "", "total": len(rows), "all": len(rows), "rows": rows[: issuers.SHOWN]}
        return forms.again(request, issuers.LIST, error, {}, **told)
    context = await issuers.facts(request, desk, asked.id)
    values = {**context.pop("values"), **asked.typed}
    if isinstance(error, SameDocumentsError):
        context["pairs"] = error.pairs
    return forms.again(request, issuers.ONE, forms.renamed(error, reason=asked.reason), values, **context)
