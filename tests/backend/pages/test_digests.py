"""Digests through the door: Lan writes, Minh approves, Mai reads; and what each form refuses."""

import html
import re
from itertools import product
from uuid import UUID, uuid4

import httpx
import pytest

from content import storing
from content.digests import keeping
from content.dossier import dossier
from content.drafts import keeping as drafts
from content.drafts import starting, writing
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.people import People

TEXT = regulation(characters=1_500)
WRITTEN = {
    "words1": "Chi bộ họp mỗi tháng một lần.", "part1": "Điều 1",
    "words2": "Vắng phải báo trước.", "part2": "khoản 2 Điều 2",
}  # fmt: skip
ACTS = ("", "/taking-back", "/return", "/approval", "/withdrawal")


@pytest.fixture
async def lan(opened: Opener, everyone: People) -> httpx.AsyncClient:
    """Lan's browser; she writes for the province."""
    return await opened(everyone.lan)


@pytest.fixture
async def minh(opened: Opener, everyone: People) -> httpx.AsyncClient:
    """Minh's browser; he approves for the province."""
    return await opened(everyone.minh)


@pytest.fixture
async def slug(everyone: People) -> str:
    """A document of the province, for all members."""
    return (await put(TEXT, audience=("members",), owner_unit=everyone.province)).slug


@pytest.fixture
def place(slug: str) -> str:
    """Where its digest is written."""
    return f"/desk/documents/{slug}/editions/1/digest"


async def submitted(lan: httpx.AsyncClient, place: str) -> None:
    """Lan writes and hands in."""
    assert (await lan.post(place, data={"version": "0", **WRITTEN, "step": "submit"})).status_code == 303


async def edition_of(slug: str) -> UUID:
    return (await dossier(slug)).issues[0].id


def said(page: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])).split())


def field(page: str, name: str) -> str:
    """What stands in a field of the form."""
    area = re.search(rf'<textarea id="{name}"[^>]*>([^<]*)', page)
    found = area or re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return html.unescape(found[1])


# The way


async def test_lan_writes_minh_approves_and_mai_reads(opened, everyone, lan, minh, slug, place):
    mai, path = await opened(everyone.mai), f"/documents/{slug}"
    before = await mai.get(path)
    assert "digest-box" not in before.text
    assert "Viết bản tóm tắt" in (await lan.get(f"/desk/documents/{slug}")).text
    await submitted(lan, place)
    assert place in (await minh.get("/desk/documents")).text  # where he looks first
    assert "(1)" in said((await minh.get("/desk")).text)
    review = await minh.get(place)
    assert "Chi bộ họp mỗi tháng một lần." in said(review.text) and "found-words" in review.text
    assert (await minh.post(f"{place}/approval", data={"version": "1"})).status_code == 303
    read = await mai.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert read.status_code == 200
    assert '<a href="#dieu-2.khoan-2"><span class="point-words">Vắng phải báo trước.</span>' in read.text
    assert read.text.index("digest-box") < read.text.index("data-fragment")
    assert re.search(r"do Đảng bộ tỉnh Vân Lam duyệt ngày \d\d/\d\d/\d{4}; không thay cho nguyên văn", said(read.text))
    assert "Trần Quang Minh" not in said(read.text)
    english = await opened(everyone.mai, language="en")
    assert "it does not replace the text itself" in said((await english.get(path)).text)
    assert "Duyệt bản tóm tắt của bản thứ 1" in said((await minh.get(f"/desk/documents/{slug}")).text)
    gone = await minh.post(f"{place}/withdrawal", data={"reason": "Sai ý."})
    assert gone.status_code == 303 and "digest-box" not in (await mai.get(path)).text
    assert "Lý do thu hồi: Sai ý." in said((await lan.get(place)).text)


async def test_a_digest_comes_back_with_a_reason(lan, minh, place, slug):
    await submitted(lan, place)
    empty = await minh.post(f"{place}/return", data={"version": "1", "reason": " "})
    assert empty.status_code == 422 and 'href="#reason"' in empty.text
    assert (await minh.post(f"{place}/return", data={"version": "1", "reason": "Thiếu ý."})).status_code == 303
    back = await lan.get(place)
    assert "Lý do trả lại: Thiếu ý." in said(back.text) and place in (await lan.get("/desk/documents")).text
    assert field(back.text, "part2") == "Khoản 2 Điều 2"
    assert (await lan.post(f"{place}/taking-back")).status_code == 303  # it is hers already


