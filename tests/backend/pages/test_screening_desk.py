"""The pages of screening: who may look and who may change, the box that keeps nothing, and policies unit by unit."""

import re
from uuid import UUID, uuid4, uuid5

import pytest

from backend.discussion import conduct, newcomers
from backend.discussion.screening import filling, switching, words
from backend.discussion.screening.rules import RULES
from base import database as floor
from base import journal
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

pytestmark = pytest.mark.alike

NGU = f"/desk/screening/words/{uuid5(filling.NAMESPACE, 'offence:ngu')}"
TRIED = "Gọi 0912 345 678 nhé, <b>đồ ngu</b>"


@pytest.fixture
async def duc(opened: Opener, everyone: People):
    """Đức's browser; he administers the province and so what belongs to nobody."""
    member = await builders.member("duc", unit=everyone.office, name="Trần Hữu Đức")
    await builders.role(member, "unit_admin", everyone.province)
    return await opened(member)


def form(**changed: str) -> dict[str, str]:
    given = {
        "version": "0", "words": "xấu xa", "outcome": "hold", "reason": "insult", "bare": "",
        "exceptions": "", "own": "",
    }  # fmt: skip
    return {**given, **changed}


async def version(path: str) -> int:
    return (await words.word(UUID(path.rpartition("/")[2]))).version


# Who


async def test_the_desk_leads_to_screening_for_those_at_the_top_only(opened, everyone, duc):
    assert 'href="/desk/screening"' in (await duc.get("/desk")).text
    assert 'href="/desk/screening"' in (await (await opened(everyone.tam)).get("/desk")).text
    assert 'href="/desk/screening"' not in (await (await opened(everyone.quang)).get("/desk")).text


async def test_nobody_else_sees_it(opened, everyone):
    for path in ["/desk/screening", "/desk/screening/words/new", NGU]:
        for member, status in ((None, 401), (everyone.mai, 403), (everyone.quang, 403), (everyone.lan, 403)):
            assert (await (await opened(member)).get(path)).status_code == status


async def test_a_role_sleeps_without_a_passkey(opened, everyone):
    answer = await (await opened(everyone.tam, method="password")).get("/desk/screening")
    assert answer.status_code == 403


async def test_moderators_and_auditors_read_and_change_nothing(opened, everyone):
    for name in ["tam", "thu"]:
        reader = await opened(getattr(everyone, name))
        page = (await reader.get("/desk/screening")).text
        assert "Soát lời" in page
        assert "/desk/screening/rules/phone" not in page
        assert "/desk/screening/words/new" not in page
        word = (await reader.get(NGU)).text
        assert "<form" not in word[word.index("<main") : word.index("</main")]
        assert (await reader.post(NGU, data=form())).status_code == 403
        assert (
            await reader.post("/desk/screening/rules/phone", data={"outcome": "show", "version": "0"})
        ).status_code == 403
        assert (await reader.get("/desk/screening/words/new")).status_code == 403
        assert (await reader.post("/desk/screening/try", data={"try": TRIED})).status_code == 200


async def test_that_an_auditor_looked_is_an_act(opened, everyone):
    await (await opened(everyone.thu)).get("/desk/screening")
    await (await opened(everyone.tam)).get("/desk/screening")
    assert [entry["by"] for entry in await journal.about("screening:all")] == [str(everyone.thu)]


# Trying


async def test_what_is_tried_is_marked_with_its_rule_and_reason_and_kept_nowhere(duc):
    before = await floor.fetch("SELECT count(*) AS n FROM journal")
    page = (await duc.post("/desk/screening/try", data={"try": TRIED})).text
    assert "Lời này sẽ được giữ lại" in page
    assert re.findall(r"<mark>(.*?)<sup>(.*?)</sup></mark>", page) == [("0912 345 678", "1"), ("ngu", "2")]
    assert "&lt;b&gt;đồ " in page
    assert "Trong lời có số điện thoại." in page
    assert 'href="/rules#Q1"' in page
    assert await floor.fetch("SELECT count(*) AS n FROM journal") == before


