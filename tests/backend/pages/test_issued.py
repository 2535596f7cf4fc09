"""Issued documents at the desk: who may look and decide, correcting the audience, withdrawing, and what follows."""

import asyncio
import html
import re
from itertools import product
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.accounts import members
from backend.pages.desk import timeline
from base import catalogue, clock, journal
from base import database as floor
from content import publishing
from content.dossier import dossier
from notifications import outbox
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.indexes import followed, indexed
from tests.people import People

ROLES = ("editor", "approver", "moderator", "feedback_handler", "unit_admin", "auditor")
WITH_RECIPIENTS = (
    "\n\nNơi nhận:\n\n- Các đảng ủy trực thuộc Tỉnh ủy,\n- Đảng ủy xã Đồng Mây,\n- Chi bộ lạ,\n- Lưu Văn phòng.\n"
)


async def issued(everyone: People, *, owner: int | None, audience=("members",), **more) -> str:
    """The slug of a document that belongs to a unit."""
    return (await put(regulation(**more) + WITH_RECIPIENTS, audience=audience, owner_unit=owner)).slug


@pytest.fixture
async def slug(everyone: People) -> str:
    """A document of the province, for all members."""
    return await issued(everyone, owner=everyone.province)


@pytest.fixture
async def minh(opened: Opener, everyone: People):
    """Minh's browser; he approves for the province."""
    return await opened(everyone.minh)


async def edition_of(slug: str, ordinal: int = 1) -> UUID:
    found = await dossier(slug)
    return next(issue.id for issue in found.issues if issue.ordinal == ordinal)


def hidden(page: str) -> dict[str, str]:
    """What a page's form carries."""
    main = page[page.index("<main") : page.index("</main>")]
    return {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', main)
    }


def said(page: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])).split())


async def audience_of(slug: str) -> set[str]:
    return set((await dossier(slug)).audience)


async def correct(client, slug: str, wanted: str, reason: str = "gửi nhầm"):
    """Open the form, choose, look, confirm; the last answer."""
    address = f"/desk/documents/{slug}/audience"
    opened = (await client.get(address)).text
    looked = await client.post(address, data={**hidden(opened), "audience": wanted, "reason": reason})
    assert looked.status_code == 200, said(looked.text)
    return await client.post(address, data={**hidden(looked.text), "confirmed": "1"})


# Who may


async def test_only_those_who_work_for_the_unit_find_its_documents(opened: Opener, everyone: People) -> None:
    """Each role, held for the province, the commune or the ward, at each address, for documents of four owners."""
    owners = {None: "top", everyone.province: "province", everyone.commune: "commune", everyone.ward: "ward"}
    slugs = {
        name: await issued(everyone, owner=owner, number=f"{at}-QĐ/TU")
        for at, (owner, name) in enumerate(owners.items(), 21)
    }
    editions = {name: await edition_of(slug) for name, slug in slugs.items()}
    reach = {"province": {"top", "province", "commune", "ward"}, "commune": {"commune"}, "ward": {"ward"}}
    held = {"province": everyone.province, "commune": everyone.commune, "ward": everyone.ward}
    for role, at in product(ROLES, held):
        person = await builders.member(f"{role.replace('_', '-')}-{at}", unit=everyone.office)
        await builders.role(person, role, held[at])
        client = await opened(person)
        for name, slug in slugs.items():
            here, who = f"/desk/documents/{slug}", (role, at, name)
            looks = role in ("editor", "approver", "auditor") and name in reach[at]
            decides = role == "approver" and looks
            act = 200 if decides else 403 if looks else 404
            assert (await client.get(here)).status_code == (200 if looks else 404), who
            assert (await client.get(f"{here}/audience")).status_code == act, who
            data = {"audience_sent": "1", "audience": "members", "audience_act": "public"}
            assert (await client.post(f"{here}/audience", data=data)).status_code == act, who
            goal = f"{here}/editions/{editions[name]}/withdrawal"
            assert (await client.post(goal, data={})).status_code == (422 if decides else act), who
            if looks:
                page = (await client.get(here)).text
                assert ("/withdrawal" in page) == decides and (f"{here}/audience" in page) == decides, who


