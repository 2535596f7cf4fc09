"""What a draft does to other documents and which it cites: found in its text, confirmed by its editor."""

import uuid
from collections.abc import Iterable
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
from base.errors import InvalidError, RuleError
from content import citing, fragments, naming, relations
from content.drafts import proposing, writing
from content.drafts.model import ChangedError, Claim, Facts

RELATIONS = "desk/draft_relations.html"
PROPOSED = "proposed-"
"""What names of fields begin with that answer whether something found in the text is so."""

MOST = 200


@page_at("/desk/drafts/{id:uuid}/relations")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """What was found, what is confirmed, what is cited and whether it is here."""
    desk = await drafting.opened(request, id)
    return forms.fresh(request, RELATIONS, DONE, **await _context(request, desk))


@form_at("/desk/drafts/{id:uuid}/relations")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Confirm or decline what was found, add a relation, and acknowledge cited documents that are not here."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "seen", "kind", "number")
    form = await request.form()
    sent = {
        name: [str(each) for each in form.getall(name, [])][:MOST] for name in ("claim", "declined", "acknowledged")
    }
    sent["answers"] = [str(value) for name, value in form.multi_items() if name.startswith(PROPOSED)][:MOST]

    async def act() -> None:
        await writing.state_facts(id, _stated(desk.draft.facts, sent, typed), seen=typed["seen"], by=desk.by)

    async def again(error: RuleError) -> Page:
        if isinstance(error, ChangedError):  # what stands now, with the answers that were chosen
            context = await _context(request, await drafting.opened(request, id), answers=sent["answers"])
        else:
            context = await _context(request, desk, answers=sent["answers"], kept=sent)
        return forms.again(request, RELATIONS, error, typed, **context)

    return await drafting.do(request, act, f"/desk/drafts/{id}/relations?done=draft-saved", again)


async def _context(
    request: AnyRequest, desk: Opened, *, answers: Iterable[str] = (), kept: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    facts = desk.draft.facts
    text, pieces = await fragments.text_of(desk.draft.edition), await fragments.pieces_of(desk.draft.edition)
    stated = {claim.number for claim in facts.relations}
    found = await citing.cited(text.html, scopes=visit_of(request).scopes)
    proposed = [
        {"value": _value(each.claim), "claim": each.claim, "words": each.words,
         "anchor": pieces.anchors.get(each.claim.path, "")}
        for each in proposing.undecided(facts, pieces.parts)
    ]  # fmt: skip
    return {
        **await drafting.head(request, desk, "relations"), "kinds": relations.STATED,
        "claims": _ticked(facts.relations, kept["claim"] if kept else None), "proposed": proposed,
        "answers": set(answers), "declined": _ticked(facts.declined, kept["declined"] if kept else None),
        "cited": [each for each in found if each.here or each.number not in stated],
        "acknowledged": kept["acknowledged"] if kept else facts.acknowledged, "seen": writing.mark_of(facts),
    }  # fmt: skip


def _ticked(claims: tuple[Claim, ...], chosen: list[str] | None) -> list[dict[str, Any]]:
    """Claims as the form carries them; ticked, unless something else was chosen."""
    return [
        {"value": value, "claim": claim, "ticked": chosen is None or value in chosen}
        for claim in claims
        for value in [_value(claim)]
    ]


def _stated(facts: Facts, sent: dict[str, list[str]], typed: dict[str, str]) -> Facts:
    right, wrong = _answers(sent["answers"])
    kept = [*filter(None, map(_claim, sent["claim"])), *right]
    if typed["number"]:
        kept.append(_added(typed))
    confirmed = {(claim.kind, claim.number): claim for claim in reversed(kept)}
    no = {(claim.kind, claim.number): claim for claim in (*filter(None, map(_claim, sent["declined"])), *wrong)}
    return msgspec.structs.replace(
        facts,
        relations=tuple(reversed(confirmed.values())),
        declined=tuple(claim for key, claim in no.items() if key not in confirmed),
        acknowledged=tuple(dict.fromkeys(sent["acknowledged"])),
    )


def _answers(sent: list[str]) -> tuple[list[Claim], list[Claim]]:
    """What was said to be so and what not; raises InvalidError for an answer that no form gives out."""
    found: dict[str, list[Claim]] = {"yes": [], "no": []}
    for each in filter(None, sent):
        answer, _, value = each.partition(" ")
        claim = _claim(value)
        if answer not in found or claim is None:
            raise InvalidError.of("proposed", "draft-relation-answer")
        found[answer].append(claim)
    return found["yes"], found["no"]


def _added(typed: dict[str, str]) -> Claim:
    if typed["kind"] not in relations.STATED:
        raise InvalidError.of("kind", "draft-relation-kind")
    number = " ".join(typed["number"].split())
    if not naming.running_key(number) or len(number) > citing.NUMBER_CHARS:
        raise InvalidError.of("number", "draft-relation-number")
    return Claim(typed["kind"], number)


def _value(claim: Claim) -> str:
    return f"{claim.kind} {claim.path or '-'} {claim.number}"


def _claim(value: str) -> Claim | None:
    """A line as the form gave it out: kind, path, number."""
    kind, _, rest = value.partition(" ")
    path, _, number = rest.partition(" ")
    if kind not in relations.STATED or not number or len(number) > citing.NUMBER_CHARS:
        return None
    return Claim(kind, number, "" if path == "-" else path[:200])
