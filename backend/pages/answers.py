"""Published answers: the list of them by topic or document, and one."""

from litestar.params import FromPath

from backend.discussion.feedback import answers
from backend.discussion.feedback.answers import Published
from backend.door.visit import visit_of
from backend.pages import feedback_views, links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from backend.pages.views import unit_name
from base.errors import InvalidError
from content.rows import Page as Rows

PATH = "/answers"


@page_at(PATH)
async def listed(request: AnyRequest) -> Page:
    """What this reader may read, the newest first."""
    scopes, given = visit_of(request).scopes, request.query_params
    asked = {name: _plain(given.get(name) or "") for name in ("topic", "document")}
    found = await _rows(scopes, asked, given.get("cursor"))
    return await page(
        request, "answers.html", rows=found.rows, asked=asked, topics=await answers.topics(scopes),
        more_url=links.with_query(PATH, {**asked, "cursor": found.next}) if found.next else None,
        url=lambda **other: links.with_query(PATH, {**asked, **other}),
    )  # fmt: skip


@page_at(f"{PATH}/{{code:str}}")
async def one(request: AnyRequest, code: FromPath[str]) -> Page:
    """A question and its answer."""
    visit = visit_of(request)
    found = await answers.one(code, scopes=visit.scopes)
    about = await feedback_views.subject(found, visit.scopes, visit.language)
    unit = await unit_name(found.unit, visit.language)
    return await page(request, "answer.html", answer=found, about=about, unit=unit)


def _plain(typed: str) -> str:
    """What may be a topic or a document; anything else narrows to nothing that there is."""
    return typed[:160] if typed.isprintable() else "?"


async def _rows(scopes: frozenset[str], asked: dict[str, str], cursor: str | None) -> Rows[Published]:
    """The rows; an old or mangled cursor begins anew."""
    try:
        return await answers.listed(scopes=scopes, **asked, cursor=cursor)
    except InvalidError:
        return await answers.listed(scopes=scopes, **asked)
