"""Storing what a file holds: its document, the edition, the parts with their anchors, the fragment; in one act."""

import asyncio
import re
import secrets
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from base import clock, database
from content import fragments, naming, publishing, relations, scopes
from content.extracting import Extract, Refusal
from content.outcomes import ImportRow, Told, written
from content.rendering import render
from content.rows import HeadRow
from content.scopes import Resolve
from content.structure import Head, Part, carry_anchors

ROWS = 500
"""How many rows are inserted by one statement; PostgreSQL takes at most 32,767 values."""

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


async def known(file: Path, digest: str) -> ImportRow | None:
    """What became of this very file when it was taken before; None when it was not."""
    rows = await database.fetch(
        "SELECT d.slug, d.issuer, d.issued, e.ordinal, e.head FROM edition e JOIN document d ON d.id = e.document "
        "WHERE e.source_digest = {} ORDER BY e.ordinal DESC LIMIT 1",
        digest,
    )
    if not rows:
        return None
    head = msgspec.json.decode(rows[0]["head"], type=StoredHead)
    return ImportRow(
        path=written(file), outcome="unchanged", number=head.number, type=head.type, issuer=rows[0]["issuer"],
        issued=rows[0]["issued"], title=head.title, signer=head.signer, counts=head.counts,
        slug=rows[0]["slug"], edition=rows[0]["ordinal"],
    )  # fmt: skip


async def take(file: Path, extract: Extract, placement: Placement) -> ImportRow:
    """Store and publish what a file holds; raises Refusal when its front matter names an unknown unit."""
    try:
        placement = await _placed(extract, placement)
    except scopes.UnknownScopeError as error:
        raise Refusal(Told(error.key, error.values)) from None
    for _ in range(TRIES):
        try:
            async with database.unique(), database.transaction():
                return await known(file, extract.digest) or await _store(file, extract, placement)
        except database.DuplicateError:
            continue
    raise Refusal(Told("content-import-failed"))


class StoredHead(HeadRow, frozen=True):
    """The head as it is stored: also how many parts of each kind there are."""

    counts: dict[str, int] = {}  # noqa: RUF012 - msgspec copies it


async def _placed(extract: Extract, placement: Placement) -> Placement:
    matter = extract.matter
    return replace(
        placement,
        audience=await scopes.resolved(matter.audience, placement.resolve) if matter.audience else placement.audience,
        owner_unit=await scopes.unit(matter.owner, placement.resolve) if matter.owner else placement.owner_unit,
        offline=placement.offline if matter.offline is None else matter.offline,
    )


async def _store(file: Path, extract: Extract, placement: Placement) -> ImportRow:
    head = extract.structure.head
    document, slug, is_new = await _document(extract, placement)
    edition, ordinal = await _edition(document, file, extract, placement)
    await relations.declare(document, extract.matter.relations)
    await relations.resolve(document, head.number)
    await publishing.publish_import(edition, by=placement.by)
    return ImportRow(
        path=written(file), outcome="new" if is_new else "edition", number=head.number, type=head.type,
        issuer=head.issuer, issued=head.issued, title=head.title, signer=head.signer,
        counts=extract.structure.counts, warnings=_warnings(extract), slug=slug, edition=ordinal,
    )  # fmt: skip


async def _document(extract: Extract, placement: Placement) -> tuple[UUID, str, bool]:
    """The document of this identity, made when there is none; its id, its address, and whether it is new."""
    head = extract.structure.head
    identity = naming.identity(issuer=head.issuer, type=head.type, number=head.number, issued=head.issued)
    facts: dict[str, Any] = {
        "title": head.title,
        **naming.document_keys(
            issuer=head.issuer, type=head.type, number=head.number, title=head.title, issued=head.issued
        ),
    }
    if extract.matter.topic:
        facts["topic"] = extract.matter.topic
    known_as = await database.fetch("SELECT id, slug FROM document WHERE identity = {}", identity)
    if known_as:
        assignments = ", ".join(f"{column} = {{}}" for column in facts)
        await database.execute(f"UPDATE document SET {assignments} WHERE id = {{}}", *facts.values(), known_as[0]["id"])
        return known_as[0]["id"], known_as[0]["slug"], False
    return *await _new_document(head, {"identity": identity, "topic": "", **facts}, placement), True


