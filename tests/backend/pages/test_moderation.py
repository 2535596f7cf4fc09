"""Moderation through the door: a held word, a decision, an appeal to somebody else, and who finds nothing."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.moderation import claiming, counting, reporting
from backend.moderation.model import WORDS_CHARS
from base import clock, database, journal
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.people import People

HELD = "Liên hệ tôi theo số 0912 345 678 nhé."
CLEAN = "Cần nêu rõ hơn về kinh phí cho thôn bản."


@pytest.fixture
async def slug(everyone: People) -> str:
    return (await put(regulation())).slug


@pytest.fixture
async def khanh(everyone: People) -> UUID:
    """Khánh moderates Mai's commune."""
    found = await builders.member("khanh", unit=everyone.office, name="Bùi Duy Khánh")
    await builders.role(found, "moderator", everyone.commune)
    return found


@pytest.fixture
async def tam(opened: Opener, everyone: People) -> httpx.AsyncClient:
    return await opened(everyone.tam)


async def said(slug: str, by: UUID, words: str = HELD) -> UUID:
    id = uuid4()
    await comments.write(id, about=About(document=slug), words=words, named=False, by=by, scopes=await scopes_of(by))
    return id


def decision(**changed: str) -> dict[str, str]:
    return {"id": str(uuid4()), "revision": "1", "verdict": "hide", "reason": "Q2", "remark": "", **changed}


def wrong_on(page: str) -> set[str]:
    """The fields that the summary leads to."""
    return set(re.findall(r'<a href="#([a-z_]+)">', page.partition('class="summary"')[2].partition("</ul>")[0]))


async def state_of(id: UUID) -> str:
    return (await database.fetch("SELECT state FROM comment WHERE id = {}", id))[0]["state"]


# Who may


async def test_the_desk_is_the_moderators_and_auditors_look_on(opened: Opener, everyone: People, slug, tam) -> None:
    id = await said(slug, everyone.mai)
    base = f"/desk/moderation/{id}"
    reads = ["/desk/moderation", base]
    writes = ["/desk/moderation/decisions", *(f"{base}/{act}" for act in ("claim", "release", "decision"))]
    writes.append(f"{base}/appeals/{uuid4()}")
    thu, mai = await opened(everyone.thu), await opened(everyone.mai)
    asleep = await opened(everyone.tam, method="password")
    for address in reads:
        assert (await (await opened()).get(address)).status_code == 401, address
        assert {(await other.get(address)).status_code for other in (mai, asleep)} == {403}, address
        for _ in range(2):
            assert (await thu.get(address)).status_code == 200, address
        assert (await tam.get(address)).status_code == 200, address
    for address in writes:
        assert (await (await opened()).post(address, data=decision())).status_code == 401, address
        found = {(await other.post(address, data=decision())).status_code for other in (mai, asleep, thu)}
        assert found == {403}, address
    assert await state_of(id) == "waiting"
    page = (await thu.get(base)).text
    assert "/decision" not in page and "/claim" not in page
    looked = [entry for entry in await journal.about("moderation:queue", f"comment:{id}") if "read" in entry["act"]]
    assert [(entry["act"], entry["by"]) for entry in looked] == [("moderation.read", str(everyone.thu))] * 2


async def test_a_moderator_of_another_unit_finds_nothing(opened: Opener, everyone: People, slug) -> None:
    id = await said(slug, everyone.mai)
    await builders.role(everyone.hoa, "moderator", everyone.ward)
    hoa = await opened(everyone.hoa)
    assert str(id) not in (await hoa.get("/desk/moderation?of=all")).text
    assert (await hoa.get(f"/desk/moderation/{id}")).status_code == 404
    for act in ("claim", "release", "decision", f"appeals/{uuid4()}"):
        assert (await hoa.post(f"/desk/moderation/{id}/{act}", data=decision())).status_code == 404, act
    picked = {**decision(), "pick": [f"{id}:1"]}
    assert (await hoa.post("/desk/moderation/decisions", data=picked)).status_code == 200
    assert await state_of(id) == "waiting"


# The walk


async def waits(client) -> str:
    """How much waits, as the desk's first page says it."""
    page = (await client.get("/desk")).text
    return re.search(r'data-count="moderation.waiting"[^>]*>([^<]*)<', page)[1]


