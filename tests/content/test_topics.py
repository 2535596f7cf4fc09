"""Topics: added, renamed, placed, merged, removed; what was filed under one that is gone is found under the other."""

import asyncio
from uuid import UUID, uuid4

import pytest

from base import database, journal
from base.errors import ConflictError, InvalidError, NotFoundError
from content import arranging, counting, library, listing, merging, news, topic_uses, topics
from content.drafts import keeping
from content.newsroom import keeping as newsroom
from content.newsroom.model import Sheet
from content.rows import Filters, TopicRow
from content.search import search
from content.topic_uses import Use
from tests.content.builders import front_matter, put, regulation
from tests.content.conftest import PUBLIC
from tests.content.drafts.desk import acts, begun, issued, stated
from tests.indexes import followed, indexed

pytestmark = pytest.mark.usefixtures("handbook")

LAN, MINH = "lan", "minh"
ROWS = (
    TopicRow("xay-dung-dang", "Xây dựng Đảng", "Party building"),
    TopicRow("so-hoa", "Số hóa", "Digitising"),
    TopicRow("chuyen-doi-so", "Chuyển đổi số", "Digital work"),
)
WHY = "hai chủ đề nói cùng một việc"


@pytest.fixture(autouse=True)
async def _three(handbook: str) -> None:
    await topics.set_topics(ROWS)


async def order() -> list[str]:
    return [row.code for row in await topics.topics()]


async def under(topic: str) -> list[str]:
    page = await listing.documents(scopes=PUBLIC, filters=Filters(topic=topic))
    return sorted(row.number for row in page.rows)


async def paper(number: str, topic: str) -> str:
    return (await put(front_matter(topic=topic) + regulation(number))).slug


async def written(topic: str, *, out: bool = False) -> UUID:
    """A news item under a topic, that readers have or that is only written."""
    return await news.write(news.Writing("Tin", "Dẫn.", "Thân.", PUBLIC, topic=topic, draft=not out), by="cli")


# Arranging


async def test_a_topic_is_added_after_the_others_under_a_code_made_from_its_name():
    assert await arranging.add("  An sinh\nxã hội ", "Welfare", by=LAN) == "an-sinh-xa-hoi"
    assert (await topics.topics())[-1] == TopicRow("an-sinh-xa-hoi", "An sinh xã hội", "Welfare")
    assert await arranging.add("An sinh xã hội", "Welfare", by=MINH) == "an-sinh-xa-hoi"
    assert await acts("topic:an-sinh-xa-hoi") == ["topic.add"]
    assert await arranging.add("Ăn sinh xã hội", "Something else", by=LAN) == "an-sinh-xa-hoi-2"


@pytest.mark.parametrize(
    ("vi", "en", "fields"),
    [
        ("", " ", {"vi": "topic-name-missing", "en": "topic-name-missing"}),
        ("x" * 81, "Long", {"vi": "topic-name-long"}),
        ("SỐ HÓA", "Other", {"vi": "topic-name-taken"}),
        ("Khác", "digitising", {"en": "topic-name-taken"}),
    ],
)
async def test_a_topic_has_two_names_of_its_own(vi, en, fields):
    with pytest.raises(InvalidError) as wrong:
        await arranging.add(vi, en, by=LAN)
    assert {field.field: field.key for field in wrong.value.fields} == fields
    seen = ("Xây dựng Đảng", "Party building")
    with pytest.raises(InvalidError) as wrong:
        await arranging.rename("xay-dung-dang", vi, en, seen=seen, by=LAN)
    assert {field.field: field.key for field in wrong.value.fields} == fields


async def test_renaming_changes_the_names_and_not_what_is_filed():
    await paper("12-QĐ/TU", "so-hoa")
    seen = ("Số hóa", "Digitising")
    await arranging.rename("so-hoa", "Số hóa tài liệu", "Digitising papers", seen=seen, by=LAN)
    await arranging.rename("so-hoa", "Số hóa tài liệu", "Digitising papers", seen=seen, by=MINH)
    assert (await topics.topics())[1] == TopicRow("so-hoa", "Số hóa tài liệu", "Digitising papers")
    assert await acts("topic:so-hoa") == ["topic.rename"] and await under("so-hoa") == ["12-QĐ/TU"]
    with pytest.raises(arranging.RenamedError):
        await arranging.rename("so-hoa", "Khác", "Other", seen=seen, by=MINH)
    with pytest.raises(NotFoundError):
        await arranging.rename("khong-co", "Khác", "Other", seen=seen, by=MINH)


