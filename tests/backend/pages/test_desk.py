"""The unit administrator's pages: only their own units, every write safe to repeat, nothing typed is lost."""

import base64
import io
import re
from datetime import timedelta
from uuid import UUID, uuid4

import openpyxl
import pytest

from backend.accounts import memberships, privacy, roles, sessions
from base import clock, database
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

CSV = "Họ và tên,Tên đăng nhập,Mã đơn vị,Số thẻ\nLò Thị Ban,loban,DM-BX,\nNgười Ngoài,ngoai,BT-3,\n"


@pytest.fixture
async def quang(opened: Opener, everyone: People):
    """Quang's browser; he administers the commune of Đồng Mây."""
    return await opened(everyone.quang)


async def id_in(client, path: str) -> str:
    """The hidden id of a form."""
    return re.search(r'name="id" value="([0-9a-f-]{36})"', (await client.get(path)).text)[1]


def person(people: People, **changed: object) -> dict[str, object]:
    given = {"id": str(uuid4()), "name": "Lò Thị Ban", "login": "loban", "unit": people.cell, "on": "2026-01-05"}
    return {**given, "card_number": "", **changed}


async def count(login: str) -> int:
    return (await database.fetch("SELECT count(*) AS n FROM member WHERE login = {}", login))[0]["n"]


async def on_code(member: UUID) -> list:
    return await database.fetch(
        "SELECT id FROM activation_code WHERE member = {} AND ended_at IS NULL AND used_at IS NULL", member
    )


def codes_on(page: str) -> list[str]:
    """The codes of the slips on a page."""
    return re.findall(r"[A-HJ-NP-Z2-9]{4}(?:-[A-HJ-NP-Z2-9]{4}){2}(?=</)", page)


# Who may enter


@pytest.mark.parametrize("path", ["/desk/roster", "/desk/roster/add", "/desk/roster/import"])
async def test_the_roster_is_for_administrators(opened: Opener, everyone: People, path: str) -> None:
    assert (await (await opened()).get(path)).status_code == 401
    for member in (everyone.mai, everyone.lan, everyone.minh, everyone.tam, everyone.hoa, everyone.thu):
        assert (await (await opened(member)).get(path)).status_code == 403
    assert (await (await opened(everyone.quang)).get(path)).status_code == 200


async def test_the_desk_shows_each_role_what_it_is_for(opened: Opener, everyone: People) -> None:
    words = {
        everyone.lan: "Biên tập", everyone.minh: "Phê duyệt", everyone.tam: "Kiểm duyệt ý kiến",
        everyone.hoa: "Trả lời góp ý", everyone.thu: "Kiểm tra nhật ký", everyone.quang: "Quản trị đơn vị",
    }  # fmt: skip
    for member, role in words.items():
        page = (await (await opened(member)).get("/desk")).text
        assert role in page and ("/desk/roster" in page) == (member == everyone.quang)
    assert (await (await opened(everyone.mai)).get("/desk")).status_code == 403


async def test_members_and_units_outside_look_like_none(quang, everyone: People) -> None:
    role = {"id": str(uuid4()), "role": "editor", "role_unit": everyone.cell}
    writes = {
        "name": {"name": "x"}, "move": {"id": str(uuid4()), "unit": everyone.cell}, "disabling": {}, "enabling": {},
        "roles": role, "code": {"id": str(uuid4()), "identity_checked": "1"},
    }  # fmt: skip
    for member in (everyone.lan, uuid4(), "x"):
        assert (await quang.get(f"/desk/roster/{member}")).status_code == 404
        for path, data in writes.items():
            address = f"/desk/roster/{member}/{path}"
            assert (await quang.post(address, data=data)).status_code == 404, address
    assert (await quang.get(f"/desk/roster?unit={everyone.ward}")).status_code == 404
    assert "Trần Quang Minh" not in (await quang.get("/desk/roster")).text
    assert (await quang.post("/desk/roster/add", data=person(everyone, unit=everyone.ward))).status_code == 404
    moved = {"id": str(uuid4()), "unit": everyone.ward, "on": "2026-02-01"}
    assert (await quang.post(f"/desk/roster/{everyone.mai}/move", data=moved)).status_code == 404
    assert f'value="{everyone.ward}"' not in (await quang.get("/desk/roster/add")).text


# Looking


async def test_the_roster_is_searched_without_accents_and_by_unit(quang, everyone: People) -> None:
    assert "Hà Thị Mai" in (await quang.get("/desk/roster?search=ha+mai")).text
    assert "Hà Thị Mai" not in (await quang.get("/desk/roster?search=quang")).text
    assert "Hà Thị Mai" not in (await quang.get(f"/desk/roster?unit={everyone.other_cell}")).text


