"""Issuing by program what was approved at the desk; the description, which is for readers, leaves it out."""

import uuid

import msgspec
from litestar import Response, put
from litestar.params import FromPath

from backend.accounts import roles
from backend.api.answers import AnyRequest
from backend.door.visit import reader_of
from base.errors import ForbiddenError, NotFoundError
from content import issuing
from content.drafts import keeping
from content.drafts.keeping import Issue

ISSUERS = frozenset({"editor", "approver"})
WORKERS = ISSUERS | {"auditor"}


@put("/api/editions/{id:uuid}/publication", status_code=200, include_in_schema=False)
async def publication(request: AnyRequest, id: FromPath[uuid.UUID]) -> Response[bytes]:
    """Issue an approved edition: 201 by the request that did, 200 by all that ask for the same again.

    409 when it is not approved, 422 when something that is required is lacking, 404 for whoever does not work for its
    unit.
    """
    reader = reader_of(request)
    draft = await keeping.draft_of(id)
    held = await roles.over(reader, draft.unit)
    if held.isdisjoint(WORKERS):
        raise NotFoundError
    if held.isdisjoint(ISSUERS):
        raise ForbiddenError
    did = await issuing.publish(id, by=str(reader.member_id), scopes=reader.scopes)
    return _told(await keeping.issue_of(id), 201 if did else 200)


def _told(issue: Issue, status: int) -> Response[bytes]:
    body = {"slug": issue.slug, "edition": issue.ordinal, "state": issue.state, "published_at": issue.published_at}
    address = f"/documents/{issue.slug}/editions/{issue.ordinal}"
    headers = {"Cache-Control": "no-store", "Location": address}
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/json", headers=headers)
