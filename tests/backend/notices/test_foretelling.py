"""Before issue it is said how many devices are told at once, how many otherwise, and how long that takes."""

import uuid

import pytest

from backend.pages.desk.foretelling import foretold, foretold_news
from base import clock
from base import database as floor
from base.settings import load, use
from notifications import channels, choosing, pacing, standing
from tests.content.drafts import desk
from tests.notifications.post import NIGHT, crowd

pytestmark = pytest.mark.alike

OTHERWISE = "vì họ đã tắt loại tin này hoặc chọn gộp mỗi ngày"
KEYED = {"push_key": "a" * 43, "push_subject": "mailto:van-phong@example.vn"}


async def lines(**facts) -> list[str]:
    return await foretold(await desk.stated(await desk.begun(), **facts), "vi")


async def owners(unit: int) -> list[uuid.UUID]:
    return [row["member"] for row in await floor.fetch("SELECT member FROM device WHERE unit = {} ORDER BY id", unit)]


async def test_only_who_wants_to_be_told_at_once_is_promised(people, settings):
    use(load(**KEYED))
    assert await lines(audience=()) == []
    to = {"audience": (f"org:{people.commune}",)}
    (nobody,) = await lines(**to)
    assert "Chưa máy nào" in nobody
    await crowd(50, unit=people.cell)
    await crowd(30, unit=people.ward)
    told, soon = await lines(**to)
    assert "báo ngay đến khoảng 50 máy" in told and "vài phút" in soon, "the ward is not addressed"
    people_here = await owners(people.cell)
    for member in people_here[:20]:
        await choosing.choose(member, "addressed", "digest")
    told, others, soon = await lines(**to)
    assert "báo ngay đến khoảng 30 máy" in told and "đến khoảng 20 máy khác" in others and OTHERWISE in others
    assert "khoảng 50 máy" in (await lines(**to, urgency="Khẩn"))[0], "what is urgent is another sort"
    for member in people_here[:10]:
        await choosing.follow(member, "topic:xay-dung-dang")
    assert "khoảng 40 máy" in (await lines(**to, topic="xay-dung-dang"))[0], "and what is followed another"
    for member in people_here:
        await choosing.choose(member, "addressed", "off")
    (nobody,) = await lines(**to)
    assert "Không máy nào được báo ngay" in nobody
    clock.stop(NIGHT)
    assert "sau 06:30" in (await lines(audience=("members",)))[-1]
    assert "kể cả máy đang trong giờ yên lặng" in (await lines(audience=("members",), urgency="Hỏa tốc"))[-1]


async def test_devices_that_nothing_can_be_sent_to_are_not_promised(people, settings):
    await crowd(12)
    assert ["chưa cài đặt" in line for line in await lines(audience=("members",))] == [True]
    use(load(public_url="https://sotay.example.vn"))
    assert ["chưa cài đặt" in line for line in await lines(audience=("members",))] == [True]


async def test_how_long_it_takes_goes_by_the_rate_that_is_set(people, settings, monkeypatch):
    monkeypatch.setattr(pacing, "BIG", 40)
    use(load(push_rate=1, **KEYED))
    await crowd(60)
    await crowd(500, unit=2)
    took = await lines(audience=("members",))
    assert "560 máy" in took[0]
    assert "khoảng 11 phút" in took[-1], "72 seconds' worth in the first two minutes, then one a second"


async def test_no_time_is_promised_while_a_service_does_not_take_our_key(people, settings):
    use(load(**KEYED))
    await crowd(30)
    signer = standing.signer("fcm.googleapis.com", channels.credentials()["webpush"])
    await floor.execute(
        "INSERT INTO standstill (host, until, times, denied, since, said) "
        "VALUES ({}, {}, 1, '[1, 2, 3, 4, 5]', {}, '')",
        signer, clock.now(), clock.now(),
    )  # fmt: skip
    told, hindered = await lines(audience=("members",))
    assert "30 máy" in told and "không nhận khóa của sổ tay từ 12:20 10/03/2026" in hindered


async def test_of_news_most_are_told_once_a_day(people, settings):
    use(load(**KEYED))
    await crowd(50, unit=people.cell)
    (nobody,) = await foretold_news([f"org:{people.commune}"], "", "vi")
    assert "Không máy nào được báo ngay" in nobody, "as everybody takes news unless they choose otherwise"
    for member in (await owners(people.cell))[:20]:
        await choosing.choose(member, "news", "now")
    told, others, _ = await foretold_news([f"org:{people.commune}"], "", "vi")
    assert "khoảng 20 máy" in told and "khoảng 30 máy khác" in others
    assert await foretold_news([], "", "vi") == []
