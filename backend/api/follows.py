"""What the reader follows: documents, topics, issuers."""

from typing import Annotated, Final, Literal

from litestar import put
from litestar.params import JSONBody
from msgspec import Meta, Struct

from backend.api.answers import AnyRequest, at, encoded, sent, told
from backend.api.parameters import PLAIN
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of
from content import following
from content.following import Followed, Noun

PATH: Final = "/api/follows"
SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]


class FollowBody(Struct, frozen=True):
    """What to follow, or not any more."""

    noun: Annotated[Noun, Meta(description="What it is.", examples=["topic"])]
    name: Annotated[
        str,
        Meta(
            min_length=1, max_length=200, pattern=PLAIN, examples=["chuyen-doi-so"],
            description="A document's name in addresses, a topic's code, an issuer as it is filed; also a former one.",
        ),
    ]  # fmt: skip
    then: Annotated[Literal["follow", "unfollow"], Meta(description="Which of the two.", examples=["follow"])]


class Follow(Struct, frozen=True):
    """Something that can be followed."""

    noun: Annotated[Noun, Meta(description="What it is.", examples=["topic"])]
    name: Annotated[str, Meta(description="By its present name.", examples=["chuyen-doi-so"])]
    follow: Annotated[bool, Meta(description="Whether the reader follows it.", examples=[True])]


class FollowList(Struct, frozen=True):
    """What the reader follows."""

    items: Annotated[tuple[Follow, ...], Meta(description="The latest first, without what they may not read.")]


@at(PATH, tag="notices", summary="What the reader follows", problems=(401,), security=SIGNED_IN)
async def follows(request: AnyRequest) -> Answer[FollowList]:
    """The member is told of what concerns these, by whatever name they began to follow them; 401 for a visitor."""
    reader = reader_of(request)
    found = await following.followed(reader.member_id, scopes=reader.scopes)
    return await answer(request, encoded(FollowList(tuple(_told(one, follow=True) for one in found))))


@put(
    PATH, summary="Follow something, or no more", tags=["notices"], security=SIGNED_IN, status_code=200,
    response_description="It is so now.", responses=told(401, 404, 413, 422),
)  # fmt: skip
async def choose(request: AnyRequest, data: JSONBody[FollowBody]) -> Answer[Follow]:
    """Follow a document, topic or issuer, or end that; the same again changes nothing. 404 for what is not there."""
    reader = reader_of(request)
    one = await following.find(data.noun, data.name, scopes=reader.scopes)
    await (following.follow if data.then == "follow" else following.unfollow)(one, by=reader.member_id)
    return sent(_told(one, follow=data.then == "follow"), is_new=False)


def _told(one: Followed, *, follow: bool) -> Follow:
    return Follow(one.noun, one.name, follow)