async def test_visitors_and_members_without_a_role_find_nothing(opened: Opener, everyone: People, slug: str) -> None:
    edition = await edition_of(slug)
    for path in (f"/desk/documents/{slug}", f"/desk/documents/{slug}/audience"):
        assert (await (await opened()).get(path)).status_code == 401
        assert (await (await opened(everyone.mai)).get(path)).status_code == 404
        assert (await (await opened(everyone.minh, method="password")).get(path)).status_code == 403
    goal = f"/desk/documents/{slug}/editions/{edition}/withdrawal"
    assert (await (await opened()).post(goal, data={"reason1": "x"})).status_code == 401
    assert (await (await opened(everyone.mai)).post(goal, data={"reason1": "x"})).status_code == 404
    assert (await audience_of(slug), (await dossier(slug)).is_read) == ({"members"}, True)


async def test_what_was_never_issued_looks_like_nothing(minh, slug: str) -> None:
    other = await edition_of(slug)
    for path in ("/desk/documents/khong-co", "/desk/documents/khong-co/audience"):
        assert (await minh.get(path)).status_code == 404
    for goal in (f"/desk/documents/{slug}/editions/{uuid4()}", f"/desk/documents/khong-co/editions/{other}"):
        assert (await minh.post(f"{goal}/withdrawal", data={"reason1": "x"})).status_code == 404


# Looking


async def test_the_page_tells_facts_editions_audience_and_acts(
    opened: Opener, minh, everyone: People, slug: str
) -> None:
    await put(regulation().replace("1. ", "1. Nay ", 1) + WITH_RECIPIENTS, owner_unit=everyone.province)
    words = said((await minh.get(f"/desk/documents/{slug}")).text)
    assert "12-QĐ/TU" in words and "Đảng bộ tỉnh Vân Lam" in words
    assert "Mọi đảng viên" in words and "Tới 7 đảng viên ở 2 đơn vị." in words
    assert "Bản thứ 2 Bản hiện hành" in words and "Bản thứ 1 Đã có bản mới" in words
    assert "Ban hành bản thứ 2" in words and "Dòng lệnh trên máy chủ" in words
    english = await (await opened(everyone.lan, language="en")).get(f"/desk/documents/{slug}")
    assert "Reaches 7 members in 2 units." in said(english.text) and "Issued edition 2" in said(english.text)


async def test_many_acts_are_told_page_by_page_and_each_once(slug: str, minh) -> None:
    document, many = (await dossier(slug)).document.id, 2 * timeline.LIMIT + 3
    for n in range(many):  # by turns, for what is repeated is told once
        act, subject = ("dossier.read", "dossier") if n % 2 else ("document.audience", "document")
        async with floor.transaction():
            await journal.record(act=act, subject=f"{subject}:{document}", by="cli")
    told, address = [], f"/desk/documents/{slug}"
    while address:
        page = (await minh.get(address)).text
        acts, _, after = page.partition('<ol class="timeline">')[2].partition("</ol>")
        told.append(acts.count("<li>"))
        earlier = re.search(r'href="([^"]+)#timeline-title" rel="next"', after)
        address = html.unescape(earlier[1]) if earlier else ""
    assert told == [timeline.LIMIT, timeline.LIMIT, 4], "and its issue"
    assert "Ban hành bản thứ 1" in said(page), "the first act is on the last page"
    anew = await minh.get(f"/desk/documents/{slug}?before=ma-lam-ra")
    assert anew.status_code == 200 and 'rel="next"' in anew.text


async def test_that_an_auditor_looked_is_an_act_once_a_day(opened: Opener, everyone: People, slug: str, minh) -> None:
    async def audits() -> list[str]:
        rows = await floor.fetch("SELECT by, detail FROM journal WHERE act = 'dossier.read'")
        return [row["by"] for row in rows]

    thu = await opened(everyone.thu)
    for _ in range(3):
        assert (await thu.get(f"/desk/documents/{slug}")).status_code == 200
    for client in (minh, await opened(everyone.lan)):
        await client.get(f"/desk/documents/{slug}")
    assert await audits() == [str(everyone.thu)]
    assert "Hoàng Thị Thu Kiểm tra viên xem trang này" in said((await minh.get(f"/desk/documents/{slug}")).text)


