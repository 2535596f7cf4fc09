"""Meetings of the tests at any stage, and small files to bring to them."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from msgspec import structs

from backend.meetings import choosing, keeping, reading, setting
from backend.meetings.model import Meeting, Plan
from base import clock, database, journal
from tests.backend.meetings.conftest import Cell
from tests.content.builders import put, regulation
from tests.content.packing import docx, p

AGENDA = ("Thời sự", "Kiểm điểm tháng trước", "Chuyên đề")


def in_a_week() -> datetime:
    """The minute that this is in seven days."""
    return (clock.now() + timedelta(days=7)).replace(second=0, microsecond=0)


def plan(**facts: Any) -> Plan:
    """What Thắng types of a meeting in a week."""
    return structs.replace(Plan("Sinh hoạt tháng 12", in_a_week(), "Nhà văn hóa thôn", AGENDA), **facts)


async def begun(cell: Cell, **facts: Any) -> Meeting:
    """A draft of a meeting of the cell."""
    return await keeping.save(uuid4(), plan(**facts), unit=cell.people.cell, version=0, by=cell.by)


async def given(cell: Cell, **facts: Any) -> Meeting:
    """A meeting whose list was set."""
    made = await begun(cell, **facts)
    return await setting.set_list(made.id, version=made.version, by=cell.by)


async def chosen(cell: Cell, meeting: Meeting, slug: str, *paths: str, item: str = "") -> None:
    """Parts of a document on the list, chosen by Thắng."""
    await choosing.choose(
        uuid4(), meeting.id, slug, paths or ("",), item=item, scopes=await cell.scopes(cell.thang), by=cell.by
    )  # fmt: skip


async def issued(number: str = "12-QĐ/TU", *, audience: tuple[str, ...] = ("members",), **how: Any) -> str:
    """A document in force; its slug."""
    return (await put(regulation(number), audience=audience, **how)).slug


async def labels(meeting: UUID, scopes: frozenset[str]) -> list[str]:
    """How the parts are quoted that somebody with these scopes is shown."""
    return [part.label for part in (await reading.opened(meeting, scopes=scopes)).parts]


async def acts(meeting: UUID) -> list[str]:
    """What the journal tells of a meeting, the first first."""
    return [entry["act"].removeprefix("meeting.") for entry in reversed(await journal.about(f"meeting:{meeting}"))]


async def owed(meeting: UUID) -> list[tuple[str, list[str], str]]:
    """Kind, audience and urgency of what is still owed of a meeting."""
    rows = await database.fetch(
        "SELECT kind, audience, urgency FROM notice WHERE about = {} AND cancelled_at IS NULL ORDER BY owed_at",
        f"meeting:{meeting}",
    )
    return [(row["kind"], json.loads(row["audience"]), row["urgency"]) for row in rows]


def paper(words: str = "Dự thảo báo cáo của chi bộ.") -> bytes:
    """A small file of Word."""
    return docx(p(words))
