"""The news desk: manuscripts, when readers get them, pins, and taking back."""

import asyncio
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec import structs
from PIL import Image

from base import clock, database, journal, revisions
from base.errors import InvalidError, NotFoundError
from content import covers, headlines, news, pictures
from content.newsroom import issuing, keeping, listing, pins, preview
from content.newsroom.model import (
    LENGTHS,
    ChangedSinceError,
    ClosedError,
    Manuscript,
    OutOfTurnError,
    Sheet,
    UnmetError,
)

LAN, XUAN = str(uuid4()), str(uuid4())
PUBLIC = frozenset({"public"})
LIFE = ("begin", "save", "schedule", "unschedule", "publish", "change", "pin", "unpin", "withdraw", "discard")
SHEET = Sheet(
    3, "Bản Xanh mở điểm đọc", "Một đoạn dẫn.", "Thân **bài**.", topic="xay-dung-dang", audience=("public",)
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("handbook")


class Killed(BaseException):
    """Stands for the end of a process, which no code of ours can catch."""


def changed(sheet: Sheet = SHEET, /, **facts: Any) -> Sheet:
    return structs.replace(sheet, **facts)


async def begun(sheet: Sheet = SHEET, **how: Any) -> Manuscript:
    return await keeping.save(uuid4(), sheet, version=0, by=LAN, **how)


async def published(sheet: Sheet = SHEET) -> Manuscript:
    made = await begun(sheet)
    return await issuing.publish(made.id, version=made.version, by=LAN)


async def scheduled(at: datetime, sheet: Sheet = SHEET) -> Manuscript:
    made = await begun(sheet)
    return await issuing.schedule(made.id, at=at, version=made.version, by=LAN)


async def brought(colour: str = "red") -> str:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, "PNG")
    return await pictures.keep(data.getvalue())


async def acts(id) -> list[tuple[str, str]]:
    """What was done to an item, the first first; within one moment in the order in which it can be done."""
    entries = await journal.about(f"news:{id}")
    found = sorted((entry["at"], LIFE.index(entry["act"].partition(".")[2]), entry["by"]) for entry in entries)
    return [(f"news.{LIFE[act]}", by) for _, act, by in found]


async def titles(scopes=PUBLIC, **how) -> list[str]:
    return [row.title for row in (await news.latest(scopes=scopes, **how)).rows]


def fields(caught) -> list[tuple[str, str]]:
    return [(wrong.field, wrong.key) for wrong in caught.value.fields]


# Writing


async def test_a_manuscript_is_begun_once_however_often_it_is_sent():
    id = uuid4()
    first, again = [await keeping.save(id, SHEET, version=0, by=LAN) for _ in range(2)]
    assert first == again
    assert (first.sheet, first.state, first.version, first.begun_by) == (SHEET, "draft", 1, LAN)
    assert await acts(id) == [("news.begin", LAN)]


async def test_sent_at_the_same_time_it_is_begun_once():
    id = uuid4()
    made = await asyncio.gather(*(keeping.save(id, SHEET, version=0, by=LAN) for _ in range(4)))
    assert {each.version for each in made} == {1}
    assert await acts(id) == [("news.begin", LAN)]


async def test_readers_see_nothing_of_a_draft():
    made = await begun()
    assert await titles() == []
    assert (await headlines.find("ban xanh", scopes=PUBLIC)).total == 0
    with pytest.raises(NotFoundError):
        await news.article(made.slug or "ban-xanh-mo-diem-doc", scopes=PUBLIC)


async def test_what_somebody_else_saved_meanwhile_is_not_saved_over():
    made = await begun()
    theirs = await keeping.save(made.id, changed(title="Của Xuân"), version=made.version, by=XUAN)
    with pytest.raises(ChangedSinceError) as caught:
        await keeping.save(made.id, changed(title="Của Lan"), version=made.version, by=LAN)
    assert caught.value.theirs == theirs
    assert caught.value.theirs.saved_by == XUAN
    kept = await keeping.save(made.id, changed(title="Của Lan"), version=theirs.version, by=LAN)
    assert kept.sheet.title == "Của Lan"


