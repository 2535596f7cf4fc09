"""Topics and issuers at the desk, documents that move: who may, what is seen before it is done, and every old link."""

import html
import re
from itertools import product
from urllib.parse import quote
from uuid import uuid4

import pytest

from base import database
from content import issuers, merging, news, originals, renaming, slugs, topics
from content.dossier import dossier
from content.drafts import keeping
from content.newsroom import keeping as newsroom
from content.rows import TopicRow
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import front_matter, put, regulation
from tests.content.drafts.desk import begun, issued, stated
from tests.indexes import followed, indexed
from tests.people import People

ROLES = ("editor", "approver", "moderator", "feedback_handler", "unit_admin", "secretary", "auditor")
OURS, WRONG = "Tỉnh ủy Vân Lam", "Tỉnh ủy Vân Lang"
MADE = "quy-dinh-12-qd-tu-2026"
WHY = "hai tên một việc"
PERMANENT = 308


@pytest.fixture
async def three(everyone: People) -> None:
    """Three topics; the first two have a document and a news item each."""
    rows = [
        ("so-hoa", "Số hóa", "Digitising"),
        ("chuyen-doi-so", "Chuyển đổi số", "Digital work"),
        ("khac", "Khác", "Other"),
    ]
    await topics.set_topics([TopicRow(*row) for row in rows])
    for at, (code, *_) in enumerate(rows[:2]):
        await put(front_matter(topic=code) + regulation(f"{12 + at}-QĐ/TU"), owner_unit=everyone.province)
        await news.write(news.Writing(f"Tin {code}", "Dẫn.", "Thân.", frozenset({"public"}), topic=code), by="cli")


@pytest.fixture
async def lan(opened: Opener, everyone: People):
    """Lan's browser; she writes for the province."""
    return await opened(everyone.lan)


def hidden(page: str, action: str = "") -> dict[str, str]:
    """What the page's form to an address carries."""
    form = page[page.index(f'action="{action}"') :] if action else page[page.index("<main") :]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: html.unescape(value) for name, value in found}


def said(page: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])).split())


async def order() -> list[str]:
    return [row.code for row in await topics.topics()]


async def merged() -> None:
    await merging.merge("so-hoa", into="chuyen-doi-so", reason=WHY, by="lan")


# Who may


async def test_names_are_the_business_of_those_who_stand_above_all(opened: Opener, everyone: People, three) -> None:
    await put(regulation("20-QĐ/TU"))
    [found] = await issuers.issuers()
    seen = ("/desk/topics", "/desk/topics/so-hoa", "/desk/issuers", f"/desk/issuers/{found.id}")
    done = (
        "/desk/topics", "/desk/topics/so-hoa/names", "/desk/topics/so-hoa/merger", f"/desk/issuers/{found.id}/name",
        f"/desk/issuers/{found.id}/merger",
    )  # fmt: skip
    units = {"province": everyone.province, "commune": everyone.commune}
    for role, at in product(ROLES, units):
        person = await builders.member(f"{role.replace('_', '-')}-{at}", unit=everyone.office)
        await builders.role(person, role, units[at])
        client, who = await opened(person), (role, at)
        looks = role in ("editor", "approver", "auditor") and at == "province"
        changes = looks and role != "auditor"
        for path in seen:
            answer = await client.get(path)
            assert answer.status_code == (200 if looks else 404), (who, path)
            forms = 'method="post" action="/desk/' in answer.text
            assert forms == (changes and path != "/desk/issuers"), (who, path)
        assert ("/desk/topics" in (await client.get("/desk")).text) == looks, who
        for path in done:
            status = 422 if changes else 403 if looks else 404
            assert (await client.post(path, data={})).status_code == status, (who, path)
        for path in ("/desk/topics/khac/place", "/desk/topics/so-hoa/removal"):
            status = (303 if "place" in path else 409) if changes else 403 if looks else 404
            assert (await client.post(path, data={})).status_code == status, (who, path)


async def test_visitors_members_and_sessions_without_a_passkey_find_nothing(opened: Opener, everyone: People) -> None:
    for path in ("/desk/topics", "/desk/issuers"):
        assert (await (await opened()).get(path)).status_code == 401
        assert (await (await opened(everyone.mai)).get(path)).status_code == 404
        assert (await (await opened(everyone.lan, method="password")).get(path)).status_code == 403


# Topics


