"""The news desk's pages: who may do what for which unit, nothing typed is lost, and readers see what they should."""

import io
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from msgspec import structs
from PIL import Image

from base import clock, database, journal
from content.newsroom import issuing, keeping
from content.newsroom.model import LENGTHS, Manuscript, Sheet
from content.rows import TopicRow
from content.topics import set_topics
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

BODY = "Bảy giờ tối thứ ba, **điểm đọc** sáng đèn."


@pytest.fixture
async def lan(opened: Opener, everyone: People):
    """Lan's browser; she writes for the province and all below it."""
    return await opened(everyone.lan)


@pytest.fixture
async def kha(opened: Opener, everyone: People):
    """Kha's browser; he writes for the ward only."""
    member = await builders.member("kha", unit=everyone.ward_cell, name="Bùi Duy Khánh")
    await builders.role(member, "editor", everyone.ward)
    return await opened(member)


def form(people: People, **changed: object) -> dict[str, object]:
    given = {
        "version": "0", "act": "save", "title": "Bản Xanh mở điểm đọc", "standfirst": "Một đoạn dẫn.", "body": BODY,
        "topic": "", "unit": people.commune, "audience": "public", "pinned_until": "", "publish_day": "",
        "publish_time": "",
    }  # fmt: skip
    return {**given, **changed}


async def item(people: People, state: str = "draft", **facts: object) -> Manuscript:
    sheet = structs.replace(
        Sheet(people.commune, "Bản Xanh mở điểm đọc", "Một đoạn dẫn.", BODY, audience=("public",)), **facts
    )  # fmt: skip
    made = await keeping.save(uuid4(), sheet, version=0, by=str(people.lan))
    if state == "scheduled":
        return await issuing.schedule(made.id, at=clock.now() + timedelta(days=1), version=1, by=str(people.lan))
    if state in ("published", "withdrawn"):
        made = await issuing.publish(made.id, version=1, by=str(people.lan))
    if state == "withdrawn":
        made = await issuing.withdraw(made.id, reason="Sai số liệu", by=str(people.lan))
    return made


def picture(colour: str = "red", format: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, format)
    return data.getvalue()


def version_on(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page)[1]


def wrong_on(page: str) -> set[str]:
    """The fields that the summary leads to."""
    return set(re.findall(r'<a href="#([a-z_]+)">', page.partition('class="summary"')[2].partition("</ul>")[0]))


# Who may


READS = ("", "/edit")
WRITES = (
    "/edit", "/draft", "/preview", "/pin", "/pin/removal", "/schedule/removal", "/reverting", "/withdrawal",
    "/discarding",
)  # fmt: skip


async def test_the_desk_is_for_those_who_write_approve_or_audit(opened: Opener, everyone: People) -> None:
    made = await item(everyone)
    paths = ["/desk/news", "/desk/news/new", *(f"/desk/news/{made.id}{path}" for path in READS)]
    for path in paths:
        barred = 404 if str(made.id) in path else 403
        assert (await (await opened()).get(path)).status_code == 401, path
        for member in (everyone.mai, everyone.tam, everyone.hoa, everyone.quang):
            assert (await (await opened(member)).get(path)).status_code == barred, path
        assert (await (await opened(everyone.lan, method="password")).get(path)).status_code == 403, path
        assert (await (await opened(everyone.lan)).get(path)).status_code == 200, path
    for path in WRITES:
        address = f"/desk/news/{made.id}{path}"
        barred = 403 if path in ("/edit", "/draft", "/preview") else 404  # those begin an item, too
        assert (await (await opened()).post(address, data=form(everyone))).status_code == 401, path
        for member in (everyone.mai, everyone.tam, everyone.hoa, everyone.quang):
            assert (await (await opened(member)).post(address, data=form(everyone))).status_code == barred, path
    assert await keeping.manuscript(made.id) == made


