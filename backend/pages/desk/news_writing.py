"""Writing a news item: the form, its preview, saving by itself, and giving it to readers; nothing typed is lost."""

import uuid
from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from msgspec import structs

from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.account.entry import told, trouble
from backend.pages.answer import Page
from backend.pages.desk import addressing, news_both, news_form, newsdesk, working
from backend.pages.desk.choosing import WRITE, tops
from backend.pages.desk.news_form import Brought, Typed
from backend.pages.desk.working import DESK_ROLES, EDITOR
from backend.pages.shell import AnyRequest, named, page_at, personal, see_other
from base import clock
from base.catalogue import say
from base.errors import InvalidError, NotFoundError, RuleError
from content.newsroom import issuing, keeping, preview
from content.newsroom.model import ChangedSinceError, Manuscript, Sheet
from content.pictures import MAX_BYTES

FORM, PREVIEW = "desk/news_edit.html", "desk/news_preview.html"
DONE = ("news-saved", "news-picture-kept")
UNTOLD = ("draft", "scheduled")
"""States of an item that members have not been told of yet."""

upload_at = partial(post, status_code=200, include_in_schema=False, request_max_body_size=2 * MAX_BYTES + 2**20)
script_at = partial(post, status_code=200, include_in_schema=False, exception_handlers={Exception: trouble})


@dataclass(frozen=True, slots=True)
class Now:
    """What a form is about: the item as it stands, None while there is none by this id; and who writes."""

    id: uuid.UUID
    by: str
    item: Manuscript | None

    @property
    def sheet(self) -> Sheet | None:
        """What is written of it so far."""
        return self.item.sheet if self.item else None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"/desk/news/{self.id}"


@page_at("/desk/news/new")
async def new(request: AnyRequest) -> Page:
    """An empty form under an id of its own; nothing is kept before something is sent."""
    reader = await working.worker(request, EDITOR)
    now = Now(uuid.uuid4(), str(reader.member_id), None)
    return await _form(request, now, news_form.filled(Sheet(tops(request, WRITE)[0]), 0))