async def test_a_long_roster_comes_in_pages(quang, everyone: People) -> None:
    for number in range(60):
        await builders.member(f"dv{number}", unit=everyone.other_cell, name=f"Nguyễn Thị Ánh {chr(97 + number % 26)}")
    first = (await quang.get(f"/desk/roster?unit={everyone.other_cell}")).text
    more = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = (await quang.get(more)).text
    names = [set(re.findall(r'href="/desk/roster/([0-9a-f-]{36})"', page)) for page in (first, second)]
    assert (len(names[0]), len(names[1])) == (50, 10) and not names[0] & names[1]


# Adding


async def test_a_member_is_added_once_however_often_the_form_is_sent(quang, everyone: People) -> None:
    typed = person(everyone, id=await id_in(quang, "/desk/roster/add"))
    for _ in range(2):
        answer = await quang.post("/desk/roster/add", data=typed)
        assert answer.headers["location"] == f"/desk/roster/{typed['id']}?done=member-added"
    assert await count("loban") == 1
    assert "Đã thêm đảng viên" in (await quang.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "1"}, "name"), ({"login": "có dấu cách"}, "login"), ({"card_number": "!"}, "card_number"),
        ({"unit": ""}, "unit"), ({"on": "31/31/2026"}, "on"), ({"on": "2999-01-01"}, "on"),
        ({"on": "1/1/99999999999999999999"}, "on"), ({"on": "99999999999999999999/1/1"}, "on"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    quang, everyone: People, wrong: dict[str, str], field: str
) -> None:
    typed = person(everyone, **wrong)
    answer = await quang.post("/desk/roster/add", data=typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}-wrong"' in answer.text
    for name in ("id", "name", "login", "on"):
        assert f'value="{typed[name]}"' in answer.text
    assert await count("loban") == 0


async def test_a_login_taken_is_told_and_what_was_typed_stays(quang, everyone: People) -> None:
    answer = await quang.post("/desk/roster/add", data=person(everyone, login="mai"))
    assert answer.status_code == 409 and 'value="Lò Thị Ban"' in answer.text
    assert 'id="login-wrong"' in answer.text and 'href="#login"' in answer.text


async def test_a_list_renames_somebody_only_after_a_tick(quang, everyone: People) -> None:
    content = "Họ và tên,Tên đăng nhập,Mã đơn vị\nLò Văn Ba,mai,DM-BX\n".encode()
    looked = await quang.post("/desk/roster/import", files={"file": ("danh-sach", content)})
    assert "Đổi tên: Hà Thị Mai → Lò Văn Ba" in looked.text and 'name="rename"' in looked.text
    carried = {"content": base64.b64encode(content).decode()}
    told = await quang.post("/desk/roster/import/confirmation", data=carried)
    assert told.status_code == 200 and "Dòng này được bỏ qua" in told.text and 'name="content"' not in told.text
    assert "Hà Thị Mai" in (await quang.get(f"/desk/roster/{everyone.mai}")).text
    asked = await quang.post("/desk/roster/import/confirmation", data={**carried, "rename": "1"})
    assert asked.headers["location"] == "/desk/roster?done=members-imported"
    assert "Lò Văn Ba" in (await quang.get(f"/desk/roster/{everyone.mai}")).text


# Changing


async def test_a_member_moves_on_a_day(quang, everyone: People) -> None:
    typed = {"id": str(uuid4()), "unit": everyone.other_cell, "on": "01/03/2026"}
    for _ in range(2):
        assert (await quang.post(f"/desk/roster/{everyone.mai}/move", data=typed)).status_code == 303
    assert await memberships.unit_of(everyone.mai, clock.today()) == everyone.other_cell
    early = {**typed, "id": str(uuid4()), "on": "2019-01-01", "unit": everyone.cell}
    answer = await quang.post(f"/desk/roster/{everyone.mai}/move", data=early)
    assert answer.status_code == 422 and 'value="2019-01-01"' in answer.text


async def test_a_name_is_corrected(quang, everyone: People) -> None:
    typed = {"name": "Hà Thị Mây", "login": "mai", "card_number": "VL-0001"}
    assert (await quang.post(f"/desk/roster/{everyone.mai}/name", data=typed)).status_code == 303
    page = (await quang.get(f"/desk/roster/{everyone.mai}")).text
    assert "Hà Thị Mây" in page and "VL-0001" in page
    answer = await quang.post(f"/desk/roster/{everyone.mai}/name", data={**typed, "login": "x!"})
    assert answer.status_code == 422 and 'value="x!"' in answer.text and 'id="login-wrong"' in answer.text