async def test_a_topic_stands_where_it_is_put_however_often_it_is_put_there():
    for _ in range(2):
        await arranging.place("chuyen-doi-so", after="xay-dung-dang", by=LAN)
        assert await order() == ["xay-dung-dang", "chuyen-doi-so", "so-hoa"]
    assert await acts("topic:chuyen-doi-so") == ["topic.place"]
    await arranging.place("so-hoa", after="", by=LAN)
    await arranging.place("so-hoa", after="so-hoa", by=LAN)
    assert await order() == ["so-hoa", "xay-dung-dang", "chuyen-doi-so"]
    with pytest.raises(NotFoundError):
        await arranging.place("so-hoa", after="khong-co", by=LAN)


async def test_only_a_topic_without_any_use_is_removed():
    await paper("12-QĐ/TU", "so-hoa")
    await written("chuyen-doi-so")
    await stated(await begun(regulation("13-QĐ/TU")), topic="xay-dung-dang")
    assert await topic_uses.uses() == {
        "so-hoa": Use(documents=1), "chuyen-doi-so": Use(news=1), "xay-dung-dang": Use(drafts=1)
    }  # fmt: skip
    for row in ROWS:
        with pytest.raises(arranging.UsedError):
            await arranging.remove(row.code, by=LAN)
    code = await arranging.add("Tạm", "Spare", by=LAN)
    await arranging.remove(code, by=LAN)
    await arranging.remove(code, by=LAN)
    assert code not in await order() and await acts(f"topic:{code}") == ["topic.add", "topic.remove"]


# Merging


async def test_everything_under_a_merged_topic_is_found_under_the_other():
    for number, topic in (("12-QĐ/TU", "so-hoa"), ("13-QĐ/TU", "chuyen-doi-so"), ("14-QĐ/TU", "xay-dung-dang")):
        await paper(number, topic)
    out, draft_item = await written("so-hoa", out=True), await written("so-hoa")
    draft = await stated(await begun(regulation("15-QĐ/TU")), topic="so-hoa")
    assert (await topic_uses.uses())["so-hoa"] == Use(documents=1, news=2, drafts=1)
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=f" {WHY}\n", by=LAN)
    assert await order() == ["xay-dung-dang", "chuyen-doi-so"]
    assert await under("chuyen-doi-so") == await under("so-hoa") == ["12-QĐ/TU", "13-QĐ/TU"]
    facets = await counting.facets(scopes=PUBLIC, filters=Filters(topic="so-hoa"))
    assert (facets.total, {count.value for count in facets.topics}) == (2, {"chuyen-doi-so", "xay-dung-dang"})
    for topic in ("so-hoa", "chuyen-doi-so"):
        assert [row.id for row in (await news.latest(scopes=PUBLIC, topic=topic)).rows] == [out]
    assert (await newsroom.manuscript(draft_item)).sheet.topic == "chuyen-doi-so"
    after = await keeping.draft_of(draft.edition)
    assert (after.facts.topic, after.version) == ("chuyen-doi-so", draft.version)
    assert (await topic_uses.uses())["chuyen-doi-so"] == Use(documents=2, news=2, drafts=1)
    [gone] = await topics.former()
    assert (gone.code, gone.topic, gone.vi, gone.reason, gone.by) == ("so-hoa", "chuyen-doi-so", "Số hóa", WHY, LAN)


async def test_what_still_holds_the_old_code_follows_when_it_is_saved_or_brought():
    draft = await stated(await begun(regulation("15-QĐ/TU")), topic="so-hoa")
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN)
    assert (await stated(draft, topic="so-hoa")).facts.topic == "chuyen-doi-so"
    saved = await newsroom.save(uuid4(), Sheet(1, title="Tin", topic="so-hoa"), version=0, by=LAN)
    assert saved.sheet.topic == "chuyen-doi-so"
    await paper("12-QĐ/TU", "so-hoa")
    assert await under("chuyen-doi-so") == ["12-QĐ/TU"]
    await topics.set_topics(ROWS)
    assert await order() == ["xay-dung-dang", "chuyen-doi-so"]