async def test_two_who_save_at_the_same_time_do_not_both_win():
    made = await begun()
    found = await asyncio.gather(
        *(keeping.save(made.id, changed(title=f"Tin {at}"), version=made.version, by=LAN) for at in range(5)),
        return_exceptions=True,
    )
    assert [type(each) for each in found if not isinstance(each, Manuscript)] == [ChangedSinceError] * 4
    assert (await keeping.manuscript(made.id)).version == 2


async def test_saves_of_one_sitting_are_one_act(in_june):
    made = await begun()
    for at in range(3):
        made = await keeping.save(made.id, changed(title=f"Tin {at}"), version=made.version, by=LAN)
    assert await acts(made.id) == [("news.begin", LAN)]
    made = await keeping.save(made.id, changed(title="Tin của Xuân"), version=made.version, by=XUAN)
    clock.stop(in_june + timedelta(hours=2))
    await keeping.save(made.id, changed(title="Tin hai giờ sau"), version=made.version, by=XUAN)
    assert await acts(made.id) == [("news.begin", LAN), ("news.save", XUAN), ("news.save", XUAN)]


@pytest.mark.parametrize("field", LENGTHS)
async def test_a_text_that_is_too_long_is_told_beside_its_field(field):
    await begun(changed(**{field: "ơ" * LENGTHS[field]}))
    with pytest.raises(InvalidError) as caught:
        await begun(changed(**{field: "ơ" * (LENGTHS[field] + 1)}))
    assert fields(caught) == [(field, "newsroom-too-long")]


async def test_texts_are_kept_in_composed_letters_and_plain_lines():
    made = await begun(changed(title=" Đie\u0302\u0309m đọc \0", body="a\r\nb\rc"))
    assert (made.sheet.title, made.sheet.body) == ("Điểm đọc \ufffd", "a\nb\nc")


async def test_a_cover_must_have_been_brought_for_the_item():
    picture = await brought()
    with pytest.raises(InvalidError) as caught:
        await begun(changed(cover=picture))
    assert fields(caught) == [("cover", "newsroom-cover-foreign")]
    made = await begun(changed(cover=picture), pictures=[picture])
    assert list(await keeping.pictures_of(made.id)) == [picture]
    assert await keeping.units_with(picture) == {3}


async def test_a_draft_is_thrown_away_with_what_was_brought_for_it():
    picture = await brought()
    made = await begun(changed(cover=picture), pictures=[picture])
    for _ in range(2):
        await issuing.discard(made.id, by=LAN)
    with pytest.raises(NotFoundError):
        await keeping.manuscript(made.id)
    assert await acts(made.id) == [("news.begin", LAN), ("news.discard", LAN)]
    with pytest.raises(OutOfTurnError):
        await issuing.discard((await published()).id, by=LAN)


# Publishing


async def test_what_is_published_is_read_at_once_by_those_it_is_for():
    made = await published(changed(audience=("org:5",)))
    assert (made.state, made.ahead) == ("published", False)
    assert await titles() == []
    assert await titles(frozenset({"org:5"})) == [SHEET.title]
    found = await news.article(made.slug, scopes=frozenset({"org:5"}))
    assert (found.html, found.news.unit, found.news.updated_at) == ("<p>Thân <strong>bài</strong>.</p>", 3, None)


async def test_publishing_again_changes_nothing():
    made = await published()
    assert await issuing.publish(made.id, version=made.version, by=XUAN) == made
    assert await acts(made.id) == [("news.begin", LAN), ("news.publish", LAN)]


async def test_two_items_of_one_title_published_at_the_same_time_get_two_addresses():
    first, second = await begun(), await begun()
    made = await asyncio.gather(*(issuing.publish(each.id, version=1, by=LAN) for each in (first, second)))
    assert {each.slug for each in made} == {"ban-xanh-mo-diem-doc", "ban-xanh-mo-diem-doc-2"}


