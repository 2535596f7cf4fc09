"""The list of documents: narrowed, sorted, counted; chosen filters stay visible and can be taken away."""

from dataclasses import dataclass
from typing import Any

from backend.door.visit import Visit, visit_of
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from backend.pages.views import topic_names
from base.catalogue import say
from base.errors import InvalidError
from content import reading
from content.rows import Count, DocumentRow, Facets, Filters
from content.rows import Page as Rows

LIMIT = 20
FILTERS = ("type", "issuer", "year", "topic", "state")
STATES = ("in-force", "not-yet", "ended")
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Wish:
    """What of the list was asked for; what cannot be meant counts as not asked."""

    chosen: dict[str, str]
    sort: str
    cursor: str | None

    @property
    def filters(self) -> Filters:
        """The wish as the library takes it."""
        kept = {name: value for name, value in self.chosen.items() if name != "year"}
        return Filters(**kept, year=int(self.chosen["year"]) if "year" in self.chosen else None)

    def url(self, *, cursor: str | None = None, **changed: str | None) -> str:
        """The address of the list with other choices."""
        sort = None if self.sort == reading.SORTS[0] else self.sort
        return links.with_query("/documents", {**self.chosen, "sort": sort, "cursor": cursor, **changed})


@page_at("/documents")
async def documents(request: AnyRequest) -> Page:
    """One page of the list."""
    visit, wish = visit_of(request), _wish(request)
    facets = await reading.facets(scopes=visit.scopes, filters=wish.filters)
    rows = await _rows(visit, wish)
    named = await topic_names(visit.language)
    return await page(
        request,
        "documents.html",
        total=facets.total,
        documents=rows.rows,
        more_url=wish.url(cursor=rows.next) if rows.next else None,
        chosen=[_chip(wish, name, visit.language, named) for name in wish.chosen],
        clear_url=links.with_query("/documents", {"sort": None if wish.sort == reading.SORTS[0] else wish.sort}),
        sort=None if wish.sort == reading.SORTS[0] else wish.sort,
        sorts=[_sort(wish, name) for name in reading.SORTS],
        facets=[_facet(wish, name, counts, visit.language, named) for name, counts in _counted(facets)],
    )


def _wish(request: AnyRequest) -> Wish:
    given = request.query_params
    chosen = {name: value for name in FILTERS if (value := (given.get(name) or "").strip()[:200])}
    if "year" in chosen and not (chosen["year"].isdecimal() and int(chosen["year"][:5]) in YEARS):
        del chosen["year"]
    if chosen.get("state", STATES[0]) not in STATES:
        del chosen["state"]
    sort = given.get("sort") or ""
    return Wish(chosen, sort if sort in reading.SORTS else reading.SORTS[0], given.get("cursor"))


async def _rows(visit: Visit, wish: Wish) -> Rows[DocumentRow]:
    """The rows; an old or mangled cursor begins anew."""
    for cursor in (wish.cursor, None):
        try:
            return await reading.documents(
                scopes=visit.scopes, filters=wish.filters, sort=wish.sort, cursor=cursor, limit=LIMIT
            )
        except InvalidError:
            if cursor is None:
                raise
    raise AssertionError


def _counted(facets: Facets) -> list[tuple[str, tuple[Count, ...]]]:
    counts = (facets.types, facets.issuers, facets.years, facets.topics, facets.states)
    return list(zip(FILTERS, counts, strict=True))


def _sort(wish: Wish, name: str) -> dict[str, Any]:
    url = wish.url(sort=None if name == reading.SORTS[0] else name)
    return {"name": name, "url": url, "chosen": name == wish.sort}


def _facet(wish: Wish, name: str, counts: tuple[Count, ...], language: str, topics: dict[str, str]) -> dict[str, Any]:
    lines = [
        {
            "value": count.value,
            "words": _words(name, count.value, language, topics),
            "count": count.count,
            "chosen": wish.chosen.get(name) == count.value,
        }
        for count in counts
    ]
    return {"name": name, "lines": lines}


def _chip(wish: Wish, name: str, language: str, topics: dict[str, str]) -> dict[str, str]:
    return {"words": _words(name, wish.chosen[name], language, topics), "remove_url": wish.url(**{name: None})}


def _words(name: str, value: str, language: str, topics: dict[str, str]) -> str:
    if name == "state":
        return say(f"content-state-{value}", language)
    return topics.get(value, value) if name == "topic" else value
