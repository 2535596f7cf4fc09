"""The piece of a form that says whom something is addressed to, as every page embeds it."""

import html
import re

import pytest

from backend.accounts import units
from base import clock
from content import publishing
from content.dossier import dossier
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.backend.pages.test_issued import hidden, issued, said
from tests.people import People


@pytest.fixture
async def slug(everyone: People) -> str:
    """A document of the province, for all members, whose paper names recipients."""
    return await issued(everyone, owner=everyone.province)


@pytest.fixture
async def piece(opened: Opener, everyone: People, slug: str):
    """A function: one step of Minh's with what was typed; the page that comes back."""
    minh, address = await opened(everyone.minh), f"/desk/documents/{slug}/audience"

    async def step(**typed: str) -> str:
        begun = hidden((await minh.get(address)).text)
        answer = await minh.post(address, data={**begun, **typed})
        assert answer.status_code == 200, said(answer.text)
        return str(answer.text)

    return step


def scopes(page: str) -> set[str]:
    return set(hidden(page)["audience"].split())


def lines(page: str) -> list[str]:
    """The chosen scopes in words."""
    found = re.search(r'<ul class="audience-lines">(.*?)</ul>', page, re.DOTALL)
    words = re.findall(r"<li>\s*<span>(.*?)</span>\s*(?:<button|</li>)", found[1], re.DOTALL) if found else []
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", each)).split()) for each in words]


def proposals(page: str) -> dict[str, str]:
    """The scopes that each line of the paper's recipients proposes."""
    found = re.findall(r'name="(audience_proposed\d+)" value="([^"]+)".*?“(.*?)”', page, re.DOTALL)
    return {html.unescape(line): f"{name}={value}" for name, value, line in found}


async def test_what_it_is_addressed_to_is_told_in_words(opened: Opener, everyone: People, slug: str) -> None:
    document = (await dossier(slug)).document.id
    named = {
        "public", f"org:{everyone.commune}", f"at:{everyone.commune}", f"org:{everyone.cell}", f"at:{everyone.cell}",
        f"role:editor@{everyone.province}", f"member:{everyone.mai}", "org:999999",
        "member:00000000-0000-0000-0000-000000000000",
    }  # fmt: skip
    await publishing.set_audience(document, named, by="cli", reason="")
    page = (await (await opened(everyone.minh)).get(f"/desk/documents/{slug}/audience")).text
    assert lines(page) == [
        "Mọi người, kể cả khách",
        "Chi bộ thôn Bản Xanh · Đảng bộ xã Đồng Mây",
        "Đảng bộ xã Đồng Mây và các đơn vị trực thuộc",
        "Đối tượng không còn trong Sổ tay",
        "Chỉ Chi bộ thôn Bản Xanh · Đảng bộ xã Đồng Mây",
        "Chỉ Đảng bộ xã Đồng Mây",
        "Người làm nhiệm vụ Biên tập của Đảng bộ tỉnh Vân Lam",
        "Riêng đồng chí Hà Thị Mai",
        "Riêng một đảng viên",
    ]
    assert "Tới mọi người, kể cả khách chưa đăng nhập; trong đó có 7 đảng viên ở 2 đơn vị." in said(page)


async def test_a_unit_is_told_by_what_it_has_become(piece, everyone: People, slug: str) -> None:
    document = (await dossier(slug)).document.id
    await publishing.set_audience(
        document, {f"org:{everyone.commune}", f"at:{everyone.other_cell}"}, by="cli", reason=""
    )
    await units.rename(everyone.commune, name="Đảng bộ xã Mây Mới", code="MM", on=clock.today(), by="cli")
    await units.close(everyone.other_cell, on=clock.today(), by="cli")
    found = lines(await piece(audience_act="members"))
    assert "Đảng bộ xã Đồng Mây (nay là Đảng bộ xã Mây Mới) và các đơn vị trực thuộc" in found
    assert any(each.startswith("Chỉ Chi bộ thôn Nà Thượng (đã kết thúc hoạt động)") for each in found)


async def test_each_step_tells_how_many_it_reaches(piece, everyone: People) -> None:
    page = await piece(audience_act="unit", audience_unit=str(everyone.commune), audience_below="at")
    assert scopes(page) == {"members", f"at:{everyone.commune}"}
    page = await piece(audience=f"org:{everyone.commune} at:{everyone.cell}", audience_act=f"out:at:{everyone.cell}")
    assert scopes(page) == {f"org:{everyone.commune}"} and "Tới 2 đảng viên ở 1 đơn vị." in said(page)
    page = await piece(audience=f"org:{everyone.ward}", audience_act="out:nothing-there")
    assert "Chưa tới ai: ở đây chưa có đảng viên nào." in said(page)
    page = await piece(audience="members", audience_act="out:members")
    assert scopes(page) == set() and "Chưa chọn ai." in said(page)
    page = await piece(audience="members", audience_act="public")
    assert scopes(page) == {"members", "public"} and "kể cả khách chưa đăng nhập" in said(page)


