"""A draft as a member will see it on a phone, and the files that are kept with it."""

import uuid
from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from backend.door.files import attachment
from backend.pages.answer import Page
from backend.pages.desk import draft_check, drafting
from backend.pages.shell import AnyRequest, page_at, personal, see_other
from base import clock
from base.errors import InvalidError, NotFoundError, RuleError
from content import fragments, originals
from content.digests import keeping as digests
from content.digests import showing
from content.digests.placing import Names
from content.drafts import writing
from content.drafts.model import Draft
from content.extracting import MAX_BYTES
from content.outcomes import Refusal
from content.rows import DocumentRow, EditionRow

PREVIEW = "desk/draft_preview.html"


@page_at("/desk/drafts/{id:uuid}/preview")
async def preview(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The text in its frame, and nothing that can be pressed: shown beside the draft, or alone on a phone."""
    desk = await drafting.opened(request, id)
    text, digest = await fragments.text_of(id), await digests.digest_of(id)
    points = showing.rows(digest.points, Names(await fragments.pieces_of(id)))
    return personal(request, PREVIEW, document=_document(desk.draft), head=text.head, html=text.html,
                    contents=text.contents, edition=_edition(desk.draft), draft=desk.draft, points=points)  # fmt: skip


@page_at("/desk/drafts/{id:uuid}/originals/{role:str}")
async def original(request: AnyRequest, id: FromPath[uuid.UUID], role: FromPath[str]) -> Response[Any]:
    """A kept file, byte for byte."""
    await drafting.opened(request, id)
    found = next((each for each in await originals.originals(id) if each.role == role), None)
    if found is None:
        raise NotFoundError
    return attachment(originals.path(found), found.name)


@post("/desk/drafts/{id:uuid}/scan", status_code=200, include_in_schema=False, request_max_body_size=MAX_BYTES + 65_536)
async def add_scan(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Keep the paper as it was signed, beside the text that was supplied."""
    desk = (await drafting.opened(request, id)).writing()
    file = (await request.form()).get("scan")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidError.of("scan", "pages-file-missing")
        await writing.add_scan(id, await file.read(), file.filename, by=desk.by)
    except Refusal as refusal:
        return await draft_check.again(request, desk, drafting.RefusedError(refusal, "scan"), {})
    except RuleError as error:
        return await draft_check.again(request, desk, error, {})
    return see_other(f"/desk/drafts/{id}/check?done=draft-scan-kept")


def _document(draft: Draft) -> DocumentRow:
    facts, head = draft.facts, draft.facts.head
    return DocumentRow(
        id=draft.document, slug=draft.slug, number=head.number, type=head.type, issuer=head.issuer, issued=head.issued,
        title=head.title, topic=facts.topic, state=_standing(draft), effective_from=facts.effective_from,
        effective_until=facts.effective_until, offline=facts.offline, published_at=None,
    )  # fmt: skip


def _edition(draft: Draft) -> EditionRow:
    facts = draft.facts
    return EditionRow(1, "published", _standing(draft), facts.effective_from, facts.effective_until, None)


def _standing(draft: Draft) -> Any:
    begins = draft.facts.effective_from
    return "not-yet" if begins is None or begins > clock.today() else "in-force"
