"""Storing what a file holds: its document, the edition, the parts with their anchors, the fragment; in one act."""

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from base import clock, database
from content import (
    citing,
    duplicates,
    extracting,
    filing,
    fragments,
    issuers,
    naming,
    originals,
    publishing,
    relations,
    scopes,
    storing,
    topics,
)
from content.comparing.carrying import carry
from content.duplicates import Asker
from content.extracting import Extract
from content.linking import Source
from content.outcomes import ImportRow, Refusal, StoredHead, Told, row_of, written
from content.rows import HeadRow
from content.scopes import Resolve
from content.structure import Head

__all__ = ["Placement", "carry", "take"]

PAPERS = frozenset({".docx", ".pdf"})
"""Kinds of files in which offices issue papers."""

TRIES = 3
"""How often a file is stored anew when another importer made the same document or address at the same moment."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where imported documents go unless their front matter says otherwise, and who puts them there."""

    by: str
    audience: frozenset[str]
    owner_unit: int | None
    offline: bool
    resolve: Resolve | None
    asker: Asker


async def take(file: Path, extract: Extract, placement: Placement) -> ImportRow:
    """Store and publish what a file holds; raises Refusal when its front matter names an unknown unit."""
    try:
        placement = await _placed(extract, placement)
    except scopes.UnknownScopeError as error:
        raise Refusal(Told(error.key, error.values)) from None
    for _ in range(TRIES):
        try:
            async with database.unique(), database.transaction():
                await filing.hold()
                known = await duplicates.same_file(file, extract.digest, placement.asker.scopes)
                return known or await _store(file, extract, placement)
        except database.DuplicateError:
            continue
    raise Refusal(Told("content-import-failed"))


async def _placed(extract: Extract, placement: Placement) -> Placement:
    matter = extract.matter
    return replace(
        placement,
        audience=await scopes.resolved(matter.audience, placement.resolve) if matter.audience else placement.audience,
        owner_unit=await scopes.unit(matter.owner, placement.resolve) if matter.owner else placement.owner_unit,
        offline=placement.offline if matter.offline is None else matter.offline,
    )


async def _store(file: Path, extract: Extract, placement: Placement) -> ImportRow:
    """A new document or edition, unless the same is here already."""
    document, warnings = await _known_as(extract), list[Told]()
    if document is not None:
        here = await duplicates.same_document(file, document, extract, placement.asker.scopes)
        told = None if here else await duplicates.nearly_the_newest(document, extract)
        warnings += [told] if told else []
    else:
        here = await _same_elsewhere(file, extract, placement, warnings)
    return here or await _stored_anew(file, extract, placement, document, tuple(warnings))


async def _known_as(extract: Extract) -> UUID | None:
    """The document of this issuer, type, number and date, if there is one."""
    head = extract.structure.head
    identity = _identity(head, await issuers.current(head.issuer))
    rows = await database.fetch("SELECT id FROM document WHERE identity = {}", identity)
    return rows[0]["id"] if rows else None


async def _same_elsewhere(file: Path, extract: Extract, placement: Placement, warnings: list[Told]) -> ImportRow | None:
    """The row of a file whose text is here under another number; what is only nearly so is added to ``warnings``."""
    told = await duplicates.same_text(extract.wording, placement.asker.scopes)
    if told and not placement.asker.even_if_same:
        return row_of(file, "same-text", _stored(extract), error=told)
    told = told or await duplicates.nearly_same(extract, placement.asker.scopes)
    warnings += [told] if told else []
    return None


async def _stored_anew(
    file: Path, extract: Extract, placement: Placement, document: UUID | None, warnings: tuple[Told, ...]
) -> ImportRow:
    head = extract.structure.head
    is_new = document is None
    document, slug = await _document(extract, placement, document)
    edition, ordinal = await _edition(document, slug, file, extract, placement)
    await _keep_original(edition, file, extract.digest, by=placement.by)
    await relations.declare(document, extract.matter.relations)
    await relations.cite(document, citing.numbers((await fragments.text_of(edition)).html))
    await relations.resolve(document, head.number)
    await publishing.publish_import(edition, by=placement.by)
    told = (*warnings, *(Told(key, dict(values)) for key, values in extract.structure.warnings))
    return row_of(file, "new" if is_new else "edition", _stored(extract), warnings=told, slug=slug, edition=ordinal)


