"""Beginning a draft: from an office's file, from pasted text, or from the text that a document has now."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import msgspec

from base import clock, database, journal
from base.errors import ConflictError, NotFoundError
from content import audiences, extracting, filing, fragments, issuers, naming, originals, storing, topics
from content.drafts import doubts, keeping
from content.drafts.model import Facts
from content.extracting import MAX_BYTES, Extract
from content.linking import Source
from content.outcomes import Refusal, StoredHead, Told
from content.rows import HeadRow

PASTED = "van-ban-dan.md"
"""What a text is called that came without a file."""

Scopes = frozenset[str]


async def from_file(id: UUID, data: bytes, name: str, *, unit: int, by: str, scopes: Scopes) -> UUID:
    """Begin the draft ``id`` from a file, which is kept as it is; the edition's id. The same again changes nothing.

    Where a document of this issuer, type, number and date has been issued for these ``scopes``, the draft is a later
    text of it. Raises Refusal for a file that may not or cannot enter; ConflictError for an id that is another's.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(Told("content-import-too-large", {"megabytes": MAX_BYTES // 1024 // 1024}))
    digest = sha256(data).hexdigest()
    if await _begun(id, digest, by):
        return id
    extract = await extracting.extract(data, digest, name, nameless=True)
    async with database.unique(), database.transaction():
        await filing.hold()
        await _begin(id, extract, name, unit=unit, by=by, document=await _issued(extract, scopes))
        await originals.keep(id, originals.SOURCE, data, name, by=by)
    return id


async def from_text(id: UUID, text: str, *, unit: int, by: str, scopes: Scopes) -> UUID:
    """The same from text that was pasted or typed; no file is kept."""
    digest = sha256(text.encode()).hexdigest()
    if await _begun(id, digest, by):
        return id
    if not text.strip():
        raise Refusal(Told("content-import-empty"))
    extract = await extracting.extract_text(text, digest, PASTED, nameless=True)
    async with database.unique(), database.transaction():
        await filing.hold()
        await _begin(id, extract, PASTED, unit=unit, by=by, document=await _issued(extract, scopes))
    return id


async def from_document(id: UUID, document: UUID, *, unit: int, by: str) -> UUID:
    """Begin a later text of a document from its newest one, in the name of a unit."""
    newest = await _newest(document)
    if await _begun(id, newest["source_digest"], by):
        return id
    pieces = await fragments.pieces_of(newest["id"])
    text = "".join(part.text for part in pieces.parts)
    extract = await extracting.extract_text(text, newest["source_digest"], newest["source"], nameless=True)
    async with database.unique(), database.transaction():
        await filing.hold()
        facts = await _as_issued(document, newest)
        await _begin(id, extract, newest["source"], unit=unit, by=by, document=document, facts=facts)
    return id


async def _begun(id: UUID, digest: str, by: str) -> bool:
    """Whether this very draft was begun before by the same hand; raises ConflictError when the id is another's."""
    rows = await database.fetch("SELECT source_digest, created_by FROM edition WHERE id = {}", id)
    if not rows:
        return False
    if (rows[0]["source_digest"], rows[0]["created_by"]) != (digest, by):
        raise ConflictError
    return True


async def _issued(extract: Extract, scopes: Scopes) -> UUID | None:
    """The issued document that this is a print of; one that the editor may not read is as if it were not here."""
    head = extract.structure.head
    if not (head.number and head.type):
        return None
    issuer = await issuers.current(head.issuer)
    made = naming.identity(issuer=issuer, type=head.type, number=head.number, issued=head.issued)
    rows = await database.fetch("SELECT id FROM document WHERE identity = {} AND published_at IS NOT NULL", made)
    known = rows and audiences.may_read(scopes, await audiences.windows(rows[0]["id"]))
    return rows[0]["id"] if known else None


async def _newest(document: UUID) -> dict[str, Any]:
    rows = await database.fetch(
        "SELECT id, head, source, source_digest, effective_until FROM edition "
        "WHERE document = {} AND state IN ('published', 'superseded') ORDER BY ordinal DESC LIMIT 1",
        document,
    )
    if not rows:
        raise NotFoundError
    return rows[0]


