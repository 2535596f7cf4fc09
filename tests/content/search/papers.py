"""A handful of documents whose every word is known, as an engine is given them."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from content.audiences import Window
from content.search.engine import Entry, Passage, Query

NOW = datetime(2026, 6, 15, 2, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PUBLIC = frozenset({"public"})


def window(scope: str, from_at: datetime = LONG_AGO, to_at: datetime | None = None) -> Window:
    return Window(scope, from_at, to_at)


def paper(number: str, title: str, *texts: str, audience=("public",), type="Nghị quyết", **facts: Any) -> Entry:
    """A document of numbered passages; its id is made from its number."""
    parts = tuple(Passage(f"i.{at}", f"mục I.{at}", "Nhiệm vụ", text) for at, text in enumerate(texts, 1))
    given = {
        "document": uuid.uuid5(uuid.NAMESPACE_OID, number + title), "slug": number.lower().replace("/", "-"),
        "number": number, "type": type, "issuer": "Tỉnh ủy Vân Lam", "issued_key": 20260312, "topic": "",
        "effective_from": date(2026, 3, 12), "effective_until": None, "title": title,
        "audience": tuple(each if isinstance(each, Window) else window(each) for each in audience), "parts": parts,
    }  # fmt: skip
    return Entry(**{**given, **facts})


def asking(words: str, *scopes: str, **facts: Any) -> Query:
    """A reader with these scopes (a visitor's when none are said) on 15 June 2026."""
    return Query(words, frozenset(scopes) or PUBLIC, NOW, NOW.date(), **facts)


DIGITAL = paper(
    "57-NQ/TW", "về đột phá phát triển khoa học, công nghệ và chuyển đổi số quốc gia",
    "Chuyển đổi số là con đường ngắn nhất.", "Hòa bình, thủy lợi và kỹ thuật số ở mỗi xã.",
    issuer="Bộ Chính trị", issued_key=20241222, effective_from=date(2024, 12, 22), topic="chuyen-doi-so",
)  # fmt: skip
FOREST = paper(
    "05-NQ/TU", "về bảo vệ rừng", "Trồng rừng ở Đồng Mây.", "Giữ rừng đầu nguồn; chuyển hướng sản xuất.",
    effective_until=date(2026, 1, 31), effective_from=date(2021, 4, 20), issued_key=20210420, topic="rung",
)  # fmt: skip
PROGRAMME = paper(
    "12-CTr/TU", "thực hiện Nghị quyết số 57-NQ/TW",
    "Mỗi xã có một tổ chuyển đổi số.", "Nghị quyết 57-NQ/TW giao việc.",
    type="Chương trình", issued_key=20250301, effective_from=date(2026, 9, 1), topic="chuyen-doi-so",
)  # fmt: skip
SECRET = paper(
    "09-KL/TU", "về nhân sự", "Bản danh sách quy hoạch mật.", "Xét khiếu tố.", audience=("org:7",), type="Kết luận"
)
MEMBERS = paper(
    "88-QĐ/TU", "về sinh hoạt chi bộ", "Sinh hoạt chi bộ mỗi tháng một lần.", audience=("members",), type="Quy định"
)
ALL = (DIGITAL, FOREST, PROGRAMME, SECRET, MEMBERS)
