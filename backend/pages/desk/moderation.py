"""The moderators' queue: what waits, the oldest first, decided on one by one or several at once."""

import uuid
from typing import Any

from litestar import Response

from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.moderation import auditing, deciding, queue
from backend.moderation.model import KINDS
from backend.moderation.queue import View, Waiting
from backend.pages import forms, links, rule_words
from backend.pages.answer import Page
from backend.pages.desk import choosing, moderating
from backend.pages.desk.counts import counts
from backend.pages.desk.moderating import DONE, PATH
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.catalogue import say
from base.errors import InvalidError, RuleError
from content.rows import Page as Rows

TEMPLATE = "desk/moderation.html"
REMARK_LENGTH = 200_000
MOST = 100
"""Comments that can be ticked at once; a page shows fewer."""

ALL = "all"


@page_at(PATH)
async def listed(request: AnyRequest) -> Page:
    """One page of the queue, narrowed to a kind and to a unit; that an auditor looked is an act."""
    reader = moderating.comer(request)
    context = await _context(request)
    if context["audits"]:
        await auditing.note_audit(reader.member_id)
    return forms.fresh(request, TEMPLATE, DONE, **context)


@form_at(f"{PATH}/decisions")
async def decide(request: AnyRequest) -> Page | Response[bytes]:
    """Decide on all that were ticked, for one reason; what could not be is told of, each with why."""
    moderating.moderator(request)
    typed = await forms.read(request, "id", "verdict", "reason", "remark", length=REMARK_LENGTH)
    picks = [str(pick)[:80] for pick in (await request.form()).getall("pick", [])][:MOST]
    try:
        if not picks:
            raise InvalidError.of("picks", "moderation-none-ticked")
        done, missed = await _decide(request, forms.id_of(typed.pop("id")), picks, typed)
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, {**typed, "picks": picks}, **await _context(request))
    if not missed:
        return see_other(_here(request, "moderation-decided"))
    context = {**await _context(request), "missed": missed}
    note = say("moderation-some-missed", visit_of(request).language, done=done, missed=len(missed))
    return forms.fresh(request, TEMPLATE, **{**context, "note": note, "values": {"picks": []}})


async def _decide(
    request: AnyRequest, form: uuid.UUID, picks: list[str], typed: dict[str, str]
) -> tuple[int, list[dict[str, Any]]]:
    """How many were decided on, and which were not; what is wrong with the decision itself is wrong for all."""
    done, missed, language = 0, list[dict[str, Any]](), visit_of(request).language
    for pick, (id, revision) in [(pick, _picked(pick)) for pick in picks]:  # none is decided while one makes no sense
        try:
            found = await moderating.deciding(request, id)
            by = found.reader.member_id
            await deciding.decide(uuid.uuid5(form, pick), id, revision=revision, by=by, **typed)
            done += 1
        except InvalidError:
            raise
        except RuleError as error:
            missed.append({"id": id, "why": say(error.key, language, **error.values)})
    return done, missed


def _picked(pick: str) -> tuple[uuid.UUID, int]:
    """A comment and the revision that was seen."""
    id, _, revision = pick.partition(":")
    if not (revision.isascii() and revision.isdecimal()) or len(revision) > 6:
        raise InvalidError("pages-form-old")
    return forms.id_of(id), int(revision)


async def _context(request: AnyRequest) -> dict[str, Any]:
    """What the template is given; the address says which part of the queue it is, also when a form was sent."""
    given, language = request.query_params, visit_of(request).language
    kind = given.get("kind") if given.get("kind") in KINDS else ""
    typed = {name: given.get(name) or "" for name in choosing.fields()}
    within, narrowing = await _within(request, typed)
    everything = given.get("of") == ALL
    reader = moderating.comer(request)
    view = queue.view(reader, everything=everything, within=within)
    found = await _rows(view, kind or "", given.get("cursor"))
    asked = {"of": ALL if everything else "", "unit": within, "kind": kind}
    return {
        "rows": await _told(found, reader, language), "kind": kind, "kinds": KINDS, "audits": view.audits,
        "everything": everything, "units": await choosing.offer(request, typed, purpose=choosing.MODERATE),
        "narrowing": narrowing, "within": within, "missed": [], "new_id": uuid.uuid4(),
        "reasons": rule_words.options(language), "verdicts": moderating.VERDICTS,
        "url": lambda **other: links.with_query(PATH, {**asked, **other}),
        "form_url": links.with_query(f"{PATH}/decisions", asked),
        "counts": await counts(reader),
        "more_url": links.with_query(PATH, {**asked, "cursor": found.next}) if found.next else None,
    }  # fmt: skip


async def _told(found: Rows[Waiting], reader: Reader, language: str) -> list[dict[str, Any]]:
    shown = await moderating.shown([row.case for row in found.rows], reader, language)
    return [
        {**told, "kind": row.kind, "age": moderating.age(row.since, language)}
        for row, told in zip(found.rows, shown, strict=True)
    ]


async def _within(request: AnyRequest, typed: dict[str, str]) -> tuple[int | None, dict[str, str]]:
    """The unit to which the queue is narrowed, and what was wrong with asking for it."""
    if not (typed["unit"] or typed["unit_words"]):
        return None, {}
    try:
        asked = await choosing.chosen(request, typed, purpose=choosing.MODERATE)
    except InvalidError as error:
        language = visit_of(request).language
        return None, {field.field: say(field.key, language, **field.values) for field in error.fields}
    known = {unit.id for unit in await choosing.reachable(request, choosing.MODERATE)}
    return (asked, {}) if asked in known else (None, {})


async def _rows(view: View, kind: str, cursor: str | None) -> Rows[Waiting]:
    """The rows; an old or mangled cursor begins anew."""
    try:
        return await queue.waiting(view, kind=kind, cursor=cursor)
    except InvalidError:
        return await queue.waiting(view, kind=kind)


def _here(request: AnyRequest, done: str) -> str:
    """The same part of the queue, from its beginning."""
    given = {name: request.query_params.get(name) for name in ("of", "unit", "kind")}
    return links.with_query(PATH, {**given, "done": done})