async def test_a_digest_beside_a_draft_is_seen_by_its_approver_and_shown_once_issued(opened, everyone, lan, minh):
    draft = await starting.from_text(
        uuid4(), TEXT, unit=everyone.province, by=str(everyone.lan), scopes=frozenset({"public"})
    )
    base = f"/desk/drafts/{draft}"
    assert (await lan.post(f"{base}/digest", data={"version": "0", **WRITTEN})).status_code == 303
    assert field((await lan.get(f"{base}/digest")).text, "words1") == WRITTEN["words1"]
    for path in (f"{base}/check", f"{base}/digest", f"{base}/preview"):
        assert "Vắng phải báo trước." in said((await minh.get(path)).text), path
    assert (await minh.post(f"{base}/digest", data={"version": "1"})).status_code == 403
    text = await writing.text_of(draft)
    start = text.index("**Điều 2.**")
    await writing.rewrite(draft, text[:start], seen=storing.digest_of(text), by=str(everyone.lan))
    told = said((await lan.get(f"{base}/digest")).text)
    assert "Ý 2 của bản tóm tắt dựa vào một phần không còn nữa." in told
    assert f'href="{base}/digest"' in (await lan.get(f"{base}/check")).text


# Who may


async def test_only_those_who_work_for_the_unit_find_its_digests(opened, everyone, place):
    for role, unit in product(("editor", "approver", "auditor", "moderator", "unit_admin"), ("province", "commune")):
        person = await builders.member(f"{role.replace('_', '-')}-{unit}", unit=everyone.office)
        await builders.role(person, role, getattr(everyone, unit))
        client, who = await opened(person), (role, unit)
        looks = role in ("editor", "approver", "auditor") and unit == "province"
        assert (await client.get(place)).status_code == (200 if looks else 404), who
        for act in ACTS:
            hers = role == ("editor" if act in ACTS[:2] else "approver")
            answer = await client.post(f"{place}{act}", data={"version": "9", "reason": "x", **WRITTEN})
            assert (
                (answer.status_code in (404, 409)) if hers and looks else answer.status_code == (403 if looks else 404)
            )
    assert (await (await opened()).get(place)).status_code == 401
    assert (await (await opened(everyone.mai)).get(place)).status_code == 404
    assert (await (await opened(everyone.minh, method="password")).get(place)).status_code == 403


async def test_who_had_a_hand_in_it_is_told_that_somebody_else_approves(opened, everyone, lan, place):
    await builders.role(everyone.lan, "approver", everyone.province)
    both = await opened(everyone.lan)
    await submitted(both, place)
    assert "người khác phải duyệt" in said((await both.get(place)).text)
    assert (await both.post(f"{place}/approval", data={"version": "1"})).status_code == 403


async def test_an_edition_that_is_not_there_has_no_digest(lan, slug):
    for ordinal in ("2", "0", "x", "9" * 30):
        assert (await lan.get(f"/desk/documents/{slug}/editions/{ordinal}/digest")).status_code == 404


# What is refused


