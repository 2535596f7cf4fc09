"""What a reader must know before reading: that another text is coming, or what other documents did to this one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from base import clock, database
from content import audiences
from content.audiences import Condition
from content.rows import Banner, DocumentRow, EditionRow
from content.shelf import Linked, edition_on

PASSIVE = {"replaces": "replaced", "abolishes": "abolished", "amends": "amended", "supplements": "supplemented"}
"""What an earlier document is told about a later one that does something to it."""

_CHANGING = "r.kind IN ('amends', 'supplements', 'replaces', 'abolishes')"


def own(document: DocumentRow, editions: tuple[EditionRow, ...], ordinal: int) -> Iterator[Banner]:
    """What there is to say today about one of a document's editions."""
    today = clock.today()
    current = edition_on(editions, today).ordinal
    shown = next(edition for edition in editions if edition.ordinal == ordinal)
    not_begun = shown.effective_from is not None and shown.effective_from > today
    if ordinal < current:
        yield Banner("older-edition", ordinal=current)
    elif not_begun and ordinal != current:
        yield Banner("later-edition", on=shown.effective_from, ordinal=current)
    elif not_begun:
        yield Banner("not-in-force", on=shown.effective_from)
    elif document.state == "ended":
        yield Banner("ended", on=_day_after(document.effective_until))
    if ordinal == current:
        for later in reversed(editions):
            if later.ordinal > current and later.effective_from and later.effective_from > today:
                yield Banner("next-edition", on=later.effective_from, ordinal=later.ordinal)


def of_others(linked: Iterable[Linked]) -> Iterator[Banner]:
    """What the documents did that the reader may know of."""
    for other in linked:
        if other.kind in PASSIVE:
            yield _of_other(
                kind=other.kind, slug=other.slug, number=other.number, type=other.type, title=other.title,
                effective_from=other.effective_from,
            )  # fmt: skip


async def of_others_about(documents: Sequence[UUID], scopes: frozenset[str]) -> dict[UUID, list[Banner]]:
    """The same for many documents at once, by what ``scopes`` may know of now."""
    among, values = database.among("r.other", documents)
    readable, more = audiences.readable(scopes, of="o.id")
    found: dict[UUID, list[Banner]] = {}
    for row in await database.fetch(
        "SELECT r.other, r.kind, o.slug, o.number, o.type, o.title, o.effective_from FROM relation r "
        f"JOIN document o ON o.id = r.document AND o.shown WHERE {among} AND {_CHANGING} AND {readable} ORDER BY r.id",
        values,
        *more,
    ):
        found.setdefault(row.pop("other"), []).append(_of_other(**row))
    return found


def told_otherwise(before: frozenset[str], scopes: frozenset[str]) -> Condition:
    """That readers with these two sets of scopes are told of different documents above the document ``d``."""
    then, values = audiences.readable(before, of="o.id")
    now, more = audiences.readable(scopes, of="o.id")
    return (
        "d.id IN (SELECT r.other FROM relation r JOIN document o ON o.id = r.document AND o.shown "
        f"WHERE r.other IS NOT NULL AND {_CHANGING} AND ({then}) <> ({now}))",
        [*values, *more],
    )


def _of_other(kind: str, *, effective_from: date | None, **named: Any) -> Banner:
    return Banner(PASSIVE[kind], on=effective_from, **named)


def _day_after(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day else None
