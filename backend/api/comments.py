"""Comments for programs, and the one thing that the API lets members write."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import delete, put
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import JSONBody, PathParameter, QueryParameter

from backend.accounts.forest import Forest
from backend.accounts.sessions import Reader
from backend.accounts.standing import forest
from backend.api import comment_shapes as shapes
from backend.api.answers import AnyRequest, address, at, encoded, next_page, sent, told
from backend.api.parameters import PLAIN, Cursor, NewsSlug, Slug
from backend.api.unit_shapes import named
from backend.discussion import comments, counts, mine, threads
from backend.discussion.about import About
from backend.discussion.comment_model import Comment
from backend.discussion.mine import Mine
from backend.discussion.threads import Said
from backend.door.answering import Answer, Kept, answer
from backend.door.remembered import SHELF_BYTES, Shelf
from backend.door.visit import reader_of, visit_of
from content import shelf
from content.rows import Page
from content.shelf import Volume

_counts = tuple(Shelf("content", topic, limit_bytes=SHELF_BYTES // counts.BUCKETS) for topic in counts.TOPICS)

SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]

Id = Annotated[
    UUID,
    PathParameter(
        description="Made by the author's phone: the same again does the same once.",
        examples=[Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")],
    ),
]
Part = Annotated[
    str | None,
    QueryParameter(
        max_length=200, pattern=PLAIN, description='Only on this part of the text in force, by its path; "" for the '
        "document as a whole. All comments when not said.",
        examples=[Example(value="dieu-1.khoan-2")],
    ),
]  # fmt: skip
Thread = Annotated[
    UUID | None,
    QueryParameter(
        description="Only this comment, with all its answers, page by page.",
        examples=[Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")],
    ),
]


@put(
    "/api/comments/{id:uuid}",
    summary="Write a comment, or edit it",
    tags=["comments"],
    security=SIGNED_IN,
    status_code=200,
    response_description="It was written just so before, or has been edited.",
    responses={
        201: ResponseSpec(shapes.OwnComment, description="It is written now.", generate_examples=False),
        **told(401, 404, 409, 413, 422, 429),
    },
)
async def write(request: AnyRequest, id: Id, data: JSONBody[shapes.CommentBody]) -> Answer[shapes.OwnComment]:
    """Say something under an id of one's own making. It is shown at once, or waits for a moderator: `state` says so.

    The same again is 200 and changes nothing; something else by the same id is 409; somebody else's id is 404. With a
    `revision` the words are put in the place of those that were seen, within 15 minutes, or after it was returned.
    """
    reader = reader_of(request)
    if data.revision:
        done = await comments.edit(id, data.words, revision=data.revision, by=reader.member_id)
        return await _own(request, done, 200)
    about = About(data.document, data.part, data.edition or None, data.quote, data.news)
    written = await comments.write(
        id, about=about, words=data.words, parent=data.parent, named=data.named, by=reader.member_id,
        scopes=reader.scopes,
    )  # fmt: skip
    return await _own(request, written.comment, 201 if written.is_new else 200)


@delete(
    "/api/comments/{id:uuid}",
    summary="Withdraw a comment",
    tags=["comments"],
    security=SIGNED_IN,
    status_code=200,
    response_description="It is withdrawn.",
    responses=told(401, 404),
)
async def withdraw(request: AnyRequest, id: Id) -> Answer[shapes.OwnComment]:
    """Take one's own comment back, at any time and for good."""
    return await _own(request, await comments.withdraw(id, by=reader_of(request).member_id), 200)


@at("/api/comments/mine", tag="comments", summary="The reader's own comments", problems=(401, 422), security=SIGNED_IN)
async def own(request: AnyRequest, cursor: Cursor = "") -> Answer[shapes.OwnCommentList]:
    """Everything the reader wrote, in whatever state, the newest first."""
    reader, language = reader_of(request), visit_of(request).language
    page = await mine.mine(reader.member_id, scopes=reader.scopes, cursor=cursor or None)
    items = tuple(_mine(row, language) for row in page.rows)
    return await answer(request, encoded(shapes.OwnCommentList(items, next_page("/api/comments/mine", page.next))))