async def test_what_was_changed_since_is_not_published_unseen():
    made = await begun()
    await keeping.save(made.id, changed(title="Của Xuân"), version=made.version, by=XUAN)
    with pytest.raises(ChangedSinceError):
        await issuing.publish(made.id, version=made.version, by=LAN)
    assert await titles() == []


async def test_everything_an_item_lacks_is_told_at_once():
    picture = await brought()
    made = await begun(Sheet(3, cover=picture), pictures=[picture])
    with pytest.raises(UnmetError) as caught:
        await issuing.publish(made.id, version=made.version, by=LAN)
    assert fields(caught) == [
        ("title", "content-news-title-missing"), ("standfirst", "content-news-standfirst-missing"),
        ("body", "content-news-body-missing"), ("cover_alt", "content-news-cover-alt-missing"),
        ("audience", "content-news-audience-missing"),
    ]  # fmt: skip
    assert (await keeping.manuscript(made.id)).state == "draft"


async def test_a_change_reaches_readers_only_when_it_is_issued_and_counts_as_updated(in_june):
    made = await published()
    clock.stop(in_june + timedelta(hours=3))
    made = await keeping.save(made.id, changed(title="Tên khác", audience=("org:9",)), version=made.version, by=XUAN)
    assert (made.ahead, await titles()) == (True, [SHEET.title])
    made = await issuing.publish(made.id, version=made.version, by=XUAN)
    assert not made.ahead
    assert await titles() == []
    row = (await news.latest(scopes=frozenset({"org:9"}))).rows[0]
    assert (row.title, row.slug, row.published_at) == ("Tên khác", "ban-xanh-mo-diem-doc", in_june)
    assert row.updated_at == in_june + timedelta(hours=3)
    assert [act for act, _ in await acts(made.id)] == ["news.begin", "news.publish", "news.save", "news.change"]
    with pytest.raises(NotFoundError):
        await news.article(row.slug, scopes=PUBLIC)


async def test_who_reads_is_widened_and_narrowed_without_losing_who_read_before(in_june):
    made = await published()
    for hour, audience in enumerate((("members", "public"), ("members",), ("members", "public")), 1):
        clock.stop(in_june + timedelta(hours=hour))
        made = await keeping.save(made.id, changed(audience=audience), version=made.version, by=LAN)
        made = await issuing.publish(made.id, version=made.version, by=LAN)
        assert (await titles() == [SHEET.title]) is ("public" in audience)
        assert await titles(frozenset({"members"})) == [SHEET.title]
    rows = await database.fetch("SELECT scope, to_at FROM news_audience WHERE news = {} ORDER BY id", made.id)
    assert [(row["scope"], row["to_at"] is None) for row in rows] == [
        ("public", False), ("members", True), ("public", True)
    ]  # fmt: skip


# Pictures in the text


async def test_a_picture_in_the_text_needs_words_and_must_be_the_items_own():
    own, other = await brought("red"), await brought("blue")
    body = f"Mở đầu.\n\n![](/pictures/{own})\n\nvà\n![Ảnh](https://xa.example/a.png)\n![Ảnh](/pictures/{other})"
    made = await begun(changed(body=body), pictures=[own])
    with pytest.raises(UnmetError) as caught:
        await issuing.publish(made.id, version=made.version, by=LAN)
    assert [(wrong.key, wrong.values) for wrong in caught.value.fields] == [
        ("newsroom-picture-alt-missing", {"line": 3})
    ]
    shown = await preview.drawn(made.id, made.sheet)
    assert [(flaw.line, flaw.key) for flaw in shown.flaws] == [
        (3, "newsroom-picture-alt-missing"), (6, "newsroom-picture-foreign"), (7, "newsroom-picture-foreign")
    ]  # fmt: skip
    assert "xa.example" not in shown.html and other not in shown.html