async def test_from_a_held_word_to_an_appeal_that_somebody_else_overturns(
    opened: Opener, everyone: People, slug, khanh, tam
) -> None:
    mai, other = await opened(everyone.mai), await opened(khanh)
    id = str(uuid4())
    sent = await mai.post(f"/documents/{slug}/comments", data={"id": id, "words": HELD, "named": "no", "edition": "1"})
    assert sent.status_code == 303
    listed = (await other.get("/desk/moderation")).text
    assert HELD in listed and "12-QĐ/TU" in listed and "Bị giữ vì:" in listed
    assert [await waits(client) for client in (other, tam)] == ["1", "0"]
    base = f"/desk/moderation/{id}"
    assert (await other.post(f"{base}/claim")).status_code == 303
    assert "Bùi Duy Khánh đang xem" in (await tam.get(base)).text and "/decision" not in (await tam.get(base)).text
    gone = await other.post(f"{base}/decision", data=decision(remark="Bỏ số máy giúp nhé."))
    assert gone.headers["location"] == "/desk/moderation?done=moderation-decided"
    second = await tam.post(f"{base}/decision", data=decision(verdict="show", reason=""))
    assert second.status_code == 409 and "Bùi Duy Khánh đã quyết định lúc" in second.text

    listed = (await mai.get("/account/comments")).text
    assert f'href="/account/comments/{id}/decision"' in listed
    told = (await mai.get(f"/account/comments/{id}/decision")).text
    assert "Q2. Giữ kín thông tin riêng" in told and "Bỏ số máy giúp nhé." in told and "Bùi Duy Khánh" not in told
    appeal = {"id": str(uuid4()), "appeal": "Đó là số máy của ủy ban."}
    assert (await mai.post(f"/account/comments/{id}/decision", data=appeal)).status_code == 303
    told = (await mai.get(f"/account/comments/{id}/decision")).text
    assert "trả lời trước hết ngày" in told and 'name="appeal"' not in told
    assert "người kiểm duyệt của Đảng bộ tỉnh Vân Lam" in told

    page = (await other.get(base)).text
    assert "Đó là số máy của ủy ban." in page and "/appeals/" not in page
    assert str(id) in (await tam.get("/desk/moderation?kind=appealed")).text
    await database.execute("UPDATE appeal SET due_on = {}", clock.today() - timedelta(days=1))
    assert "Quá hạn từ" in (await tam.get("/desk/moderation")).text
    page = (await tam.get(base)).text
    address = re.search(rf'action="({base}/appeals/[0-9a-f-]+)"', page)[1]
    given = {"outcome": "overturned", "answer": "Số của cơ quan thì được nêu."}
    assert (await other.post(address, data=given)).status_code == 409
    assert (await tam.post(address, data=given)).status_code == 303
    told = (await mai.get(f"/account/comments/{id}/decision")).text
    assert "Bỏ quyết định" in told and "Số của cơ quan thì được nêu." in told
    assert HELD in (await (await opened(everyone.lan)).get(f"/documents/{slug}/comments")).text


async def test_an_appeal_that_nobody_else_may_decide_on_is_shown_to_administrators(
    opened: Opener, everyone: People
) -> None:
    binh = await builders.member("binh", unit=everyone.cell, name="Vi Thị Bình")
    await builders.role(binh, "moderator", everyone.commune)
    narrow = await put(regulation("10-QĐ/TU"), audience=[f"org:{everyone.commune}"])
    id = await said(narrow.slug, everyone.mai)
    mai, other, quang = [await opened(each) for each in (everyone.mai, binh, everyone.quang)]
    assert (await other.post(f"/desk/moderation/{id}/decision", data=decision())).status_code == 303
    assert "Khiếu nại chưa có người xem" not in (await quang.get("/desk")).text
    appeal = {"id": str(uuid4()), "appeal": "Đó là số máy của ủy ban."}
    assert (await mai.post(f"/account/comments/{id}/decision", data=appeal)).status_code == 303
    assert "chưa có ai khác được giao kiểm duyệt" in (await mai.get(f"/account/comments/{id}/decision")).text
    page = (await quang.get("/desk")).text
    assert "Khiếu nại chưa có người xem (1)" in page and "Chi bộ thôn Bản Xanh" in page
    assert HELD not in page and "số máy của ủy ban" not in page and "Hà Thị Mai" not in page
    assert "Khiếu nại chưa có người xem" not in (await other.get("/desk")).text, "only administrators give roles"


