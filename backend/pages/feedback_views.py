"""Feedback as templates take it: what it is about, where it is, and what was done."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.accounts import actors
from backend.discussion import mine, places
from backend.discussion.feedback import attaching
from backend.discussion.feedback.answers import Published
from backend.discussion.feedback.model import Case, Step
from backend.pages import links
from backend.pages.desk.timeline import who
from backend.pages.views import unit_name
from base.catalogue import say
from content import shelf

STEPS = 50
"""Steps on one page."""


async def rows(cases: Sequence[Case], scopes: frozenset[str], language: str) -> list[dict[str, Any]]:
    """Lines of a list: each case with what it is about and the unit where it is."""
    named = await mine.documents_named([case.document for case in cases if case.document], scopes)
    return [
        {"case": case, "about": _titled(case, named, language)["title"], "unit": await unit_name(case.unit, language)}
        for case in cases
    ]


async def subject(told: Case | Published, scopes: frozenset[str], language: str) -> dict[str, str]:
    """What it is about: a title, the address, how the part is called in the text in force; "" for what there is not."""
    named = await mine.documents_named([told.document] if told.document else [], scopes)
    found = _titled(told, named, language)
    if not found["href"] or not told.anchor or told.edition is None:
        return found
    volume = await shelf.take(found["href"].removeprefix("/documents/"), scopes=scopes)
    place = await places.place(volume, told.anchor, edition=told.edition)
    if place.removed:
        return {**found, "old": place.old}
    return {**found, "href": f"{found['href']}#{place.path}", "label": place.label}


async def files(case: UUID, base: str) -> list[dict[str, Any]]:
    """The files of a case, each with where it is fetched."""
    return [
        {"id": file.id, "name": file.name, "kilobytes": file.size // 1024 + 1, "href": f"{base}/files/{file.id}"}
        for file in await attaching.files(case)
    ]


def stretch(steps: Sequence[Step], asked: str | None, path: str) -> tuple[Sequence[Step], str | None]:
    """The last STEPS steps, or those before the ``asked``; and where earlier ones are told."""
    end = int(asked) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 9 else len(steps)
    begin = max(0, min(end, len(steps)) - STEPS)
    earlier = f"{links.with_query(path, {'steps': begin})}#way-title" if begin else None
    return steps[begin : begin + STEPS], earlier


async def way(steps: Sequence[Step], language: str, *, reader: UUID | None = None) -> list[dict[str, Any]]:
    """Steps in words: who took them ("" for the ``reader``), the unit and the member that something went to."""
    names = await actors.names_of({str(id) for step in steps for id in (step.by, step.member) if id})

    def named(id: UUID | None) -> str:
        return "" if id in (None, reader) else who(str(id), names, language)

    return [
        {"step": step, "unit": await unit_name(step.unit, language), "by": named(step.by), "member": named(step.member)}
        for step in steps
    ]


def _titled(told: Case | Published, named: dict[UUID | None, tuple[str, str]], language: str) -> dict[str, str]:
    if told.document is None:
        about = told.about if isinstance(told, Case) else ""
        return {"title": say(f"feedback-about-{about}", language) if about else "", "href": "", "label": "", "old": ""}
    title, href = named.get(told.document, (say("feedback-about-lost", language), ""))
    return {"title": title, "href": href, "label": "", "old": ""}