async def test_a_disabled_member_is_out_until_enabled(opened: Opener, quang, everyone: People) -> None:
    mai = await opened(everyone.mai)
    for _ in range(2):
        assert (await quang.post(f"/desk/roster/{everyone.mai}/disabling")).status_code == 303
    assert (await mai.get("/account/devices")).status_code == 401
    page = (await quang.get(f"/desk/roster/{everyone.mai}")).text
    assert "/enabling" in page and "cấp trước khi khóa vẫn không dùng được" in page
    enabled = await quang.post(f"/desk/roster/{everyone.mai}/enabling")
    assert "cấp trước khi khóa vẫn không dùng được" in (await quang.get(enabled.headers["location"])).text
    assert "/disabling" in (await quang.get(f"/desk/roster/{everyone.mai}")).text


async def test_a_role_is_given_to_its_last_day_and_withdrawn(quang, everyone: People) -> None:
    path = f"/desk/roster/{everyone.mai}"
    last = clock.today() + timedelta(days=30)
    typed = {
        "id": str(uuid4()), "role": "editor", "role_unit": everyone.cell, "from_on": clock.today().isoformat(),
        "to_on": last.isoformat(),
    }  # fmt: skip
    for _ in range(2):
        assert (await quang.post(f"{path}/roles", data=typed)).status_code == 303
    assert await roles.holds(everyone.mai, "editor", everyone.cell, last)
    assert not await roles.holds(everyone.mai, "editor", everyone.cell, last + timedelta(days=1))
    assert f"{last:%d/%m/%Y}" in (await quang.get(path)).text
    assert (await quang.post(f"{path}/roles/{typed['id']}/withdrawal")).status_code == 303
    assert not await roles.holds(everyone.mai, "editor", everyone.cell)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"role": "king"}, 422),
        ({"to_on": "2020-01-01"}, 422),
        ({"to_on": "9999-12-31"}, 422),
        ({"role": "unit_admin"}, 403),
        ({"role_unit": ""}, 422),
    ],
)
async def test_a_role_that_cannot_be_given_is_told_with_what_was_typed(
    quang, everyone: People, wrong: dict[str, str], status: int
) -> None:
    day = clock.today().isoformat()
    typed = {"id": str(uuid4()), "role": "editor", "role_unit": everyone.commune, "from_on": day, "to_on": "", **wrong}
    answer = await quang.post(f"/desk/roster/{everyone.mai}/roles", data=typed)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text and f'value="{typed["from_on"]}"' in answer.text


async def test_nobody_helps_themselves_to_roles_or_codes(quang, everyone: People) -> None:
    typed = {"id": str(uuid4()), "role": "editor", "role_unit": everyone.cell}
    assert (await quang.post(f"/desk/roster/{everyone.quang}/roles", data=typed)).status_code == 403
    answer = await quang.post(f"/desk/roster/{everyone.quang}/code", data={"id": str(uuid4()), "identity_checked": "1"})
    assert answer.status_code == 403
    assert "/code" not in (await quang.get(f"/desk/roster/{everyone.quang}")).text


# Codes and slips


async def test_a_code_is_given_only_to_someone_who_was_identified(opened: Opener, quang, everyone: People) -> None:
    path = f"/desk/roster/{everyone.mai}/code"
    answer = await quang.post(path, data={"id": str(uuid4())})
    assert answer.status_code == 422 and 'id="identity_checked-wrong"' in answer.text
    assert (await quang.post(path, data={"identity_checked": "1"})).status_code == 422
    assert not await on_code(everyone.mai)
    before = await opened(everyone.mai)
    answer = await quang.post(path, data={"id": str(uuid4()), "identity_checked": "1"})
    code = codes_on(answer.text)[0]
    assert answer.headers["cache-control"] == "no-store" and "<svg" in answer.text and "style=" not in answer.text
    assert (await before.get("/account/devices")).status_code == 401
    assert code not in (await quang.get(f"/desk/roster/{everyone.mai}")).text
    mai = await opened()
    assert (await mai.post("/account/activate", data={"code": code})).status_code == 303


async def test_a_newer_code_ends_the_one_before(opened: Opener, quang, everyone: People) -> None:
    path, found = f"/desk/roster/{everyone.mai}/code", []
    for _ in range(2):
        asked = {"id": str(uuid4()), "identity_checked": "1", "phone_lost": "1"}
        page = (await quang.post(path, data=asked)).text
        found += codes_on(page)
    guest = await opened()
    assert (await guest.post("/account/activate", data={"code": found[0]})).status_code == 422
    assert (await guest.post("/account/activate", data={"code": found[1]})).status_code == 303


async def test_a_form_for_a_code_makes_one_however_often_it_is_sent(opened: Opener, quang, everyone: People) -> None:
    path = f"/desk/roster/{everyone.mai}/code"
    typed = {"id": re.search(r'name="id" value="([^"]+)"', (await quang.get(path[:-5])).text.split(path)[1])[1]}
    typed["identity_checked"] = "1"
    first, again = [codes_on((await quang.post(path, data=typed)).text) for _ in range(2)]
    assert first == again and len(await on_code(everyone.mai)) == 1
    lost = await quang.post(path, data={**typed, "phone_lost": "1"})
    assert lost.status_code == 409 and "không hiện lại được" in lost.text
    mai = await opened()
    assert (await mai.post("/account/activate", data={"code": first[0]})).status_code == 303
    assert (await quang.post(path, data=typed)).status_code == 409
    assert (await mai.get("/account/devices")).status_code == 200


