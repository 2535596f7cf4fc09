"""What a text says that it does to others is proposed; what it only mentions, quotes or tells of the past is not."""

import pytest

from content.drafts import proposing
from content.drafts.model import Claim, Facts
from content.rows import HeadRow
from content.structure import parse
from tests.content.builders import date, head


def _proposed(title: str = "về sinh hoạt chi bộ", body: str = "", *, type: str = "Quy định", preamble: str = ""):
    number = {"Quy định": "20-QĐ/TU", "Hướng dẫn": "20-HD/BTCTW", "Kế hoạch": "20-KH/TU"}[type]
    text = head(number, type, date(2026, 5, 4), title)
    text += f"{preamble}\n\n**Điều 1.** Phạm vi điều chỉnh\n\n1. Văn bản này áp dụng cho chi bộ.\n\n{body}\n"
    structure = parse(text)
    facts = Facts(head=HeadRow(number=number, type=type, title=title))
    return proposing.proposals(facts, structure.parts)


def _claims(*arguments, **options):
    return [(each.claim.kind, each.claim.number) for each in _proposed(*arguments, **options)]


@pytest.mark.parametrize(
    ("title", "type", "claims"),
    [
        ("Sửa đổi, bổ sung một số điều của Quy định số 12-QĐ/TU ngày 04/5/2024 về sinh hoạt chi bộ", "Quy định",
         [("amends", "12-QĐ/TU")]),
        ("về sửa đổi, bổ sung Quy định số 12-QĐ/TU", "Quy định", [("amends", "12-QĐ/TU")]),
        ("sửa đổi khoản 2 Điều 3 Quy định số 12-QĐ/TU", "Quy định", [("amends", "12-QĐ/TU")]),
        ("bổ sung Điều 5 Quy định số 12-QĐ/TU", "Quy định", [("supplements", "12-QĐ/TU")]),
        ("về việc bãi bỏ Quy định số 12-QĐ/TU", "Quy định", [("abolishes", "12-QĐ/TU")]),
        ("bãi bỏ một số điều của Quy định số 12-QĐ/TU", "Quy định", [("amends", "12-QĐ/TU")]),
        ("về sinh hoạt chi bộ, thay thế Quy định số 12-QĐ/TU", "Quy định", [("replaces", "12-QĐ/TU")]),
        ("Sửa đổi, bổ sung một số điều của Quy định số 12-QĐ/TU (đã được sửa đổi bởi Quy định số 14-QĐ/TU)", "Quy định",
         [("amends", "12-QĐ/TU")]),
        ("Sửa đổi, bổ sung một số điều của Quy định số 12-QĐ/TU và Quy định số 14-QĐ/TU", "Quy định",
         [("amends", "12-QĐ/TU"), ("amends", "14-QĐ/TU")]),
        ("hướng dẫn thực hiện Quy định số 12-QĐ/TW của Bộ Chính trị", "Hướng dẫn", [("guides", "12-QĐ/TW")]),
        ("hướng dẫn một số nội dung của Quy định số 12-QĐ/TW", "Hướng dẫn", [("guides", "12-QĐ/TW")]),
        ("thực hiện Quy định số 12-QĐ/TW", "Hướng dẫn", [("guides", "12-QĐ/TW")]),
        ("quy định chi tiết và hướng dẫn thi hành một số điều của Nghị định số 73/2026/NĐ-CP", "Hướng dẫn",
         [("guides", "73/2026/NĐ-CP")]),
        ("triển khai thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị", "Kế hoạch", [("implements", "57-NQ/TW")]),
        ("thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 và Nghị quyết số 71-NQ/TW", "Kế hoạch",
         [("implements", "57-NQ/TW"), ("implements", "71-NQ/TW")]),
        ("triển khai Kết luận số 18-KL/TW", "Kế hoạch", [("implements", "18-KL/TW")]),
        ("sơ kết 5 năm theo Nghị quyết số 57-NQ/TW", "Kế hoạch", []),
        ("về thực hiện quy chế dân chủ ở cơ sở", "Quy định", []),
        ("quy định về hóa đơn tại Nghị định số 5/2026/NĐ-CP quy định chi tiết Luật số 8/2025/QH15", "Quy định", []),
    ],
)  # fmt: skip
def test_a_title_says_what_a_document_does(title, type, claims):
    assert _claims(title, type=type) == claims


