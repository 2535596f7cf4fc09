"""Issuing what was approved: the draft becomes the document's text that readers have, once, and its notice is owed."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from base import clock, database, journal, logs, revisions
from base.errors import ConflictError, RuleError
from content import (
    audiences,
    citing,
    filing,
    following,
    fragments,
    issuers,
    naming,
    publishing,
    relations,
    storing,
    topics,
)
from content.digests import deciding as digests
from content.drafts import keeping, requirements
from content.drafts.model import Draft, UnmetError
from content.linking import Source
from content.publishing import TRANSITIONS
from content.structure.numbering import type_code
from notifications import outbox
from notifications.outbox import Urgency

SYSTEM = "system"
"""The actor when a scheduled moment has come."""

URGENCIES: Mapping[str, Urgency] = {"Khẩn": "high", "Thượng khẩn": "high", "Hỏa tốc": "express"}
"""How urgent the notice of a document is by its marking."""

BEFORE = frozenset({"approved", "scheduled"})
AFTER = frozenset({"published", "superseded"})

log = logs.get(__name__)


async def publish(edition: UUID, *, by: str, scopes: frozenset[str]) -> bool:
    """Issue an approved draft; whether this very call did. However often it is asked, it is issued and told of once.

    Raises UnmetError when something that is required has been lacking since it was approved, ConflictError when its
    number was taken at the same moment.
    """
    try:
        async with database.unique(), database.transaction():
            await filing.hold()
            return await _publish(await keeping.locked(edition), by, scopes)
    except database.DuplicateError:
        raise ConflictError("draft-number-taken") from None


async def publish_due() -> int:
    """Issue the scheduled drafts whose moment has come; how many. One that cannot be issued waits as approved."""
    rows = await database.fetch(
        "SELECT f.edition FROM draft f JOIN edition e ON e.id = f.edition "
        "WHERE e.state = 'scheduled' AND f.publish_at <= {} ORDER BY f.publish_at",
        clock.now(),
    )
    done = 0
    for row in rows:
        try:
            done += await publish(row["edition"], by=SYSTEM, scopes=await audiences.used())
        except RuleError as error:
            log.warning("issuing.stopped", edition=str(row["edition"]), rule=error.key)
            await _stop(row["edition"])
    return done


async def _stop(edition: UUID) -> None:
    """Let a scheduled draft that cannot be issued wait for a person, who finds why in its requirements."""
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "scheduled":
            await database.execute("UPDATE edition SET state = 'approved' WHERE id = {}", edition)
            await keeping.note(edition, publish_at=None)
            await journal.record(act="draft.stopped", subject=f"edition:{edition}", by=SYSTEM, unit=draft.unit)


async def _publish(draft: Draft, by: str, scopes: frozenset[str]) -> bool:
    if draft.state in AFTER:
        return False
    if draft.state not in BEFORE:
        raise publishing.TransitionError(**{"from": draft.state, "to": "published"})
    if requirements.blocking(await requirements.requirements(draft, scopes=scopes)):
        raise UnmetError
    slug = await _name(draft)
    edition = await _number(draft, slug)
    await publishing.advance(edition, "published", TRANSITIONS)
    await publishing.supersede(edition)
    await _relate(draft)
    await digests.issue_with(draft)
    await _address(draft, by)
    await publishing.settle(draft.document)
    await relations.settle_others(draft.document, publishing.settle)
    await _owe(draft, by)
    await journal.record(
        act="document.publish", subject=f"document:{draft.document}", by=by, unit=draft.unit,
        detail={"edition": str(draft.edition)},
    )  # fmt: skip
    await revisions.touch("content")
    return True


async def _name(draft: Draft) -> str:
    """The document is called what the draft says, its issuer and topic as they are filed by now; its address, which
    lasts, is made when it is first issued.
    """
    head, issuer = draft.facts.head, await issuers.current(draft.facts.head.issuer)
    names: dict[str, Any] = {"issuer": issuer, "type": head.type, "number": head.number, "issued": head.issued}
    facts: dict[str, Any] = {
        "identity": naming.identity(**names), **names, "code": type_code(head.number),
        "issuer_code": re.split("[/-]", head.number)[-1], "title": head.title,
        "topic": await topics.current(draft.facts.topic),
        "offline": draft.facts.offline, **naming.document_keys(**names, title=head.title),
    }  # fmt: skip
    if not draft.known:
        wanted = naming.document_slug(type=head.type, number=head.number, issued=head.issued)
        facts["slug"] = await storing.free_slug(wanted)
    assignments = ", ".join(f"{column} = {{}}" for column in facts)
    await database.execute(f"UPDATE document SET {assignments} WHERE id = {{}}", *facts.values(), draft.document)
    return str(facts.get("slug", draft.slug))


async def _number(draft: Draft, slug: str) -> dict[str, Any]:
    """Give the edition its place after those that were issued, and the links in it their place to be resolved from."""
    rows = await database.fetch(
        "SELECT max(ordinal) AS last FROM edition WHERE document = {} AND ordinal > 0", draft.document
    )
    ordinal = (rows[0]["last"] or 0) + 1
    await database.execute("UPDATE edition SET ordinal = {} WHERE id = {}", ordinal, draft.edition)
    pieces, head = await fragments.pieces_of(draft.edition), draft.facts.head
    source = Source(head.number, head.type, head.issued, f"{slug}@{ordinal}")
    await storing.keep_text(draft.edition, pieces.parts, pieces.anchors, source=source, signer=head.signer)
    return {"id": draft.edition, "document": draft.document, "ordinal": ordinal, "state": draft.state}


async def _relate(draft: Draft) -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for claim in draft.facts.relations:
        named[claim.kind].append(claim.number)
    await relations.declare(draft.document, named)
    await relations.cite(draft.document, citing.numbers((await fragments.text_of(draft.edition)).html))
    await relations.resolve(draft.document, draft.facts.head.number)


async def _address(draft: Draft, by: str) -> None:
    """Frozen as scopes: who belongs to them later reads it too. A later text may be for others than the one before."""
    now, wanted = clock.now(), frozenset(draft.facts.audience)
    current = {window.scope for window in await audiences.windows(draft.document) if window.open_at(now)}
    await publishing.close(draft.document, current - wanted, at=now, by=by, reason="")
    await publishing.address(draft.document, wanted - current, by=by, reason="", at=now)


async def _owe(draft: Draft, by: str) -> None:
    await outbox.owe(
        key=f"document.publish:{draft.edition}", kind="document.publish", about=f"document:{draft.document}",
        audience=draft.facts.audience, urgency=urgency(draft), by=by, matters=await matters(draft),
    )  # fmt: skip


def urgency(draft: Draft) -> Urgency:
    """How urgent the notice is that its issue owes."""
    return URGENCIES.get(draft.facts.head.urgency, "normal")


async def matters(draft: Draft) -> set[str]:
    """By what members may follow that it is issued: the document, its issuer and topic by all their names."""
    issuer, topic = await issuers.current(draft.facts.head.issuer), await topics.current(draft.facts.topic)
    found = {f"document:{draft.document}", *await following.names_of_issuer(issuer)}
    return found | await following.names_of_topic(topic) if topic else found
