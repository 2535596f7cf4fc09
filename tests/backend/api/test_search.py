"""Searching for programs: the best first, at the part that says it; never a word of what is not addressed to one."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from base import clock, database
from base.catalogue import LANGUAGES, say
from base.settings import settings
from content import publishing
from tests import people
from tests.backend.api.papers import issue
from tests.indexes import followed, indexed

pytestmark = pytest.mark.alike

PATH, SUGGEST = "/api/search", "/api/search/suggest"
CARRYING_OUT = """Điều 1. Việc phải làm

1. Thực hiện Nghị quyết số 57-NQ/TW; nhắc lại 57-NQ/TW, nghị quyết 57.

2. Mỗi xã có một tổ công nghệ cộng đồng.
"""


@pytest.fixture
async def slugs(opened, tmp_path):
    """A resolution, a newer plan that carries it out, and a plan for members; indexed."""
    found = {
        "resolution": await issue(
            tmp_path, "57-NQ/TW", audience={"public"}, title="về đột phá phát triển khoa học, công nghệ",
            issued=date(2024, 12, 22), type="Nghị quyết", issuer="Bộ Chính trị", topic="chuyen-doi-so",
        ),
        "plan": await issue(
            tmp_path, "9-KH/TU", audience={"public"}, title="thực hiện Nghị quyết số 57-NQ/TW", type="Kế hoạch",
            text=CARRYING_OUT,
        ),
        "members": await issue(
            tmp_path, "10-KH/TU", audience={"members"}, title="về nhân sự", type="Kế hoạch",
            text="Điều 1. Nhân sự\n\n1. Xét từng người.\n",
        ),
    }  # fmt: skip
    await indexed()
    return found


async def asked(client, path=PATH, **parameters):
    answer = await client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def numbers(found):
    return [item["document"]["number"] for item in found["items"]]


async def test_a_document_is_found_at_the_part_that_says_it_best(opened, slugs):
    found = await asked(await opened(), q="to cong nghe cong dong")
    [item] = found["items"]
    assert item["document"]["number"] == "9-KH/TU"
    assert item["part"] == {
        "path": "dieu-1.khoan-2", "label": "khoản 2 Điều 1", "heading": "Việc phải làm",
        "url": f"/documents/{slugs['plan']}#dieu-1.khoan-2",
    }  # fmt: skip
    text = item["snippet"]["text"]
    assert [text[start:end] for start, end in item["snippet"]["marks"]] == ["tổ công nghệ cộng đồng"]
    assert (found["total"], found["counts"]["total"], found["next"]) == (1, 1, None)
    assert found["meant"] == "tổ công nghệ cộng đồng"


@pytest.mark.parametrize("q", ["nghi quyet 57", "57 nq tw", "Nghị quyết số 57-NQ/TW", "NQ57", "57-NQ/TW", "57"])
async def test_what_goes_by_a_number_comes_before_the_newer_text_that_only_mentions_it(opened, slugs, q):
    found = await asked(await opened(), q=q)
    assert numbers(found)[0] == "57-NQ/TW"
    assert found["items"][0]["url"] == f"/documents/{slugs['resolution']}"
    assert found["items"][0]["part"] is None


async def test_what_is_for_others_is_in_no_row_count_or_suggestion(opened, slugs):
    mai, guest = await opened((await people.everyone()).mai), await opened()
    assert numbers(await asked(mai, q="nhân sự")) == ["10-KH/TU"]
    hidden = await asked(guest, q="nhân sự")
    assert (hidden["items"], hidden["total"], hidden["meant"]) == ([], 0, "")
    assert {name: counted for name, counted in hidden["counts"].items() if counted} == {}
    assert (await asked(guest, q="nhan su"))["meant"] == ""
    assert (await asked(guest, q="cong nghe"))["counts"]["types"] == [
        {"value": "Kế hoạch", "count": 1}, {"value": "Nghị quyết", "count": 1}
    ]  # fmt: skip
    for q in ("nhan s", "10-K", "10", "ke hoach"):
        offered = [item["text"] for item in (await asked(guest, SUGGEST, q=q))["items"]]
        assert not any("10-KH/TU" in text or "nhân" in text for text in offered), q
    assert [item["number"] for item in (await asked(mai, SUGGEST, q="10-K"))["items"]] == ["10-KH/TU"]


async def test_what_was_found_is_narrowed_and_counted(opened, slugs):
    guest = await opened()
    found = await asked(guest, q="nghị quyết số 57-NQ/TW", type="Kế hoạch", year=2026, state="in-force")
    assert (numbers(found), found["total"]) == (["9-KH/TU"], 1)
    assert found["counts"]["years"] == [{"value": "2026", "count": 1}]
    assert found["counts"]["types"] == [{"value": "Kế hoạch", "count": 1}]
    both = (await asked(guest, q="nghị quyết", type="Kế hoạch"))["counts"]
    assert [count["value"] for count in both["types"]] == ["Kế hoạch", "Nghị quyết"]
    assert numbers(await asked(guest, q="công nghệ", topic="chuyen-doi-so")) == ["57-NQ/TW"]
    assert numbers(await asked(guest, q="công nghệ", issuer="Ai khác")) == []


async def test_following_next_gives_every_document_once(opened, tmp_path):
    expected = [f"{number}-QĐ/TU" for number in range(1, 8)]
    for number in expected:
        await issue(tmp_path, number, audience={"public"})
    await indexed()
    guest, seen, address = await opened(), [], f"{PATH}?q=viec+thu&limit=3&type=Quy+%C4%91%E1%BB%8Bnh"
    while address:
        page = (await guest.get(address)).json()
        assert page["total"] == 7 and len(page["items"]) <= 3
        seen += numbers(page)
        address = page["next"]
        assert address is None or urlsplit(address).path == PATH
    assert sorted(seen) == sorted(expected)


async def test_an_answer_changes_with_the_index_even_when_it_is_asked_for_again_and_again(opened, slugs, tmp_path):
    guest = await opened()
    before = [await guest.get(PATH, params={"q": "cầu treo"}) for _ in range(3)]
    tag = {"If-None-Match": before[-1].headers["etag"]}
    assert before[0].json()["total"] == 0
    assert (await guest.get(PATH, params={"q": "cầu treo"}, headers=tag)).status_code == 304
    await issue(tmp_path, "11-TB/TU", audience={"public"}, title="về cầu treo Suối Ngàn", type="Thông báo")
    assert (await guest.get(PATH, params={"q": "cầu treo"})).json()["total"] == 0  # the worker did not come by yet
    assert await followed() == 1
    after = await guest.get(PATH, params={"q": "cầu treo"}, headers=tag)
    assert (after.status_code, numbers(after.json())) == (200, ["11-TB/TU"])


@pytest.mark.parametrize("act", ["narrowed", "withdrawn"])
async def test_what_was_taken_away_is_in_no_answer_from_that_moment(opened, slugs, act):
    guest = await opened()
    assert numbers(await asked(guest, q="mỗi xã")) == ["9-KH/TU"]
    assert len((await asked(guest, SUGGEST, q="9-kh"))["items"]) == 1
    row = (await database.fetch(
        "SELECT d.id, e.id AS edition FROM document d JOIN edition e ON e.document = d.id WHERE d.slug = {}",
        slugs["plan"],
    ))[0]  # fmt: skip
    if act == "narrowed":
        await publishing.set_audience(row["id"], {"members"}, by="cli", reason="thử")
    else:
        await publishing.withdraw(row["edition"], by="cli", reason="thử")
    for _ in ("before the worker came by", "after"):
        found = await asked(guest, q="mỗi xã")
        assert (found["items"], found["total"], found["counts"]["total"]) == ([], 0, 0)
        assert (await asked(guest, SUGGEST, q="9-kh"))["items"] == []
        await followed()


async def test_an_audience_that_ends_by_itself_is_out_at_that_moment(opened, slugs):
    guest = await opened()
    await database.execute(
        "UPDATE audience SET to_at = {} WHERE document IN (SELECT id FROM document WHERE slug = {})",
        clock.now() + timedelta(hours=1), slugs["plan"],
    )  # fmt: skip
    await indexed()
    assert numbers(await asked(guest, q="mỗi xã")) == ["9-KH/TU"]
    clock.stop(clock.now() + timedelta(hours=2))
    try:
        assert (await asked(guest, q="mỗi xã"))["total"] == 0
    finally:
        clock.stop(None)


async def test_suggestions_are_documents_to_open_then_words_to_look_for(opened, slugs, tmp_path):
    for number in (21, 22):
        await issue(tmp_path, f"{number}-QĐ/TU", audience={"public"}, text="Điều 1. Việc\n\n1. Chuyển đổi số ở xã.\n")
    await followed()
    guest = await opened()
    [document] = (await asked(guest, SUGGEST, q="nghi quyet 57"))["items"][:1]
    assert document == {
        "text": "Nghị quyết 57-NQ/TW về đột phá phát triển khoa học, công nghệ", "kind": "document",
        "number": "57-NQ/TW", "url": f"/documents/{slugs['resolution']}",
    }  # fmt: skip
    words = [item for item in (await asked(guest, SUGGEST, q="chuyen d"))["items"] if item["kind"] == "words"]
    assert words[0] == {
        "text": "chuyển đổi", "kind": "words", "number": "", "url": "/search?q=chuy%E1%BB%83n%20%C4%91%E1%BB%95i"
    }  # fmt: skip
    assert len((await asked(guest, SUGGEST, q="q", limit=2))["items"]) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [PATH, SUGGEST])
async def test_while_there_is_no_index_it_is_said_when_to_ask_again(opened, path, language):
    answer = await (await opened(language=language)).get(path, params={"q": "rừng"})
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert int(answer.headers["retry-after"]) > 0
    problem = answer.json()
    assert problem["type"] == "/problems/content-search-not-ready"
    assert problem["detail"] == say("content-search-not-ready", language)
    assert not (settings().data_dir / "search").exists()


@pytest.mark.parametrize(
    "q",
    [
        " ", ".,;", "'; DROP TABLE document; --", "<script>", "%_*?", "{0}", "\ufffd", "🙂" * 300, "57" * 150,
        "a b " * 75,
    ],
)  # fmt: skip
async def test_what_says_nothing_finds_nothing_and_breaks_nothing(opened, slugs, q):
    guest = await opened()
    assert numbers(await asked(guest, q=q)) == []
    assert (await asked(guest, SUGGEST, q=q))["items"] == []
