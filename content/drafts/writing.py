"""Changing a draft: its facts, one part, or all of its text; who opened an older state is told, and loses nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from base import database, journal
from base.errors import InvalidError, NotFoundError
from content import extracting, filing, fragments, originals, storing, topics
from content.drafts import doubts, keeping
from content.drafts.model import ChangedError, Draft, Facts
from content.extracting import Extract
from content.linking import Source
from content.outcomes import Refusal, StoredHead, Told
from content.rows import HeadRow
from content.structure import normalise

YEARS = (date(1930, 1, 1), date(2199, 12, 31))
"""Between these days a document can have been issued, or come into force."""


async def state_facts(edition: UUID, facts: Facts, *, seen: str, by: str) -> str:
    """State facts of the draft in place of those that were ``seen`` (mark_of); the mark of what stands now.

    Raises ChangedError with the facts as they stand when somebody else stated others meanwhile. What the paper says of
    secrecy is no fact to change: such a text is refused.
    """
    _check(facts)
    async with database.transaction():
        await filing.hold()
        facts = msgspec.structs.replace(facts, topic=await topics.current(facts.topic))
        draft = await keeping.locked_open(edition)
        if draft.facts == facts:
            return mark_of(facts)
        if seen != mark_of(draft.facts):
            raise ChangedError(draft.facts)
        await _write_facts(draft, facts, by)
    return mark_of(facts)


async def rewrite_part(edition: UUID, anchor: str, text: str, *, seen: str, by: str) -> str:
    """Give one part, found by its anchor, another text; the digest of its text now. ``seen``: of the one opened.

    The whole is read anew, so a part may fall into several or become another's: then "" is returned.
    """
    draft = await keeping.draft_of(edition)
    pieces = await fragments.pieces_of(edition)
    was = next((part for part in pieces.parts if pieces.anchors[part.path] == anchor), None)
    if was is None:
        raise ChangedError(None)
    text = _ended_like(text, was.text)
    if storing.digest_of(was.text) != seen and was.text != text:
        raise ChangedError(was.text)
    whole = "".join(text if part is was else part.text for part in pieces.parts)
    await _rewrite(draft, whole, by, same={was.path: anchor})
    after = await fragments.pieces_of(edition)
    now = next((part for part in after.parts if after.anchors[part.path] == anchor), None)
    return storing.digest_of(now.text) if now else ""


async def rewrite(edition: UUID, text: str, *, seen: str, by: str) -> str:
    """Give the draft another text; the digest of the text now. ``seen``: of the one opened."""
    draft = await keeping.draft_of(edition)
    stands = await text_of(edition)
    if storing.digest_of(stands) != seen and stands != normalise(text):
        raise ChangedError(stands)
    await _rewrite(draft, text, by)
    return storing.digest_of(await text_of(edition))


async def add_scan(edition: UUID, data: bytes, name: str, *, by: str) -> None:
    """Keep the paper as it was signed, with the text that was supplied for it; raises Refusal for what is none."""
    originals.check_scan(data, name)
    async with database.transaction():
        draft = await keeping.locked_open(edition)
        await originals.keep(edition, originals.SIGNED, data, name, by=by)
        await keeping.write(draft, by)
        await _record("draft.scan", draft, by)


async def discard(edition: UUID, *, by: str) -> None:
    """Throw a draft away with all that was kept for it; one that is gone already stays so."""
    async with database.transaction():
        try:
            draft = await keeping.locked_open(edition)
        except NotFoundError:
            return
        for table in ("remark", "original", "digest", "draft", "fragment", "part"):
            await database.execute(f"DELETE FROM {table} WHERE edition = {{}}", edition)
        await database.execute("DELETE FROM edition WHERE id = {}", edition)
        await database.execute(
            "DELETE FROM document WHERE id = {} AND NOT EXISTS (SELECT 1 FROM edition WHERE document = {}) "
            "AND identity LIKE 'draft|%'",
            draft.document, draft.document,
        )  # fmt: skip
        await _record("draft.discard", draft, by)


async def text_of(edition: UUID) -> str:
    """The whole text of a draft."""
    return "".join(part.text for part in (await fragments.pieces_of(edition)).parts)


def mark_of(facts: Facts) -> str:
    """What tells one state of the facts from another."""
    return storing.digest_of(keeping.packed(facts))


async def _rewrite(draft: Draft, text: str, by: str, same: Mapping[str, str] | None = None) -> None:
    """Read the text into parts and store them, unless somebody changed the draft meanwhile.

    ``same`` are anchors that their paths keep however other their words are.
    """
    extract = await extracting.extract_text(text, "", draft.slug, nameless=True)
    if not extract.structure.parts:
        raise Refusal(Told("content-import-empty"))
    async with database.transaction():
        stands = await keeping.locked_open(draft.edition)
        if stands.version != draft.version:
            raise ChangedError(await text_of(draft.edition))
        if extract.structure.source == await text_of(draft.edition):
            return
        await _write_text(draft, extract, by, same or {})


async def _write_text(draft: Draft, extract: Extract, by: str, same: Mapping[str, str]) -> None:
    structure, head = extract.structure, draft.facts.head
    anchors = await storing.anchors_after(structure.parts, draft.edition)
    for path, anchor in same.items():
        if path in anchors and anchor not in anchors.values():
            anchors[path] = anchor
    source = Source(head.number, head.type, head.issued, draft.slug if draft.known else "")
    await storing.keep_text(draft.edition, structure.parts, anchors, source=source, signer=head.signer)
    columns = storing.compared_by(extract.wording)
    assignments = ", ".join(f"{column} = {{}}" for column in columns)
    await database.execute(f"UPDATE edition SET {assignments} WHERE id = {{}}", *columns.values(), draft.edition)
    told = keeping.packed(doubts.of(structure.parts, structure.warnings))
    await keeping.write(draft, by, doubts=told, unclassified_by="", unclassified_at=None)
    await _record("draft.write", draft, by)


async def _write_facts(draft: Draft, facts: Facts, by: str) -> None:
    [row] = await database.fetch("SELECT head FROM edition WHERE id = {}", draft.edition)
    head = msgspec.structs.replace(msgspec.json.decode(row["head"], type=StoredHead), **_fields(facts.head))
    await database.execute(
        "UPDATE edition SET head = {}, effective_from = {}, effective_until = {}, note = {} WHERE id = {}",
        keeping.packed(head), facts.effective_from, facts.effective_until, facts.note, draft.edition,
    )  # fmt: skip
    await keeping.write(draft, by, facts=keeping.packed(facts))
    await _record("draft.state", draft, by)


def _fields(head: HeadRow) -> dict[str, Any]:
    return {name: getattr(head, name) for name in HeadRow.__struct_fields__}


def _check(facts: Facts) -> None:
    head = facts.head
    days = {"issued": head.issued, "effective_from": facts.effective_from, "effective_until": facts.effective_until}
    for field, day in days.items():
        if day is not None and not YEARS[0] <= day <= YEARS[1]:
            raise InvalidError.of(field, "draft-day-wrong")


def _ended_like(text: str, other: str) -> str:
    """The text with the blank lines after it that the part had: they are not the editor's to think of."""
    return text.replace("\r\n", "\n").rstrip() + other[len(other.rstrip()) :]


async def _record(act: str, draft: Draft, by: str) -> None:
    await journal.record(
        act=act, subject=f"edition:{draft.edition}", by=by, unit=draft.unit, detail={"version": draft.version}
    )