async def test_a_merger_is_told_of_every_document_so_that_phones_and_the_index_follow():
    slug = await paper("12-QĐ/TU", "so-hoa")
    await indexed()
    while await journal.seal_pending():
        pass
    before = await library.changes_since((await library.changes_since(None, PUBLIC)).cursor, PUBLIC)
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN)
    await followed()
    [item] = (await library.changes_since(before.cursor, PUBLIC)).items
    assert (item.slug, item.topic) == (slug, "chuyen-doi-so")
    for topic in ("so-hoa", "chuyen-doi-so"):
        found = await search("sinh hoạt chi bộ", scopes=PUBLIC, filters=Filters(topic=topic))
        assert [row.document.slug for row in found.rows] == [slug]
    [entry] = await journal.about("topic:so-hoa")
    assert (entry["act"], entry["detail"]) == ("topic.merge", {"into": "chuyen-doi-so", "documents": 1})
    assert WHY not in str(await database.fetch("SELECT detail FROM journal"))


async def test_merging_again_changes_nothing_and_otherwise_is_refused():
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN)
    await merging.merge("so-hoa", into="chuyen-doi-so", reason="lý do khác", by=MINH)
    assert [gone.reason for gone in await topics.former()] == [WHY]
    for code, into, error in (
        ("so-hoa", "xay-dung-dang", arranging.MergedError),
        ("xay-dung-dang", "so-hoa", merging.TargetGoneError),
        ("xay-dung-dang", "khong-co", merging.TargetGoneError),
        ("khong-co", "xay-dung-dang", NotFoundError),
        ("xay-dung-dang", "xay-dung-dang", InvalidError),
        ("xay-dung-dang", "", InvalidError),
    ):
        with pytest.raises(error):
            await merging.merge(code, into=into, reason=WHY, by=LAN)
    for reason in ("", " \n", "x" * 501):
        with pytest.raises(InvalidError):
            await merging.merge("xay-dung-dang", into="chuyen-doi-so", reason=reason, by=LAN)
    assert await order() == ["xay-dung-dang", "chuyen-doi-so"]


async def test_a_former_code_leads_to_what_stands_now_in_one_step():
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN)
    await merging.merge("chuyen-doi-so", into="xay-dung-dang", reason=WHY, by=LAN)
    rows = await database.fetch("SELECT code, topic FROM former_topic ORDER BY code")
    assert [tuple(row.values()) for row in rows] == [
        ("chuyen-doi-so", "xay-dung-dang"), ("so-hoa", "xay-dung-dang")
    ]  # fmt: skip
    assert await topics.current("so-hoa") == "xay-dung-dang"
    assert await arranging.add("Số hóa", "Digitising", by=LAN) == "so-hoa-2"


async def test_two_who_merge_crosswise_do_not_send_readers_in_a_circle():
    await paper("12-QĐ/TU", "so-hoa")
    await paper("13-QĐ/TU", "chuyen-doi-so")
    tried = await asyncio.gather(
        merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN),
        merging.merge("chuyen-doi-so", into="so-hoa", reason=WHY, by=MINH),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in tried) == ["NoneType", "TargetGoneError"]
    [gone] = await topics.former()
    assert await order() == ["xay-dung-dang", gone.topic] and await topics.current(gone.topic) == gone.topic
    assert await under(gone.topic) == ["12-QĐ/TU", "13-QĐ/TU"]


async def test_what_is_issued_while_its_topic_is_merged_is_filed_under_the_other():
    """Publishing, importing, saving and merging at once: nothing stays under a topic that is gone."""
    draft = await stated(await begun(regulation("15-QĐ/TU")))
    item, tried = uuid4(), []
    for round in range(3):
        tried += await asyncio.gather(
            *(paper(f"{20 + 5 * round + at}-QĐ/TU", "so-hoa") for at in range(3)),
            newsroom.save(item, Sheet(1, title=f"Tin {round}", topic="so-hoa"), version=round, by=LAN),
            issued(regulation(f"{60 + round}-QĐ/TU"), topic="so-hoa"),
            stated(draft, topic="so-hoa") if not round else asyncio.sleep(0),
            *([merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by=LAN)] if round < 2 else []),
            return_exceptions=True,
        )
    assert [error for error in tried if isinstance(error, BaseException) and not isinstance(error, ConflictError)] == []
    for table in ("document", "manuscript", "news"):
        assert await database.fetch(f"SELECT id FROM {table} WHERE topic = 'so-hoa'") == [], table
    assert await topic_uses.drafts_under("so-hoa") == []
