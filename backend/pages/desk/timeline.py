"""What was done to an issued document, by whom and when, told from the journal in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts import actors
from backend.door.visit import visit_of
from backend.pages import links
from backend.pages.shell import AnyRequest
from base import journal
from base.catalogue import keys, say
from content import cursors
from content.dossier import Dossier

LIMIT = 50
"""Acts on one page."""

KIND = "acts"
AUDITED = "dossier.read"
"""The act of an auditor who looks."""


@dataclass(frozen=True, slots=True)
class Acts:
    """A page of what was done to something, the last first; ``names`` of who did it; where earlier acts are told."""

    entries: list[dict[str, Any]]
    names: Mapping[str, str]
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """An act in words; one that the same person repeated is told once on a page, with ``times`` and the last moment."""

    at: datetime
    words: str
    by: str
    times: int


async def note_audit(dossier: Dossier, by: str) -> None:
    """Record that an auditor looked."""
    await journal.note_look(act=AUDITED, subject=_subject(dossier), by=by, unit=dossier.owner_unit)


async def acts(request: AnyRequest, path: str, *subjects: str) -> Acts:
    """What was done to these subjects, as far as ``?before=…`` says; ``path`` is the page that tells it."""
    found = await journal.about(*subjects, before=_place(request.query_params.get("before")), limit=LIMIT + 1)
    entries, earlier = found[:LIMIT], None
    if len(found) > LIMIT:
        last = cursors.seal(KIND, [entries[-1]["at"].isoformat(), str(entries[-1]["id"])])
        earlier = f"{links.with_query(path, {'before': last})}#timeline-title"
    return Acts(entries, await actors.names_of([entry["by"] for entry in entries]), earlier)


async def timeline(request: AnyRequest, path: str, dossier: Dossier) -> tuple[list[Line], str | None]:
    """A page of the acts upon a document and its editions, the last first, and where earlier ones are told."""
    language = visit_of(request).language
    ordinals = {f"edition:{issue.id}": issue.ordinal for issue in dossier.issues}
    found = await acts(request, path, f"document:{dossier.document.id}", _subject(dossier), *ordinals)
    told: list[Line] = []
    for entry in found.entries:
        line = Line(entry["at"], _words(entry, ordinals, language), who(entry["by"], found.names, language), 1)
        if told and (told[-1].words, told[-1].by) == (line.words, line.by):
            told[-1] = Line(told[-1].at, line.words, line.by, told[-1].times + 1)
        else:
            told.append(line)
    return told, found.earlier


def who(actor: str, names: Mapping[str, str], language: str) -> str:
    """An actor by name: a member, the server itself, whoever sits at it, or somebody who was erased."""
    if actor in ("system", "cli"):
        return say(f"act-by-{actor}", language)
    return names.get(actor) or say("act-by-somebody", language)


def _place(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Where it goes on; an old or mangled cursor begins anew."""
    try:
        at, id = cursors.unseal(KIND, cursor or "")
    except cursors.ForeignCursorError:
        return None
    return datetime.fromisoformat(at), UUID(id)


def _words(entry: Mapping[str, Any], ordinals: Mapping[str, int], language: str) -> str:
    key = f"act-{entry['act'].replace('.', '-').replace('_', '-')}"
    edition = entry["detail"].get("edition") or entry["subject"].removeprefix("edition:")
    ordinal = ordinals.get(f"edition:{edition}", 0)
    if key not in keys(language):
        return say("act-other", language, act=entry["act"])
    return say(key, language, ordinal=ordinal)


def _subject(dossier: Dossier) -> str:
    return f"dossier:{dossier.document.id}"