async def test_slips_sent_again_are_the_same_slips(quang, everyone: People) -> None:
    other = await builders.member("ba", unit=everyone.other_cell)
    typed = {"id": str(uuid4()), "member": [str(everyone.mai), str(other)], "identity_checked": "1"}
    first, again = [codes_on((await quang.post("/desk/roster/slips", data=typed)).text) for _ in range(2)]
    assert first == again and len(set(first)) == 2


async def test_slips_are_made_for_several_or_for_none(quang, everyone: People) -> None:
    other = await builders.member("ba", unit=everyone.other_cell)
    ticked = {"id": str(uuid4()), "member": [str(everyone.mai), str(other)], "identity_checked": "1"}
    page = (await quang.post("/desk/roster/slips", data=ticked)).text
    assert len(set(codes_on(page))) == 2
    stranger = {"id": str(uuid4()), "member": [str(other), str(everyone.lan)], "identity_checked": "1"}
    kept = await on_code(other)
    assert (await quang.post("/desk/roster/slips", data=stranger)).status_code == 404
    assert await on_code(other) == kept
    answer = await quang.post("/desk/roster/slips", data={"id": str(uuid4()), "identity_checked": "1"})
    assert answer.status_code == 422 and "Hà Thị Mai" in answer.text
    assert (await quang.post("/desk/roster/slips", data={"member": str(other)})).status_code == 422


# Importing


def sheet() -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for line in CSV.splitlines():
        book.active.append(line.split(","))
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("content", [CSV.encode(), sheet()], ids=["csv", "xlsx"])
async def test_a_list_is_shown_first_and_imported_when_confirmed(quang, everyone: People, content: bytes) -> None:
    looked = await quang.post("/desk/roster/import", files={"file": ("danh-sach", content)})
    assert looked.status_code == 200 and "Lò Thị Ban" in looked.text
    assert "“BT-3” không thuộc phạm vi" in looked.text
    assert await count("loban") == 0
    carried = re.search(r'name="content" value="([^"]+)"', looked.text)[1]
    for _ in range(2):
        answer = await quang.post("/desk/roster/import/confirmation", data={"content": carried})
        assert answer.status_code == 200 and "“BT-3” không thuộc phạm vi" in answer.text
        assert "Lò Thị Ban" not in answer.text
    assert (await count("loban"), await count("ngoai")) == (1, 0)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"PK\x03\x04nothing", b"a,b\n1,2\n", b"x" * (2 * 1024**2 + 1)]
)
async def test_a_file_that_is_no_list_is_told_in_words(quang, everyone: People, content: bytes) -> None:
    answer = await quang.post("/desk/roster/import", files={"file": ("x.csv", content)})
    assert answer.status_code == 422 and 'role="alert"' in answer.text


async def test_a_confirmation_of_nothing_begins_anew(quang, everyone: People) -> None:
    for content in ("", "%%%", "tệp"):
        answer = await quang.post("/desk/roster/import/confirmation", data={"content": content})
        assert answer.status_code == 422
    assert (await quang.post("/desk/roster/import", data={})).status_code == 422


async def test_only_who_asked_is_erased_and_by_their_own_administrator(opened: Opener, quang, everyone: People) -> None:
    assert (await quang.post(f"/desk/erasures/{everyone.mai}")).status_code == 409
    await privacy.ask_erasure(everyone.mai)
    await privacy.ask_erasure(everyone.lan)
    assert "/desk/erasures" in (await quang.get("/desk")).text
    page = (await quang.get("/desk/erasures")).text
    assert "Hà Thị Mai" in page and "Ngọc Lan" not in page
    assert (await (await opened(everyone.lan)).get("/desk/erasures")).status_code == 403
    assert (await quang.post(f"/desk/erasures/{everyone.lan}")).status_code == 404
    assert (await quang.post(f"/desk/erasures/{everyone.mai}")).status_code == 303
    assert "Hà Thị Mai" not in (await quang.get("/desk/erasures?done=member-erased")).text
    assert (await quang.get(f"/desk/roster/{everyone.mai}")).status_code == 404


async def test_the_administrator_is_out_when_the_role_is_taken(quang, everyone: People) -> None:
    (held,) = await roles.grants(everyone.quang)
    assert (await quang.get("/desk/roster")).status_code == 200
    await roles.withdraw(held.id, by="cli")
    assert (await quang.get("/desk/roster")).status_code == 403
    assert await sessions.reader(quang.cookies["session"]) is not None
