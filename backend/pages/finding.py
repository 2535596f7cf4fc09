"""What was found on a search page: by what documents say or, while there is no index, by number and title."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.pages import links, narrowing
from base.errors import InvalidError, UnavailableError
from content import reading
from content import search as content_search
from content.rows import DocumentRow, Facets
from content.rows import Page as Listed
from content.search import DEEPEST, Found, Snippet

LIMIT = 20
UNSAID = Snippet("", ())


@dataclass(frozen=True)
class Wish:
    """What is looked for; ``offset`` is where its page begins, ``cursor`` the same while there is no index."""

    query: str
    chosen: Mapping[str, str]
    offset: int = 0
    cursor: str | None = None

    @property
    def is_first(self) -> bool:
        """Whether it is the first page."""
        return not (self.offset or self.cursor)

    def url(self, **changed: object) -> str:
        """The address of the search with other choices; None takes one away, and it begins at the first page."""
        return links.with_query("/search", {"q": self.query, **self.chosen, **changed})


@dataclass(frozen=True)
class Outcome:
    """A page of what was found. ``is_loose``: no document has enough of the words; ``is_plain``: numbers and titles
    alone were looked at; ``is_cut``: more was found than anybody may page to.
    """

    rows: tuple[Found, ...]
    total: int
    facets: Facets
    more_url: str | None
    meant: str = ""
    is_loose: bool = False
    is_plain: bool = False
    is_cut: bool = False


async def find(wish: Wish, scopes: frozenset[str]) -> Outcome:
    """The page that is wished for, of what these scopes may read."""
    try:
        return await _by_text(wish, scopes)
    except UnavailableError:
        return await _by_name(wish, scopes)


async def _by_text(wish: Wish, scopes: frozenset[str]) -> Outcome:
    found = await content_search.search(
        wish.query, scopes=scopes, filters=narrowing.filters(wish.chosen), offset=wish.offset, limit=LIMIT
    )
    follows = wish.url(offset=wish.offset + LIMIT) if found.more else None
    is_cut = not found.more and found.total > DEEPEST
    return Outcome(found.rows, found.total, found.facets, follows, found.meant, found.is_loose, is_cut=is_cut)


async def _by_name(wish: Wish, scopes: frozenset[str]) -> Outcome:
    filters = narrowing.filters({**wish.chosen, "words": wish.query})
    facets = await reading.facets(scopes=scopes, filters=filters)
    try:
        listed = await reading.documents(scopes=scopes, filters=filters, cursor=wish.cursor, limit=LIMIT)
    except InvalidError:  # an old or mangled cursor begins anew
        listed = await reading.documents(scopes=scopes, filters=filters, limit=LIMIT)
    rows = listed.rows if wish.chosen else await _named_first(listed, wish, scopes)
    follows = wish.url(cursor=listed.next) if listed.next else None
    found = tuple(Found(row, "", "", "", UNSAID) for row in rows)
    return Outcome(found, facets.total, facets, follows, is_plain=True)


async def _named_first(listed: Listed[DocumentRow], wish: Wish, scopes: frozenset[str]) -> tuple[DocumentRow, ...]:
    """What goes by the number that was typed opens the first page, and comes nowhere else."""
    named = await reading.named(wish.query, scopes=scopes)
    others = tuple(row for row in listed.rows if row not in named)
    return (*named, *others) if wish.is_first else others