@pytest.mark.parametrize(
    ("body", "claims"),
    [
        ("2. Quy định này thay thế Quy định số 12-QĐ/TU ngày 04/5/2024.", [("replaces", "12-QĐ/TU")]),
        ("2. Quy định này có hiệu lực từ ngày ký và thay thế Quy định số 12-QĐ/TU.", [("replaces", "12-QĐ/TU")]),
        ("2. Quy định này có hiệu lực từ ngày ký, thay thế các Quy định số 12-QĐ/TU; Quy định số 13-QĐ/TU.",
         [("replaces", "12-QĐ/TU"), ("replaces", "13-QĐ/TU")]),
        ("2. Quy định này thay thế một phần các quy định tại Quy định số 12-QĐ/TU.", [("amends", "12-QĐ/TU")]),
        ("2. Bãi bỏ Quy định số 12-QĐ/TU.", [("abolishes", "12-QĐ/TU")]),
        ("2. Bãi bỏ Quy định số 12-QĐ/TU và Quy định số 13-QĐ/TU.",
         [("abolishes", "12-QĐ/TU"), ("abolishes", "13-QĐ/TU")]),
        ("2. **Bãi bỏ khoản 2 Điều 3 Quy định số 12-QĐ/TU**.", [("amends", "12-QĐ/TU")]),
        ("2. Bãi bỏ Điều 8, 9 của Quy định số 12-QĐ/TU sửa đổi Quy định số 9-QĐ/TU; các Điều 2, 3 của Quy định số "
         "13-QĐ/TU.", [("amends", "12-QĐ/TU"), ("amends", "13-QĐ/TU")]),
        ("2. Sửa đổi, bổ sung khoản 2 Điều 3 Quy định số 12-QĐ/TU như sau: “2. Thay thế Quy định số 99-QĐ/TU.”",
         [("amends", "12-QĐ/TU")]),
        ("2. Bổ sung Điều 5 vào sau Điều 4 Quy định số 12-QĐ/TU.", [("supplements", "12-QĐ/TU")]),
        ("2. Thay thế cụm từ “chi bộ” tại Điều 4 Quy định số 12-QĐ/TU bằng cụm từ “chi bộ, đảng bộ”.",
         [("amends", "12-QĐ/TU")]),
        ("2. Thay thế Phụ lục II kèm theo Quy định số 12-QĐ/TU.", [("amends", "12-QĐ/TU")]),
        ("2. Quy định số 12-QĐ/TU hết hiệu lực kể từ ngày Quy định này có hiệu lực.", [("abolishes", "12-QĐ/TU")]),
        ("2. Kể từ ngày Quy định này có hiệu lực, Quy định số 12-QĐ/TU hết hiệu lực.", [("abolishes", "12-QĐ/TU")]),
        ("2. Kể từ ngày Quy định 20-QĐ/TU có hiệu lực, Quy định 12-QĐ/TU hết hiệu lực.", [("abolishes", "12-QĐ/TU")]),
        ("2. Quy định số 12-QĐ/TU và Điều 3 Quy định số 13-QĐ/TU hết hiệu lực từ ngày Quy định này có hiệu lực.",
         [("abolishes", "12-QĐ/TU"), ("amends", "13-QĐ/TU")]),
        ("2. Các văn bản sau đây hết hiệu lực kể từ ngày Quy định này có hiệu lực:\n\na) Quy định số 12-QĐ/TU;\n\n"
         "b) Quy định số 13-QĐ/TU sửa đổi Quy định số 12-QĐ/TU.",
         [("abolishes", "12-QĐ/TU"), ("abolishes", "13-QĐ/TU")]),
        ("2. Quy định này hướng dẫn thực hiện một số điều của Quy định số 5-QĐ/TW.", [("guides", "5-QĐ/TW")]),
        ("2. Quy định này hướng dẫn chi tiết khoản 3 Điều 12, điểm g khoản 1 và điểm b khoản 8 Điều 51 của Quy định số "
         "5-QĐ/TW.", [("guides", "5-QĐ/TW")]),
        ("2. Quy định này sửa đổi Điều 3 Quy định số 12-QĐ/TU.\n\n3. Quy định này thay thế Quy định số 12-QĐ/TU.",
         [("replaces", "12-QĐ/TU")]),
    ],
)  # fmt: skip
def test_a_clause_says_what_a_document_does(body, claims):
    assert _claims(body=body) == claims