def test_every_act_upon_documents_and_drafts_has_words() -> None:
    root = Path(__file__).resolve().parents[3] / "content"
    acts = {
        act
        for path in root.rglob("*.py")
        for act in re.findall(r'(?:act=|_record\()\s*"((?:document|draft|digest)\.[a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(acts) > 10
    missing = {act for act in acts if f"act-{act.replace('.', '-')}" not in catalogue.keys("vi")}
    assert missing == set()


async def test_who_was_erased_is_not_named(minh, everyone: People, slug: str) -> None:
    await publishing.set_audience((await dossier(slug)).document.id, {"public"}, by=str(everyone.mai), reason="thử")
    assert "Hà Thị Mai" in said((await minh.get(f"/desk/documents/{slug}")).text)
    await floor.execute("UPDATE member SET erased_at = {}, name = '' WHERE id = {}", clock.now(), everyone.mai)
    assert "Người đã xóa khỏi Sổ tay" in said((await minh.get(f"/desk/documents/{slug}")).text)


# Correcting the audience


async def test_a_correction_is_seen_first_and_done_once_confirmed(minh, everyone: People, slug: str) -> None:
    address = f"/desk/documents/{slug}/audience"
    carried = hidden((await minh.get(address)).text)
    assert carried["audience"] == "members"
    typed = {**carried, "audience": f"org:{everyone.commune}", "reason": "chỉ gửi xã"}
    looked = await minh.post(address, data=typed)
    words = said(looked.text)
    assert "5 đảng viên không đọc được nữa." in words and "2 đảng viên vẫn đọc được như trước." in words
    assert "Sau khi sửa Đảng bộ xã Đồng Mây và các đơn vị trực thuộc Tới 2 đảng viên ở 1 đơn vị." in words
    assert await audience_of(slug) == {"members"}
    confirmed = {**hidden(looked.text), "confirmed": "1"}
    for _ in range(2):  # sent twice, done once
        answer = await minh.post(address, data=confirmed)
        assert answer.status_code == 303
    assert await audience_of(slug) == {f"org:{everyone.commune}"}
    acts = await floor.fetch("SELECT by FROM journal WHERE act = 'document.audience'")
    assert [row["by"] for row in acts] == [str(everyone.minh)]
    words = said((await minh.get(answer.headers["location"])).text)
    assert "Đã sửa đối tượng đọc." in words
    assert (
        "Trần Quang Minh Thêm: Đảng bộ xã Đồng Mây và các đơn vị trực thuộc Bỏ: Mọi đảng viên Lý do: chỉ gửi xã"
        in words
    )


async def test_visitors_who_gain_or_lose_it_are_told_of(minh, slug: str) -> None:
    address = f"/desk/documents/{slug}/audience"
    typed = {**hidden((await minh.get(address)).text), "audience": "members public", "reason": "công khai"}
    looked = await minh.post(address, data=typed)
    assert "Khách chưa đăng nhập cũng đọc được." in said(looked.text)
    assert (await minh.post(address, data={**hidden(looked.text), "confirmed": "1"})).status_code == 303
    back = await minh.post(
        address, data={**hidden((await minh.get(address)).text), "audience": "members", "reason": "x"}
    )
    assert "Khách chưa đăng nhập không đọc được nữa." in said(back.text)


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"audience": "public", "reason": ""}, "reason", "Mời đồng chí ghi lý do."),
        ({"audience": "", "reason": "x"}, "audience", "ít nhất một đối tượng"),
        ({"audience": "members", "reason": "x"}, "audience", "vẫn như cũ"),
        ({"audience": "org:999999", "reason": "x"}, "audience", "ngoài phạm vi"),
        ({"audience": "role:editor@1", "reason": "x"}, "audience", "ngoài phạm vi"),
        ({"audience": "members", "audience_unit_words": "đâu đó", "reason": "x"}, "audience_unit", "khớp"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_told_beside_its_field(minh, slug: str, typed, field: str, told: str) -> None:
    address = f"/desk/documents/{slug}/audience"
    answer = await minh.post(address, data={**hidden((await minh.get(address)).text), **typed})
    assert answer.status_code == 422 and told in said(answer.text)
    assert f'href="#{field}"' in answer.text and f'id="{field}-wrong"' in answer.text
    assert (typed["reason"] or "textarea") in answer.text and await audience_of(slug) == {"members"}


async def test_who_corrects_second_is_told_and_sees_both(opened: Opener, minh, everyone: People, slug: str) -> None:
    dung = await builders.member("dung", unit=everyone.office, name="Lý Thị Dung")
    await builders.role(dung, "approver", everyone.province)
    other, address = await opened(dung), f"/desk/documents/{slug}/audience"
    carried = hidden((await minh.get(address)).text)
    assert (await correct(other, slug, f"org:{everyone.ward}")).status_code == 303
    for more in ({}, {"confirmed": "1"}):
        typed = {**carried, "audience": f"org:{everyone.commune}", "reason": "chỉ gửi xã", **more}
        answer = await minh.post(address, data=typed)
        words = said(answer.text)
        assert answer.status_code == 409 and "đã được người khác sửa" in words
        assert "Người khác vừa sửa thành Đảng bộ phường Bến Trầm" in words
        assert hidden(answer.text)["audience"] == f"org:{everyone.commune}" and "chỉ gửi xã" in words
    looked = await minh.post(address, data={**hidden(answer.text), "reason": "chỉ gửi xã"})
    assert "Trước khi sửa Đảng bộ phường Bến Trầm" in said(looked.text)
    assert (await minh.post(address, data={**hidden(looked.text), "confirmed": "1"})).status_code == 303
    assert await audience_of(slug) == {f"org:{everyone.commune}"}


async def test_of_two_who_confirm_at_once_one_is_told(opened: Opener, minh, everyone: People, slug: str) -> None:
    address, other = f"/desk/documents/{slug}/audience", await opened(everyone.minh)
    carried = hidden((await minh.get(address)).text)
    first, second = (
        {**carried, "audience": f"org:{unit}", "reason": "x", "confirmed": "1"}
        for unit in (everyone.ward, everyone.commune)
    )
    answers = await asyncio.gather(minh.post(address, data=first), other.post(address, data=second))
    assert sorted(answer.status_code for answer in answers) == [303, 409]


async def test_a_correction_that_was_begun_can_be_gone_back_to(minh, slug: str) -> None:
    address = f"/desk/documents/{slug}/audience"
    looked = await minh.post(
        address, data={**hidden((await minh.get(address)).text), "audience": "public", "reason": "lý do"}
    )
    back = await minh.post(address, data={**hidden(looked.text), "back": "1"})
    assert hidden(back.text)["audience"] == "public" and "lý do" in back.text and back.status_code == 200


async def test_scopes_of_others_can_stay_but_not_be_added(opened: Opener, everyone: People) -> None:
    """A commune's approver keeps what the province gave, and takes it out, but cannot give it."""
    foreign = f"at:{everyone.ward}"
    slug = await issued(everyone, owner=everyone.commune, audience=("members", foreign))
    person = await builders.member("son", unit=everyone.cell)
    await builders.role(person, "approver", everyone.commune)
    son = await opened(person)
    assert (await correct(son, slug, f"{foreign} org:{everyone.commune}")).status_code == 303
    assert await audience_of(slug) == {foreign, f"org:{everyone.commune}"}
    assert (await correct(son, slug, f"org:{everyone.commune}")).status_code == 303
    address = f"/desk/documents/{slug}/audience"
    answer = await son.post(address, data={**hidden((await son.get(address)).text), "audience": foreign, "reason": "x"})
    assert answer.status_code == 422 and "ngoài phạm vi" in said(answer.text)
    assert "đảng viên ở" not in said(answer.text)  # not even how many they are


# Withdrawing


async def test_an_edition_is_withdrawn_once_with_a_reason(minh, everyone: People, slug: str) -> None:
    goal = f"/desk/documents/{slug}/editions/{await edition_of(slug)}/withdrawal"
    empty = await minh.post(goal, data={"reason1": " "})
    assert (
        empty.status_code == 422
        and 'href="#reason1"' in empty.text
        and '<details class="confirm danger" open' in empty.text
    )
    answer = await minh.post(goal, data={"reason1": "in nhầm"})
    assert answer.status_code == 303
    words = said((await minh.get(answer.headers["location"])).text)
    assert "Đã thu hồi." in words and "Lý do: in nhầm" in words and "không còn ai đọc được" in words
    assert "Trần Quang Minh Thu hồi bản thứ 1" in words
    assert (await minh.post(goal, data={"reason1": "in nhầm"})).status_code == 303
    late = await minh.post(goal, data={"reason1": "lý do khác"})
    assert late.status_code == 409 and "đã được người khác thu hồi" in said(late.text)
    assert len(await floor.fetch("SELECT id FROM journal WHERE act = 'document.withdraw'")) == 1
    assert (await minh.get(f"/desk/documents/{slug}/audience")).status_code == 404
    assert (await minh.get(f"/documents/{slug}")).status_code == 404


async def test_withdrawing_the_newest_brings_the_one_before_back(minh, everyone: People, slug: str) -> None:
    await put(regulation().replace("1. ", "1. Nay ", 1) + WITH_RECIPIENTS, owner_unit=everyone.province)
    goal = f"/desk/documents/{slug}/editions/{await edition_of(slug, 2)}/withdrawal"
    assert (await minh.post(goal, data={"reason2": "sai"})).status_code == 303
    words = said((await minh.get(f"/desk/documents/{slug}")).text)
    assert "Bản thứ 2 Đã thu hồi" in words and "Bản thứ 1 Bản hiện hành" in words and "Sửa đối tượng" in words


# What follows


async def owe(slug: str, audience: str) -> None:
    async with floor.transaction():
        about = f"document:{(await dossier(slug)).document.id}"
        await outbox.owe(key=about, kind="document.publish", about=about, audience=[audience])


async def owed() -> list[tuple[str, bool]]:
    rows = await floor.fetch("SELECT audience, cancelled_at FROM notice")
    return [(row["audience"], row["cancelled_at"] is not None) for row in rows]


async def test_what_is_owed_follows(minh, everyone: People, slug: str) -> None:
    await owe(slug, "members")
    await correct(minh, slug, f"org:{everyone.commune}")
    assert await owed() == [(f'["org:{everyone.commune}"]', False)]
    (notice,) = await floor.fetch("SELECT id FROM notice")
    assert f'href="/desk/notices/{notice["id"]}"' in (await minh.get(f"/desk/documents/{slug}")).text
    await minh.post(f"/desk/documents/{slug}/editions/{await edition_of(slug)}/withdrawal", data={"reason1": "sai"})
    assert await owed() == [(f'["org:{everyone.commune}"]', True)]


async def test_lists_counts_search_suggestions_and_library_follow(
    opened: Opener, minh, everyone: People, slug: str
) -> None:
    """After narrowing to the commune, Lan of the office has it nowhere and Mai of the commune everywhere."""
    await put(regulation("13-QĐ/TU", seed=2), audience=["members"])
    await indexed()
    lan, mai = await opened(everyone.lan), await opened(everyone.mai)

    async def found(client) -> list[bool]:
        answers = [
            (await client.get("/api/documents")).text, (await client.get("/api/documents?words=12-QĐ/TU")).text,
            (await client.get("/api/search?q=12-QĐ/TU")).text, (await client.get("/api/search/suggest?q=12-")).text,
            (await client.get("/api/library")).text, (await client.get("/documents")).text,
            (await client.get("/search?q=12-QĐ/TU")).text, (await client.get("/")).text,
        ]  # fmt: skip
        page = await client.get(f"/documents/{slug}")
        return [*("/documents/" + slug in each or slug in each for each in answers), page.status_code == 200]

    async def counted(client) -> int:
        return int((await client.get("/api/documents?counts=true&limit=1")).json()["counts"]["total"])

    cursors = {client: (await client.get("/api/library")).json()["cursor"] for client in (lan, mai)}
    assert set(await found(lan)) == {True} == set(await found(mai))
    assert (await counted(lan), await counted(mai)) == (2, 2)
    await correct(minh, slug, f"org:{everyone.commune}")
    assert set(await found(lan)) == {False}  # at once, before anything was sealed or indexed
    assert set(await found(mai)) == {True}
    await followed()
    assert set(await found(lan)) == {False}
    assert set(await found(mai)) == {True}
    assert (await counted(lan), await counted(mai)) == (1, 2)
    document = str((await dossier(slug)).document.id)
    gone = [(await client.get(f"/api/library?since={cursors[client]}")).json()["gone"] for client in (lan, mai)]
    assert gone == [[document], []]


async def test_a_member_who_is_shut_out_is_not_counted(minh, everyone: People, slug: str) -> None:
    await members.disable(everyone.mai, by="cli")
    assert "Tới 6 đảng viên" in said((await minh.get(f"/desk/documents/{slug}")).text)
    while await journal.seal_pending():
        pass
