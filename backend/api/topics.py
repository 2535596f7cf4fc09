"""What documents and news can be about."""

from typing import Annotated

from msgspec import Meta, Struct, convert

from backend.api.answers import AnyRequest, at, encoded
from backend.door.answering import Answer, Kept
from backend.door.remembered import Shelf
from content import topics as content_topics

_topics = Shelf("content")


class Topic(Struct, frozen=True):
    """A topic in both languages."""

    code: Annotated[str, Meta(description="What lists are narrowed by.", examples=["chuyen-doi-so"])]
    vi: Annotated[str, Meta(description="Name in Vietnamese.", examples=["Chuyển đổi số"])]
    en: Annotated[str, Meta(description="Name in English.", examples=["Digital transformation"])]


class TopicList(Struct, frozen=True):
    """All topics."""

    items: Annotated[tuple[Topic, ...], Meta(description="In the order in which they are shown.")]


@at("/api/topics", tag="topics", summary="All topics")
async def topics(request: AnyRequest) -> Answer[TopicList]:
    """Every topic, the same for every reader."""
    return await _topics.answer(request, "topics", _all)


async def _all() -> Kept:
    found = await content_topics.topics()
    return encoded(TopicList(convert(found, tuple[Topic, ...], from_attributes=True)))
