"""Days and times in forms: written as in Vietnam in every language, read however people write them, never guessed."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from backend.pages import forms
from base.errors import InvalidError
from tests.house import tree

MAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    "typed",
    ["04/05/2026", "4/5/2026", "4/05/2026", "04.05.2026", "4-5-2026", "04 05 2026", "4 / 5 / 2026", "04052026",
     "2026-05-04"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(typed):
    assert forms.date_of(typed, "on") == MAY


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "29/02/2026", "13/13/2026", "0/5/2026", "4/5/26", "4/5", "2026/05/04", "2026-W19-1", "20260504",
     "4.5/2026", "hôm nay", "４/５/２０２６", "4/5/1899", "4/5/2200", "4/5/20260", "-4/5/2026", "1/1/0000",
     "4/5/2026 8:00"],
)  # fmt: skip
def test_what_is_no_day_is_told_beside_the_field(typed):
    with pytest.raises(InvalidError) as wrong:
        forms.date_of(typed, "on")
    assert [(field.field, field.key) for field in wrong.value.fields] == [("on", "pages-date-wrong")]


@pytest.mark.parametrize("typed", ["07:30", "7:30", "7.30", "7h30", "7 giờ 30", "0730", "07:30:15", "7H30"])
def test_a_time_is_read_on_a_vietnamese_clock_however_it_is_written(typed):
    assert forms.moment_of(MAY, typed, "at") == datetime(2026, 5, 4, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["7h", "7 giờ", "07:00"])
def test_a_full_hour_needs_no_minutes(typed):
    assert forms.moment_of(MAY, typed, "at") == datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["24:00", "7:60", "7", "730", "7:3", "7:", "7::30", "h30", "7:30 PM", "0730:00", "sáng", "٧:30", ""]
)
def test_what_is_no_time_is_told_beside_the_field(typed):
    with pytest.raises(InvalidError) as wrong:
        forms.moment_of(MAY, typed, "at")
    assert [(field.field, field.key) for field in wrong.value.fields] == [("at", "pages-time-wrong")]


def test_nothing_is_no_day():
    assert forms.date_of("", "on") is None


def test_no_form_leaves_the_order_of_day_and_month_to_the_browser():
    native = [
        path.name
        for path in (tree.ROOT / "pwa" / "templates").rglob("*.html")
        if 'type="date' in path.read_text(encoding="utf-8")
    ]
    assert native == []


@pytest.mark.alike
@pytest.mark.parametrize(
    ("language", "hint", "words"),
    [
        ("vi", "Ngày/tháng/năm, ví dụ 04/05/2026", "Mời đồng chí ghi ngày/tháng/năm, ví dụ 19/05/2026."),
        ("en", "Day/month/year, for example 04/05/2026", "Please write day/month/year, for example 19/05/2026."),
    ],
)
async def test_a_wrong_day_stays_in_the_form_with_how_it_is_written(opened, everyone, language, hint, words):
    quang = await opened(everyone.quang, language=language)
    page = (await quang.get("/desk/roster/add")).text
    assert hint in page
    typed = {"id": str(uuid4()), "name": "Hà Thị Mận", "login": "man", "card_number": "", "unit": str(everyone.cell)}
    answer = await quang.post("/desk/roster/add", data={**typed, "on": "2026/5/4"})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="2026/5/4"' in answer.text
    done = await quang.post("/desk/roster/add", data={**typed, "on": "4.5.2026"})
    assert done.status_code == 303, done.text
