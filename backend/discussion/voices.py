"""Under which name a comment is shown: the author's, if they chose so and still agree to it, or none."""

from collections.abc import Iterable

from msgspec import Struct

from backend.accounts import consents
from backend.discussion.comment_model import Comment
from base import database

NAME = "name-on-comments"
"""The purpose that a member must have agreed to before their name stands under a comment."""


class Voice(Struct, frozen=True):
    """Who is said to speak: ``name`` "" for "a member of" the unit ``province``; ``former`` is somebody who left."""

    name: str = ""
    province: int | None = None
    former: bool = False


async def voices(comments: Iterable[Comment]) -> dict[object, Voice]:
    """The voice of each of these comments, by its id. A consent taken back takes the name from every page at once."""
    spoken = tuple(comments)
    authors = sorted({comment.author for comment in spoken})
    among, values = database.among("id", authors)
    rows = await database.fetch(f"SELECT id, name, erased_at FROM member WHERE {among}", values)
    names = {row["id"]: row["name"] for row in rows if row["erased_at"] is None}
    agreed = await consents.among([comment.author for comment in spoken if comment.named], NAME)
    return {
        comment.id: Voice(former=True)
        if comment.author not in names
        else Voice(names[comment.author] if comment.named and comment.author in agreed else "", comment.province)
        for comment in spoken
    }
