"""Files that go with feedback: brought one by one before it is sent, had again by its author and those who answer."""

from typing import Annotated, Final
from uuid import UUID

from litestar import delete, get, put
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import MultipartBody, PathParameter
from litestar.response import File

from backend.api import feedback_shapes as shapes
from backend.api.answers import AnyRequest, sent, told
from backend.api.feedback import SIGNED_IN, Own, file_told
from backend.discussion.feedback import attaching, auditing, desk
from backend.discussion.feedback.attaching import MAX_BYTES, Brought
from backend.door.answering import Answer
from backend.door.files import KIND, attachment
from backend.door.visit import reader_of
from base.errors import NotFoundError

PATH: Final = "/api/feedback/{id:uuid}/files/{file:uuid}"

Case = Annotated[
    UUID,
    PathParameter(
        description="Id under which the feedback is going to be sent, or was.",
        examples=[Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")],
    ),
]


@put(
    PATH, summary="Bring a file for feedback", tags=["feedback"], security=SIGNED_IN, status_code=200,
    request_max_body_size=MAX_BYTES + 2**20,
    response_description="It was brought just so before.",
    responses={
        201: ResponseSpec(shapes.FeedbackFile, description="It is kept now.", generate_examples=False),
        **told(401, 404, 409, 413, 422, 429),
    },
)  # fmt: skip
async def bring(
    request: AnyRequest, id: Case, file: Own, data: MultipartBody[shapes.FileBody]
) -> Answer[shapes.FeedbackFile]:
    """Bring a PDF, Word file or picture before the feedback is sent under `id`; up to five, 10 MB each.

    The same again is 200 and changes nothing; another file by the same id is 409, as is any once the feedback was sent;
    somebody else's id is 404. Pictures are kept as WebP, without what a camera writes into them.
    """
    by = reader_of(request).member_id
    is_new = await attaching.bring(file, id, await data.file.read(), data.file.filename, by=by)
    return sent(file_told(await _one(id, file)), is_new=is_new)


@get(
    PATH, summary="One of its files", tags=["feedback"], security=SIGNED_IN, media_type=KIND,
    responses=told(401, 403, 404, 410), response_description="The file, to download.",
)  # fmt: skip
async def fetched(request: AnyRequest, id: Case, file: Own) -> File:
    """The bytes, for whoever brought them, and for those who answer for the unit or audit it."""
    reader, found = reader_of(request), await _one(id, file)
    if found.author != reader.member_id:
        case, view = await desk.opened(id, reader)
        if view.audits:
            await auditing.note_audit(reader.member_id, subject=f"feedback:{id}", unit=case.unit)
    return attachment(attaching.path(found), found.name)


@delete(
    PATH, summary="Take a file from feedback", tags=["feedback"], security=SIGNED_IN, status_code=204,
    responses=told(401, 404, 409), response_description="It is not there any more.",
)  # fmt: skip
async def remove(request: AnyRequest, id: Case, file: Own) -> None:
    """Take one's own file off again before the feedback is sent; one that is not there changes nothing."""
    await attaching.remove(file, id, by=reader_of(request).member_id)


async def _one(id: UUID, file: UUID) -> Brought:
    found = next((each for each in await attaching.files(id) if each.id == file), None)
    if found is None:
        raise NotFoundError
    return found
