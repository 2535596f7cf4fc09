"""The people of the tests: each does one thing, so a test's names tell what it is about.

A province (``VL``) with a ward (``BT``) and a commune (``DM``), each with cells, and the province's office (``VP``).
"""

import uuid
from dataclasses import dataclass

from tests import builders


@dataclass(frozen=True, slots=True)
class People:
    """Everyone's id, and the ids of the units they are in."""

    province: int
    office: int
    ward: int
    ward_cell: int
    commune: int
    cell: int
    other_cell: int
    mai: uuid.UUID
    lan: uuid.UUID
    minh: uuid.UUID
    tam: uuid.UUID
    hoa: uuid.UUID
    quang: uuid.UUID
    thu: uuid.UUID


async def everyone() -> People:
    """Mai reads, Lan writes, Minh approves, Tâm moderates, Hòa answers, Quang administers the commune, Thu audits."""
    province = await builders.unit("VL", kind="province", name="Đảng bộ tỉnh Vân Lam")
    office = await builders.unit("VP", parent=province, kind="agency", name="Văn phòng Tỉnh ủy")
    ward = await builders.unit("BT", parent=province, kind="ward", name="Đảng bộ phường Bến Trầm")
    commune = await builders.unit("DM", parent=province, kind="commune", name="Đảng bộ xã Đồng Mây")
    ward_cell = await builders.unit("BT-3", parent=ward, name="Chi bộ tổ dân phố số 3")
    cell = await builders.unit("DM-BX", parent=commune, name="Chi bộ thôn Bản Xanh")
    other_cell = await builders.unit("DM-NT", parent=commune, name="Chi bộ thôn Nà Thượng")
    found = People(
        province, office, ward, ward_cell, commune, cell, other_cell,
        mai=await builders.member("mai", unit=cell, name="Hà Thị Mai"),
        lan=await builders.member("lan", unit=office, name="Nguyễn Thị Ngọc Lan"),
        minh=await builders.member("minh", unit=office, name="Trần Quang Minh"),
        tam=await builders.member("tam", unit=office, name="Lê Thanh Tâm"),
        hoa=await builders.member("hoa", unit=office, name="Phạm Thị Hòa"),
        quang=await builders.member("quang", unit=cell, name="Vi Văn Quang"),
        thu=await builders.member("thu", unit=office, name="Hoàng Thị Thu"),
    )  # fmt: skip
    await builders.role(found.lan, "editor", province)
    await builders.role(found.minh, "approver", province)
    await builders.role(found.tam, "moderator", province)
    await builders.role(found.hoa, "feedback_handler", province)
    await builders.role(found.quang, "unit_admin", commune)
    await builders.role(found.thu, "auditor", province)
    return found


async def thang(people: People) -> uuid.UUID:
    """Thắng, who prepares the meetings of Mai's cell; only where meetings are the matter, for others count heads."""
    found = await builders.member("thang", unit=people.cell, name="Hà Văn Thắng")
    await builders.role(found, "secretary", people.cell)
    return found
