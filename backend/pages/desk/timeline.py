"""What was done to an issued document, by whom and when, told from the journal in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.accounts import actors
from base import journal
from base.catalogue import keys, say
from content.dossier import Dossier

MOST = 200
"""Lines shown; more is for the journal itself."""

AUDITED = "dossier.read"
"""The act of an auditor who looks."""


@dataclass(frozen=True, slots=True)
class Line:
    """An act in words; one that was repeated by the same person is told once, with ``times`` and the last moment."""

    at: datetime
    words: str
    by: str
    times: int


async def note_audit(dossier: Dossier, by: str) -> None:
    """Record that an auditor looked."""
    await journal.note_look(act=AUDITED, subject=_subject(dossier), by=by, unit=dossier.owner_unit)


async def timeline(dossier: Dossier, language: str) -> list[Line]:
    """The acts upon a document and its editions, the last first."""
    ordinals = {f"edition:{issue.id}": issue.ordinal for issue in dossier.issues}
    entries = await journal.about(f"document:{dossier.document.id}", _subject(dossier), *ordinals)
    names = await actors.names_of([entry["by"] for entry in entries])
    told: list[Line] = []
    for entry in entries:
        line = Line(entry["at"], _words(entry, ordinals, language), who(entry["by"], names, language), 1)
        if told and (told[-1].words, told[-1].by) == (line.words, line.by):
            told[-1] = Line(told[-1].at, line.words, line.by, told[-1].times + 1)
        else:
            told.append(line)
    return told[:MOST]


def who(actor: str, names: Mapping[str, str], language: str) -> str:
    """An actor by name: a member, the server itself, whoever sits at it, or somebody who was erased."""
    if actor in ("system", "cli"):
        return say(f"act-by-{actor}", language)
    return names.get(actor) or say("act-by-somebody", language)


def _words(entry: Mapping[str, Any], ordinals: Mapping[str, int], language: str) -> str:
    key = f"act-{entry['act'].replace('.', '-').replace('_', '-')}"
    edition = entry["detail"].get("edition") or entry["subject"].removeprefix("edition:")
    ordinal = ordinals.get(f"edition:{edition}", 0)
    if key not in keys(language):
        return say("act-other", language, act=entry["act"])
    return say(key, language, ordinal=ordinal)


def _subject(dossier: Dossier) -> str:
    return f"dossier:{dossier.document.id}"
