"""What programs are told of the reader and of their units."""

from datetime import timedelta

from backend.accounts import units
from backend.accounts.units import NewUnit
from base import clock
from tests import builders, people


async def test_a_reader_is_told_who_they_are(opened):
    everyone = await people.everyone()
    found = (await (await opened(everyone.quang)).get("/api/me")).json()
    assert found == {
        "id": str(everyone.quang),
        "name": "Vi Văn Quang",
        "unit": {"code": "DM-BX", "name": "Chi bộ thôn Bản Xanh", "name_en": ""},
        "roles": [{"role": "unit_admin", "unit": {"code": "DM", "name": "Đảng bộ xã Đồng Mây", "name_en": ""}}],
        "roles_asleep": False,
    }


async def test_roles_sleep_in_a_session_opened_with_a_password(opened):
    everyone = await people.everyone()
    found = (await (await opened(everyone.lan, method="password")).get("/api/me")).json()
    assert found["roles"] == [] and found["roles_asleep"] is True


async def test_a_reader_sees_their_unit_and_all_above_it(opened):
    everyone = await people.everyone()
    found = (await (await opened(everyone.mai)).get("/api/units")).json()["items"]
    assert [(unit["code"], unit["parent"], unit["own"]) for unit in found] == [
        ("VL", None, False), ("DM", "VL", False), ("DM-BX", "DM", True),
    ]  # fmt: skip
    assert found[1]["kind"] == "commune"


async def test_a_visitor_belongs_to_no_unit(opened):
    await people.everyone()
    answer = await (await opened()).get("/api/units")
    assert (answer.status_code, answer.json()) == (200, {"items": []})


async def test_units_are_told_as_they_are_called_today_with_those_they_continue(opened):
    everyone = await people.everyone()
    client = await opened(everyone.mai)
    before = await client.get("/api/units")
    yesterday = clock.today() - timedelta(days=1)
    new = NewUnit(code="DB", name="Đảng bộ xã Đồng Bản", kind="commune", parent=everyone.province)
    await units.merge([everyone.commune, everyone.ward], new, on=yesterday, by="cli")
    after = await client.get("/api/units", headers={"If-None-Match": before.headers["etag"]})
    found = after.json()["items"]
    assert [unit["code"] for unit in found] == ["VL", "DB", "DM-BX"]
    assert [unit["code"] for unit in found[1]["continues"]] in (["DM", "BT"], ["BT", "DM"])
    assert {unit["until"] for unit in found[1]["continues"]} == {yesterday.isoformat()}


async def test_no_number_of_a_unit_leaves_the_house(opened):
    unit = await builders.unit("VL", kind="province")
    client = await opened(await builders.member("mai", unit=unit))
    for address in ("/api/units", "/api/me"):
        assert '"id":' not in (await client.get(address)).text.replace('{"id":"', "")
