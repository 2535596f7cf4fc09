"""A country to fill the roster with: provinces, communes and cells, and people named as people are."""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from backend.accounts import naming

PROVINCES, COMMUNES, CELLS = 34, 98, 60
"""Provinces, communes of each (3,332 in all; the country has 3,321), and at most this many cells of each commune."""

CELL_SIZE = 26
CARDS = 9_999_999_967
"""A prime: multiples modulo it are card numbers that look drawn by lot and never meet."""
SINCE = "2020-01-01"

SURNAMES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 35, "Huỳnh": 20, "Phan": 45, "Vũ": 25, "Võ": 20,
    "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Đinh": 8, "Đoàn": 7, "Trịnh": 7,
    "Mai": 6, "Đào": 7, "Lương": 6, "Cao": 5, "Hà": 6, "Vi": 4, "Lò": 4, "Nông": 4, "Hoa": 1, "Tạ": 4, "Thái": 4,
    "Châu": 3, "Quách": 2, "Lâm": 4, "Trương": 14, "Tô": 4, "Chu": 4, "Kiều": 2, "Vương": 3, "Sùng": 2, "Giàng": 2,
}  # fmt: skip
"""How many of a thousand people, or thereabouts, bear a surname."""

MIDDLE = {
    "Văn": 220, "Thị": 260, "Hữu": 40, "Đức": 40, "Quang": 40, "Minh": 40, "Thanh": 45, "Ngọc": 45, "Xuân": 40,
    "Đình": 35, "Công": 25, "Trọng": 20, "Thị Thu": 25, "Thị Ngọc": 25, "Thị Thanh": 25, "Thị Kim": 20, "Anh": 15,
    "Bá": 10, "Duy": 15, "Hồng": 15, "Thế": 15, "Viết": 8, "Như": 8, "Tiến": 15,
}  # fmt: skip

_GIVEN = (
    "An Anh Ánh Bắc Bình Bích Cảnh Châu Chi Chiến Chính Chung Cúc Cường Dân Diệp Diệu Dũng Dung Duy Duyên "
    "Dương Đạt Đào Điệp Định Đoàn Đông Đồng Đức Gấm Giang Giáp Hà Hạ Hải Hạnh Hằng Hân Hậu Hiền Hiếu Hiệp Hiển "
    "Hoa Hòa Hoài Hoàn Hoàng Hồng Huân Huệ Hùng Hưng Hương Hường Huy Huyền Khanh Khánh Khoa Khôi Kiên Kiều Lâm "
    "Lan Lành Lập Lê Liên Liễu Linh Loan Long Lộc Lợi Luân Lương Ly Lý Mai Mạnh Mẫn Mến Minh Mỹ My Nam Nga Ngà "
    "Ngân Nghĩa Ngọc Nguyên Nguyệt Nhã Nhàn Nhân Nhật Nhi Nhung Như Ninh Nương Oanh Phát Phong Phú Phúc Phụng "
    "Phương Phượng Quân Quang Quế Quốc Quý Quyên Quyết Quỳnh Sáng Sâm Sinh Sơn Tài Tâm Tân Tấn Thái Thanh "
    "Thành Thảo Thắm Thắng Thêm Thi Thiện Thịnh Thoa Thọ Thơ Thông Thu Thuận Thúy Thủy Thùy Thư Thương Tiên "
    "Tiến Tình Tín Toàn Toản Tú Tuấn Tuệ Tùng Tuyên Tuyết Tường Tươi Trang Trà Trâm Trinh Trí Trọng Trung Trúc "
    "Trường Uyên Vân Việt Vinh Vĩnh Vũ Vượng Vy Xuân Xuyến Yên Yến"
)
GIVEN = _GIVEN.split()


class Person(NamedTuple):
    """One of the crowd; ``id`` is a uuid's 32 digits."""

    id: str
    name: str
    login: str
    card: str
    cell: int


def units(members: int) -> bytes:
    """The tree as a file of units: as many cells as ``members`` fill, the same number in each commune."""
    rows = [_unit("TW", "Trung ương", "Centre", "centre", None)]
    for p in range(1, PROVINCES + 1):
        province = f"P{p}"
        rows.append(_unit(province, f"Đảng bộ tỉnh số {p}", f"Province {p}", "province", "TW"))
        for c in range(1, COMMUNES + 1):
            commune = f"{province}-{c}"
            rows.append(_unit(commune, f"Đảng bộ xã số {c}", f"Commune {c}", "commune", province))
            for n in range(1, cells(members) + 1):
                rows.append(_unit(f"{commune}-{n}", f"Chi bộ thôn số {n}", f"Cell {n}", "cell", commune))
    return json.dumps({"units": rows, "successions": []}).encode()


def cells(members: int) -> int:
    """How many cells a commune has when the country has so many members."""
    return max(1, min(CELLS, members // (PROVINCES * COMMUNES * CELL_SIZE)))


def people(count: int, places: list[int], seed: int = 1930) -> Iterator[Person]:
    """The crowd, the same for the same seed, spread over ``places`` by chance, not unit by unit."""
    chance = random.Random(seed)
    surnames = chance.choices(list(SURNAMES), list(SURNAMES.values()), k=1 << 12)
    middles = chance.choices(list(MIDDLE), list(MIDDLE.values()), k=1 << 12)
    given, known = len(GIVEN), len(places)
    for n in range(count):
        drawn, who = chance.getrandbits(128), chance.getrandbits(62)
        name = f"{surnames[who & 0xFFF]} {middles[who >> 12 & 0xFFF]} {GIVEN[(who >> 24) % given]}"
        yield Person(f"{drawn:032x}", name, f"dv{n:07}", f"{n * 6_700_417 % CARDS:010}", places[drawn % known])


@cache
def keys(name: str) -> tuple[str, str]:
    """A name's sorting key, and the part of its search key that is the name's own."""
    return naming.name_key(name).replace("\\", "\\\\"), naming.fold(name)


def _unit(code: str, name: str, name_en: str, kind: str, parent: str | None) -> dict[str, str | None]:
    return {
        "code": code, "name": name, "name_en": name_en, "kind": kind, "parent": parent,
        "valid_from": SINCE, "valid_to": None,
    }  # fmt: skip
