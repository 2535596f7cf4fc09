"""The digest of a draft: written beside it, approved and issued together with it."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digesting, drafting
from backend.pages.desk.digesting import Rows
from backend.pages.desk.drafting import DONE, Opened
from backend.pages.shell import AnyRequest, form_at, page_at
from base.catalogue import say
from base.errors import RuleError
from content.digests import keeping, writing
from content.digests.model import Digest

DIGEST = "desk/draft_digest.html"


@page_at("/desk/drafts/{id:uuid}/digest")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The points as they are written."""
    desk = await drafting.opened(request, id)
    digest = await keeping.digest_of(id)
    return forms.fresh(request, DIGEST, DONE, **await _context(request, desk, digest, await digesting.kept(digest)))


@form_at("/desk/drafts/{id:uuid}/digest")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Save the points, or do what a button of the form does that saves nothing."""
    desk = (await drafting.opened(request, id)).writing()
    typed, digest = await digesting.read(request), await keeping.digest_of(id)

    async def again(error: RuleError) -> Page:
        stands = await keeping.digest_of(id)
        rows = await digesting.refused(stands, typed, error)
        return forms.again(request, DIGEST, error, {}, **await _context(request, desk, stands, rows))

    if not typed.saves:
        rows = await digesting.stepped(digest, typed)
        more = await _context(request, desk, digest, rows)
        return forms.fresh(request, DIGEST, **{**more, "errors": gone(request, rows)})
    return await drafting.do(
        request,
        lambda: writing.write(id, typed.lines, seen=typed.seen, by=desk.by),
        f"/desk/drafts/{id}/digest?done=digest-saved",
        again,
    )


def gone(request: AnyRequest, rows: Rows) -> dict[str, str]:
    """What is to be said beside points that were carried from an earlier edition, and whose part is gone."""
    if rows.started != digesting.BEFORE:
        return {}
    language = visit_of(request).language
    return {
        f"part{at}": say("digest-part-none", language, number=at)
        for at, line in enumerate(rows.lines, 1)
        if not line.part
    }


async def _context(request: AnyRequest, desk: Opened, digest: Digest, rows: Rows) -> dict[str, Any]:
    return {
        **await drafting.head(request, desk, "digest"),
        **await digesting.context(digest, rows),
        "beside": [] if desk.may_write else await digesting.beside(digest),
    }
