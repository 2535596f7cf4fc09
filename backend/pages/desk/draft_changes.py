"""What a later text would change: what its editor looks over, and its approver before they decide."""

import asyncio
import uuid
from functools import partial

from litestar import Response
from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.pages import change_rows, forms
from backend.pages.answer import Page
from backend.pages.change_rows import Link
from backend.pages.desk import drafting
from backend.pages.shell import AnyRequest, page_at, see_other
from content.comparing import Change
from content.drafts import amending, keeping
from content.drafts.amending import Amendment

CHANGES = "desk/draft_changes.html"


@page_at("/desk/drafts/{id:uuid}/changes")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """The draft compared with the edition that it follows; once it is issued, readers' own page of that."""
    desk = await drafting.opened(request, id)
    issue = await keeping.issue_of(id)
    if issue.ordinal > 0:
        return see_other(f"/documents/{issue.slug}/editions/{issue.ordinal}/changes")
    found = await amending.amendment(desk.draft)
    linked = partial(_links, found=found, slug=issue.slug, base=f"/desk/drafts/{id}")
    rows = await asyncio.to_thread(change_rows.rows, found.comparison, linked)
    size = change_rows.size(found.comparison, visit_of(request).language)
    head = await drafting.head(request, desk, "changes")
    return forms.fresh(request, CHANGES, **head, found=found, rows=rows, size=size)


def _links(change: Change, *, found: Amendment, slug: str, base: str) -> tuple[Link, ...]:
    links = change_rows.link(change.old, change.part, slug, found.since) if change.old else ()
    if change.new and change.new.path in found.anchors:
        anchor = found.anchors[change.new.path]
        links = (*links, Link(0, f"{base}?part={anchor}#part-{anchor}", change_rows.named(change.new)))
    return links