async def test_topics_are_added_placed_renamed_and_removed(lan, three) -> None:
    page = said((await lan.get("/desk/topics")).text)
    assert "Số hóa Digitising 1 văn kiện, 1 tin" in page and "Khác Other Chưa dùng" in page
    answer = await lan.post("/desk/topics", data={"vi": "An sinh", "en": "Welfare"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/topics?done=topic-added")
    assert "Đã thêm chủ đề." in said((await lan.get(answer.headers["location"])).text)
    page = (await lan.get("/desk/topics")).text
    up = page[page.index('id="topic-an-sinh"') :]
    assert (await lan.post("/desk/topics/an-sinh/place", data=hidden(up, "/desk/topics/an-sinh/place"))).is_redirect
    assert await order() == ["so-hoa", "chuyen-doi-so", "an-sinh", "khac"]
    names = "/desk/topics/an-sinh/names"
    typed = {**hidden((await lan.get("/desk/topics/an-sinh")).text, names), "vi": "An sinh xã hội", "en": "Welfare"}
    for _ in range(2):
        answer = await lan.post(names, data=typed)
        assert answer.headers["location"] == "/desk/topics/an-sinh?done=topic-renamed"
    late = await lan.post(names, data={**typed, "vi": "Tên thứ ba"})
    assert late.status_code == 409 and "Người khác vừa đổi tên" in said(late.text) and 'value="Tên thứ ba"' in late.text
    for _ in range(2):
        assert (await lan.post("/desk/topics/an-sinh/removal")).headers["location"] == "/desk/topics?done=topic-removed"
    assert await order() == ["so-hoa", "chuyen-doi-so", "khac"]
    assert (await lan.get("/desk/topics/an-sinh")).status_code == 404


WRONG_TOPICS = (
    ("", {"vi": "", "en": ""}, ("vi", "en")),
    ("", {"vi": "Số hóa", "en": "Mới"}, ("vi",)),
    ("/so-hoa/names", {"vi": "x" * 81, "en": ""}, ("vi", "en")),
    ("/so-hoa/merger", {"into": "", "reason": WHY}, ("into",)),
    ("/so-hoa/merger", {"into": "so-hoa", "reason": WHY}, ("into",)),
    ("/so-hoa/merger", {"into": "khong-co", "reason": WHY, "confirmed": "1"}, ()),
    ("/so-hoa/merger", {"into": "khac", "reason": " "}, ("reason",)),
    ("/so-hoa/merger", {"into": "khac", "reason": "x" * 501, "confirmed": "1"}, ("reason",)),
    ("/so-hoa/place", {"after": "khong-co"}, None),
)


async def test_what_cannot_be_taken_is_told_beside_its_field(lan, three) -> None:
    for path, typed, fields in WRONG_TOPICS:
        answer = await lan.post(f"/desk/topics{path}", data=typed)
        assert answer.status_code == (404 if fields is None else 422 if fields else 409), typed
        for field in fields or ():
            assert f'id="{field}-wrong"' in answer.text and f'href="#{field}"' in answer.text, typed
        if typed.get("reason") == WHY:
            assert f">{WHY}</textarea>" in answer.text, typed
    assert await order() == ["so-hoa", "chuyen-doi-so", "khac"]


async def test_a_merger_is_seen_first_and_done_once_confirmed(opened: Opener, lan, three) -> None:
    await stated(await begun(regulation("15-QĐ/TU")), topic="so-hoa")
    here = "/desk/topics/so-hoa/merger"
    looked = await lan.post(here, data={"into": "chuyen-doi-so", "reason": WHY})
    words = said(looked.text)
    assert "Chủ đề “Số hóa” gộp vào “Chuyển đổi số”." in words and WHY in words
    assert "Chuyển sang: 1 văn kiện, 1 tin, 1 bản thảo." in words and len(await order()) == 3
    carried = hidden(looked.text)
    back = await lan.post(here, data={**carried, "back": "1"})
    assert back.status_code == 200 and f">{WHY}</textarea>" in back.text
    for _ in range(2):
        answer = await lan.post(here, data={**carried, "confirmed": "1"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/topics?done=topic-merged")
    page = said((await lan.get(answer.headers["location"])).text)
    assert "Đã gộp chủ đề." in page and "Số hóa nay là Chuyển đổi số" in page and "Nguyễn Thị Ngọc Lan" in page
    assert "2 văn kiện, 2 tin, 1 bản thảo" in page and await order() == ["chuyen-doi-so", "khac"]
    moved = await lan.get("/desk/topics/so-hoa")
    assert (moved.status_code, moved.headers["location"]) == (PERMANENT, "/desk/topics/chuyen-doi-so")
    for path, data in (("merger", {"into": "khac", "reason": WHY}), ("names", {"vi": "A", "en": "B"})):
        late = await lan.post(f"/desk/topics/so-hoa/{path}", data=data)
        assert late.status_code == 409 and "vừa được người khác gộp" in said(late.text)


async def test_old_links_to_a_merged_topic_lead_to_the_other(opened: Opener, three) -> None:
    await indexed()
    client = await opened()
    pages = ("/documents?topic=so-hoa&sort=title&words=quy", "/news?topic=so-hoa", "/search?q=sinh+hoat&topic=so-hoa")
    programs = (
        "/api/documents?topic=so-hoa&counts=true",
        "/api/news?topic=so-hoa",
        "/api/search?q=sinh+hoat&topic=so-hoa",
    )
    for address in (*pages, *programs):  # what is remembered must not be told again
        for _ in range(2):
            assert (await client.get(address)).status_code == 200, address
    await merged()
    for address in pages:
        answer = await client.get(address)
        now = address.replace("so-hoa", "chuyen-doi-so")
        assert (answer.status_code, answer.headers["location"]) == (PERMANENT, now)
        assert answer.headers["cache-control"] == "no-store"
        assert (await client.get(now)).status_code == 200
    await followed()
    for address in programs:
        old, new = [(await client.get(each)).json() for each in (address, address.replace("so-hoa", "chuyen-doi-so"))]
        assert len(old["items"]) == 2 and old == new, address
    assert [topic["code"] for topic in (await client.get("/api/topics")).json()["items"]] == ["chuyen-doi-so", "khac"]
    page = (await client.get("/news")).text
    assert "topic=so-hoa" not in page and "topic=chuyen-doi-so" in page


async def test_forms_that_were_opened_before_a_merger_are_taken_as_they_are(lan, three, everyone: People) -> None:
    draft = await stated(await begun(regulation("15-QĐ/TU")), topic="so-hoa")
    await merged()
    item = uuid4()
    typed = {"unit": str(everyone.province), "version": "0", "title": "Tin", "topic": "so-hoa", "act": "save"}
    answer = await lan.post(f"/desk/news/{item}/edit", data=typed)
    assert answer.is_redirect, said(answer.text)
    assert (await newsroom.manuscript(item)).sheet.topic == "chuyen-doi-so"
    assert (await keeping.draft_of(draft.edition)).facts.topic == "chuyen-doi-so"


# Issuers


async def two_names() -> tuple[str, str]:
    for number, issuer in (("12-QĐ/TU", WRONG), ("13-QĐ/TU", OURS)):
        await put(regulation(number, issuer=issuer.upper()))
    return tuple(f"/desk/issuers/{issuers.id_of(name)}" for name in (WRONG, OURS))  # type: ignore[return-value]


async def test_issuers_are_listed_and_found_without_marks(lan, everyone: People) -> None:
    await two_names()
    page = said((await lan.get("/desk/issuers")).text)
    assert "2 cơ quan" in page and f"{OURS} 1 văn kiện · chữ viết tắt: TU" in page.replace(
        "văn kiện chữ", "văn kiện · chữ"
    )
    assert WRONG in (await lan.get("/desk/issuers?words=van lang")).text
    assert OURS not in said((await lan.get("/desk/issuers?words=van lang")).text)
    assert "Không có cơ quan nào như vậy." in said((await lan.get("/desk/issuers?words=zzz")).text)
    assert (await lan.get("/desk/issuers/3c3a0c5e-6f43-5d0b-9a55-0b1f0a4f7d21")).status_code == 404


@pytest.mark.parametrize(("act", "field"), [("name", "name"), ("merger", "into")])
async def test_a_name_is_seen_first_and_changed_once_confirmed(lan, everyone: People, act, field) -> None:
    here, ours = await two_names()
    if act == "name":
        ours = f"/desk/issuers/{issuers.id_of('Tỉnh ủy Vân Lâm')}"
    name = "Tỉnh ủy Vân Lâm" if act == "name" else OURS
    looked = await lan.post(f"{here}/{act}", data={field: name, f"{field}_reason": WHY})
    words = said(looked.text)
    assert WRONG in words and name in words and "1 văn kiện được xếp theo tên mới." in words
    assert WRONG in [each.name for each in await issuers.issuers()]
    carried = hidden(looked.text)
    assert carried == {field: name, f"{field}_reason": WHY}
    back = await lan.post(f"{here}/{act}", data={**carried, "back": "1"})
    assert f'value="{name}"' in back.text and f">{WHY}</textarea>" in back.text
    for _ in range(2):
        answer = await lan.post(f"{here}/{act}", data={**carried, "confirmed": "1"})
        assert answer.status_code == 303 and answer.headers["location"].startswith(f"{ours}?done=issuer-")
    page = said((await lan.get(answer.headers["location"])).text)
    assert f"{WRONG}" in page and WHY in page and "Nguyễn Thị Ngọc Lan" in page
    assert (await lan.get(here)).headers["location"] == ours
    late = await lan.post(f"{here}/name", data={"name": "Khác", "name_reason": WHY, "confirmed": "1"})
    assert late.status_code == 409 and "vừa được người khác đổi tên" in said(late.text)


WRONG_ISSUERS = (
    ("name", {"name": "", "name_reason": WHY}, "name"),
    ("name", {"name": "x" * 201, "name_reason": WHY}, "name"),
    ("name", {"name": OURS, "name_reason": WHY}, "name"),
    ("name", {"name": WRONG, "name_reason": WHY}, "name"),
    ("name", {"name": "Tên mới", "name_reason": ""}, "name_reason"),
    ("merger", {"into": "", "into_reason": WHY}, "into"),
    ("merger", {"into": "Không có", "into_reason": WHY}, "into"),
    ("merger", {"into": WRONG, "into_reason": WHY}, "into"),
    ("merger", {"into": "tinh uy van lam", "into_reason": " "}, "into_reason"),
)


async def test_a_name_that_cannot_be_taken_is_told_beside_its_field(lan, everyone: People) -> None:
    here, _ = await two_names()
    for act, typed, field in WRONG_ISSUERS:
        answer = await lan.post(f"{here}/{act}", data=typed)
        assert answer.status_code == 422, typed
        assert f'id="{field}-wrong"' in answer.text and f'href="#{field}"' in answer.text, typed
    assert len(await issuers.issuers()) == 2


async def test_documents_that_would_be_the_same_are_shown_as_pairs(lan, everyone: People) -> None:
    here, _ = await two_names()
    twin = (await put(regulation("12-QĐ/TU", issuer=OURS.upper()))).slug
    data = {"into": OURS, "into_reason": WHY}
    looked = await lan.post(f"{here}/merger", data=data)
    assert "1 cặp văn kiện sẽ trùng nhau" in said(looked.text) and 'name="confirmed"' not in looked.text
    forced = await lan.post(f"{here}/merger", data={**data, "confirmed": "1"})
    assert forced.status_code == 409
    for page in (looked.text, forced.text):
        assert f'href="/desk/documents/{MADE}"' in page and f'href="/desk/documents/{twin}"' in page
    assert len(await issuers.issuers()) == 2


async def test_old_links_to_an_issuer_lead_to_its_present_name(opened: Opener, everyone: People) -> None:
    await two_names()
    await indexed()
    client, old, new = await opened(), quote(WRONG), quote(OURS)
    addresses = ("/documents?issuer={}", "/search?q=sinh+hoat&issuer={}", "/api/documents?issuer={}&counts=true")
    for address in addresses:
        assert (await client.get(address.format(old))).status_code == 200
    await renaming.merge(issuers.id_of(WRONG), into=issuers.id_of(OURS), reason=WHY, by="lan")
    await followed()
    for address in addresses[:2]:
        moved = await client.get(address.format(old))
        assert moved.status_code == PERMANENT
        page = await client.get(moved.headers["location"])
        assert page.status_code == 200 and "12-QĐ/TU" in page.text and "13-QĐ/TU" in page.text
    for address in (addresses[2], "/api/search?q=sinh+hoat&issuer={}"):
        answers = [(await client.get(address.format(name))).json() for name in (old, new)]
        assert len(answers[0]["items"]) == 2 and answers[0] == answers[1]


async def test_a_draft_says_under_which_name_it_will_be_filed(lan, everyone: People) -> None:
    await two_names()
    draft = await begun(regulation("15-QĐ/TU", issuer=WRONG.upper()))
    told = f"được xếp theo tên “{OURS}”"
    assert told not in said((await lan.get(f"/desk/drafts/{draft.edition}/facts")).text)
    await renaming.merge(issuers.id_of(WRONG), into=issuers.id_of(OURS), reason=WHY, by="lan")
    page = (await lan.get(f"/desk/drafts/{draft.edition}/facts")).text
    assert told in said(page) and f'<option value="{WRONG}">' not in page


# Addresses


@pytest.fixture
async def paper(everyone: People) -> str:
    """A document of the province in two editions, for members, with its file; it has moved once."""
    draft = await issued(regulation(), audience=("members",))
    async with database.transaction():
        await originals.keep(draft.edition, originals.SOURCE, b"# Quy", "qd.md", by="lan")
    await put(regulation(seed=2), audience=("members",), owner_unit=everyone.province)
    document = (await dossier(MADE)).document.id
    await slugs.change(document, "sinh-hoat", seen=MADE, by="lan")
    return "sinh-hoat"


async def test_every_old_address_leads_on_those_who_may_read(opened: Opener, everyone: People, paper: str) -> None:
    mai, visitor = await opened(everyone.mai), await opened()
    parts = ("", "?a=1&b=%C4%91", "/editions/1", "/editions/2/changes?from=1", "/editions/1/originals/source")
    programs = ("", "?edition=1", "/parts/dieu-1.khoan-1", "/changes")
    addresses = [*(f"/documents/{{}}{part}" for part in parts), *(f"/api/documents/{{}}{part}" for part in programs)]
    for address in addresses:
        old, now = address.format(MADE), address.format(paper)
        answer = await mai.get(old)
        assert (answer.status_code, answer.headers["location"]) == (PERMANENT, now), old
        assert answer.headers["cache-control"] == "no-store" and (await mai.head(old)).status_code == PERMANENT
        assert (await mai.get(now)).status_code == 200, now
        hidden_one, unknown = await visitor.get(old), await visitor.get(address.format("khong-co"))
        assert hidden_one.status_code == unknown.status_code == 404
        assert hidden_one.text.replace(MADE, "khong-co") == unknown.text


async def test_an_editor_of_its_unit_gives_another_address(opened: Opener, lan, everyone: People) -> None:
    slug = (await put(regulation(), owner_unit=everyone.commune, audience=("members",))).slug
    here, mai = f"/desk/documents/{slug}/address", await opened(everyone.mai)
    for _ in range(2):  # what is remembered of the old address must not be told again
        assert (await mai.get(f"/documents/{slug}")).status_code == 200
        assert (await mai.get(f"/api/documents/{slug}")).status_code == 200
    assert f'href="{here}"' in (await lan.get(f"/desk/documents/{slug}")).text
    typed = {**hidden((await lan.get(here)).text), "slug": "Sinh-Hoat-Chi-Bo"}
    for _ in range(2):
        answer = await lan.post(here, data=typed)
        assert answer.headers["location"] == "/desk/documents/sinh-hoat-chi-bo?done=document-moved"
    for path in ("/documents/", "/api/documents/"):
        assert (await mai.get(path + slug)).headers["location"] == f"{path}sinh-hoat-chi-bo"
    page = said((await lan.get(answer.headers["location"])).text)
    assert "Đã đổi địa chỉ." in page and "Đổi địa chỉ" in page and "/documents/sinh-hoat-chi-bo" in page
    for path in ("", "/address", "/audience"):
        moved = await (await opened(everyone.minh)).get(f"/desk/documents/{slug}{path}")
        assert moved.headers["location"] == f"/desk/documents/sinh-hoat-chi-bo{path}"
    assert slug in said((await lan.get("/desk/documents/sinh-hoat-chi-bo/address")).text)
    late = await lan.post(here, data={**typed, "slug": "khac-han"})
    assert late.status_code == 409 and "Người khác vừa đổi địa chỉ" in said(late.text)
    for person, status in ((everyone.thu, 403), (everyone.mai, 404), (everyone.quang, 404)):
        client = await opened(person)
        assert (await client.get("/desk/documents/sinh-hoat-chi-bo/address")).status_code == status
        assert (await client.post(here, data=typed)).status_code == status
        if status == 404:
            assert (await client.get(f"/desk/documents/{slug}")).status_code == 404


async def test_an_address_that_cannot_be_taken_is_told_beside_its_field(lan, everyone: People) -> None:
    await put(regulation(), owner_unit=everyone.province)
    slug = (await put(regulation("13-QĐ/TU"), owner_unit=everyone.province)).slug
    for typed in ("", "x", "có dấu", "a" * 141, "new", MADE):
        answer = await lan.post(f"/desk/documents/{slug}/address", data={"slug": typed, "seen": slug})
        assert answer.status_code == 422 and 'id="slug-wrong"' in answer.text and f'value="{typed}"' in answer.text