async def test_a_picture_in_the_text_is_drawn_in_its_widths_and_seen_by_the_texts_readers():
    own = await brought()
    body = f'Mở đầu.\n\n![Hai người đọc sách](/pictures/{own} "Điểm đọc Bản Xanh")'
    made = await begun(changed(body=body, audience=("org:5",)), pictures=[own])
    assert not await covers.may_see(own, scopes=frozenset({"org:5"}))
    made = await issuing.publish(made.id, version=made.version, by=LAN)
    html = (await news.article(made.slug, scopes=frozenset({"org:5"}))).html
    assert f'srcset="/pictures/{own}/60.avif 60w"' in html
    assert 'alt="Hai người đọc sách" width="60" height="40"' in html
    assert "<figcaption>Điểm đọc Bản Xanh</figcaption></figure>" in html
    assert await covers.may_see(own, scopes=frozenset({"org:5"}))
    assert not await covers.may_see(own, scopes=PUBLIC)
    made = await keeping.save(made.id, changed(audience=("org:5",)), version=made.version, by=LAN)
    await issuing.publish(made.id, version=made.version, by=LAN)
    assert not await covers.may_see(own, scopes=frozenset({"org:5"}))  # no text has it any more


async def test_a_withdrawn_items_pictures_are_seen_by_nobody():
    cover, inside = await brought("red"), await brought("blue")
    sheet = changed(cover=cover, cover_alt="Đỏ", body=f"![Xanh](/pictures/{inside})")
    made = await begun(sheet, pictures=[cover, inside])
    await issuing.publish(made.id, version=made.version, by=LAN)
    assert await covers.may_see(cover, scopes=PUBLIC) and await covers.may_see(inside, scopes=PUBLIC)
    await issuing.withdraw(made.id, reason="Sai số liệu", by=LAN)
    assert not await covers.may_see(cover, scopes=PUBLIC) and not await covers.may_see(inside, scopes=PUBLIC)


# At a time


async def test_a_scheduled_item_is_published_when_its_time_has_come(in_june):
    at = in_june + timedelta(hours=1)
    made = await scheduled(at)
    assert (made.state, made.published_at) == ("scheduled", at)
    clock.stop(at - timedelta(seconds=1))
    assert await issuing.publish_due() == 0
    assert await titles() == []
    clock.stop(at + timedelta(seconds=30))
    assert await issuing.publish_due() == 1
    row = (await news.latest(scopes=PUBLIC)).rows[0]
    assert (row.title, row.published_at) == (SHEET.title, at)
    assert await acts(made.id) == [("news.begin", LAN), ("news.schedule", LAN), ("news.publish", "system")]


async def test_several_workers_at_once_publish_each_item_once(in_june):
    made = [await scheduled(in_june + timedelta(minutes=at % 3 + 1), changed(title=f"Tin {at}")) for at in range(12)]
    clock.stop(in_june + timedelta(hours=1))
    counted = await asyncio.gather(*(issuing.publish_due() for _ in range(4)))
    assert sum(counted) == len(made)
    for each in made:
        assert [act for act, _ in await acts(each.id)].count("news.publish") == 1
    assert len(await titles()) == len(made)


async def test_a_worker_that_dies_in_the_middle_leaves_the_item_to_the_next(in_june, monkeypatch):
    made = await scheduled(in_june + timedelta(minutes=1))
    clock.stop(in_june + timedelta(minutes=2))

    async def die(**_) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(journal, "record", die)
        with pytest.raises(Killed):
            await issuing.publish_due()
    assert await titles() == []
    assert await issuing.publish_due() == 1
    assert [act for act, _ in await acts(made.id)].count("news.publish") == 1


async def test_more_than_one_batch_is_published(in_june, monkeypatch):
    monkeypatch.setattr(issuing, "DUE_AT_ONCE", 2)
    for at in range(5):
        await scheduled(in_june + timedelta(minutes=1), changed(title=f"Tin {at}"))
    clock.stop(in_june + timedelta(minutes=2))
    assert await issuing.publish_due() == 5