@at(
    "/api/documents/{slug:str}/comments",
    tag="comments",
    summary="Comments on a document",
    problems=(401, 404, 422),
    security=SIGNED_IN,
    moves=True,
)
async def of_document(
    request: AnyRequest, slug: Slug, part: Part = None, thread: Thread = None, cursor: Cursor = ""
) -> Answer[shapes.CommentList]:
    """What members said of a document that the reader may read, the newest first; nothing for visitors."""
    reader, path = reader_of(request), f"/api/documents/{slug}/comments"
    how: dict[str, Any] = {"scopes": reader.scopes, "by": reader.member_id, "cursor": cursor or None}
    if thread is not None:
        page = await threads.of_thread(thread, About(document=slug), **how)
    else:
        page = await threads.of_document(slug, part, **how)
    return await _list(request, page, path, part=part, thread=thread)


@at(
    "/api/news/{slug:str}/comments",
    tag="comments",
    summary="Comments on a news item",
    problems=(401, 404, 422),
    security=SIGNED_IN,
)
async def of_news(
    request: AnyRequest, slug: NewsSlug, thread: Thread = None, cursor: Cursor = ""
) -> Answer[shapes.CommentList]:
    """What members said of a news item that the reader may read, the newest first; nothing for visitors."""
    reader, path = reader_of(request), f"/api/news/{slug}/comments"
    how: dict[str, Any] = {"scopes": reader.scopes, "by": reader.member_id, "cursor": cursor or None}
    if thread is not None:
        page = await threads.of_thread(thread, About(news=slug), **how)
    else:
        page = await threads.of_news(slug, **how)
    return await _list(request, page, path, thread=thread)


@at(
    "/api/documents/{slug:str}/comments/counts",
    tag="comments",
    summary="How many comments a document has",
    problems=(401, 404),
    security=SIGNED_IN,
    moves=True,
)
async def counted(request: AnyRequest, slug: Slug) -> Answer[shapes.CommentCounts]:
    """How many comments and answers are shown, by part; for the margin of a page."""
    volume = await shelf.take(slug, scopes=reader_of(request).scopes)
    kept = await _counts[counts.drawer(volume.document.id)].take(volume.document.id, lambda: _counted(volume))
    return await answer(request, kept)


async def _counted(volume: Volume) -> Kept:
    found = await counts.by_part(volume)
    parts = tuple(shapes.PartCount(path, count) for path, count in found.items() if path)
    return encoded(shapes.CommentCounts(found.get("", 0), parts))


async def _own(request: AnyRequest, comment: Comment, status: int) -> Answer[shapes.OwnComment]:
    reader: Reader = reader_of(request)
    (row,) = await mine.titled([comment], reader.scopes)
    return sent(_mine(row, visit_of(request).language), is_new=status == 201)


async def _list(request: AnyRequest, page: Page[Said], path: str, **asked: object) -> Answer[shapes.CommentList]:
    tree, language = await forest(), visit_of(request).language
    items = tuple(_comment(said, tree, language, path) for said in page.rows)
    return await answer(request, encoded(shapes.CommentList(items, next_page(path, page.next, **asked))))


def _comment(said: Said, tree: Forest, language: str, path: str) -> shapes.Comment:
    stands = said.place
    place = None
    if stands is not None:
        place = shapes.CommentPlace(stands.path, stands.label, stands.removed, stands.on, stands.old)
    facts = _facts(said, tree, language)
    answers = tuple(shapes.CommentAnswer(**_facts(each, tree, language)) for each in said.answers)
    more = address(path, thread=said.comment.id) if said.more else None
    quote = said.comment.quote if said.open else ""
    return shapes.Comment(**facts, place=place, quote=quote, answers=answers, more=more)


def _facts(said: Said, tree: Forest, language: str) -> dict[str, Any]:
    """What a comment and an answer have in common; of one that is not open, only that it was there."""
    comment, voice = said.comment, said.voice
    author = shapes.CommentAuthor(
        voice.name if said.open else "", named(voice.province, tree) if said.open else None, voice.former
    )
    return {
        "id": comment.id, "words": comment.words if said.open else "", "author": author, "mine": said.mine,
        "state": comment.state if said.mine or said.open else "withdrawn",
        "reasons": comment.reasons(language) if said.mine else (), "revision": comment.revision,
        "written_at": comment.created_at, "edited_at": comment.edited_at,
    }  # fmt: skip


def _mine(row: Mine, language: str) -> shapes.OwnComment:
    comment = row.comment
    return shapes.OwnComment(
        id=comment.id, words=comment.words, state=comment.state, reasons=comment.reasons(language),  # type: ignore[arg-type]
        rule=comment.decided_for, revision=comment.revision, editable=comment.is_editable, title=row.title,
        href=row.href, written_at=comment.created_at, edited_at=comment.edited_at, decided_at=comment.decided_at,
    )  # fmt: skip
