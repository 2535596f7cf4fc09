"""A small desk: Lan writes for unit 1, Minh approves; drafts at any stage of their way."""

from uuid import UUID, uuid4

import msgspec

from base import database
from content import issuing
from content.drafts import deciding, keeping, starting, writing
from content.drafts.model import Draft, Facts
from tests.content.builders import regulation

LAN, MINH = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
UNIT = 1
PUBLIC = frozenset({"public"})
READY = {"topic": "xay-dung-dang", "audience": ("public",)}


async def begun(text: str | None = None, *, id: UUID | None = None, by: str = LAN) -> Draft:
    """A draft that Lan began from a text."""
    made = await starting.from_text(id or uuid4(), text or regulation(), unit=UNIT, by=by, scopes=PUBLIC)
    return await keeping.draft_of(made)


async def stated(draft: Draft, **facts: object) -> Draft:
    """The draft with other facts; those of the head by their own names."""
    head = {name: facts.pop(name) for name in list(facts) if name in type(draft.facts.head).__struct_fields__}
    wanted: Facts = msgspec.structs.replace(
        draft.facts, head=msgspec.structs.replace(draft.facts.head, **head), **facts
    )
    await writing.state_facts(draft.edition, wanted, seen=writing.mark_of(draft.facts), by=LAN)
    return await keeping.draft_of(draft.edition)


async def ready(text: str | None = None, **facts: object) -> Draft:
    """A draft that lacks nothing."""
    draft = await stated(await begun(text), **{**READY, **facts})
    await deciding.confirm_unclassified(draft.edition, by=LAN)
    return await keeping.draft_of(draft.edition)


async def submitted(text: str | None = None, **facts: object) -> Draft:
    """One that waits for approval."""
    draft = await ready(text, **facts)
    await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    return await keeping.draft_of(draft.edition)


async def approved(text: str | None = None, **facts: object) -> Draft:
    """One that Minh approved."""
    draft = await submitted(text, **facts)
    await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    return await keeping.draft_of(draft.edition)


async def issued(text: str | None = None, **facts: object) -> Draft:
    """One that Minh issued."""
    draft = await approved(text, **facts)
    await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
    return await keeping.draft_of(draft.edition)


async def acts(subject: str) -> list[str]:
    """What the journal tells of something, in order."""
    rows = await database.fetch("SELECT act FROM journal WHERE subject = {} ORDER BY at, id", subject)
    return [row["act"] for row in rows]