@page_at("/desk/news/{id:uuid}/edit")
async def edit(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """The form with what was last saved."""
    desk = (await newsdesk.opened(request, id)).only(EDITOR)
    item = desk.item
    if item.closed:
        return see_other(f"/desk/news/{id}")
    planned = item.sheet.publish_at or (item.published_at if item.state == "scheduled" else None)
    values = news_form.filled(structs.replace(item.sheet, publish_at=planned), item.version)
    return await _form(request, Now(id, desk.by, item), values)


@upload_at("/desk/news/{id:uuid}/edit")
async def write(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Do what the button says with what was typed. The same form again does nothing twice."""
    now, typed = await _now(request, id), await news_form.read(request)
    if typed["find"] or addressing.is_step(typed) or typed["act"] == "preview":
        return await _form(request, now, typed)
    try:
        files = await news_form.brought(request, typed)
        saved = await _save(request, now, typed, files)
    except ChangedSinceError as error:
        return await _conflict(request, now, typed, error.theirs)
    except RuleError as error:
        return await _again(request, now, error, typed)
    typed = {**typed, **news_form.filled(saved.sheet, saved.version)}
    try:
        return see_other(await _go_on(Now(id, now.by, saved), typed["act"]))
    except ChangedSinceError as error:
        return await _conflict(request, now, typed, error.theirs)
    except RuleError as error:
        return await _again(request, Now(id, now.by, saved), error, typed)


@script_at("/desk/news/{id:uuid}/draft")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Response[bytes]:
    """Save what was typed so far, for the page's script; readers see nothing of it."""
    now, typed = await _now(request, id), await news_form.read(request)
    unit = (now.sheet.unit if now.sheet else None) or tops(request, WRITE)[0]
    saved = await _save(request, now, news_form.as_before(typed, unit), Brought())
    return told({"version": saved.version, "words": _saved(request, saved), "address": f"{now.address}/edit"})


@script_at("/desk/news/{id:uuid}/preview")
async def look(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """How what is typed would look; nothing is saved."""
    now, typed = await _now(request, id), await news_form.read(request)
    return personal(request, PREVIEW, **await _preview(request, now, typed))


async def _now(request: AnyRequest, id: uuid.UUID) -> Now:
    """What the form is about, for editors of its unit, or of any unit while there is none by this id."""
    reader = await working.worker(request, *DESK_ROLES)
    try:
        desk = (await newsdesk.opened(request, id)).only(EDITOR)
    except NotFoundError:
        if await keeping.is_begun(id):
            raise
        await working.worker(request, EDITOR)
        return Now(id, str(reader.member_id), None)
    return Now(id, desk.by, desk.item)


async def _save(request: AnyRequest, now: Now, typed: Typed, files: Brought) -> Manuscript:
    sheet = await news_form.sheet_of(request, typed, now.sheet, files)
    return await keeping.save(
        now.id, sheet, version=forms.version_of(typed["version"] or "0"), by=now.by, pictures=files.ids
    )  # fmt: skip


async def _go_on(now: Now, act: str) -> str:
    """Give readers what was saved, if that is what was asked for; where to go then."""
    item = now.item
    if item is None:
        raise NotFoundError
    if act == "publish":
        done = "news-changed" if item.state == "published" else "news-published"
        await issuing.publish(item.id, version=item.version, by=now.by)
        return f"{now.address}?done={done}"
    if act == "schedule":
        if item.sheet.publish_at is None:
            raise InvalidError.of("publish_day", "news-desk-time-missing")
        await issuing.schedule(item.id, at=item.sheet.publish_at, version=item.version, by=now.by)
        return f"{now.address}?done=news-scheduled"
    if act == "picture":
        return f"{now.address}/edit?done=news-picture-kept#body"
    return f"{now.address}/edit?done=news-saved"


async def _form(request: AnyRequest, now: Now, values: Typed) -> Page:
    return forms.fresh(request, FORM, DONE, values=values, conflict=None, **await _facts(request, now, values))


async def _again(request: AnyRequest, now: Now, error: RuleError, typed: Typed) -> Page:
    wrong = forms.renamed(error, publish_at="publish_day", cover="cover_file")
    return forms.again(request, FORM, wrong, typed, conflict=None, **await _facts(request, now, typed))


async def _conflict(request: AnyRequest, now: Now, typed: Typed, theirs: Manuscript) -> Page:
    """Both versions: what was typed stays in the form, what stands now is above it. To save again is to choose."""
    mine = {**typed, "version": str(theirs.version)}
    facts = await _facts(request, Now(now.id, now.by, theirs), mine)
    note, both = say(ChangedSinceError.key, visit_of(request).language), await news_both.told(request, typed, theirs)
    return personal(
        request, FORM, 409, errors={}, note=note, done=None, values=mine, conflict=both, **facts
    )  # fmt: skip


async def _facts(request: AnyRequest, now: Now, values: Typed) -> dict[str, Any]:
    state = now.item.state if now.item else "draft"
    return {
        "id": now.id, "base": now.address, "item": now.item, "state": state,
        "saved_words": _saved(request, now.item) if now.item else "",
        "pictures": list((await keeping.pictures_of(now.id)).values()),
        **await news_form.offered(request, values, now.sheet, is_told=state not in UNTOLD),
        **await _preview(request, now, values),
    }  # fmt: skip


def _saved(request: AnyRequest, item: Manuscript) -> str:
    """When it was last saved: the time, and the day when that is over."""
    at = clock.local(item.saved_at)
    told_at = f"{at:%H:%M}" if at.date() == clock.today() else f"{at:%H:%M, %d/%m/%Y}"
    return say("news-desk-saved-at", visit_of(request).language, at=told_at)


async def _preview(request: AnyRequest, now: Now, values: Typed) -> dict[str, Any]:
    names = ("title", "standfirst", "body", "cover", "cover_alt", "topic")
    typed: dict[str, Any] = {name: values.get(name, "") for name in names}
    if values.get("cover_off"):
        typed["cover"] = ""
    shown = await preview.drawn(now.id, Sheet(None, **typed))
    return {"preview": shown, "topic": (await named(request))["topic"], "topic_code": typed["topic"]}
