"""Making a draft that was begun as a document of its own a later text of one that has been issued."""

from typing import NamedTuple
from uuid import UUID

from base import database, journal
from base.errors import NotFoundError
from content import audiences, fragments, storing
from content.digests import keeping as digests
from content.drafts import keeping
from content.drafts.model import Draft
from content.linking import Source


class Issued(NamedTuple):
    """An issued document, and the unit that it belongs to."""

    id: UUID
    unit: int | None


async def issued_as(slug: str, *, scopes: frozenset[str]) -> Issued:
    """The document at an address, whether or not it is shown now; NotFoundError for what these scopes may not read."""
    rows = await database.fetch(
        "SELECT id, owner_unit FROM document WHERE slug = {} AND published_at IS NOT NULL", slug
    )
    if not rows or not audiences.may_read(scopes, await audiences.windows(rows[0]["id"])):
        raise NotFoundError
    return Issued(rows[0]["id"], rows[0]["owner_unit"])


async def join(edition: UUID, document: UUID, *, by: str) -> None:
    """Make a draft that was begun as a document of its own a later text of an issued one, whose anchors it takes up.

    That the editor may read and change that document is for the door to know. Joined already, nothing changes.
    """
    async with database.transaction():
        draft = await keeping.locked_open(edition)
        if draft.document == document:
            return
        rows = await database.fetch(
            "SELECT id, ordinal FROM edition WHERE document = {} AND ordinal > 0 ORDER BY ordinal DESC LIMIT 1",
            document,
        )
        if not rows or draft.known:
            raise NotFoundError
        least = "(SELECT min(ordinal) FROM edition WHERE document = {})"
        await database.execute(
            f"UPDATE edition SET document = {{}}, ordinal = CASE WHEN {least} < 0 THEN {least} ELSE 0 END - 1 "
            "WHERE id = {}",
            document, document, document, edition,
        )  # fmt: skip
        await database.execute("DELETE FROM document WHERE id = {}", draft.document)
        await _carry_on(draft, rows[0]["id"])
        await keeping.write(draft, by)
        await journal.record(act="draft.join", subject=f"edition:{edition}", by=by, unit=draft.unit)


async def _carry_on(draft: Draft, earlier: UUID) -> None:
    pieces, head = await fragments.pieces_of(draft.edition), draft.facts.head
    source = Source(head.number, head.type, head.issued, "")
    anchors = await storing.anchors_after(pieces.parts, earlier)
    await storing.keep_text(draft.edition, pieces.parts, anchors, source=source, signer=head.signer)
    await digests.reanchor(draft.edition, {pieces.anchors[path]: anchor for path, anchor in anchors.items()})