async def _begin(
    id: UUID, extract: Extract, name: str, *, unit: int, by: str, document: UUID | None, facts: Facts | None = None
) -> None:
    slug, earlier = await _place(document)
    document = document or await _placeholder(id, unit)
    facts = facts or await _facts(document if earlier else None, extract)
    now = clock.now()
    await storing.insert("edition", [{
        "id": id, "document": document, "ordinal": await _unissued_ordinal(document), "state": "draft",
        "effective_from": facts.effective_from, "effective_until": facts.effective_until, "source": name[-200:],
        "source_digest": extract.digest, **storing.compared_by(extract.wording),
        "head": keeping.packed(_stored(facts.head, extract)), "reason": "", "created_at": now, "created_by": by,
    }])  # fmt: skip
    structure = extract.structure
    anchors = await storing.anchors_after(structure.parts, earlier)
    source = Source(facts.head.number, facts.head.type, facts.head.issued, slug)
    await storing.keep_text(id, structure.parts, anchors, source=source, signer=facts.head.signer)
    await storing.insert("draft", [{
        "edition": id, "version": 1, "unit": unit, "source": structure.source,
        "doubts": keeping.packed(doubts.of(structure.parts, structure.warnings)), "facts": keeping.packed(facts),
        "hands": keeping.packed([by]), "unclassified_by": "", "submitted_by": "", "approved_by": "", "saved_by": by,
        "saved_at": now,
    }])  # fmt: skip
    await journal.record(act="draft.begin", subject=f"edition:{id}", by=by, unit=unit)


async def _place(document: UUID | None) -> tuple[str, UUID | None]:
    """The address of an issued document, and its newest edition, whose anchors are carried on."""
    if document is None:
        return "", None
    rows = await database.fetch(
        "SELECT d.slug, e.id FROM document d JOIN edition e ON e.document = d.id "
        "WHERE d.id = {} AND e.ordinal > 0 ORDER BY e.ordinal DESC LIMIT 1",
        document,
    )
    return (rows[0]["slug"], rows[0]["id"]) if rows else ("", None)


async def _placeholder(id: UUID, unit: int) -> UUID:
    """The row of a document that nobody has issued yet: without name or address until it is."""
    document = uuid4()
    await storing.insert("document", [{
        "id": document, "identity": f"draft|{id}", "slug": f"draft-{id}", "issuer": "", "issuer_code": "", "type": "",
        "code": "", "number": "", "title": "", "topic": "", "owner_unit": unit, "offline": True, "shown": False,
        "created_at": clock.now(),
        **naming.document_keys(issuer="", type="", number="", title="", issued=None),
    }])  # fmt: skip
    return document


async def _unissued_ordinal(document: UUID) -> int:
    """Below zero: an edition gets its number when it is issued."""
    [row] = await database.fetch("SELECT min(ordinal) AS least FROM edition WHERE document = {}", document)
    return min(row["least"] or 0, 0) - 1


async def _facts(document: UUID | None, extract: Extract) -> Facts:
    """What the paper states; of a later text also where the document is and for whom.

    From which day a later text is in force its paper hardly tells: it repeats the day of the first. The editor says it.
    """
    head, matter = extract.structure.head, extract.matter
    begins = matter.effective_from or (None if document else head.effective or head.issued)
    facts = Facts(
        head=HeadRow(**{name: getattr(head, name) for name in HeadRow.__struct_fields__}),
        topic=await topics.current(matter.topic),
        offline=matter.offline is not False,
        effective_from=begins,
        effective_until=matter.effective_until,
    )
    return facts if document is None else msgspec.structs.replace(facts, **await _placed(document))


async def _as_issued(document: UUID, newest: dict[str, Any]) -> Facts:
    head = msgspec.json.decode(newest["head"], type=HeadRow)
    return Facts(head=head, effective_until=newest["effective_until"], **await _placed(document))


async def _placed(document: UUID) -> dict[str, Any]:
    """Topic, audience and whether it may be kept offline, as they stand now."""
    now = clock.now()
    scopes = [window.scope for window in await audiences.windows(document) if window.open_at(now)]
    [row] = await database.fetch("SELECT topic, offline FROM document WHERE id = {}", document)
    return {"topic": row["topic"], "offline": bool(row["offline"]), "audience": tuple(sorted(set(scopes)))}


def _stored(head: HeadRow, extract: Extract) -> StoredHead:
    facts = {name: getattr(head, name) for name in HeadRow.__struct_fields__}
    sources = dict(extract.structure.head.sources)
    return StoredHead(**facts, counts=extract.structure.counts, sources=sources, revised=extract.matter.revised)
