"""Notices about meetings: what each is called, for the members whose meeting it is."""

from collections.abc import Sequence
from uuid import UUID

from backend.accounts.sessions import Reader
from backend.meetings import keeping
from backend.meetings.model import DRAFT, Meeting
from backend.notices.told import Found, Told, subject, subjects, words_of
from notifications.inbox import Item


async def tell(items: Sequence[Item], reader: Reader, language: str) -> Found:
    """Which meeting, and where its list is read."""
    found = [await keeping.find(id) for id in subjects(items)]
    known: dict[UUID | None, Meeting] = {
        each.id: each for each in found if each and each.state != DRAFT and each.scope in reader.scopes
    }
    return {
        item.id: Told(words_of(item.kind, language), meeting.title, meeting.place, f"/meetings/{meeting.id}")
        for item in items
        if (meeting := known.get(subject(item)))
    }