async def test_a_reported_comment_is_decided_and_the_reporter_stays_unnamed(
    opened: Opener, everyone: People, slug, tam
) -> None:
    id = await said(slug, everyone.mai, CLEAN)
    quang = await opened(everyone.quang)
    assert f'href="/comments/{id}/report"' in (await quang.get(f"/documents/{slug}/comments")).text
    assert f"/comments/{id}/report" not in (await (await opened(everyone.mai)).get(f"/documents/{slug}/comments")).text
    form = {"id": str(uuid4()), "reason": "Q1", "words": "Nói <b>xấu</b>"}
    for _ in range(2):
        assert (await quang.post(f"/comments/{id}/report", data=form)).status_code == 303
    assert "Đồng chí đã báo" in (await quang.get(f"/comments/{id}/report")).text
    page = (await tam.get(f"/desk/moderation/{id}")).text
    assert "Nói &lt;b&gt;xấu&lt;/b&gt;" in page and "Vi Văn Quang" not in page and "1 lượt báo" in page
    assert (await tam.post(f"/desk/moderation/{id}/decision", data=decision())).status_code == 303
    assert (await quang.get(f"/comments/{id}/report")).status_code == 404
    for stranger, status in ((await opened(), 401), (await opened(everyone.mai), 404)):
        assert (await stranger.get(f"/comments/{uuid4()}/report")).status_code == status


async def test_several_are_decided_at_once_and_what_could_not_be_is_told(
    opened: Opener, everyone: People, slug, khanh
) -> None:
    first, changed = await said(slug, everyone.mai), await said(slug, everyone.mai, "Gọi 0987 654 321 cho tôi.")
    taken = await said(slug, everyone.quang)
    other = await opened(khanh)
    await comments.edit(changed, "Gọi 0987 654 322 cho tôi.", revision=1, by=everyone.mai)
    await claiming.claim(taken, by=everyone.tam)
    form = {**decision(), "pick": [f"{id}:1" for id in (first, changed, taken)]}
    page = await other.post("/desk/moderation/decisions", data=form)
    assert page.status_code == 200 and "Đã quyết định 1 ý kiến" in page.text
    assert "Lê Thanh Tâm đang xem" in page.text and str(changed) in page.text
    assert [await state_of(id) for id in (first, changed, taken)] == ["hidden", "waiting", "waiting"]
    again = {**form, "pick": [f"{first}:1"]}
    assert (await other.post("/desk/moderation/decisions", data=again)).status_code == 303
    assert len(await database.fetch("SELECT id FROM decision")) == 1


# Wrong input


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"verdict": ""}, {"verdict"}),
        ({"reason": ""}, {"reason"}),
        ({"verdict": "return", "reason": "Q77"}, {"reason", "remark"}),
        ({"remark": "ă" * (WORDS_CHARS + 1)}, {"remark"}),
    ],
)
async def test_what_is_wrong_with_a_decision_stands_beside_it(everyone: People, slug, tam, typed, wrong) -> None:
    id = await said(slug, everyone.mai)
    for address, picks in (
        (f"/desk/moderation/{id}/decision", {}),
        ("/desk/moderation/decisions", {"pick": f"{id}:1"}),
    ):
        page = await tam.post(address, data={**decision(), **typed, **picks})
        assert page.status_code == 422 and wrong_on(page.text) == wrong, address
        if not picks:
            continue
        assert f'value="{id}:1" checked' in page.text
    assert await state_of(id) == "waiting"


async def test_forms_that_are_old_or_made_up_decide_nothing(everyone: People, slug, tam) -> None:
    id = await said(slug, everyone.mai)
    for picks in ([], *([f"{id}:1", odd] for odd in ("x", f"{id}", f"{id}:", f"{id}:²", f"{id}:-1", f"{id}:9999999"))):
        page = await tam.post("/desk/moderation/decisions", data={**decision(), "pick": picks})
        assert page.status_code == 422, picks
    assert (await tam.post(f"/desk/moderation/{id}/decision", data=decision(id="x"))).status_code == 422
    for query in ("kind=all&of=x", "cursor=%00", "cursor=abc", "unit=99999", "unit=-1", "unit_words=khong%20co"):
        assert (await tam.get(f"/desk/moderation?{query}")).status_code in (200, 404), query
    assert await state_of(id) == "waiting"


