"""What can be followed, by whom, and by which names; and that news owes a notice which follows its readers."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from base import clock, database
from base.errors import NotFoundError
from content import following, issuers, merging, news, renaming, topics
from content.newsroom import issuing, keeping
from content.newsroom.model import Sheet
from content.rows import TopicRow
from notifications import choosing
from tests.content.builders import put, regulation
from tests.content.drafts.desk import issued

pytestmark = [pytest.mark.usefixtures("handbook"), pytest.mark.alike]

MAI, LAN, WHY = uuid4(), str(uuid4()), "cùng một việc"
PUBLIC, MEMBERS = frozenset({"public"}), frozenset({"public", "members"})
OURS, WRONG = "Tỉnh ủy Vân Lam", "Tỉnh ủy Vân Lang"


async def owed() -> list[tuple]:
    """About what and to whom there are notices, and whether they stand."""
    rows = await database.fetch("SELECT about, audience, cancelled_at FROM notice ORDER BY owed_at, key")
    return [(row["about"], json.loads(row["audience"]), row["cancelled_at"] is None) for row in rows]


async def matters() -> list[str]:
    (row,) = await database.fetch("SELECT matters FROM notice")
    return json.loads(row["matters"])


async def test_a_follower_is_told_whatever_name_they_followed_it_by():
    await topics.set_topics([TopicRow("so-hoa", "Số hóa", "-"), TopicRow("xay-dung-dang", "Xây dựng Đảng", "-")])
    await put(regulation("11-QĐ/TU", issuer=WRONG.upper()))
    topic = await following.find("topic", "so-hoa", scopes=PUBLIC)
    issuer = await following.find("issuer", WRONG, scopes=PUBLIC)
    for one in (topic, issuer, topic):
        await following.follow(one, by=MAI)
    await merging.merge("so-hoa", into="xay-dung-dang", reason=WHY, by=LAN)
    await renaming.rename(issuers.id_of(WRONG), OURS, reason=WHY, by=LAN)
    await issued()
    assert {"topic:so-hoa", "topic:xay-dung-dang", f"issuer:{WRONG}", f"issuer:{OURS}"} <= set(await matters())
    assert set(await choosing.followed(MAI)) <= set(await matters())
    now = await following.followed(MAI, scopes=PUBLIC)
    assert {one.what for one in now} == {"topic:xay-dung-dang", f"issuer:{OURS}"}
    for one in now:
        assert await following.follows(one, by=MAI)
        await following.unfollow(one, by=MAI)
    assert await choosing.followed(MAI) == []


async def test_only_what_one_may_know_of_is_followed():
    slug = (await put(regulation("11-QĐ/TU", issuer=OURS.upper()), audience=["members"])).slug
    noun: following.Noun
    for noun, name in (("document", slug), ("issuer", OURS)):
        with pytest.raises(NotFoundError):
            await following.find(noun, name, scopes=PUBLIC)
        await following.follow(await following.find(noun, name, scopes=MEMBERS), by=MAI)
    for noun, name in (("topic", "khong-co"), ("issuer", "Không có"), ("issuer", "a\0"), ("document", "x" * 300)):
        with pytest.raises(NotFoundError):
            await following.find(noun, name, scopes=MEMBERS)
    assert {one.name for one in await following.followed(MAI, scopes=MEMBERS)} == {slug, OURS}
    assert await following.followed(MAI, scopes=PUBLIC) == (), "nor is it told of what was lost"


async def test_news_owes_one_notice_which_follows_its_readers():
    sheet = Sheet(3, "Bản Xanh mở điểm đọc", "Một đoạn dẫn.", "Thân bài.", audience=("public",))
    made = await keeping.save(uuid4(), sheet, version=0, by=LAN)
    for _ in range(2):
        await issuing.publish(made.id, version=1, by=LAN)
    assert await owed() == [(f"news:{made.id}", ["public"], True)]
    narrowed = Sheet(3, "Bản Xanh mở điểm đọc", "Một đoạn dẫn.", "Thân bài.", audience=("org:3",))
    await keeping.save(made.id, narrowed, version=1, by=LAN)
    assert (await owed())[0][1] == ["public"], "what is only written is told to nobody"
    await issuing.publish(made.id, version=2, by=LAN)
    assert await owed() == [(f"news:{made.id}", ["org:3"], True)]
    await issuing.withdraw(made.id, reason=WHY, by=LAN)
    assert await owed() == [(f"news:{made.id}", ["org:3"], False)]


async def test_scheduled_news_owes_when_its_time_comes_and_old_news_never():
    clock.stop(datetime(2026, 6, 15, 2, tzinfo=UTC))
    try:
        made = await keeping.save(uuid4(), Sheet(3, "Tin", "Dẫn.", "Thân.", audience=("org:3",)), version=0, by=LAN)
        await issuing.schedule(made.id, at=clock.now() + timedelta(hours=1), version=1, by=LAN)
        past = clock.now() - timedelta(days=400)
        await news.write(news.Writing("Tin cũ", "Dẫn.", "Thân.", PUBLIC, published_at=past), by="cli")
        assert await owed() == []
        clock.stop(clock.now() + timedelta(hours=2))
        assert await issuing.publish_due() == 1
        assert await owed() == [(f"news:{made.id}", ["org:3"], True)]
    finally:
        clock.stop(None)
