"""What the editor states of a draft: number, type, issuer, dates, signer, title, topic, and the note to readers."""

import uuid
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import drafting
from backend.pages.desk.drafting import DONE, Opened
from backend.pages.shell import AnyRequest, form_at, page_at
from backend.pages.views import topic_names
from base.errors import InvalidError, RuleError
from content import issuers, vocabulary
from content.drafts import writing
from content.drafts.model import ChangedError, Facts
from content.rows import HeadRow

FACTS = "desk/draft_facts.html"
WORDS = ("number", "type", "issuer", "place", "title", "signer", "capacity", "signer_title", "urgency")
DAYS = ("issued", "effective_from", "effective_until")
URGENCIES = ("Khẩn", "Thượng khẩn", "Hỏa tốc")
FIELDS = (*WORDS, *DAYS, "recipients", "topic", "offline", "note", "seen")
LONGEST = {"number": 60, "type": 60, "issuer": 200, "place": 100, "title": 1_000, "signer": 120, "capacity": 120,
           "signer_title": 120, "urgency": 20, "note": 1_000}  # fmt: skip


@page_at("/desk/drafts/{id:uuid}/facts")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The facts as they stand."""
    desk = await drafting.opened(request, id)
    return forms.fresh(request, FACTS, DONE, values=_typed(desk.draft.facts), **await _context(request, desk))


@form_at("/desk/drafts/{id:uuid}/facts")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """State other facts; who opened an older state sees what differs."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, *FIELDS, length=4_000)

    async def act() -> None:
        await writing.state_facts(id, _stated(typed, desk.draft.facts), seen=typed["seen"], by=desk.by)

    async def again(error: RuleError) -> Page:
        return await _again(request, desk, error, typed)

    return await drafting.do(request, act, f"/desk/drafts/{id}/facts?done=draft-saved", again)


async def _again(request: AnyRequest, desk: Opened, error: RuleError, typed: dict[str, str]) -> Page:
    theirs: dict[str, str] = {}
    if isinstance(error, ChangedError) and isinstance(error.theirs, Facts):
        now = _typed(error.theirs)
        theirs = {field: now[field] for field in now if field != "seen" and now[field] != typed.get(field, "")}
        typed = {**typed, "seen": now["seen"]}
    return forms.again(request, FACTS, error, typed, **{**await _context(request, desk), "theirs": theirs})


async def _context(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    topics = await topic_names(visit_of(request).language)
    return {
        **await drafting.head(request, desk, "facts"), "types": [each.name for each in vocabulary.types()],
        "issuers": await issuers.known_names(), "filed_as": await _filed_as(desk), "topics": list(topics.items()),
        "urgencies": [(word, word) for word in URGENCIES], "theirs": {}, "longest": LONGEST,
    }  # fmt: skip


async def _filed_as(desk: Opened) -> str:
    """The name under which the document will be filed, where that is not the one that its paper bears; else ""."""
    printed = desk.draft.facts.head.issuer
    now = await issuers.current(printed)
    return "" if now == printed else now


def _typed(facts: Facts) -> dict[str, str]:
    """The facts as the form shows them; ``seen`` is what tells this state from another."""
    head = facts.head
    days = {"issued": head.issued, "effective_from": facts.effective_from, "effective_until": facts.effective_until}
    return {
        **{field: getattr(head, field) for field in WORDS},
        **{field: f"{day:%d/%m/%Y}" if day else "" for field, day in days.items()},
        "recipients": "\n".join(head.recipients), "topic": facts.topic, "offline": "1" if facts.offline else "",
        "note": facts.note, "seen": writing.mark_of(facts),
    }  # fmt: skip


def _stated(typed: dict[str, str], before: Facts) -> Facts:
    for field, most in LONGEST.items():
        if len(typed[field]) > most:
            raise InvalidError.of(field, "draft-field-long", most=most)
    if typed["urgency"] and typed["urgency"] not in URGENCIES:
        raise InvalidError.of("urgency", "draft-urgency-wrong")
    days = {field: forms.date_of(typed[field], field) for field in DAYS}
    words = {field: " ".join(typed[field].split()) for field in WORDS}
    recipients = tuple(filter(None, (line.strip() for line in typed["recipients"].splitlines())))
    head = HeadRow(**words, issued=days["issued"], recipients=recipients, code=before.head.code,
                   effective=before.head.effective)  # fmt: skip
    return msgspec.structs.replace(
        before, head=head, effective_from=days["effective_from"], effective_until=days["effective_until"],
        topic=typed["topic"], offline=typed["offline"] == "1", note=typed["note"],
    )  # fmt: skip