async def test_approvers_and_auditors_look_on_and_write_nothing(opened: Opener, everyone: People) -> None:
    made = await item(everyone, "published")
    for member in (everyone.minh, everyone.thu):
        client = await opened(member)
        page = (await client.get(f"/desk/news/{made.id}")).text
        assert "Bản Xanh mở điểm đọc" in page and "Nguyễn Thị Ngọc Lan" in page
        assert f"/desk/news/{made.id}/edit" not in page and "/pin" not in page
        assert ("/withdrawal" in page) is (member == everyone.minh)
        assert "/desk/news/new" not in (await client.get("/desk/news")).text
        for path in ("/desk/news/new", f"/desk/news/{made.id}/edit"):
            assert (await client.get(path)).status_code == 403, path
        for path in WRITES:
            if path != "/withdrawal":
                answer = await client.post(f"/desk/news/{made.id}{path}", data=form(everyone, version="1"))
                assert answer.status_code == 403, path
        assert (await client.post(f"/desk/news/{uuid4()}/edit", data=form(everyone))).status_code == 403
    thu = await opened(everyone.thu)
    assert (await thu.post(f"/desk/news/{made.id}/withdrawal", data={"reason": "Sai"})).status_code == 403
    assert await keeping.manuscript(made.id) == made


async def test_that_an_auditor_looked_is_noted_once_a_day_and_of_nobody_else(opened: Opener, everyone: People) -> None:
    made = await item(everyone, "published")
    for member in (everyone.lan, everyone.minh, everyone.thu, everyone.thu):
        page = (await (await opened(member)).get(f"/desk/news/{made.id}")).text
    looked = [entry["by"] for entry in await journal.about(f"news:{made.id}") if entry["act"] == "news.read"]
    assert looked == [str(everyone.thu)]
    assert "Kiểm tra viên mở xem" in page and "Hoàng Thị Thu" in page


async def test_an_approver_withdraws(opened: Opener, everyone: People) -> None:
    made = await item(everyone, "published")
    minh = await opened(everyone.minh)
    answer = await minh.post(f"/desk/news/{made.id}/withdrawal", data={"reason": "Sai số liệu"})
    assert answer.headers["location"] == f"/desk/news/{made.id}?done=news-withdrawn"
    assert "Sai số liệu" in (await minh.get(answer.headers["location"])).text


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "withdrawn"])
async def test_an_item_of_another_unit_looks_like_none(lan, kha, everyone: People, state: str) -> None:
    made, own = await item(everyone, state), await item(everyone, state, unit=everyone.ward, title="Tin của phường")
    for path in READS:
        assert (await kha.get(f"/desk/news/{made.id}{path}")).status_code == 404, path
    for path in WRITES:
        answer = await kha.post(f"/desk/news/{made.id}{path}", data=form(everyone, unit=everyone.ward, version="1"))
        assert answer.status_code == 404, path
    assert await keeping.manuscript(made.id) == made
    listed = (await kha.get("/desk/news")).text
    assert str(made.id) not in listed and str(own.id) in listed and "Tất cả (1)" in listed
    assert str(made.id) in (await lan.get("/desk/news")).text
    absent = await kha.get(f"/desk/news/{UUID(int=1)}")
    hidden = await kha.get(f"/desk/news/{made.id}")
    assert hidden.text.replace(str(made.id), "") == absent.text.replace(str(UUID(int=1)), "")


async def test_nobody_writes_in_the_name_of_a_unit_that_is_not_theirs(kha, everyone: People) -> None:
    for unit in (everyone.commune, everyone.province, 999_999, "", "x"):
        id = uuid4()
        answer = await kha.post(f"/desk/news/{id}/edit", data=form(everyone, unit=unit))
        assert answer.status_code == 422 and wrong_on(answer.text) == {"unit"}, unit
        assert BODY in answer.text
        assert not await keeping.is_begun(id)
    own = await item(everyone, unit=everyone.ward)
    moved = form(everyone, version="1", title="Chuyển đi")
    assert (await kha.post(f"/desk/news/{own.id}/edit", data=moved)).status_code == 422
    assert await keeping.manuscript(own.id) == own


async def test_what_belongs_to_no_unit_is_for_those_at_the_top(lan, kha, everyone: People) -> None:
    made = await item(everyone, unit=None)
    assert (await lan.get(f"/desk/news/{made.id}")).status_code == 200
    assert str(made.id) in (await lan.get("/desk/news")).text
    assert (await kha.get(f"/desk/news/{made.id}")).status_code == 404
    assert str(made.id) not in (await kha.get("/desk/news")).text


async def test_the_desk_leads_to_the_news_those_who_work_there(opened: Opener, everyone: People) -> None:
    for member in (everyone.lan, everyone.minh, everyone.thu):
        assert 'href="/desk/news"' in (await (await opened(member)).get("/desk")).text
    for member in (everyone.quang, everyone.tam, everyone.hoa):
        assert 'href="/desk/news"' not in (await (await opened(member)).get("/desk")).text