async def _keep_original(edition: UUID, file: Path, digest: str, *, by: str) -> None:
    """Keep a paper as it was issued, for readers to download; Refusal when the file is not what was read any more.

    Texts in Markdown and plain text are the handbook's own: nobody issued them so, and their front matter is nobody's
    to read.
    """
    if file.suffix.lower() not in PAPERS:
        return
    data, found = await asyncio.to_thread(extracting.load, file)
    if found != digest:
        raise Refusal(Told("content-import-failed"))
    await originals.keep(edition, originals.SOURCE, data, file.name, by=by)


def _identity(head: Head, issuer: str) -> str:
    return naming.identity(issuer=issuer, type=head.type, number=head.number, issued=head.issued)


async def _document(extract: Extract, placement: Placement, known: UUID | None) -> tuple[UUID, str]:
    """The document, made when it is not known, and brought up to what the file says; its id and its address."""
    head, issuer = extract.structure.head, await issuers.current(extract.structure.head.issuer)
    facts: dict[str, Any] = {
        "title": head.title,
        **naming.document_keys(issuer=issuer, type=head.type, number=head.number, title=head.title, issued=head.issued),
    }
    if extract.matter.topic:
        facts["topic"] = await topics.current(extract.matter.topic)
    if known is None:
        filed = {"identity": _identity(head, issuer), "issuer": issuer, "topic": ""}
        return await _new_document(head, {**filed, **facts}, placement)
    assignments = ", ".join(f"{column} = {{}}" for column in facts)
    await database.execute(f"UPDATE document SET {assignments} WHERE id = {{}}", *facts.values(), known)
    [row] = await database.fetch("SELECT slug FROM document WHERE id = {}", known)
    return known, row["slug"]


async def _new_document(head: Head, facts: dict[str, Any], placement: Placement) -> tuple[UUID, str]:
    document = uuid4()
    slug = await storing.free_slug(naming.document_slug(type=head.type, number=head.number, issued=head.issued))
    facts |= {
        "id": document, "slug": slug, "issuer_code": re.split("[/-]", head.number)[-1],
        "type": head.type, "code": head.code, "number": head.number, "issued": head.issued,
        "owner_unit": placement.owner_unit, "offline": placement.offline, "shown": False, "created_at": clock.now(),
    }  # fmt: skip
    await storing.insert("document", [facts])
    await publishing.address(document, placement.audience, by=placement.by, reason="")
    return document, slug


async def _edition(document: UUID, slug: str, file: Path, extract: Extract, placement: Placement) -> tuple[UUID, int]:
    """A new draft after the editions that the document has; its id and ordinal."""
    head, matter, now = extract.structure.head, extract.matter, clock.now()
    earlier = await database.fetch(
        "SELECT id, ordinal FROM edition WHERE document = {} AND ordinal > 0 ORDER BY ordinal DESC LIMIT 1", document
    )
    edition, ordinal = uuid4(), earlier[0]["ordinal"] + 1 if earlier else 1
    await storing.insert("edition", [{
        "id": edition, "document": document, "ordinal": ordinal, "state": "draft",
        "effective_from": matter.effective_from or head.effective or head.issued or clock.today(),
        "effective_until": matter.effective_until, "source": Path(written(file)).name, "source_digest": extract.digest,
        **storing.compared_by(extract.wording),
        "head": msgspec.json.encode(_stored(extract)).decode(), "reason": "", "created_at": now,
        "created_by": placement.by,
    }])  # fmt: skip
    parts = extract.structure.parts
    anchors = await storing.anchors_after(parts, earlier[0]["id"] if earlier else None)
    source = Source(head.number, head.type, head.issued, f"{slug}@{ordinal}")
    await storing.keep_text(edition, parts, anchors, source=source, signer=head.signer)
    return edition, ordinal


def _stored(extract: Extract) -> StoredHead:
    head: Head = extract.structure.head
    facts = {name: getattr(head, name) for name in HeadRow.__struct_fields__}
    return StoredHead(
        **facts, counts=extract.structure.counts, sources=dict(head.sources), revised=extract.matter.revised
    )