async def test_a_step_that_cannot_be_done_is_told_and_loses_nothing(piece, everyone: People) -> None:
    page = await piece(audience_act="unit", reason="Gửi nhầm")
    assert 'id="audience_unit-wrong"' in page and scopes(page) == {"members"} and "Gửi nhầm" in page
    page = await piece(audience_act="take")
    assert "đánh dấu ít nhất một dòng" in said(page) and scopes(page) == {"members"}
    page = await piece(audience="members org:999 role:auditor@1", audience_act="public")
    assert "ngoài phạm vi" in said(page) and scopes(page) == {"members", "public"}


async def test_a_unit_out_of_reach_cannot_be_taken_in(opened: Opener, everyone: People) -> None:
    slug = await issued(everyone, owner=everyone.commune)
    person = await builders.member("son", unit=everyone.cell)
    await builders.role(person, "approver", everyone.commune)
    son, address = await opened(person), f"/desk/documents/{slug}/audience"
    begun = (await son.get(address)).text
    assert str(everyone.ward) not in re.findall(r'<option value="(\d+)"', begun)
    forged = {**hidden(begun), "audience_unit": str(everyone.ward), "audience_act": "unit"}
    page = (await son.post(address, data=forged)).text
    assert "Đơn vị này ngoài phạm vi" in said(page) and scopes(page) == {"members"}


async def test_lines_of_recipients_are_proposed_as_ticks_with_where_they_come_from(piece, everyone: People) -> None:
    page = await piece(audience_act="public")
    assert proposals(page) == {
        "Các đảng ủy trực thuộc Tỉnh ủy": f"audience_proposed0=org:{everyone.province}",  # there are no others below
        "Đảng ủy xã Đồng Mây": f"audience_proposed1=org:{everyone.commune}",
    }
    assert "“Chi bộ lạ” Chưa hiểu dòng này." in said(page) and "“Lưu Văn phòng” Dòng lưu trữ" in said(page)


async def test_a_ticked_line_is_taken_in_and_then_had(piece, everyone: People) -> None:
    commune = f"org:{everyone.commune}"
    page = await piece(audience="public", audience_proposed1=commune, audience_act="take")
    assert scopes(page) == {"public", commune}
    assert "Đảng ủy xã Đồng Mây" not in proposals(page) and "“Đảng ủy xã Đồng Mây” Đã có trong đối tượng." in said(page)
    page = await piece(audience_proposed1=commune, audience_act="public")
    assert scopes(page) == {"members", "public"}  # another step leaves the tick as it is
    assert re.search(rf'name="audience_proposed1" value="{commune}" checked', page)


async def test_what_was_picked_or_ticked_but_not_taken_in_counts_when_the_form_is_sent(piece, everyone: People) -> None:
    page = await piece(
        audience="", audience_unit=str(everyone.ward), audience_proposed1=f"org:{everyone.commune}", reason="x"
    )
    assert "Xem trước việc sửa" in said(page)
    assert scopes(page) == {f"org:{everyone.ward}", f"org:{everyone.commune}"}


async def test_many_units_wait_behind_a_line(opened: Opener, everyone: People, slug: str) -> None:
    found = [await builders.unit(f"BT-{n + 10}", parent=everyone.ward) for n in range(20)]
    await publishing.set_audience(
        (await dossier(slug)).document.id, {f"at:{unit}" for unit in found}, by="cli", reason=""
    )
    page = (await (await opened(everyone.minh)).get(f"/desk/documents/{slug}/audience")).text
    assert len(lines(page)) == 12 and "và 8 đối tượng nữa" in said(page)
    assert "<select" not in page.partition('id="audience"')[2].partition("</form>")[0]  # too many to be listed


async def test_matches_are_for_those_who_may_choose_them(opened: Opener, everyone: People) -> None:
    asked = "/desk/units/found?words=chi bo&name=audience_unit"
    for member in (everyone.lan, everyone.minh):
        client = await opened(member)
        assert "Chi bộ thôn Bản Xanh" in (await client.get(f"{asked}&for=address")).text
        assert (await client.get(asked)).status_code == 403
    quang = await opened(everyone.quang)
    assert (await quang.get(f"{asked}&for=address")).status_code == 403
    assert "Chi bộ thôn Bản Xanh" in (await quang.get(f"{asked}&for=administer")).text
    assert (await quang.get(f"{asked}&for=fun")).status_code == 404
    assert (await (await opened(everyone.mai)).get(f"{asked}&for=address")).status_code == 403
    nothing = await (await opened(everyone.lan)).get("/desk/units/found?words=zzz&name=audience_unit&for=address")
    assert "Không có đơn vị nào trong phạm vi của đồng chí" in nothing.text