@pytest.mark.parametrize("early", [timedelta(0), timedelta(minutes=1), timedelta(days=9)])
async def test_a_time_that_is_past_is_refused(in_june, early):
    made = await begun()
    with pytest.raises(InvalidError) as caught:
        await issuing.schedule(made.id, at=in_june - early, version=made.version, by=LAN)
    assert fields(caught) == [("publish_at", "newsroom-time-past")]


async def test_another_time_takes_the_place_of_the_first_and_the_same_again_changes_nothing(in_june):
    made = await scheduled(in_june + timedelta(hours=1))
    for _ in range(2):
        made = await issuing.schedule(made.id, at=in_june + timedelta(hours=2), version=made.version, by=LAN)
    clock.stop(in_june + timedelta(hours=1))
    assert await issuing.publish_due() == 0
    assert [act for act, _ in await acts(made.id)] == ["news.begin", "news.schedule", "news.schedule"]


async def test_a_scheduled_item_is_a_draft_again_and_can_be_published_at_once(in_june):
    made = await scheduled(in_june + timedelta(hours=1))
    for _ in range(2):
        made = await issuing.unschedule(made.id, by=LAN)
    assert made.state == "draft"
    clock.stop(in_june + timedelta(hours=2))
    assert await issuing.publish_due() == 0
    made = await issuing.publish(made.id, version=made.version, by=LAN)
    assert (made.state, made.published_at) == ("published", in_june + timedelta(hours=2))
    with pytest.raises(OutOfTurnError):
        await issuing.unschedule(made.id, by=LAN)


async def test_what_is_written_after_it_was_scheduled_is_not_published_with_it(in_june):
    made = await scheduled(in_june + timedelta(hours=1))
    made = await keeping.save(made.id, changed(title="Chưa viết xong"), version=made.version, by=LAN)
    assert made.ahead
    clock.stop(in_june + timedelta(hours=2))
    await issuing.publish_due()
    assert await titles() == [SHEET.title]
    assert (await keeping.manuscript(made.id)).ahead


async def test_an_item_that_nobody_has_read_takes_the_address_of_its_last_title(in_june):
    made = await scheduled(in_june + timedelta(hours=1), changed(title="Tin thử"))
    made = await keeping.save(made.id, changed(title="Tin thật"), version=made.version, by=LAN)
    made = await issuing.publish(made.id, version=made.version, by=LAN)
    assert made.slug == "tin-that"


async def test_a_published_item_cannot_be_scheduled(in_june):
    made = await published()
    made = await keeping.save(made.id, changed(title="Khác"), version=made.version, by=LAN)
    with pytest.raises(OutOfTurnError):
        await issuing.schedule(made.id, at=in_june + timedelta(hours=1), version=made.version, by=LAN)


# Taking back


async def test_a_withdrawn_item_is_gone_at_once_for_good_and_its_reason_stays():
    made = await published()
    for reason in ("Số liệu sai.\n Sẽ đăng lại.", "Lý do khác"):
        made = await issuing.withdraw(made.id, reason=reason, by=XUAN)
    assert (made.state, made.reason, made.pinned) == ("withdrawn", "Số liệu sai. Sẽ đăng lại.", False)
    assert await titles() == []
    assert (await headlines.find("ban xanh", scopes=PUBLIC)).total == 0
    with pytest.raises(NotFoundError):
        await news.article(made.slug, scopes=PUBLIC)
    assert [act for act, _ in await acts(made.id)] == ["news.begin", "news.publish", "news.withdraw"]
    with pytest.raises(ClosedError):
        await keeping.save(made.id, changed(title="Khác"), version=made.version, by=LAN)
    with pytest.raises(ClosedError):
        await issuing.publish(made.id, version=made.version, by=LAN)


@pytest.mark.parametrize(("reason", "key"), [("  \n", "newsroom-reason-missing"), ("ơ" * 501, "newsroom-too-long")])
async def test_nothing_is_withdrawn_without_a_reason(reason, key):
    made = await published()
    with pytest.raises(InvalidError) as caught:
        await issuing.withdraw(made.id, reason=reason, by=LAN)
    assert fields(caught) == [("reason", key)]
    assert await titles() == [SHEET.title]


