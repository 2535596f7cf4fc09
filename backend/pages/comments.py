"""What members said of a document or a news item, and the form to say something; a visitor is asked to sign in."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath
from msgspec import Struct

from backend.accounts import consents
from backend.accounts.sessions import Reader
from backend.discussion import comments, counts, places, threads
from backend.discussion.about import About
from backend.discussion.feedback import answers
from backend.discussion.feedback.answers import Found
from backend.discussion.voices import NAME
from backend.door.visit import reader_of, visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.comment_views import shown, speaker
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base import clock
from base.errors import ConflictError, InvalidError, NotFoundError, RuleError
from content import news, shelf
from content.rows import Page as Rows

TEMPLATE = "comments.html"
DONE = ("comment-shown", "comment-waiting", "comment-edited", "comment-withdrawn")
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


class Subject(Struct, frozen=True):
    """What the page is about: the address and name of the text, and of one part of it if one was chosen."""

    about: About
    path: str
    words: str
    part: str = ""
    ordinal: int = 0
    total: int = 0


@page_at("/documents/{slug:str}/comments")
async def of_document(request: AnyRequest, slug: FromPath[str]) -> Page:
    """Comments on a document, on one part of it, or one comment with all its answers."""
    return await _page(request, await _document(request, slug))


@form_at("/documents/{slug:str}/comments")
async def write_on_document(request: AnyRequest, slug: FromPath[str]) -> Page | Response[bytes]:
    """Say something of a document."""
    reader_of(request)
    return await _write(request, await _document(request, slug))


@page_at("/news/{slug:str}/comments")
async def of_news(request: AnyRequest, slug: FromPath[str]) -> Page:
    """Comments on a news item."""
    return await _page(request, await _news(request, slug))


@form_at("/news/{slug:str}/comments")
async def write_on_news(request: AnyRequest, slug: FromPath[str]) -> Page | Response[bytes]:
    """Say something of a news item."""
    reader_of(request)
    return await _write(request, await _news(request, slug))


async def _document(request: AnyRequest, slug: str) -> Subject:
    scopes, part = visit_of(request).scopes, request.query_params.get("part") or ""
    volume = await shelf.take(slug, scopes=scopes)
    document, ordinal = volume.document, volume.ordinal_on(clock.today())
    labels = await places.labels(volume) if part else {}
    if part and part not in labels:
        raise NotFoundError
    total = (await counts.by_part(volume)).get("", 0) if visit_of(request).reader else 0
    return Subject(
        About(slug, part, ordinal, request.query_params.get("quote") or ""), f"/documents/{slug}",
        f"{document.type} {document.number}".strip() or document.title, labels.get(part, ""), ordinal, total,
    )  # fmt: skip


async def _news(request: AnyRequest, slug: str) -> Subject:
    item = (await news.article(slug, scopes=visit_of(request).scopes)).news
    total = sum((await counts.by_anchor(item.id)).values()) if visit_of(request).reader else 0
    return Subject(About(news=slug), f"/news/{slug}", item.title, total=total)


async def _page(request: AnyRequest, subject: Subject) -> Page:
    reader = visit_of(request).reader
    if reader is None:
        sign_in = links.with_query("/account/sign-in", {"next": links.here(request.scope)})
        return personal(
            request,
            TEMPLATE,
            subject=subject,
            sign_in=sign_in,
            visitor=True,
            answered=await _answered(request, subject),
        )
    return forms.fresh(request, TEMPLATE, DONE, **await _context(request, subject, reader, _thread(request)))


async def _write(request: AnyRequest, subject: Subject) -> Page | Response[bytes]:
    reader = reader_of(request)
    typed = await forms.read(request, "id", "words", "named", "quote", "parent", "edition", length=LENGTH)
    try:
        parent = forms.path_id(typed["parent"]) if typed["parent"] else None
        written = await comments.write(
            forms.id_of(typed["id"]), about=_about(subject, typed), words=typed["words"], parent=parent,
            named=typed["named"] == "yes", by=reader.member_id, scopes=reader.scopes,
        )  # fmt: skip
    except RuleError as error:
        return await _again(request, subject, error, typed)
    state = "shown" if written.comment.state == "shown" else "waiting"
    thread = str(parent) if parent else None
    back = {"part": subject.about.part or None, "thread": thread, "done": f"comment-{state}"}
    return see_other(f"{links.with_query(f'{subject.path}/comments', back)}#c-{written.comment.id}")


async def _again(request: AnyRequest, subject: Subject, error: RuleError, typed: dict[str, str]) -> Page:
    """The form with what was typed; an answer to what is gone by now may still be sent as a comment of its own."""
    reader, thread = reader_of(request), _thread(request) if typed["parent"] else None
    if error.key == comments.PARENT_GONE:
        error, thread = ConflictError(comments.PARENT_GONE), None
    return forms.again(request, TEMPLATE, error, typed, **await _context(request, subject, reader, thread))


def _about(subject: Subject, typed: dict[str, str]) -> About:
    """What was open when the form was: the edition that was read, not one that came into force meanwhile."""
    about = subject.about
    if about.news:
        return about
    edition = typed["edition"]
    ordinal = int(edition) if edition.isdecimal() and len(edition) <= 6 else about.edition
    return About(about.document, about.part, ordinal, typed["quote"])


async def _context(request: AnyRequest, subject: Subject, reader: Reader, thread: uuid.UUID | None) -> dict[str, Any]:
    language = visit_of(request).language
    page = await _rows(request, subject, reader, thread)
    rows = [await shown(said, language) for said in page.rows]
    agreed = NAME in await consents.given(reader.member_id)
    following = {"part": subject.about.part or None, "thread": thread, "cursor": page.next}
    return {
        "subject": subject, "visitor": False, "answered": await _answered(request, subject), "rows": rows,
        "thread": thread, "new_id": uuid.uuid4(),
        "can_answer": bool(rows) and thread is not None and rows[0]["said"].comment.state == "shown",
        "more": links.with_query(f"{subject.path}/comments", following) if page.next else None,
        "speaker": await speaker(reader, language, named=agreed), "nameless": await speaker(reader, language),
        "agreed": agreed, "begun": bool(request.query_params.get("cursor")),
    }  # fmt: skip


async def _answered(request: AnyRequest, subject: Subject) -> Found:
    """What was asked of it and answered for all to read."""
    return await answers.about(subject.about, scopes=visit_of(request).scopes)


async def _rows(request: AnyRequest, subject: Subject, reader: Reader, thread: uuid.UUID | None) -> Rows[threads.Said]:
    """The rows; an old or mangled cursor begins anew."""
    cursor = request.query_params.get("cursor")
    try:
        return await _asked(subject, reader, thread, cursor)
    except InvalidError:
        return await _asked(subject, reader, thread, None)


async def _asked(subject: Subject, reader: Reader, thread: uuid.UUID | None, cursor: str | None) -> Rows[threads.Said]:
    about = subject.about
    how: dict[str, Any] = {"scopes": reader.scopes, "by": reader.member_id, "cursor": cursor}
    if thread is not None:
        return await threads.of_thread(thread, About(document=about.document, news=about.news), **how)
    if about.news:
        return await threads.of_news(about.news, **how)
    return await threads.of_document(about.document, about.part or None, **how)


def _thread(request: AnyRequest) -> uuid.UUID | None:
    asked = request.query_params.get("thread")
    return forms.path_id(asked) if asked else None
