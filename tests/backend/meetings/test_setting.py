"""From an empty plan to a list that members have: saved once, set whole, told of, cancelled with a reason."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from backend.meetings import keeping, reading, setting
from backend.meetings.model import (
    ITEM_CHARS,
    MOST_ITEMS,
    PLACE_CHARS,
    TITLE_CHARS,
    ChangedSinceError,
    ClosedError,
    OutOfTurnError,
    Plan,
    UnmetError,
)
from base import clock
from base.errors import ConflictError, InvalidError, NotFoundError
from tests.backend.meetings.conftest import Cell
from tests.backend.meetings.lists import acts, begun, given, in_a_week, owed, plan


async def save(cell: Cell, id, typed: Plan, version: int):
    return await keeping.save(id, typed, unit=cell.people.cell, version=version, by=cell.by)


async def test_the_same_form_twice_begins_one_meeting(cell):
    id, typed = uuid4(), plan()
    first = await save(cell, id, typed, 0)
    assert await save(cell, id, typed, 0) == first
    assert first.plan == typed and first.scope == f"org:{cell.people.cell}"
    assert await acts(id) == ["begin"]


async def test_whoever_saves_second_is_told_what_stands_and_nothing_is_lost(cell):
    made = await begun(cell)
    theirs = await save(cell, made.id, plan(title="Họp bất thường"), made.version)
    with pytest.raises(ChangedSinceError) as told:
        await save(cell, made.id, plan(title="Họp thường kỳ"), made.version)
    assert told.value.theirs == theirs
    assert await keeping.meeting(made.id) == theirs


async def test_what_is_typed_is_tidied(cell):
    made = await begun(cell, title="  Họp \0 tháng  12 ", agenda=("", " Việc  một ", "\t"))
    assert made.plan.title == "Họp \ufffd tháng 12" and made.plan.agenda == ("Việc một",)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "x" * (TITLE_CHARS + 1)}, "title"),
        ({"place": "x" * (PLACE_CHARS + 1)}, "place"),
        ({"agenda": ("x" * (ITEM_CHARS + 1),)}, "agenda"),
        ({"agenda": tuple("x" * (at + 1) for at in range(MOST_ITEMS + 1))}, "agenda"),
    ],
)
async def test_what_is_too_long_is_told_beside_its_field(cell, facts, field):
    with pytest.raises(InvalidError) as told:
        await begun(cell, **facts)
    assert [wrong.field for wrong in told.value.fields] == [field]


async def test_items_keep_their_ids_while_lines_move_and_are_mended(cell):
    made = await begun(cell, agenda=("Thời sự", "Kiểm điểm tháng trước", "Bàn việc mới"))
    news, review, _ = (item.id for item in made.agenda)
    lines = ("Chào cờ", "Kiểm điểm công việc tháng trước", "Thời sự", "Kết nạp đảng viên")
    after = (await save(cell, made.id, plan(agenda=lines), made.version)).agenda
    assert [item.words for item in after] == list(lines)
    assert (after[2].id, after[1].id) == (news, review)
    assert len({item.id for item in after}) == 4


async def test_a_list_is_set_once_and_owes_one_notice_to_the_unit(cell):
    made = await begun(cell)
    for _ in range(2):
        assert (await setting.set_list(made.id, version=made.version, by=cell.by)).state == "set"
    assert await acts(made.id) == ["begin", "set"]
    assert await owed(made.id) == [("meeting.set", [f"org:{cell.people.cell}"], "normal")]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"), ({"at": None}, "at"), ({"place": ""}, "place"), ({"agenda": ()}, "agenda"),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, "at"),
    ],
)  # fmt: skip
async def test_a_list_with_which_nobody_could_come_is_not_set(cell, facts, field):
    made = await begun(cell, **facts)
    with pytest.raises(UnmetError) as told:
        await setting.set_list(made.id, version=made.version, by=cell.by)
    assert [wrong.field for wrong in told.value.fields] == [field]
    assert await owed(made.id) == []


async def test_what_is_set_is_what_was_seen(cell):
    made = await begun(cell)
    await save(cell, made.id, plan(title="Tên khác"), made.version)
    with pytest.raises(ChangedSinceError):
        await setting.set_list(made.id, version=made.version, by=cell.by)


async def test_another_time_or_place_is_told_anew_and_other_words_are_not(cell):
    made = await given(cell)
    moved = await save(cell, made.id, plan(at=in_a_week() + timedelta(days=1)), made.version)
    assert moved.moved_at is not None
    mended = await save(cell, made.id, plan(at=moved.at, title="Tên khác"), moved.version)
    assert mended.moved_at == moved.moved_at
    assert [kind for kind, *_ in await owed(made.id)] == ["meeting.set", "meeting.change"]
    with pytest.raises(UnmetError):
        await save(cell, made.id, plan(at=moved.at, title=""), mended.version)


async def test_words_are_mended_on_the_day_itself_and_the_time_is_not_moved_into_the_past(cell):
    made = await given(cell)
    clock.stop(in_a_week() + timedelta(minutes=5))
    try:
        mended = await save(cell, made.id, plan(at=made.at, title="Tên khác"), made.version)
        assert mended.title == "Tên khác" and mended.moved_at is None
        with pytest.raises(UnmetError):
            await save(cell, made.id, plan(at=clock.now() - timedelta(minutes=1)), mended.version)
    finally:
        clock.stop(None)


async def test_what_changes_shortly_before_may_wake_a_phone(cell):
    made = await given(cell, at=clock.now() + timedelta(hours=30))
    await save(cell, made.id, plan(at=made.at, place="Trường học"), made.version)
    assert [urgency for *_, urgency in await owed(made.id)] == ["normal", "high"]


async def test_a_cancelled_meeting_says_why_and_is_not_changed_any_more(cell):
    made = await given(cell)
    for _ in range(2):
        done = await setting.cancel(made.id, reason=" Bão về ", by=cell.by)
    assert (done.state, done.reason) == ("cancelled", "Bão về")
    assert [kind for kind, *_ in await owed(made.id)] == ["meeting.cancel"]
    assert await acts(made.id) == ["begin", "set", "cancel"]
    with pytest.raises(ClosedError):
        await save(cell, made.id, plan(title="Lại họp"), done.version)
    with pytest.raises(ClosedError):
        await setting.set_list(made.id, version=done.version, by=cell.by)
    with pytest.raises(ConflictError):
        await setting.cancel(made.id, reason="Lý do khác", by=cell.by)
    assert (await reading.opened(made.id, scopes=await cell.scopes())).meeting.reason == "Bão về"


async def test_a_reason_is_needed_and_a_draft_is_not_cancelled(cell):
    made = await given(cell)
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(InvalidError) as told:
            await setting.cancel(made.id, reason=reason, by=cell.by)
        assert told.value.fields[0].field == "reason"
    with pytest.raises(OutOfTurnError):
        await setting.cancel((await begun(cell)).id, reason="Bão", by=cell.by)


async def test_a_draft_is_thrown_away_and_a_list_that_members_have_is_not(cell):
    made = await begun(cell)
    await setting.discard(made.id, by=cell.by)
    assert await keeping.find(made.id) is None
    with pytest.raises(OutOfTurnError):
        await setting.discard((await given(cell)).id, by=cell.by)


async def test_a_meeting_that_was_held_is_closed_and_listed_as_past(cell):
    made = await given(cell)
    clock.stop(in_a_week() + timedelta(days=1))
    try:
        with pytest.raises(ClosedError):
            await save(cell, made.id, plan(title="Sửa sau"), made.version)
        scopes = await cell.scopes()
        assert [row.meeting.id for row in await reading.past(scopes)] == [made.id]
        assert await reading.coming(scopes) == ()
    finally:
        clock.stop(None)


async def test_only_the_unit_and_those_below_it_learn_of_a_meeting(cell):
    people = cell.people
    own, draft = await given(cell), await begun(cell)
    commune = await keeping.save(uuid4(), plan(), unit=people.commune, version=0, by=cell.by)
    await setting.set_list(commune.id, version=commune.version, by=cell.by)
    for member, expected in (
        (people.mai, {own.id, commune.id}),
        (people.quang, {own.id, commune.id}),
        (people.lan, set()),
    ):
        scopes = await cell.scopes(member)
        assert {row.meeting.id for row in await reading.coming(scopes)} == expected
        for id in {own.id, commune.id, draft.id} - expected:
            with pytest.raises(NotFoundError):
                await reading.opened(id, scopes=scopes)
