"""What a member was told of, found by what they hold; and what is told of a notice, as counts alone."""

import uuid
from datetime import timedelta

import pytest

from base import clock
from base import database as floor
from base.errors import InvalidError, NotFoundError
from notifications import choosing, counting, inbox, kinds, outbox, steering
from tests.notifications.post import crowd, expand, later, left, owe, turn

ME = uuid.UUID(int=7)
HELD = frozenset({"public", "members", "org:1", "at:2", f"member:{ME}"})


async def keys(**more) -> list[str]:
    page = await inbox.page(more.pop("scopes", HELD), member=ME, **more)
    rows = {row["id"]: row["key"] for row in await floor.fetch("SELECT id, key FROM notice")}
    return [rows[item.id] for item in page.items]


async def test_an_inbox_holds_what_is_addressed_to_its_reader_the_newest_first(noon):
    for key, scopes in {"a": "org:1", "b": "org:9", "c": "at:2 org:1 members", "d": f"member:{ME}"}.items():
        await owe(*scopes.split(), key=key)
        later(minutes=1)
    await owe("members", key="mine", by=ME)
    await owe("members", key="digest", kind=kinds.DIGEST)
    assert await keys() == ["d", "c", "a"]
    assert await keys(scopes=frozenset({"public"})) == []
    later(days=90, minutes=-3)
    assert await keys() == ["d", "c"], "ninety days and no longer"


async def test_what_is_recalled_or_addressed_elsewhere_is_not_shown(noon):
    kept = await owe("org:1", key="a", about="document:1")
    other = await owe("org:1", key="b", about="document:2")
    async with floor.transaction():
        await outbox.readdress("document:1", ["org:9"])
        await outbox.cancel("document:2")
    assert await keys() == []
    for notice in (kept, other, uuid.uuid4()):
        with pytest.raises(NotFoundError):
            await inbox.one(notice, HELD, member=ME)
    async with floor.transaction():
        await outbox.readdress("document:1", ["at:2"])
    assert (await inbox.one(kept, HELD, member=ME)).about == "document:1"


@pytest.mark.alike
async def test_an_inbox_is_paged_also_where_many_are_of_one_moment(noon):
    for n in range(7):
        await owe("org:1", "members", key=f"{n}")
    found, after = [], None
    for _ in range(4):
        page = await inbox.page(HELD, member=ME, after=after, limit=2)
        found += [item.id for item in page.items]
        after = page.after
    assert (len(found), len(set(found)), after) == (7, 7, None)
    assert (await inbox.page(HELD, member=ME, after=uuid.uuid4(), limit=2)).items[0].id == found[0]


@pytest.mark.alike
async def test_what_is_followed_is_said_and_no_inbox_is_kept(noon):
    await choosing.follow(ME, "topic:dat-dai")
    await owe("org:1", matters=["topic:dat-dai"], urgency="high")
    await owe("org:1", kind="comment.reply")
    page = await inbox.page(HELD, member=ME)
    assert {(item.sort, item.followed) for item in page.items} == {("urgent", True), ("answers", False)}
    await choosing.choose(ME, "followed", "digest")
    since = clock.now() - timedelta(days=1)
    assert [item.sort for item in await inbox.since(since, HELD, member=ME)] == ["urgent"]


@pytest.mark.alike
async def test_old_notices_keep_their_key_and_nothing_else(noon, channel, post):
    await crowd(3)
    await owe("org:1", f"member:{ME}", key="old", by=ME)
    await turn(post)
    later(days=91)
    await inbox.prune()
    (row,) = await floor.fetch('SELECT key, audience, waves, matters, "by" FROM notice')
    assert row == {"key": "old", "audience": "[]", "waves": "[]", "matters": "[]", "by": None}
    for table in ("notice_scope", "notice_count", "chunk"):
        assert await floor.fetch(f"SELECT id FROM {table}") == []
    async with floor.transaction():
        assert not await outbox.owe(key="old", kind="document.publish", about="x", audience=["members"])


@pytest.mark.alike
async def test_the_office_steers_a_notice_and_learns_counts(noon, channel, post):
    await crowd(12)
    channel.refused = {"h/1-0"}
    notice = await owe("org:1")
    await turn(post)
    assert await counting.progress(notice, expand) == counting.Progress(
        devices=12, sent=11, accepted=11, failed={"refused-host-not-allowed": 1}, waiting=0
    )
    other = await owe("org:1")
    await steering.pause(other, by="cli")
    await turn(post)
    assert (await counting.progress(other, expand)).waiting == 12
    for _ in range(2):
        await steering.cancel(other, by="cli")
    assert await left() == (0, 0)
    acts = await floor.fetch("SELECT act, subject FROM journal ORDER BY at")
    assert [(row["act"], row["subject"]) for row in acts] == [
        ("notice.pause", f"notice:{other}"), ("notice.cancel", f"notice:{other}"),
    ]  # fmt: skip
    with pytest.raises(NotFoundError):
        await steering.resume(uuid.uuid4(), by="cli")


def test_a_count_that_tells_of_people_is_small():
    assert [count for count in (0, 1, 9, 10, 5_300_000) if counting.is_small(count)] == [1, 9]


# Choices


@pytest.mark.alike
async def test_only_what_differs_from_most_is_kept(noon):
    assert await choosing.chosen(ME) == choosing.USUALLY
    await choosing.choose(ME, "answers", "off")
    await choosing.choose(ME, "answers", "digest")
    assert await choosing.chosen(ME) == {**choosing.USUALLY, "answers": "digest"}
    await choosing.choose(ME, "answers", "now")
    assert await floor.fetch("SELECT id FROM choice") == []
    for sort, how in (("digest", "off"), ("weather", "now"), ("news", "later")):
        with pytest.raises(InvalidError):
            await choosing.choose(ME, sort, how)


@pytest.mark.alike
async def test_one_follows_so_much_and_no_more(noon, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_FOLLOWED", 2)
    for what in ("topic:a", "topic:a", "topic:b"):
        await choosing.follow(ME, what)
    with pytest.raises(InvalidError):
        await choosing.follow(ME, "topic:c")
    await choosing.unfollow(ME, "topic:a")
    assert await choosing.followed(ME) == ["topic:b"]
