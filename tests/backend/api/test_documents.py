"""Documents as programs are told of them."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from base import clock, database
from content.digests import deciding
from tests import people
from tests.backend.api import papers
from tests.backend.api.papers import issue, report

NUMBERS = [f"{n}-QĐ/TU" for n in (1, 2, 3, 9, 10, 11, 12)]


@pytest.fixture
async def documents(opened, tmp_path):
    """Seven public regulations; their slugs by number."""
    return {
        number: await issue(tmp_path, number, audience={"public"}, issued=date(2026, 1, 1) + timedelta(days=at))
        for at, number in enumerate(NUMBERS)
    }


async def test_a_list_gives_the_newest_first(opened, documents):
    client = await opened()
    listed = (await client.get("/api/documents")).json()
    assert [item["number"] for item in listed["items"]] == NUMBERS[::-1]
    assert listed["next"] is None and listed["counts"] is None


async def test_a_row_says_what_a_reader_needs_and_nothing_internal(opened, documents):
    client = await opened()
    item = (await client.get("/api/documents?sort=number&limit=1")).json()["items"][0]
    assert item.pop("id") and item.pop("published_at")
    assert item == {
        "slug": documents["1-QĐ/TU"], "number": "1-QĐ/TU", "type": "Quy định",
        "issuer": "Ban Thường vụ Tỉnh ủy Vân Lam", "issued": "2026-01-01", "title": "về việc thử 1-QĐ/TU",
        "topic": "", "state": "in-force", "effective_from": "2026-01-01", "effective_until": None, "offline": True,
    }  # fmt: skip


@pytest.mark.parametrize("sort", ["newest", "title", "number", "issuer"])
async def test_following_next_gives_every_document_once(opened, documents, sort):
    client = await opened()
    seen, address = [], f"/api/documents?sort={sort}&limit=2&type=Quy+%C4%91%E1%BB%8Bnh"
    while address:
        page = (await client.get(address)).json()
        seen += [item["number"] for item in page["items"]]
        address = page["next"]
        assert address is None or urlsplit(address).path == "/api/documents"
    assert sorted(seen) == sorted(NUMBERS)
    assert len(seen) == len(NUMBERS)


async def test_the_list_is_narrowed_and_counted(opened, documents, tmp_path):
    await issue(tmp_path, "5-NQ/TU", audience={"public"}, type="Nghị quyết", issued=date(2025, 3, 3), topic="xay-dung")
    client = await opened()
    page = (await client.get("/api/documents", params={"type": "Nghị quyết", "counts": "true"})).json()
    assert [item["number"] for item in page["items"]] == ["5-NQ/TU"]
    assert page["counts"]["total"] == 1
    assert {row["value"]: row["count"] for row in page["counts"]["types"]} == {"Nghị quyết": 1, "Quy định": 7}
    assert {row["value"]: row["count"] for row in page["counts"]["years"]} == {"2025": 1}
    for narrowing in ({"year": 2025}, {"topic": "xay-dung"}, {"words": "viec thu 5-nq"}, {"issuer": "không có"}):
        page = (await client.get("/api/documents", params=narrowing)).json()
        assert len(page["items"]) == (0 if "issuer" in narrowing else 1), narrowing


async def test_the_list_is_narrowed_by_state(opened, documents, tmp_path):
    tomorrow = clock.today() + timedelta(days=1)
    await issue(tmp_path, "20-QĐ/TU", audience={"public"}, effective_from=tomorrow)
    client = await opened()
    page = (await client.get("/api/documents?state=not-yet")).json()
    assert [item["number"] for item in page["items"]] == ["20-QĐ/TU"]
    assert (await client.get("/api/documents?state=ended")).json()["items"] == []


async def test_a_document_is_laid_open_with_its_contents_and_text(opened, documents):
    client = await opened()
    found = (await client.get(f"/api/documents/{documents['9-QĐ/TU']}")).json()
    assert found["document"]["number"] == found["head"]["number"] == "9-QĐ/TU"
    assert found["edition"]["ordinal"] == 1 and found["edition"]["state"] == "published"
    assert [line["path"] for line in found["contents"]] == ["dieu-1", "dieu-2"]
    assert "Nội dung của 9-QĐ/TU" in found["html"]
    assert found["banners"] == found["relations"] == []


async def test_each_edition_can_be_asked_for(opened, documents, tmp_path):
    slug = documents["9-QĐ/TU"]
    again = await issue(
        tmp_path,
        "9-QĐ/TU",
        audience={"public"},
        issued=date(2026, 1, 4),
        text="Điều 1. Mới\n\n1. Lời mới.\n",
    )
    assert again == slug
    client = await opened()
    texts = [(await client.get(f"/api/documents/{slug}?edition={n}")).json() for n in (1, 2)]
    assert ["Lời mới" in text["html"] for text in texts] == [False, True]
    assert [text["edition"]["ordinal"] for text in texts] == [1, 2]
    assert [banner["kind"] for banner in texts[0]["banners"]] == ["older-edition"]
    assert "Lời mới" in (await client.get(f"/api/documents/{slug}")).json()["html"]
    assert (await client.get(f"/api/documents/{slug}?edition=3")).status_code == 404


async def test_a_digest_says_where_each_point_rests_and_who_approved_it(opened, documents):
    client, everyone = await opened(), await people.everyone()
    slug, path = documents["9-QĐ/TU"], f"/api/documents/{documents['9-QĐ/TU']}"
    before = await client.get(path)
    assert before.json()["digest"] is None
    edition = await papers.digested(slug, unit=everyone.province)
    found = await client.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert found.json()["digest"] == {
        "points": [{"words": "Có hiệu lực từ ngày ký.", "path": "dieu-2", "label": "Điều 2"}],
        "unit": {"code": "VL", "name": "Đảng bộ tỉnh Vân Lam", "name_en": ""},
        "approved_on": clock.today().isoformat(),
    }
    await deciding.withdraw(edition, reason="Sai.", by="minh")
    assert (await client.get(path)).json()["digest"] is None


async def test_whoever_may_not_read_a_document_learns_nothing_of_its_digest(opened, tmp_path):
    slug = await issue(tmp_path, "30-QĐ/TU", audience={"members"})
    await papers.digested(slug)
    client = await opened()
    assert (await client.get(f"/api/documents/{slug}")).status_code == 404
    assert "ngày ký" not in (await client.get("/api/library")).text


async def test_a_part_comes_with_its_citation_and_neighbours(opened, documents):
    client = await opened()
    slug = documents["9-QĐ/TU"]
    found = (await client.get(f"/api/documents/{slug}/parts/dieu-1.khoan-2")).json()
    assert found["quotation"] == "khoản 2 Điều 1 Quy định 9-QĐ/TU"
    assert found["link"] == f"/documents/{slug}/editions/1#dieu-1.khoan-2"
    assert (found["previous"], found["next"]) == ("dieu-1.khoan-1", "dieu-2")
    assert [crumb["path"] for crumb in found["crumbs"]] == ["dieu-1"]
    assert "Nội dung của 9-QĐ/TU" in found["text"]
    same = (await client.get(f"/api/documents/{slug}/parts/dieu-1.khoan-2?edition=1")).json()
    assert same == found


@pytest.mark.parametrize("path", ["dieu-9", "dieu-1.khoan-9", "%00", "dieu-1%2Fkhoan-2", "Điều 1"])
async def test_a_part_that_is_not_there_is_not_found(opened, documents, path):
    client = await opened()
    answer = await client.get(f"/api/documents/{documents['9-QĐ/TU']}/parts/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("slug", ["nowhere", "%00", "a%0Ab", "%FF", "x" * 3000, "%F0%9F%93%9C"])
async def test_a_document_that_is_not_there_is_not_found(opened, documents, slug):
    client = await opened()
    for address in (f"/api/documents/{slug}", f"/api/documents/{slug}?edition=1", f"/api/news/{slug}"):
        assert (await client.get(address)).status_code == 404


async def test_a_hidden_document_and_an_absent_one_look_the_same(opened, documents, tmp_path):
    hidden = await issue(tmp_path, "77-QĐ/TU", audience={"members"})
    client = await opened()
    for tail in ("", "?edition=1", "/parts/dieu-1", "/parts/dieu-1?edition=1"):
        one, other = [await client.get(f"/api/documents/{slug}{tail}") for slug in (hidden, "absent")]
        assert one.status_code == other.status_code == 404
        assert one.content == other.content
        assert dict(one.headers) == dict(other.headers)


async def test_another_document_is_named_only_to_those_who_may_read_it(opened, tmp_path):
    everyone = await people.everyone()
    old = await issue(tmp_path, "31-QĐ/TU", audience={"public"}, issued=date(2025, 1, 1))
    new = await issue(
        tmp_path, "32-QĐ/TU", audience={f"org:{everyone.commune}"}, issued=date(2026, 1, 1), more="replaces: [31-QĐ/TU]"
    )
    told = {}
    for who, member in (("visitor", None), ("mai", everyone.mai), ("lan", everyone.lan)):
        client = await opened(member)
        answer = await client.get(f"/api/documents/{old}")
        told[who] = ([banner["slug"] for banner in answer.json()["banners"] if banner["slug"]], answer.headers["etag"])
    assert [told[who][0] for who in told] == [[], [new], []]
    assert told["visitor"][1] == told["lan"][1] != told["mai"][1]


async def test_a_document_read_again_asks_the_database_nothing(opened, documents, monkeypatch):
    member = (await people.everyone()).mai
    client, slug = await opened(member), documents["9-QĐ/TU"]
    first = await client.get(f"/api/documents/{slug}")
    await client.get("/api/documents")

    async def refused(*_: object) -> None:
        raise AssertionError("a query was made")

    monkeypatch.setattr(database, "fetch", refused)
    monkeypatch.setattr(database, "execute", refused)
    again = await client.get(f"/api/documents/{slug}")
    held = await client.get(f"/api/documents/{slug}", headers={"If-None-Match": first.headers["etag"]})
    listed = await client.get("/api/documents")
    assert (again.status_code, held.status_code, listed.status_code) == (200, 304, 200)
    assert again.content == first.content


async def test_news_come_newest_first_with_their_unit_by_name(opened):
    everyone = await people.everyone()
    for at in range(3):
        await report(
            f"Tin {at}",
            audience={"public"},
            unit=everyone.commune,
            topic="xay-dung",
            at=clock.now() - timedelta(days=9 - at),
        )
    client = await opened()
    page = (await client.get("/api/news?limit=2&topic=xay-dung")).json()
    assert [item["title"] for item in page["items"]] == ["Tin 2", "Tin 1"]
    assert page["items"][0]["unit"] == {"code": "DM", "name": "Đảng bộ xã Đồng Mây", "name_en": ""}
    rest = (await client.get(page["next"])).json()
    assert [item["title"] for item in rest["items"]] == ["Tin 0"] and rest["next"] is None
    slug = rest["items"][0]["slug"]
    article = (await client.get(f"/api/news/{slug}")).json()
    assert article["news"] == rest["items"][0]
    assert "<strong>toàn văn</strong>" in article["html"]