# Writing


async def test_from_an_empty_form_to_readers_and_back(lan, opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    page = (await lan.get("/desk/news/new")).text
    address = re.search(r'action="(/desk/news/[0-9a-f-]{36})/edit"', page)[1]
    saved = await lan.post(f"{address}/edit", data=form(everyone, version=version_on(page)))
    assert saved.headers["location"] == f"{address}/edit?done=news-saved"
    page = (await lan.get(saved.headers["location"])).text
    assert "Đã lưu" in page and BODY in page and "<strong>điểm đọc</strong>" in page
    assert "Bản Xanh" not in (await mai.get("/news")).text
    given = await lan.post(f"{address}/edit", data=form(everyone, version=version_on(page), act="publish"))
    assert given.headers["location"] == f"{address}?done=news-published"
    slug = re.search(r'href="(/news/ban-xanh[^"]*)"', (await lan.get(given.headers["location"])).text)[1]
    assert slug in (await mai.get("/")).text
    article = (await mai.get(slug)).text
    assert "<strong>điểm đọc</strong>" in article and "Đảng bộ xã Đồng Mây" in article and "Cập nhật" not in article
    page = (await lan.get(f"{address}/edit")).text
    again = form(everyone, version=version_on(page), title="Tên mới", act="publish")
    assert (await lan.post(f"{address}/edit", data=again)).headers["location"].endswith("done=news-changed")
    article = (await mai.get(slug)).text
    assert "Tên mới" in article and "Cập nhật" in article
    assert (await lan.post(f"{address}/withdrawal", data={"reason": "Sai"})).status_code == 303
    assert (await mai.get(slug)).status_code == 404 and slug not in (await mai.get("/")).text
    page = (await lan.get(address)).text
    for words in ("Gỡ tin", "Đăng bản sửa", "Đăng tin", "Bắt đầu viết", "Nguyễn Thị Ngọc Lan"):
        assert words in page, words
    assert (await lan.get(f"{address}/edit")).headers["location"] == address


async def test_a_form_sent_twice_begins_one_item_and_publishes_it_once(lan, everyone: People) -> None:
    id = uuid4()
    for _ in range(2):
        answer = await lan.post(f"/desk/news/{id}/edit", data=form(everyone, act="publish"))
        assert answer.headers["location"].startswith(f"/desk/news/{id}?done=")
    assert [entry["act"] for entry in await journal.about(f"news:{id}")] == ["news.publish", "news.begin"]


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": "x" * (LENGTHS["title"] + 1)}, {"title"}),
        ({"standfirst": "x" * (LENGTHS["standfirst"] + 1)}, {"standfirst"}),
        ({"body": "x" * (LENGTHS["body"] + 1)}, {"body"}),
        ({"cover_alt": "x" * (LENGTHS["cover_alt"] + 1)}, {"cover_alt"}),
        ({"topic": "khong-co"}, {"topic"}),
        ({"unit": ""}, {"unit"}),
        ({"pinned": "1", "pinned_until": "31/31/2026"}, {"pinned_until"}),
        ({"publish_day": "2026-13-01"}, {"publish_day"}),
        ({"publish_day": "9999999999-01-01"}, {"publish_day"}),
        ({"publish_day": "2099-01-01", "publish_time": "25:00"}, {"publish_time"}),
        ({"cover": "a" * 64}, {"cover_file"}),
        ({"cover": "../../x"}, {"cover_file"}),
        ({"topic": "x", "unit": "", "pinned_until": "x", "publish_day": "x"},
         {"topic", "unit", "pinned_until", "publish_day"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_saved_is_told_beside_its_field_and_nothing_is_lost(
    lan, everyone: People, wrong: dict[str, str], fields: set[str]
) -> None:
    id, typed = uuid4(), form(everyone, **wrong)
    answer = await lan.post(f"/desk/news/{id}/edit", data=typed)
    assert answer.status_code == 422 and wrong_on(answer.text) == fields
    for field in fields:
        assert f'id="{field}"' in answer.text and f'id="{field}-wrong"' in answer.text
    for name in ("title", "standfirst", "body", "cover_alt", "pinned_until", "publish_day", "publish_time"):
        assert str(typed.get(name, "")) in answer.text, name
    assert not await keeping.is_begun(id)


@pytest.mark.parametrize(
    ("lacking", "fields"),
    [
        ({"title": ""}, {"title"}), ({"standfirst": " "}, {"standfirst"}), ({"body": "\n"}, {"body"}),
        ({"audience": ""}, {"audience"}),
        ({"body": "![](/pictures/x)"}, {"body"}), ({"body": "![Ảnh](https://xa.example/a.png)"}, {"body"}),
        ({"pinned": "1", "pinned_until": "2020-01-01"}, {"pinned_until"}),
        ({"act": "schedule"}, {"publish_day"}),
        ({"act": "schedule", "publish_day": "2020-01-01", "publish_time": "07:30"}, {"publish_day"}),
        ({"title": "", "standfirst": "", "body": "", "audience": ""}, {"title", "standfirst", "body", "audience"}),
    ],
)  # fmt: skip
async def test_what_readers_cannot_be_given_yet_is_saved_and_told(
    lan, everyone: People, lacking: dict[str, str], fields: set[str]
) -> None:
    id, typed = uuid4(), {**form(everyone, act="publish"), **lacking}
    answer = await lan.post(f"/desk/news/{id}/edit", data=typed)
    assert answer.status_code == 422 and wrong_on(answer.text) == fields
    saved = await keeping.manuscript(id)
    assert saved.state == "draft" and str(saved.version) == version_on(answer.text)
    for name in ("title", "standfirst", "body"):
        assert str(typed[name]).strip() in answer.text, name


async def test_a_line_with_a_picture_without_words_is_named(lan, everyone: People) -> None:
    typed = form(everyone, act="publish", body="Một.\n\nHai\n![Ảnh](https://xa.example/a.png)")
    assert "Dòng 4:" in (await lan.post(f"/desk/news/{uuid4()}/edit", data=typed)).text


async def test_what_somebody_else_saved_is_shown_beside_what_was_typed(lan, opened: Opener, everyone: People) -> None:
    xuan = await builders.member("xuan", unit=everyone.cell, name="Lương Thị Xuân")
    await builders.role(xuan, "editor", everyone.commune)
    made = await item(everyone)
    theirs = structs.replace(made.sheet, title="Tên của Xuân", audience=("members",))
    await keeping.save(made.id, theirs, version=1, by=str(xuan))
    mine = form(everyone, version="1", title="Tên của Lan", act="publish")
    answer = await lan.post(f"/desk/news/{made.id}/edit", data=mine)
    assert answer.status_code == 409
    for words in ("Lương Thị Xuân", "Tên của Xuân", "Tên của Lan", "Mọi đảng viên", "Lưu bản của tôi"):
        assert words in answer.text, words
    assert "data-autosave" not in answer.text
    assert (await keeping.manuscript(made.id)).sheet.title == "Tên của Xuân"
    chosen = {**mine, "version": version_on(answer.text), "act": "save"}
    assert (await lan.post(f"/desk/news/{made.id}/edit", data=chosen)).status_code == 303
    assert (await keeping.manuscript(made.id)).sheet.title == "Tên của Lan"


@pytest.mark.parametrize("version", ["x", "-1", "9" * 30, "٣"])
async def test_a_form_that_says_no_version_is_old(lan, everyone: People, version: str) -> None:
    answer = await lan.post(f"/desk/news/{uuid4()}/edit", data=form(everyone, version=version))
    assert answer.status_code == 422 and "mở quá lâu" in answer.text and BODY in answer.text


# Saving by itself, and the preview


async def test_the_script_saves_a_draft_and_tells_when(lan, everyone: People) -> None:
    clock.stop(datetime(2026, 6, 15, 7, 5, tzinfo=UTC))
    try:
        id = uuid4()
        told = (await lan.post(f"/desk/news/{id}/draft", data=form(everyone))).json()
        assert told == {"version": 1, "words": "Đã lưu lúc 14:05", "address": f"/desk/news/{id}/edit"}
        again = (await lan.post(f"/desk/news/{id}/draft", data=form(everyone, version="1", title="Khác"))).json()
        assert again["version"] == 2
        old = await lan.post(f"/desk/news/{id}/draft", data=form(everyone, version="1", title="Từ máy kia"))
        assert old.status_code == 409 and "sửa ở nơi khác" in old.json()["words"]
        assert (await keeping.manuscript(id)).sheet.title == "Khác"
        wrong = await lan.post(f"/desk/news/{id}/draft", data=form(everyone, version="2", topic="x"))
        assert wrong.status_code == 422 and wrong.json()["words"]
    finally:
        clock.stop(None)


async def test_what_is_typed_is_saved_also_while_another_unit_is_looked_for(lan, everyone: People) -> None:
    made = await item(everyone)
    looking = {"unit": "", "unit_words": "phuong", "unit_searched": ""}
    typed = form(everyone, version="1", title="Đang tìm đơn vị", **looking)
    assert (await lan.post(f"/desk/news/{made.id}/draft", data=typed)).status_code == 200
    saved = await keeping.manuscript(made.id)
    assert (saved.sheet.title, saved.sheet.unit) == ("Đang tìm đơn vị", everyone.commune)
    assert (await lan.post(f"/desk/news/{uuid4()}/draft", data={**typed, "version": "0"})).status_code == 200


async def test_an_item_scheduled_elsewhere_shows_its_time_in_the_form(lan, everyone: People) -> None:
    made = await item(everyone, "scheduled")
    assert made.published_at
    at = clock.local(made.published_at)
    page = (await lan.get(f"/desk/news/{made.id}/edit")).text
    assert f'value="{at:%d/%m/%Y}"' in page and f'value="{at:%H:%M}"' in page


async def test_what_is_saved_of_a_published_item_is_not_given_to_readers(lan, opened: Opener, everyone: People) -> None:
    made = await item(everyone, "published")
    typed = form(everyone, version="1", title="Nửa chừng")
    assert (await lan.post(f"/desk/news/{made.id}/draft", data=typed)).status_code == 200
    guest = await opened()
    assert "Nửa chừng" not in (await guest.get(f"/news/{made.slug}")).text
    assert "Có phần sửa chưa đăng" in (await lan.get("/desk/news")).text
    assert "phần sửa chưa đăng" in (await lan.get(f"/desk/news/{made.id}")).text
    for _ in range(2):
        answer = await lan.post(f"/desk/news/{made.id}/reverting")
        assert answer.headers["location"] == f"/desk/news/{made.id}?done=news-reverted"
    after = await keeping.manuscript(made.id)
    assert (after.sheet, after.ahead) == (made.sheet, False)


async def test_the_preview_draws_what_is_typed_and_saves_nothing(lan, everyone: People) -> None:
    id = uuid4()
    typed = form(everyone, title="<b>Tin</b>", body="## Đầu đề\n\n<script>x</script>\n\n![](https://xa.example/a.png)")
    answer = await lan.post(f"/desk/news/{id}/preview", data=typed)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert "<h2>Đầu đề</h2>" in answer.text and "&lt;b&gt;Tin&lt;/b&gt;" in answer.text
    assert "<script" not in answer.text and "xa.example" not in answer.text and "Dòng 5:" in answer.text
    looked = await lan.post(f"/desk/news/{id}/edit", data={**typed, "act": "preview"})
    assert looked.status_code == 200 and "<h2>Đầu đề</h2>" in looked.text
    assert not await keeping.is_begun(id)


# Pictures


async def test_pictures_are_put_into_the_text_where_one_writes_and_need_words(
    lan, kha, opened: Opener, everyone: People
) -> None:
    id, path = uuid4(), "/desk/news/{}/edit"
    typed = form(everyone, act="picture", body="Một.\n\nHai.", caret="4", picture_alt="Hai người [đọc]")
    files = {"picture_file": ("a.png", picture())}
    without = await lan.post(path.format(id), data={**typed, "picture_alt": ""}, files=files)
    assert without.status_code == 422 and wrong_on(without.text) == {"picture_alt"} and "Hai." in without.text
    assert wrong_on((await lan.post(path.format(id), data=typed)).text) == {"picture_file"}
    for broken in (b"x", b"<svg/>", picture(format="TIFF")):
        answer = await lan.post(path.format(id), data=typed, files={"picture_file": ("a.png", broken)})
        assert answer.status_code == 422 and wrong_on(answer.text) == {"picture_file"} and "Hai người" in answer.text
    kept = await lan.post(path.format(id), data=typed, files=files)
    assert kept.headers["location"] == f"/desk/news/{id}/edit?done=news-picture-kept#body"
    made = await keeping.manuscript(id)
    found = re.fullmatch(r"Một\.\n\n!\[Hai người \(đọc\)\]\(/pictures/([0-9a-f]{64})\)\n\nHai\.", made.sheet.body)
    address = f"/pictures/{found[1]}/60.webp"
    assert (await lan.get(address)).headers["content-type"] == "image/webp"
    mai = await opened(everyone.mai)
    for reader in (kha, mai, await opened()):
        assert (await reader.get(address)).status_code == 404
    await issuing.publish(id, version=made.version, by=str(everyone.lan))
    assert (await mai.get(address)).status_code == 200
    article = (await mai.get(f"/news/{(await keeping.manuscript(id)).slug}")).text
    assert 'alt="Hai người (đọc)"' in article and address in article
    await issuing.withdraw(id, reason="Sai", by=str(everyone.lan))
    assert (await mai.get(address)).status_code == 404
    assert (await (await opened(everyone.minh)).get(address)).status_code == 200


async def test_a_cover_is_kept_while_something_else_is_wrong_and_can_be_taken_away(lan, everyone: People) -> None:
    id, files = uuid4(), {"cover_file": ("bia.jpg", picture("blue", "JPEG"))}
    answer = await lan.post(f"/desk/news/{id}/edit", data=form(everyone, act="publish"), files=files)
    assert answer.status_code == 422 and wrong_on(answer.text) == {"cover_alt"}
    cover = re.search(r'name="cover" value="([0-9a-f]{64})"', answer.text)[1]
    typed = form(everyone, version=version_on(answer.text), act="publish", cover=cover, cover_alt="Một khoảng xanh")
    assert (await lan.post(f"/desk/news/{id}/edit", data=typed)).status_code == 303
    made = await keeping.manuscript(id)
    assert (made.sheet.cover, made.state) == (cover, "published")
    off = {**typed, "version": str(made.version), "cover_off": "1"}
    assert (await lan.post(f"/desk/news/{id}/edit", data=off)).status_code == 303
    assert (await database.fetch("SELECT cover FROM news WHERE id = {}", id))[0]["cover"] is None


async def test_a_picture_of_another_item_is_not_lent(lan, kha, everyone: People) -> None:
    mine = uuid4()
    files = {"cover_file": ("bia.png", picture())}
    await lan.post(f"/desk/news/{mine}/edit", data=form(everyone, cover_alt="Đỏ"), files=files)
    cover = (await keeping.manuscript(mine)).sheet.cover
    theirs, typed = uuid4(), form(everyone, unit=everyone.ward, cover=cover, cover_alt="Đỏ")
    answer = await kha.post(f"/desk/news/{theirs}/edit", data=typed)
    assert answer.status_code == 422 and wrong_on(answer.text) == {"cover_file"}
    body = form(everyone, unit=everyone.ward, act="publish", body=f"![Đỏ](/pictures/{cover})")
    assert wrong_on((await kha.post(f"/desk/news/{theirs}/edit", data=body)).text) == {"body"}
    assert (await kha.get(f"/pictures/{cover}/60.webp")).status_code == 404


# At a time, on top, taken back


async def test_an_item_is_scheduled_in_vietnamese_time_and_becomes_a_draft_again(lan, everyone: People) -> None:
    id = uuid4()
    typed = form(everyone, act="schedule", publish_day="2099-03-04", publish_time="07:30")
    answer = await lan.post(f"/desk/news/{id}/edit", data=typed)
    assert answer.headers["location"] == f"/desk/news/{id}?done=news-scheduled"
    made = await keeping.manuscript(id)
    assert (made.state, made.published_at) == ("scheduled", datetime(2099, 3, 4, 0, 30, tzinfo=UTC))
    assert "Hẹn đăng lúc 07:30, 04/03/2099" in (await lan.get("/desk/news?state=scheduled")).text
    page = (await lan.get(f"/desk/news/{id}/edit")).text
    assert 'value="04/03/2099"' in page and 'value="07:30"' in page
    morning = {**typed, "version": str(made.version), "publish_time": ""}
    assert (await lan.post(f"/desk/news/{id}/edit", data=morning)).status_code == 303
    assert "Hẹn đăng lúc 08:00, 04/03/2099" in (await lan.get(f"/desk/news/{id}")).text
    for _ in range(2):
        answer = await lan.post(f"/desk/news/{id}/schedule/removal")
        assert answer.headers["location"] == f"/desk/news/{id}?done=news-unscheduled"
    assert (await keeping.manuscript(id)).state == "draft"


async def test_a_pinned_item_comes_first_with_a_word_and_three_are_the_most(
    lan, opened: Opener, everyone: People
) -> None:
    made = [await item(everyone, "published", title=f"Tin {at}") for at in range(5)]
    guest = await opened()
    for each in made[:3]:
        answer = await lan.post(f"/desk/news/{each.id}/pin", data={"pinned_until": "2099-01-01"})
        assert answer.headers["location"] == f"/desk/news/{each.id}?done=news-pinned"
    refused = await lan.post(f"/desk/news/{made[3].id}/pin", data={"pinned_until": "2099-01-01"})
    assert refused.status_code == 422 and wrong_on(refused.text) == {"pinned_until"}
    assert "Đơn vị đã ghim 3 tin" in refused.text and 'value="2099-01-01"' in refused.text
    for path in ("/", "/news"):
        page = (await guest.get(path)).text
        assert page.count("<strong>Ghim</strong>") == 3
        listed = re.findall(r'<h[23] class="row-title"><a href="/news/[^"]*">(Tin \d)', page)
        assert listed[:4] == ["Tin 2", "Tin 1", "Tin 0", "Tin 4"], path
    for wrong in ("2020-01-01", "x"):
        answer = await lan.post(f"/desk/news/{made[3].id}/pin", data={"pinned_until": wrong})
        assert answer.status_code == 422 and wrong_on(answer.text) == {"pinned_until"}
    for _ in range(2):
        assert (await lan.post(f"/desk/news/{made[0].id}/pin/removal")).status_code == 303
    assert (await lan.post(f"/desk/news/{made[3].id}/pin", data={"pinned_until": ""})).status_code == 303
    assert "Cho đến khi bỏ ghim" in (await lan.get(f"/desk/news/{made[3].id}")).text


async def test_programs_are_given_the_newest_first_and_told_what_is_pinned_or_was_updated(
    lan, opened: Opener, everyone: People
) -> None:
    made = [await item(everyone, "published", title=f"Tin {at}") for at in range(3)]
    await lan.post(f"/desk/news/{made[0].id}/pin", data={"pinned_until": ""})
    typed = form(everyone, version="1", title="Tin 1 sửa", act="publish")
    await lan.post(f"/desk/news/{made[1].id}/edit", data=typed)
    rows = (await (await opened()).get("/api/news")).json()["items"]
    assert [(row["title"], row["pinned"], row["updated_at"] is not None) for row in rows] == [
        ("Tin 2", False, False), ("Tin 1 sửa", False, True), ("Tin 0", True, False)
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
async def test_a_reason_is_needed_to_withdraw(lan, everyone: People, reason: str) -> None:
    made = await item(everyone, "published")
    answer = await lan.post(f"/desk/news/{made.id}/withdrawal", data={"reason": reason})
    assert answer.status_code == 422 and wrong_on(answer.text) == {"reason"}
    assert reason.strip() in answer.text
    assert (await keeping.manuscript(made.id)).state == "published"


async def test_acts_that_do_not_follow_from_the_state_are_told_and_change_nothing(lan, everyone: People) -> None:
    refused = {
        "draft": ("/pin", "/reverting", "/withdrawal"), "scheduled": ("/pin", "/withdrawal", "/discarding"),
        "published": ("/schedule/removal", "/discarding"),
        "withdrawn": ("/pin", "/schedule/removal", "/reverting", "/discarding"),
    }  # fmt: skip
    for state, paths in refused.items():
        made = await item(everyone, state)
        for path in paths:
            answer = await lan.post(f"/desk/news/{made.id}{path}", data={"reason": "Sai"})
            assert answer.status_code == 409 and 'role="alert"' in answer.text, (state, path)
        assert await keeping.manuscript(made.id) == made
    closed = await lan.post(f"/desk/news/{made.id}/edit", data=form(everyone, version="1", title="Khác"))
    assert closed.status_code == 409 and "không sửa được nữa" in closed.text and "Khác" in closed.text


async def test_a_draft_is_thrown_away(lan, everyone: People) -> None:
    made = await item(everyone)
    answer = await lan.post(f"/desk/news/{made.id}/discarding")
    assert answer.headers["location"] == "/desk/news?done=news-discarded"
    assert "Đã xóa bản thảo" in (await lan.get(answer.headers["location"])).text
    assert (await lan.get(f"/desk/news/{made.id}")).status_code == 404


# The list


async def test_the_list_is_narrowed_by_state_and_words_with_counts(lan, everyone: People) -> None:
    for state in ("draft", "scheduled", "published", "withdrawn"):
        await item(everyone, state, title=f"Rừng {state}")
    await item(everyone, title="")
    page = (await lan.get("/desk/news?words=RUNG&state=draft")).text
    for words in ("Tất cả (4)", "Bản thảo (1)", "Hẹn giờ (1)", "Đã đăng (1)", "Đã gỡ (1)"):
        assert words in page, words
    assert "Rừng draft" in page and "Rừng published" not in page
    assert "Chưa có tiêu đề" in (await lan.get("/desk/news")).text
    assert "Không có tin nào như vậy" in (await lan.get("/desk/news?words=khongco")).text
    for odd in ("state=burnt", "cursor=x", "words=%25_", "cursor=" + "x" * 500):
        assert (await lan.get(f"/desk/news?{odd}")).status_code == 200, odd


async def test_topics_are_offered_and_kept(lan, everyone: People) -> None:
    await set_topics([TopicRow("an-sinh", "An sinh", "Social care")])
    id = uuid4()
    assert (await lan.post(f"/desk/news/{id}/edit", data=form(everyone, topic="an-sinh"))).status_code == 303
    assert '<option value="an-sinh" selected>An sinh' in (await lan.get(f"/desk/news/{id}/edit")).text


async def test_an_audience_is_put_together_from_units_and_saved_with_the_rest(lan, everyone: People) -> None:
    id, typed = (
        uuid4(),
        form(everyone, audience="", audience_sent="1", audience_below="at", audience_unit=everyone.cell),
    )
    step = await lan.post(f"/desk/news/{id}/edit", data={**typed, "audience_act": "unit", "act": ""})
    assert step.status_code == 200 and "Chỉ Chi bộ thôn Bản Xanh" in step.text and "Tới " in step.text
    assert not await keeping.is_begun(id)
    typed["audience"] = f"at:{everyone.cell}"
    assert (await lan.post(f"/desk/news/{id}/edit", data={**typed, "audience_unit": ""})).status_code == 303
    assert (await keeping.manuscript(id)).sheet.audience == (f"at:{everyone.cell}",)
    assert "Chỉ Chi bộ thôn Bản Xanh" in (await lan.get(f"/desk/news/{id}")).text


async def test_whoever_writes_for_a_unit_addresses_nobody_outside_it(kha, everyone: People) -> None:
    typed = form(everyone, unit=everyone.ward, audience=f"org:{everyone.commune}")
    answer = await kha.post(f"/desk/news/{uuid4()}/edit", data=typed)
    assert answer.status_code == 422 and wrong_on(answer.text) == {"audience"}
    assert str(typed["title"]) in answer.text


async def test_readers_that_others_chose_stay_whoever_saves(kha, everyone: People) -> None:
    made = await item(everyone, unit=everyone.ward, audience=(f"at:{everyone.cell}", f"org:{everyone.ward}"))
    scopes = " ".join(made.sheet.audience)
    typed = form(everyone, unit=everyone.ward, version="1", title="Khác", audience=scopes)
    assert (await kha.post(f"/desk/news/{made.id}/edit", data=typed)).status_code == 303
    assert (await keeping.manuscript(made.id)).sheet.audience == made.sheet.audience


async def test_what_saves_itself_takes_no_unit_that_is_still_being_looked_for(lan, everyone: People) -> None:
    id = uuid4()
    typed = form(everyone, audience="members", audience_unit_words="bản", audience_unit=everyone.cell)
    assert (await lan.post(f"/desk/news/{id}/draft", data=typed)).status_code == 200
    assert (await keeping.manuscript(id)).sheet.audience == ("members",)


async def test_before_an_item_is_told_of_it_is_said_how_many_that_reaches(lan, everyone: People) -> None:
    words = "Đảng viên vẫn thấy trong mục Tin báo."
    for state, is_said in (("draft", True), ("scheduled", True), ("published", False)):
        made = await item(everyone, state, audience=("members",))
        assert (words in (await lan.get(f"/desk/news/{made.id}/edit")).text) is is_said, state