async def _new_document(head: Head, facts: dict[str, Any], placement: Placement) -> tuple[UUID, str]:
    document = uuid4()
    slug = await _free_slug(naming.document_slug(type=head.type, number=head.number, issued=head.issued))
    facts |= {
        "id": document, "slug": slug, "issuer": head.issuer, "issuer_code": re.split("[/-]", head.number)[-1],
        "type": head.type, "code": head.code, "number": head.number, "issued": head.issued,
        "owner_unit": placement.owner_unit, "offline": placement.offline, "shown": False, "created_at": clock.now(),
    }  # fmt: skip
    await _insert("document", [facts])
    await publishing.address(document, placement.audience, by=placement.by, reason="")
    return document, slug


async def _free_slug(wanted: str) -> str:
    rows = await database.fetch("SELECT slug FROM document WHERE slug = {} OR slug LIKE {}", wanted, f"{wanted}-%")
    taken = {row["slug"] for row in rows}
    candidates = (wanted if at == 1 else f"{wanted}-{at}" for at in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


async def _edition(document: UUID, file: Path, extract: Extract, placement: Placement) -> tuple[UUID, int]:
    """A new draft after the editions that the document has; its id and ordinal."""
    head, matter, now = extract.structure.head, extract.matter, clock.now()
    earlier = await database.fetch(
        "SELECT id, ordinal FROM edition WHERE document = {} ORDER BY ordinal DESC LIMIT 1", document
    )
    edition, ordinal = uuid4(), earlier[0]["ordinal"] + 1 if earlier else 1
    await _insert("edition", [{
        "id": edition, "document": document, "ordinal": ordinal, "state": "draft",
        "effective_from": matter.effective_from or head.effective or head.issued or clock.today(),
        "effective_until": matter.effective_until, "source": Path(written(file)).name, "source_digest": extract.digest,
        "head": msgspec.json.encode(_stored(extract)).decode(), "reason": "", "created_at": now,
        "created_by": placement.by,
    }])  # fmt: skip
    parts = extract.structure.parts
    anchors = await _anchors(parts, earlier[0]["id"] if earlier else None)
    await _insert("part", [_part(edition, part, anchors[part.path]) for part in parts])
    made = render(parts, anchors=anchors, number=head.number, type=head.type, signer=head.signer)
    await fragments.keep(edition, made)
    return edition, ordinal


async def _anchors(parts: tuple[Part, ...], earlier: UUID | None) -> dict[str, str]:
    """An anchor for each path: that of the same passage in the edition before, or a new one."""
    carried: list[str | None] = [None] * len(parts)
    if earlier is not None:
        pieces = await fragments.pieces_of(earlier)
        old = [(part, pieces.anchors[part.path]) for part in pieces.parts]
        carried = await asyncio.to_thread(carry_anchors, old, parts)
    return {part.path: anchor or secrets.token_hex(8) for part, anchor in zip(parts, carried, strict=True)}


def _part(edition: UUID, part: Part, anchor: str) -> dict[str, Any]:
    return {
        "edition": edition, "position": part.position, "anchor": anchor, "path": part.path, "parent": part.parent,
        "kind": part.kind, "label": part.label, "heading": part.heading, "text": part.text,
        "body": None if part.body == part.text else part.body,
        "digest": blake2b(part.text.encode(), digest_size=16).hexdigest(),
    }  # fmt: skip


async def _insert(table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, many by one statement."""
    columns = ", ".join(rows[0])
    one = f"({', '.join('{}' for _ in rows[0])})"
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        await database.execute(
            f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(some))}",
            *[value for row in some for value in row.values()],
        )


def _stored(extract: Extract) -> StoredHead:
    head: Head = extract.structure.head
    facts = {name: getattr(head, name) for name in HeadRow.__struct_fields__}
    return StoredHead(**facts, counts=extract.structure.counts)


def _warnings(extract: Extract) -> tuple[Told, ...]:
    head = extract.structure.head
    told = [Told(key, dict(values)) for key, values in extract.structure.warnings]
    if not head.issuer:
        told.append(Told("content-import-no-issuer"))
    if head.issued is None:
        told.append(Told("content-import-no-date"))
    return tuple(told)