async def test_words_in_which_nothing_is_found_would_be_shown(duc):
    page = (await duc.post("/desk/screening/try", data={"try": "Tôi nhất trí với khoản 2 Điều 3."})).text
    assert "Lời này sẽ hiện ngay" in page


async def test_what_cannot_be_tried_is_told_and_not_lost(duc):
    for typed in ["", "   ", "a" * 20_001, "a" * 100_000]:
        answer = await duc.post("/desk/screening/try", data={"try": typed})
        assert answer.status_code == 422
        assert 'id="try-wrong"' in answer.text


async def test_odd_words_are_tried_like_any(duc):
    for typed in ["\0", "\u202e\u200b", "🙂🙂", "<script>alert(1)</script>", "\x1b[31m"]:
        answer = await duc.post("/desk/screening/try", data={"try": typed})
        assert answer.status_code in (200, 422)
        assert "<script>alert" not in answer.text


# Rules and words


async def test_a_rule_is_switched(duc):
    answer = await duc.post("/desk/screening/rules/links", data={"outcome": "refuse", "version": "0"})
    assert (answer.status_code, answer.headers["location"]) == (
        303, "/desk/screening?done=screening-switched#rule-links",
    )  # fmt: skip
    assert (await switching.versions())["links"] == 1
    assert "sẽ không được nhận" in (await duc.post("/desk/screening/try", data={"try": "vào abc.com"})).text
    late = await duc.post("/desk/screening/rules/links", data={"outcome": "show", "version": "0"})
    assert late.status_code == 409
    assert "vừa đổi quy tắc này" in late.text


async def test_a_rule_is_not_switched_to_anything(duc):
    for name, typed, status in [
        ("links", {"outcome": "x", "version": "0"}, 422),
        ("links", {"version": "0"}, 422),
        ("links", {"outcome": "show", "version": "x"}, 422),
        ("links", {"outcome": "show"}, 422),
        ("identity", {"outcome": "show", "version": "0"}, 422),
        ("offence", {"outcome": "show", "version": "0"}, 404),
        ("khong-co", {"outcome": "show", "version": "0"}, 404),
    ]:
        assert (await duc.post(f"/desk/screening/rules/{name}", data=typed)).status_code == status


async def test_a_word_is_added_found_changed_and_told_of(duc):
    path = f"/desk/screening/words/{uuid4()}"
    typed = form(exceptions="xấu xa thay\n\nxấu xa lắm", own="Xin nói vào việc.")
    for _ in range(2):  # the same form again adds nothing twice
        assert (await duc.post(path, data=typed)).headers["location"] == "/desk/screening?done=screening-word-saved"
    assert "2 chỗ dùng được" in (await duc.get("/desk/screening", params={"words": "xau xa"})).text
    assert "Xin nói vào việc." in (await duc.post("/desk/screening/try", data={"try": "Xấu xa!"})).text
    await duc.post(path, data=form(version="1", outcome="show"))
    page = (await duc.get(path)).text
    assert "Tắt, không tìm" in page
    assert page.count("Trần Hữu Đức") == 2


async def test_both_versions_are_shown_when_somebody_else_saved_meanwhile(duc):
    typed = form(words="ngu", version=str(await version(NGU)), outcome="refuse", exceptions="ngu dân")
    assert (await duc.post(NGU, data=typed)).status_code == 303
    late = await duc.post(NGU, data={**typed, "outcome": "show", "own": "Của tôi."})
    assert late.status_code == 409
    assert 'id="theirs-outcome"' in late.text
    assert 'id="theirs-words"' not in late.text
    assert "Của tôi." in late.text
    assert 'name="version" value="2"' in late.text
    assert (await duc.post(NGU, data={**typed, "version": "2", "own": "Của tôi."})).status_code == 303


async def test_a_word_that_cannot_be_saved_is_told_beside_its_field(duc):
    for field, typed in [
        ("words", ""),
        ("words", "12345"),
        ("words", "<i>"),
        ("words", "🙂"),
        ("words", "a" * 100_000),
        ("words", "a\u202eb"),
        ("words", "ngu"),
        ("outcome", ""),
        ("outcome", "x"),
        ("reason", ""),
        ("reason", "x"),
        ("exceptions", "12"),
        ("exceptions", "a" * 100_000),
        ("own", "a" * 301),
    ]:
        answer = await duc.post(f"/desk/screening/words/{uuid4()}", data=form(**{field: typed}))
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-wrong"' in answer.text


