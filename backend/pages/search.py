"""The search page: documents by what they say, a part that is quoted, answers, and news by words of the title."""

from collections.abc import Mapping

from litestar import Response

from backend.discussion.feedback import answers
from backend.door.moving import moved
from backend.door.visit import visit_of
from backend.pages import finding, narrowing
from backend.pages.answer import Page
from backend.pages.finding import Wish
from backend.pages.shell import AnyRequest, page, page_at
from content import citations, headlines
from content.citations import Hit
from content.search import CHARS, DEEPEST


@page_at("/search")
async def search(request: AnyRequest) -> Page | Response[bytes]:
    """What was found, or how to search when nothing was asked; former names lead to the present ones."""
    if address := await narrowing.by_names_of_now(request):
        return moved(address)
    visit, given = visit_of(request), request.query_params
    typed = " ".join((given.get("q") or "").split())
    wish = _wish(typed[:CHARS].rstrip(), given)
    asked = bool(wish.query)
    return await page(
        request, "search.html", wish=wish, is_long=len(typed) > CHARS, is_odd=narrowing.passed_over(given),
        deepest=DEEPEST,
        found=await finding.find(wish, visit.scopes) if asked else None,
        cited=await _cited(wish.query, visit.scopes) if asked and wish.is_first else None,
        news=await headlines.find(wish.query, scopes=visit.scopes) if asked and wish.is_first else None,
        answers=await answers.find(wish.query, scopes=visit.scopes) if asked and wish.is_first else None,
    )  # fmt: skip


def _wish(query: str, given: Mapping[str, str]) -> Wish:
    """What the address asks for; an odd place in the list is its beginning."""
    offset = given.get("offset") or ""
    place = int(offset) if offset.isascii() and offset.isdecimal() and len(offset) < 9 else 0
    return Wish(query, narrowing.chosen(given), place if place <= DEEPEST else 0, given.get("cursor"))


async def _cited(query: str, scopes: frozenset[str]) -> Hit | None:
    """The one part that the words quote; a whole document comes first in the list anyway."""
    found = await citations.resolve(query, scopes=scopes)
    return found.hits[0] if found.outcome == "one" and found.hits[0].path else None
