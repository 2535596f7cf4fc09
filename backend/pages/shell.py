"""Every page, put together once on the server: the frame around it, its words, and how it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from backend.door.answering import HTML, Kept, answer
from backend.door.visit import visit_of
from backend.pages import assets, links
from backend.pages.answer import Page, unkept
from backend.pages.typesetting import marked, unbroken
from backend.pages.views import topic_names, unit_name
from base import clock
from base.catalogue import say
from base.settings import settings

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True)
class Person:
    """What a page says of who reads it; ``roles``: whether there is any."""

    name: str
    unit_name: str
    roles: bool


PLACES = ("documents", "news", "search", "account", "desk")
"""First steps of addresses that stand in the navigation; everything else belongs to none of them."""

page_at = partial(get, include_in_schema=False)
"""A handler of a page."""

form_at = partial(post, status_code=200, include_in_schema=False)
"""A handler of what a form sends; where it goes on with a page, it redirects with 303."""


async def page(request: AnyRequest, template: str, **context: Any) -> Page:
    """The page drawn from ``template``; the browser keeps it, but asks each time whether it changed.

    ``context`` goes to the template, over what every template gets (see pwa/templates/README.md).
    """
    text = draw(request, template, **await named(request), **context)
    return await answer(request, Kept(text.encode(), HTML))


async def guest_page(request: AnyRequest, template: str, **context: Any) -> Page:
    """A page that is kept with the application's files, so that nothing on it may tell who reads."""
    return await answer(request, Kept(draw(request, template, reader=None, **context).encode(), HTML))


async def named(request: AnyRequest) -> dict[str, Any]:
    """What templates say by name only: the reader's unit, and topics."""
    visit = visit_of(request)
    topics = await topic_names(visit.language)
    reader = visit.reader
    person = Person(reader.name, await unit_name(reader.unit, visit.language), bool(reader.roles)) if reader else None
    return {"reader": person, "topic": lambda code: topics.get(code, "")}


def personal(
    request: AnyRequest, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Page:
    """A page about the reader, or about something that went wrong: kept nowhere."""
    return unkept(
        draw(request, template, **context),
        status=status,
        headers=headers,
        accepts=request.headers.get("accept-encoding", "").encode(),
    )


def draw(request: AnyRequest, template: str, **context: Any) -> str:
    """The text of a page."""
    visit, path = visit_of(request), request.scope["path"]
    reader = visit.reader
    shared = {
        "say": partial(_said, visit.language),
        "language": visit.language,
        "theme": visit.theme,
        "text_size": visit.text_size,
        "reader": reader and Person(reader.name, "", bool(reader.roles)),
        "asset": assets.address,
        "current": _place(path),
        "path": links.here(request.scope),
    }
    return environment().get_template(template).render(shared | context)


def see_other(path: str, *, cookies: Iterable[Cookie] = ()) -> Response[bytes]:
    """Send the browser on with GET after a form, so that reloading sends nothing twice."""
    headers = {"Location": path, "Cache-Control": "no-store"}
    return Response(b"", status_code=303, headers=headers, cookies=list(cookies), media_type="text/html")


def environment() -> Environment:
    """Jinja, escaping everything and refusing names that were not given."""
    if not _environment:
        made = Environment(
            loader=FileSystemLoader(assets.ROOT / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=settings().on_loopback,
            cache_size=-1,
        )
        made.filters |= {"date": _date, "datetime": _datetime, "unbroken": unbroken, "marked": marked}
        _environment.append(made)
    return _environment[0]


_environment: list[Environment] = []


def _said(language: str, key: str, **values: Any) -> str:
    return say(key, language, **values)


def _place(path: str) -> str:
    first = path.strip("/").partition("/")[0]
    return "home" if not first else first if first in PLACES else ""


def _date(value: date | datetime | None) -> str:
    """dd/mm/yyyy as in Vietnam; nothing for nothing."""
    if value is None:
        return ""
    return (clock.local(value) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def _datetime(value: datetime) -> str:
    return clock.local(value).strftime("%H:%M, %d/%m/%Y")
