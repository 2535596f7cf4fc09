"""A document as those see it who answer for it: every edition that was issued, and whom it was addressed to and when.

Not for readers: what they may see goes through their scopes. Who may look here, the door decides by the owner unit.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from base import clock, database
from base.errors import NotFoundError
from content import audiences, listing, shelf, slugs
from content.rows import DocumentRow

WITHDRAWN = "withdrawn"


class Issue(Struct, frozen=True):
    """An edition that was issued; ``standing`` is "" for one that was withdrawn, ``reason`` why it was."""

    id: UUID
    ordinal: int
    state: str
    standing: str
    effective_from: date | None
    effective_until: date | None
    published_at: datetime | None
    reason: str
    note: str


class Readdressing(Struct, frozen=True):
    """A moment at which a document was addressed otherwise; ``by`` is empty when a time limit did it."""

    at: datetime
    by: str
    reason: str
    added: frozenset[str]
    ended: frozenset[str]


class Dossier(Struct, frozen=True):
    """``issues`` and ``readdressings`` newest first; ``seen`` is the audience as set_audience takes it."""

    document: DocumentRow
    owner_unit: int | None
    issues: tuple[Issue, ...]
    audience: frozenset[str]
    seen: str
    readdressings: tuple[Readdressing, ...]
    recipients: tuple[str, ...]

    @property
    def is_read(self) -> bool:
        """Whether it has a text that readers may see."""
        return any(issue.state != WITHDRAWN for issue in self.issues)


async def dossier(slug: str) -> Dossier:
    """The document that has or had this address, also when all of it was withdrawn; NotFoundError for one never issued.

    Which address it has now, its row says.
    """
    rows = await database.fetch(
        f"SELECT {listing.COLUMNS}, d.owner_unit FROM document d WHERE d.slug = {{}} AND d.published_at IS NOT NULL",
        slug,
    )
    if not rows:
        return await _moved(slug)
    document = listing.row_of(rows[0])
    issues, now = await _issues(document), clock.now()
    windows = await audiences.windows(document.id)
    return Dossier(
        document=document,
        owner_unit=rows[0]["owner_unit"],
        issues=issues,
        audience=frozenset(window.scope for window in windows if window.to_at is None or window.to_at > now),
        seen=audiences.state(windows),
        readdressings=await _readdressings(document.id, now),
        recipients=(await shelf.text_of(issues[0].id)).head.recipients if issues else (),
    )


async def _moved(slug: str) -> Dossier:
    now = await slugs.current(slug)
    if now is None:
        raise NotFoundError
    return await dossier(now)


async def _issues(document: DocumentRow) -> tuple[Issue, ...]:
    rows = await database.fetch(
        "SELECT id, ordinal, state, effective_from, effective_until, published_at, reason, note FROM edition "
        "WHERE document = {} AND published_at IS NOT NULL ORDER BY ordinal DESC",
        document.id,
    )
    shown = shelf.edition_rows([row for row in rows if row["state"] != WITHDRAWN], document)
    standing = {edition.ordinal: edition for edition in shown}
    return tuple(_issue(row, standing.get(row["ordinal"])) for row in rows)


def _issue(row: dict[str, Any], shown: Any) -> Issue:
    if shown is None:
        return Issue(**{**row, "standing": ""})
    facts = {"standing": shown.standing, "effective_until": shown.effective_until}
    return Issue(**{**row, **facts, "reason": ""})


async def _readdressings(document: UUID, now: datetime) -> tuple[Readdressing, ...]:
    """What one act did at one moment together, the newest first; what is still to come is left out."""
    rows = await database.fetch(
        "SELECT scope, from_at, to_at, reason, by, ended_reason, ended_by FROM audience WHERE document = {}", document
    )
    added, ended = defaultdict[Any, set[str]](set), defaultdict[Any, set[str]](set)
    for row in rows:
        added[row["from_at"], row["by"], row["reason"]].add(row["scope"])
        if row["to_at"] is not None and row["to_at"] <= now:
            ended[row["to_at"], row["ended_by"], row["ended_reason"]].add(row["scope"])
    acts = sorted({*added, *ended}, reverse=True)
    return tuple(
        Readdressing(at, by, reason, frozenset(added[at, by, reason]), frozenset(ended[at, by, reason]))
        for at, by, reason in acts
    )