async def test_when_the_author_wrote_anew_both_texts_are_shown(everyone: People, slug, tam) -> None:
    id = await said(slug, everyone.mai)
    await comments.edit(id, "Gọi 0987 654 321 nhé.", revision=1, by=everyone.mai)
    page = await tam.post(f"/desk/moderation/{id}/decision", data=decision(remark="Lời đã gõ"))
    assert page.status_code == 409 and HELD in page.text and "0987 654 321" in page.text and "Lời đã gõ" in page.text
    assert re.search(r'name="revision" value="(\d)"', page.text)[1] == "2"
    assert (await tam.post(f"/desk/moderation/{id}/decision", data=decision(revision="2"))).status_code == 303


async def test_what_its_author_withdrew_nobody_reads_any_more(everyone: People, slug, tam) -> None:
    id = await said(slug, everyone.mai)
    await comments.withdraw(id, by=everyone.mai)
    page = await tam.post(f"/desk/moderation/{id}/decision", data=decision())
    assert page.status_code == 409 and "Tác giả đã rút" in page.text and HELD not in page.text
    assert HELD not in (await tam.get(f"/desk/moderation/{id}")).text


async def test_nothing_typed_into_a_report_or_an_appeal_is_lost(opened: Opener, everyone: People, slug, tam) -> None:
    shown, hidden = await said(slug, everyone.mai, CLEAN), await said(slug, everyone.mai)
    mai, quang = await opened(everyone.mai), await opened(everyone.quang)
    long = "ă" * (reporting.MOST_CHARS + 1)
    page = await quang.post(f"/comments/{shown}/report", data={"id": str(uuid4()), "reason": "", "words": long})
    assert page.status_code == 422 and wrong_on(page.text) == {"reason", "words"} and long in page.text
    assert (
        await quang.post(f"/comments/{hidden}/report", data={"id": str(uuid4()), "reason": "Q1"})
    ).status_code == 404
    address = f"/account/comments/{hidden}/decision"
    assert (await mai.get(address)).status_code == 404
    await tam.post(f"/desk/moderation/{hidden}/decision", data=decision())
    page = await mai.post(address, data={"id": str(uuid4()), "appeal": "👍"})
    assert page.status_code == 422 and wrong_on(page.text) == {"appeal"} and "👍" in page.text
    for stranger in (quang, tam):
        assert (await stranger.get(address)).status_code == 404
        assert (await stranger.post(address, data={"id": str(uuid4()), "appeal": "Sai rồi."})).status_code == 404
    await mai.post(address, data={"id": str(uuid4()), "appeal": "Xem lại."})
    await builders.role(everyone.hoa, "moderator", everyone.province)
    hoa = await opened(everyone.hoa)
    where = re.search(r'action="([^"]+/appeals/[^"]+)"', (await hoa.get(f"/desk/moderation/{hidden}")).text)[1]
    page = await hoa.post(where, data={"outcome": "", "answer": "Lời đã gõ"})
    assert page.status_code == 422 and wrong_on(page.text) == {"outcome"} and "Lời đã gõ" in page.text


# What is published


async def test_figures_are_for_everybody_and_small_ones_hidden(opened: Opener, everyone: People, slug, tam) -> None:
    visitor = await opened()
    assert "/rules/decisions" in (await visitor.get("/rules")).text
    assert "Chưa có quyết định nào" in (await visitor.get("/rules/decisions")).text
    id = await said(slug, everyone.mai)
    await tam.post(f"/desk/moderation/{id}/decision", data=decision())
    page = (await visitor.get("/rules/decisions")).text
    assert "Q2. Giữ kín" in page and "dưới 5" in page and "Lê Thanh Tâm" not in page


async def test_a_count_beyond_what_is_counted_is_told_as_more(everyone: People, slug, tam, monkeypatch) -> None:
    monkeypatch.setattr(counting, "COUNTED", 1)
    for at in range(2):
        await said(slug, everyone.mai, f"Gọi 0912 345 6{at:02} cho tôi về việc {at}.")
    assert await waits(tam) == "hơn 1"
