"""A topic is merged into another: everything that is filed under it is from now on filed under the other."""

from uuid import UUID

import msgspec

from base import clock, database, journal, revisions
from base.errors import ConflictError, InvalidError, NotFoundError
from content import arranging, filing, topic_uses
from content.drafts import keeping
from content.topic_uses import Filed

REASON_CHARS = 500
"""Most characters of why names are merged or changed."""


class TargetGoneError(ConflictError):
    """The topic that was to take it in was itself merged into another, or removed, meanwhile."""

    key = "topic-target-gone"


async def merge(code: str, *, into: str, reason: str, by: str) -> None:
    """Merge a topic into another, for a reason. What was merged so already stays so.

    The old code leads to the topic that takes it in, as do all codes that led to the old one: never in two steps.
    Raises InvalidError without a reason or another topic, MergedError when it went into a third, TargetGoneError.
    """
    reason = tidy_reason(reason)
    if into in ("", code):
        raise InvalidError.of("into", "topic-target-missing")
    async with database.transaction():
        await filing.hold_alone()
        if await database.fetch("SELECT code FROM former_topic WHERE code = {} AND topic = {}", code, into):
            return
        was = await arranging.living(code)
        await _check_target(into)
        documents = await _refile(code, into, by)
        await database.execute("UPDATE former_topic SET topic = {} WHERE topic = {}", into, code)
        await database.execute(
            "INSERT INTO former_topic (code, topic, vi, en, reason, by, at) VALUES ({}, {}, {}, {}, {}, {}, {})",
            code, into, was["vi"], was["en"], reason, by, clock.now(),
        )  # fmt: skip
        await database.execute("DELETE FROM topic WHERE code = {}", code)
        detail = {"into": into, "documents": documents}
        await journal.record(act="topic.merge", subject=f"topic:{code}", by=by, detail=detail)


def tidy_reason(reason: str) -> str:
    """A reason as it is kept; raises InvalidError for none, or one that is too long."""
    reason = " ".join(reason.replace("\0", " ").split())
    if not reason:
        raise InvalidError.of("reason", "filing-reason-missing")
    if len(reason) > REASON_CHARS:
        raise InvalidError.of("reason", "filing-reason-long", most=REASON_CHARS)
    return reason


async def _check_target(into: str) -> None:
    try:
        await arranging.living(into)
    except (NotFoundError, arranging.MergedError):
        raise TargetGoneError from None


async def _refile(code: str, into: str, by: str) -> int:
    """File what is under one topic under the other; how many documents.

    First documents, then the content as a whole, then manuscripts: in the order in which all acts lock them.
    """
    drafts = await topic_uses.drafts_under(code)
    documents = await _hold_documents(code, drafts)
    await database.execute("UPDATE document SET topic = {} WHERE topic = {}", into, code)
    for draft in await topic_uses.drafts_under(code):
        facts = msgspec.structs.replace(draft.facts, topic=into)
        await keeping.note(draft.edition, facts=keeping.packed(facts))
    for document in documents:
        await journal.record(act="document.topic", subject=f"document:{document}", by=by, detail={"topic": into})
    await revisions.touch("content")
    for table in ("manuscript", "news"):
        await database.execute(f"UPDATE {table} SET topic = {{}} WHERE topic = {{}}", into, code)
    return len(documents)


async def _hold_documents(code: str, drafts: list[Filed]) -> list[UUID]:
    """Lock the documents of the topic, and those of its drafts; the issued ones among the first."""
    among, values = database.among("id", sorted({draft.document for draft in drafts}))
    tail = " FOR UPDATE" if database.is_postgres() else ""
    rows = await database.fetch(
        f"SELECT id, topic, published_at FROM document WHERE topic = {{}} OR {among} ORDER BY id{tail}", code, values
    )
    return [row["id"] for row in rows if row["topic"] == code and row["published_at"] is not None]
