"""The coming meeting of a sample cell, some days after the sample was loaded, with its reading list and one paper."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from backend.meetings import choosing, keeping, papers, setting
from backend.meetings.model import Plan
from base import clock, database

FOLDER = Path(__file__).parent.parent / "content" / "sample" / "meetings"
MEETING = uuid.UUID("3f0d7c8e-5b7d-5f0a-9c46-0d9f6b6f1e42")
PAPER = "du-thao-bao-cao-thang.docx"
DAYS_AHEAD = 5
BEGINS = time(19, 30)
AGENDA = (
    "Thông báo tình hình thời sự và văn bản mới của cấp trên",
    "Kiểm điểm việc thực hiện nghị quyết tháng trước, bàn nhiệm vụ tháng tới",
    "Sinh hoạt chuyên đề: nền nếp gửi tài liệu trước buổi họp",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Parts of a document for an item of the agenda, counted from 0, and a reminder for the first of them."""

    item: int
    document: str
    paths: tuple[str, ...]
    note: str = ""


PARTS: tuple[Sample, ...] = (
    Sample(0, "nghi-quyet-05-nq-tu-2026", ("ii.1",)),
    Sample(1, "nghi-quyet-11-nq-cb-2026", ("",), "Đồng chí nào phụ trách việc nào thì chuẩn bị báo cáo việc ấy."),
    Sample(2, "quy-dinh-12-qd-tu-2026", ("dieu-5.khoan-2", "dieu-6"), "Đọc kỹ thời hạn gửi tài liệu."),
)


async def begin(*, by: uuid.UUID, unit: int, scopes: frozenset[str]) -> None:
    """Prepare and set the meeting in its secretary's name, unless it was begun before."""
    if await keeping.find(MEETING) is not None:
        return
    async with database.transaction():  # all of it, or it is begun anew
        await _begin(str(by), unit, scopes)


async def _begin(hand: str, unit: int, scopes: frozenset[str]) -> None:
    day = clock.today() + timedelta(days=DAYS_AHEAD)
    at = datetime.combine(day, BEGINS, clock.VIETNAM).astimezone(UTC)
    plan = Plan(f"Sinh hoạt chi bộ tháng {day.month}/{day.year}", at, "Nhà văn hóa thôn Bản Xanh", AGENDA)
    made = await keeping.save(MEETING, plan, unit=unit, version=0, by=hand)
    for sample in PARTS:
        await _choose(sample, made.agenda[sample.item].id, hand, scopes)
    data = (FOLDER / PAPER).read_bytes()
    await papers.bring(
        uuid.uuid5(MEETING, PAPER), MEETING, data, PAPER, item=made.agenda[1].id, is_unclassified=True, by=hand
    )  # fmt: skip
    await setting.set_list(MEETING, version=made.version, by=hand)


async def _choose(sample: Sample, item: str, by: str, scopes: frozenset[str]) -> None:
    form = uuid.uuid5(MEETING, sample.document)
    await choosing.choose(form, MEETING, sample.document, sample.paths, item=item, scopes=scopes, by=by)
    if sample.note:
        first = uuid.uuid5(form, f"{sample.document}#{sample.paths[0]}")
        await choosing.amend(first, MEETING, item=item, note=sample.note, version=1, by=by)