async def test_a_form_without_its_version_is_too_old(duc):
    for typed in ["", "x", "-1", "1" * 30]:
        assert (await duc.post(NGU, data=form(words="ngu", version=typed))).status_code == 422


async def test_there_is_no_word_that_there_is_not(duc):
    assert (await duc.get(f"/desk/screening/words/{uuid4()}")).status_code == 404
    assert (await duc.get("/desk/screening/words/abc")).status_code == 404


async def test_the_words_are_read_page_by_page_and_a_mangled_cursor_begins_anew(duc):
    first = (await duc.get("/desk/screening", params={"list": "offence"})).text
    more = re.search(r'href="(/desk/screening\?[^"]*cursor=[^"]*)"', first)[1].replace("&amp;", "&")
    second = (await duc.get(more.partition("#")[0])).text
    shown = [set(re.findall(r"/desk/screening/words/([0-9a-f-]{36})", page)) for page in (first, second)]
    assert len(shown[0]) == len(shown[1]) == words.LIMIT
    assert not shown[0] & shown[1]
    assert (await duc.get("/desk/screening", params={"cursor": "xyz", "list": "xyz"})).status_code == 200
    assert "Không có từ nào như vậy" in (await duc.get("/desk/screening", params={"words": "zzzz"})).text


# First comments of newcomers


async def test_an_administrator_says_for_their_unit_what_becomes_of_first_comments(opened, everyone, duc):
    quang = await opened(everyone.quang)
    assert "Không giữ ý kiến của người mới" in (await quang.get("/desk/newcomers")).text
    await duc.post(f"/desk/newcomers/{everyone.province}", data={"held_first": "3", "version": "0"})
    assert "Theo quy định của Đảng bộ tỉnh Vân Lam" in (await quang.get("/desk/newcomers")).text
    answer = await quang.post(f"/desk/newcomers/{everyone.commune}", data={"held_first": "1", "version": "0"})
    assert answer.headers["location"] == f"/desk/newcomers?unit={everyone.commune}&done=newcomers-set"
    page = (await quang.get(answer.headers["location"])).text
    assert "Giữ 1 ý kiến đầu tiên" in page
    assert "Đã lưu" in page
    assert (await newcomers.policy(everyone.cell)).held_first == 1
    late = await quang.post(f"/desk/newcomers/{everyone.commune}", data={"held_first": "9", "version": "0"})
    assert late.status_code == 409


async def test_nobody_says_it_for_units_that_they_do_not_administer(opened, everyone):
    quang, given = await opened(everyone.quang), {"held_first": "1", "version": "0"}
    for unit in (everyone.province, everyone.ward, 999_999, "abc", "9" * 30):
        assert (await quang.post(f"/desk/newcomers/{unit}", data=given)).status_code == 404
    assert (await quang.get("/desk/newcomers", params={"unit": everyone.ward})).status_code == 404
    for member in (everyone.mai, everyone.tam):
        assert (await (await opened(member)).get("/desk/newcomers")).status_code == 403


async def test_a_count_that_makes_no_sense_is_told_beside_its_field(opened, everyone):
    for typed in ["", "x", "-1", "21", "1.5", "٣", "1" * 50]:
        quang = await opened(everyone.quang)
        answer = await quang.post(f"/desk/newcomers/{everyone.commune}", data={"held_first": typed, "version": "0"})
        assert answer.status_code == 422
        assert 'id="held_first-wrong"' in answer.text


# The published rules


async def test_everybody_reads_the_rules_with_their_codes(opened):
    for language in ["vi", "en"]:
        page = (await (await opened(language=language)).get("/rules")).text
        assert re.findall(r'<section id="(Q\d)"', page) == [rule.code for rule in conduct.RULES]
        assert {rule.code for rule in RULES if rule.code} <= {rule.code for rule in conduct.RULES}
        assert 'href="/rules"' in page