async def test_only_what_readers_have_is_withdrawn(in_june):
    for made in (await begun(), await scheduled(in_june + timedelta(hours=1))):
        with pytest.raises(OutOfTurnError):
            await issuing.withdraw(made.id, reason="Sai", by=LAN)


# On top


async def test_pinned_items_come_first_over_pages_and_only_once(in_june):
    made = []
    for day in range(8):
        clock.stop(in_june + timedelta(days=day))
        made.append(await published(changed(title=f"Tin {day}")))
    for each in (made[1], made[3]):
        await pins.pin(each.id, None, by=LAN)
    assert await titles() == [f"Tin {day}" for day in range(7, -1, -1)]
    seen, cursor = list[str](), None
    while True:
        page = await news.latest(scopes=PUBLIC, pinned_first=True, limit=1 if not seen else 3, cursor=cursor)
        seen += [row.title for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == [f"Tin {day}" for day in (3, 1, 7, 6, 5, 4, 2, 0)]
    both = (await news.latest(scopes=PUBLIC, pinned_first=True, limit=3)).rows
    assert [row.pinned for row in both] == [True, True, False]
    with pytest.raises(InvalidError):
        await news.latest(scopes=PUBLIC, cursor=(await news.latest(scopes=PUBLIC, pinned_first=True, limit=2)).next)


async def test_a_pin_ends_with_its_last_day(in_june):
    old, new = await published(changed(title="Cũ")), None
    clock.stop(in_june + timedelta(hours=1))
    new = await published(changed(title="Mới"))
    await pins.pin(old.id, date(2026, 6, 16), by=LAN)
    assert await titles(pinned_first=True) == ["Cũ", "Mới"]
    clock.stop(datetime(2026, 6, 16, 16, 59, tzinfo=UTC))  # a minute before midnight in Vietnam
    assert await titles(pinned_first=True) == ["Cũ", "Mới"]
    clock.stop(datetime(2026, 6, 16, 17, tzinfo=UTC))
    assert await titles(pinned_first=True) == ["Mới", "Cũ"]
    assert not (await keeping.manuscript(old.id)).pinned
    assert new.state == "published"


async def test_a_unit_pins_three_and_no_more_also_at_the_same_time(in_june):
    made = [await published(changed(title=f"Tin {at}")) for at in range(6)]
    elsewhere = await published(changed(title="Của xã khác", unit=8))
    found = await asyncio.gather(*(pins.pin(each.id, None, by=LAN) for each in made), return_exceptions=True)
    refused = [each for each in found if isinstance(each, InvalidError)]
    assert [each.fields[0].key for each in refused] == ["newsroom-pin-no-room"] * 3
    assert (await pins.pin(elsewhere.id, None, by=XUAN)).pinned
    one = next(each for each in found if isinstance(each, Manuscript))
    for _ in range(2):
        assert not (await pins.unpin(one.id, by=LAN)).pinned
    assert [act for act, _ in await acts(one.id)] == ["news.begin", "news.publish", "news.pin", "news.unpin"]
    left = made[[isinstance(each, InvalidError) for each in found].index(True)]
    assert (await pins.pin(left.id, None, by=LAN)).pinned


async def test_pins_that_ended_leave_room(in_june):
    for at in range(pins.MOST):
        await pins.pin((await published(changed(title=f"Tin {at}"))).id, date(2026, 6, 15), by=LAN)
    made = await published()
    with pytest.raises(InvalidError):
        await pins.pin(made.id, None, by=LAN)
    clock.stop(in_june + timedelta(days=1))
    assert (await pins.pin(made.id, None, by=LAN)).pinned


async def test_a_day_that_is_over_is_no_day_to_pin_until(in_june):
    made = await published()
    with pytest.raises(InvalidError) as caught:
        await pins.pin(made.id, date(2026, 6, 14), by=LAN)
    assert fields(caught) == [("pinned_until", "newsroom-pin-over")]
    assert (await pins.pin(made.id, date(2026, 6, 15), by=LAN)).until == date(2026, 6, 15)


async def test_an_item_is_published_pinned_as_wished_unless_there_is_no_room(in_june):
    sheet = changed(pinned=True, pinned_until=date(2026, 6, 20))
    made = [await published(changed(sheet, title=f"Tin {at}")) for at in range(pins.MOST)]
    assert all(each.pinned and each.until == date(2026, 6, 20) for each in made)
    one_more = await begun(sheet)
    for issue in (
        issuing.publish(one_more.id, version=1, by=LAN),
        issuing.schedule(one_more.id, at=in_june + timedelta(hours=1), version=1, by=LAN),
    ):
        with pytest.raises(InvalidError) as caught:
            await issue
        assert fields(caught) == [("pinned", "newsroom-pin-no-room")]
    changed_one = await keeping.save(made[0].id, changed(title="Sửa"), version=1, by=LAN)
    assert (await issuing.publish(changed_one.id, version=2, by=LAN)).pinned  # a change takes no pin away


async def test_only_what_readers_have_is_pinned(in_june):
    for made in (await begun(), await scheduled(in_june + timedelta(hours=1))):
        with pytest.raises(OutOfTurnError):
            await pins.pin(made.id, None, by=LAN)


# The list


async def test_the_list_tells_states_words_and_counts_of_the_units_asked_for(in_june):
    draft = await begun(changed(title="Nháp về rừng"))
    waiting = await scheduled(in_june + timedelta(hours=1), changed(title="Hẹn về rừng"))
    shown = await published(changed(title="Đường làng"))
    await keeping.save(shown.id, changed(title="Đường làng mới"), version=shown.version, by=LAN)
    taken = await published(changed(title="Đã gỡ"))
    await issuing.withdraw(taken.id, reason="Sai", by=LAN)
    await begun(changed(unit=8, title="Rừng của xã khác"))
    await begun(changed(unit=None, title="Rừng không của ai"))
    assert await listing.counts({3}) == {"draft": 1, "scheduled": 1, "published": 1, "withdrawn": 1}
    assert await listing.counts({3}, words="RUNG") == {"draft": 1, "scheduled": 1, "published": 0, "withdrawn": 0}
    assert [row.id for row in (await listing.items({3}, state="draft")).rows] == [draft.id]
    assert {row.id for row in (await listing.items({3}, words="ve rung")).rows} == {draft.id, waiting.id}
    assert [(row.title, row.ahead) for row in (await listing.items({3}, state="published")).rows] == [
        ("Đường làng mới", True)
    ]
    assert sum((await listing.counts({3}, unowned=True)).values()) == 5
    assert (await listing.items(set())).rows == ()
    for state, cursor in (("burnt", None), ("", "x")):
        with pytest.raises(InvalidError):
            await listing.items({3}, state=state, cursor=cursor)


async def test_a_long_list_comes_in_pages(in_june):
    for at in range(listing.LIMIT + 5):
        clock.stop(in_june + timedelta(minutes=at))
        await begun(changed(title=f"Tin {at}"))
    first = await listing.items({3})
    rest = await listing.items({3}, cursor=first.next)
    assert (len(first.rows), len(rest.rows), rest.next) == (listing.LIMIT, 5, None)
    assert [row.title for row in (*first.rows, *rest.rows)] == [f"Tin {at}" for at in range(listing.LIMIT + 4, -1, -1)]


async def test_saving_a_draft_leaves_what_readers_are_given_in_memory():
    while revisions.current("content") != revisions.current("content"):
        await asyncio.sleep(0.01)  # until the listener hears
    before = revisions.current("content")
    made = await begun()
    await keeping.save(made.id, changed(title="Khác"), version=made.version, by=LAN)
    assert revisions.current("content") == before