@pytest.mark.parametrize(
    ("typed", "field_", "told"),
    [
        ({"words1": "", "part1": "Điều 1"}, "words1", "chưa có chữ"),
        ({"words1": "ă" * 301, "part1": "Điều 1"}, "words1", "dài 301 ký tự; nhiều nhất 300"),
        ({"words1": "Một.\n\nHai.", "part1": "Điều 1"}, "words1", "phải viết thành một đoạn"),
        ({"words1": "<script>alert(1)</script>", "part1": "Điều 1"}, "words1", "không dùng dấu định dạng"),
        ({"words1": "TỐI MẬT", "part1": "Điều 1"}, "words1", "Tối mật"),
        ({"words1": "Ý.", "part1": ""}, "part1", "Ghi phần mà ý 1 dựa vào"),
        ({"words1": "Ý.", "part1": "Điều 99<b>"}, "part1", "Ý 1: văn bản này không có phần “Điều 99<b>”"),
        ({"words1": "Ý.", "part1": "khoản 1"}, "part1", "“khoản 1” có thể là Khoản 1 Điều 1; Khoản 1 Điều 2"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(lan, slug, place, typed, field_, told):
    answer = await lan.post(place, data={"version": "0", **typed})
    assert answer.status_code == 422 and told in said(answer.text)
    assert f'href="#{field_}"' in answer.text and f'id="{field_}-wrong"' in answer.text
    assert field(answer.text, "words1").strip() == typed["words1"]
    assert (await keeping.digest_of(await edition_of(slug))).version == 0


async def test_a_form_that_says_no_version_is_an_old_one(lan, minh, place):
    await submitted(lan, place)
    for client, act, more in ((lan, "", WRITTEN), (minh, "/approval", {}), (minh, "/return", {"reason": "x"})):
        for version in ("", "x", "-1", "9" * 12):
            answer = await client.post(f"{place}{act}", data={"version": version, **more})
            assert answer.status_code == 422 and "mở quá lâu" in said(answer.text), (act, version)


async def test_thirteen_points_are_too_many_and_none_is_nothing_to_hand_in(lan, place):
    many = {f"words{at}": f"Ý số {at}." for at in range(1, 14)} | {f"part{at}": "Điều 1" for at in range(1, 14)}
    answer = await lan.post(place, data={"version": "0", **many})
    assert answer.status_code == 422 and "nhiều nhất 12 ý" in said(answer.text)
    assert field(answer.text, "words13") == "Ý số 13."
    assert (await lan.post(place, data={"version": "0", **WRITTEN})).status_code == 303
    assert (await lan.post(place, data={"version": "1"})).status_code == 303  # all cleared
    answer = await lan.post(place, data={"version": "2", "step": "submit"})
    assert answer.status_code == 422 and "ít nhất một ý" in said(answer.text)


async def test_who_saves_second_sees_both_and_may_keep_their_own(opened, everyone, lan, place):
    dung = await builders.member("dung", unit=everyone.office, name="Lý Thị Dung")
    await builders.role(dung, "editor", everyone.province)
    other = await opened(dung)
    assert (await lan.post(place, data={"version": "0", **WRITTEN})).status_code == 303
    answer = await other.post(place, data={"version": "0", "words1": "Ý của Dung.", "part1": "Điều 3"})
    assert answer.status_code == 409
    assert "Người khác vừa sửa thành: Chi bộ họp mỗi tháng một lần. Vắng phải báo trước." in said(answer.text)
    assert field(answer.text, "words1") == "Ý của Dung." and 'name="version" value="1"' in answer.text
    assert (
        await other.post(place, data={"version": "1", "words1": "Ý của Dung.", "part1": "Điều 3"})
    ).status_code == 303


# Buttons that save nothing


async def test_rows_are_added_and_moved_before_anything_is_saved(lan, slug, place):
    more = await lan.post(place, data={"version": "0", **WRITTEN, "words3": "Ba.", "step": "add"})
    assert more.status_code == 200 and field(more.text, "words4") == ""
    up = await lan.post(place, data={"version": "0", **WRITTEN, "step": "up-2"})
    assert (field(up.text, "words1"), field(up.text, "part1")) == (WRITTEN["words2"], WRITTEN["part2"])
    for odd in ("up-1", "up-99", "nonsense"):
        same = await lan.post(place, data={"version": "0", **WRITTEN, "step": odd})
        assert same.status_code == 200 and field(same.text, "words1") == WRITTEN["words1"]
    assert (await keeping.digest_of(await edition_of(slug))).version == 0


async def test_a_later_text_begins_with_the_digest_of_the_one_before_and_says_what_is_gone(
    lan, minh, everyone, slug, place
):
    await submitted(lan, place)
    assert (await minh.post(f"{place}/approval", data={"version": "1"})).status_code == 303
    draft = await starting.from_document(
        uuid4(), (await dossier(slug)).document.id, unit=everyone.province, by=str(everyone.lan)
    )
    text = await writing.text_of(draft)
    await writing.rewrite(draft, text[: text.index("**Điều 2.**")], seen=storing.digest_of(text), by=str(everyone.lan))
    form = f"/desk/drafts/{draft}/digest"
    assert 'value="before"' in (await lan.get(form)).text
    begun = await lan.post(form, data={"version": "0", "step": "before"})
    assert [field(begun.text, name) for name in ("words1", "part1", "words2", "part2")] == [
        WRITTEN["words1"], "Điều 1", WRITTEN["words2"], "",
    ]  # fmt: skip
    assert "Ý 2 dựa vào một phần không còn trong bản mới" in said(begun.text) and 'id="part2-wrong"' in begun.text
    assert (await drafts.draft_of(draft)).version == 2  # nothing is saved yet