@pytest.mark.parametrize(
    "body",
    [
        "2. Thực hiện theo quy định của Quy định số 12-QĐ/TU.",
        "2. Theo Điều 3 Quy định số 12-QĐ/TU đã được sửa đổi, bổ sung bởi Quy định số 13-QĐ/TU.",
        "2. Quy định số 12-QĐ/TU đã được thay thế bởi Quy định số 13-QĐ/TU.",
        "2. Quy định số 12-QĐ/TU đã hết hiệu lực.",
        "2. Quy định số 12-QĐ/TU hết hiệu lực từ ngày Quy định này có hiệu lực, trừ Điều 12 và Chương IV.",
        "2. Trường hợp Quy định này thay thế Quy định số 12-QĐ/TU thì báo cáo cấp ủy.",
        "2. Quy định này có hiệu lực từ ngày Nghị định sửa đổi, bổ sung Nghị định số 18/2025/NĐ-CP có hiệu lực.",
        "2. Bổ sung giá đất tại nơi tái định cư quy định tại Điều 3 của Nghị quyết số 254/2025/QH15.",
        "2. Bổ sung hồ sơ đảng viên theo Hướng dẫn số 12-HD/BTCTW.",
        "2. Chi bộ đề nghị bãi bỏ Quy định số 12-QĐ/TU.",
        "2. Ghi vào mẫu: “Bãi bỏ Quy định số 12-QĐ/TU.”",
        "2. Quy định này thay thế Quy định số 20-QĐ/TU.",
        "2. Quy định này thay thế các quy định trước đây.",
        "| Bãi bỏ Quy định số 12-QĐ/TU | x |\n| --- | --- |",
    ],
)
def test_what_is_mentioned_quoted_or_past_is_no_relation(body):
    assert _claims(body=body) == []


def test_quoted_words_stay_quoted_over_several_parts():
    body = (
        "2. Sửa đổi Điều 3 Quy định số 12-QĐ/TU như sau:\n\n“1. Bãi bỏ Quy định số 98-QĐ/TU.\n\n"
        "2. Bãi bỏ Quy định số 99-QĐ/TU.”\n\n3. Bãi bỏ Quy định số 13-QĐ/TU."
    )
    assert _claims(body=body) == [("amends", "12-QĐ/TU"), ("abolishes", "13-QĐ/TU")]


def test_the_words_that_lead_to_the_text_may_say_what_is_guided():
    preamble = (
        "Căn cứ Quy định số 22-QĐ/TW của Ban Chấp hành Trung ương,\n\n"
        "Ban Tổ chức Trung ương hướng dẫn thực hiện Quy định số 24-QĐ/TW như sau:"
    )
    assert _claims(type="Hướng dẫn", preamble=preamble) == [("guides", "24-QĐ/TW")]


def test_a_proposal_names_its_part_and_its_sentence():
    [proposal] = _proposed(body="2. Quy định này thay thế Quy định số 12-QĐ/TU. Chi bộ thi hành.")
    assert (proposal.claim.path, proposal.words) == ("dieu-1.khoan-2", "Quy định này thay thế Quy định số 12-QĐ/TU.")


def test_what_is_confirmed_or_declined_is_not_asked_again():
    title = "sửa đổi, bổ sung Quy định số 12-QĐ/TU và Quy định số 13-QĐ/TU"
    facts = Facts(head=HeadRow(number="20-QĐ/TU", type="Quy định", title=title))
    confirmed = Facts(head=facts.head, relations=(Claim("amends", "12-QĐ/TU", "dieu-1"),))
    declined = Facts(head=facts.head, declined=(Claim("amends", "12-QĐ/TU"), Claim("amends", "13-QĐ/TU")))
    asked = [[each.claim.number for each in proposing.undecided(each, ())] for each in (facts, confirmed, declined)]
    assert asked == [["12-QĐ/TU", "13-QĐ/TU"], ["13-QĐ/TU"], []]
