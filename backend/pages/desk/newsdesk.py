"""What all pages of the news desk share: who may be here and do what, and how an item is shown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar.connection import ASGIConnection

from backend.accounts import actors, roles
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages import audience_words
from backend.pages.desk import working
from backend.pages.desk.timeline import acts, who
from backend.pages.desk.working import APPROVER, AUDITOR, DESK_ROLES, EDITOR
from backend.pages.shell import AnyRequest
from backend.pages.views import topic_names, unit_name
from base import clock, journal
from base.errors import ForbiddenError
from content.newsroom import keeping
from content.newsroom.model import Manuscript

AUDITED = "news.read"
"""The act of an auditor who looks."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An item before somebody who may see it: ``roles`` are theirs for its unit."""

    reader: Reader
    item: Manuscript
    roles: frozenset[str]

    @property
    def by(self) -> str:
        """Who acts, as content knows actors."""
        return str(self.reader.member_id)

    @property
    def may_write(self) -> bool:
        """Whether the reader may change it now."""
        return EDITOR in self.roles and not self.item.closed

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader may take it from readers now."""
        return not self.roles.isdisjoint((EDITOR, APPROVER)) and self.item.state == "published"

    def only(self, *allowed: str) -> "Opened":
        """The same; raises ForbiddenError for whoever holds none of these roles for its unit."""
        if self.roles.isdisjoint(allowed):
            raise ForbiddenError
        return self


async def opened(request: AnyRequest, id: uuid.UUID) -> Opened:
    """The item, for those who work or look on at the desk of its unit or a unit above; to others it does not exist."""
    reader = working.comer(request)
    item = await keeping.manuscript(id)
    return Opened(reader, item, await working.held(reader, item.sheet.unit))


async def reach(reader: Reader) -> tuple[frozenset[int], bool]:
    """Every unit whose news the reader may see at the desk, and whether also those that belong to none."""
    return frozenset(await working.reach(reader, *DESK_ROLES)), await _is_over_all(reader)


async def may_see_picture(request: ASGIConnection[Any, Any, Any, Any], picture: str) -> bool:
    """Whether it was brought for an item that the reader may see at the desk, whether readers have that or not."""
    reader = visit_of(request).reader
    if reader is None or not working.holds(reader, *DESK_ROLES):
        return False
    for unit in await keeping.units_with(picture):
        if not (await roles.over(reader, unit)).isdisjoint(DESK_ROLES):
            return True
    return False


async def shown(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    """What templates are given of an item."""
    item, language = desk.item, visit_of(request).language
    topics, names = await topic_names(language), await actors.names_of([item.saved_by])
    return {
        "item": item, "unit": await unit_name(item.sheet.unit, language), "saved_by": names.get(item.saved_by, ""),
        "topic_name": topics.get(item.sheet.topic, ""),
        "audience": await audience_words.lines(item.sheet.audience, language),
        "reach": await audience_words.reach_words(item.sheet.audience, language),
        "may_write": desk.may_write, "may_withdraw": desk.may_withdraw, "base": f"/desk/news/{item.id}",
    }  # fmt: skip


async def timeline(request: AnyRequest, id: uuid.UUID) -> dict[str, Any]:
    """What was done to an item, the last first: what, when, and by whom, as they are called now."""
    found, language = await acts(request, f"/desk/news/{id}", f"news:{id}"), visit_of(request).language
    lines = [{**_told(entry), "by": who(entry["by"], found.names, language)} for entry in found.entries]
    return {"timeline": lines, "earlier": found.earlier}


async def note_audit(desk: Opened) -> None:
    """Record that an auditor, who does nothing else here, looked."""
    if desk.roles == {AUDITOR}:
        subject, unit = f"news:{desk.item.id}", desk.item.sheet.unit
        await journal.note_look(act=AUDITED, subject=subject, by=desk.by, unit=unit)


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    verb, detail, when = entry["act"].partition(".")[2], entry["detail"], ""
    if "at" in detail:
        when = f"{clock.local(datetime.fromisoformat(detail['at'])):%H:%M, %d/%m/%Y}"
    if "until" in detail:
        verb, when = f"{verb}-until", f"{date.fromisoformat(detail['until']):%d/%m/%Y}"
    return {"act": verb, "when": when, "at": entry["at"]}


async def _is_over_all(reader: Reader) -> bool:
    return not (await roles.over(reader, None)).isdisjoint(DESK_ROLES)
