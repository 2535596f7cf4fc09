"""Every address of the API."""

from litestar import get
from litestar.types import ControllerRouterHandler

from backend.api import (
    allowing,
    changes,
    citations,
    comments,
    counts,
    devices,
    documents,
    editions,
    feedback,
    feedback_files,
    follows,
    health,
    library,
    meetings,
    moderation,
    news,
    notices,
    openapi,
    people,
    search,
    topics,
)
from backend.api.answers import AnyRequest
from backend.door.answering import Answer, Kept, answer

DESCRIBED: list[ControllerRouterHandler] = [
    documents.documents,
    documents.document,
    documents.part,
    changes.changes,
    search.search,
    search.suggest,
    citations.resolve,
    news.news,
    news.article,
    topics.topics,
    people.units,
    people.me,
    devices.devices,
    devices.register,
    devices.end,
    library.library,
    meetings.meetings,
    comments.own,
    comments.write,
    comments.withdraw,
    comments.of_document,
    comments.counted,
    comments.of_news,
    moderation.report,
    moderation.appeal,
    moderation.settle,
    moderation.decide,
    moderation.waiting,
    counts.desk_counts,
    counts.desk_events,
    feedback.send,
    feedback_files.bring,
    feedback_files.fetched,
    feedback_files.remove,
    feedback.asked,
    feedback.one,
    feedback.act,
    feedback.publish,
    feedback.published,
    notices.notices,
    follows.follows,
    follows.choose,
    health.health,
    health.ready,
]
"""What the description tells of."""

_description: list[Kept] = []


@get(openapi.PATH, include_in_schema=False)
async def description(request: AnyRequest) -> Answer[bytes]:
    """The API's description (OpenAPI 3.1), drawn once a process."""
    if not _description:
        _description.append(Kept(await openapi.drawn(DESCRIBED), openapi.MEDIA_TYPE))
    return await answer(request, _description[0])


ROUTES: list[ControllerRouterHandler] = [
    *allowing.shared(DESCRIBED),
    *DESCRIBED,
    description,
    editions.publication,
]
