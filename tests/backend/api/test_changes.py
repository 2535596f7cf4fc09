"""What changed between two editions, as programs are told of it."""

from datetime import date, timedelta

import pytest

from base import clock, database
from content import publishing
from tests.backend.api.papers import TEXT, issue

LATER = TEXT.replace("áp dụng cho các chi bộ", "áp dụng cho mọi chi bộ").replace(
    "Điều 2. Hiệu lực", "Điều 2. Hiệu lực thi hành"
)
LATEST = LATER.replace("1. Quy định này áp dụng cho mọi chi bộ.\n\n2. ", "1. ")


@pytest.fixture
async def slug(opened, tmp_path):
    """A public document of three editions."""
    for text in (TEXT, LATER, LATEST):
        slug = await issue(tmp_path, "5-QĐ/TU", audience={"public"}, text=text)
    return slug


async def test_two_editions_are_compared_part_by_part_and_word_by_word(opened, slug):
    client = await opened()
    found = (await client.get(f"/api/documents/{slug}/changes?from=1&to=2")).json()
    assert (found["document"]["number"], found["older"]["ordinal"], found["newer"]["ordinal"]) == ("5-QĐ/TU", 1, 2)
    assert (found["words_added"], found["words_removed"], found["note"]) == (3, 1, "")
    assert found["percent"] == round(100 * 4 / found["words"])
    assert found["counts"]["changed"] == 2
    assert sum(found["counts"].values()) == len(found["changes"])
    [clause, article] = [change for change in found["changes"] if change["kind"] == "changed"]
    assert clause["old"] == clause["new"] == {
        "path": "dieu-1.khoan-1", "label": "1.", "heading": "", "name": "khoản 1 Điều 1",
    }  # fmt: skip
    assert clause["crumbs"] == [{"path": "dieu-1", "label": "Điều 1.", "heading": "Phạm vi điều chỉnh"}]
    assert clause["runs"] == [
        {"kind": "kept", "text": "Quy định này áp dụng cho"}, {"kind": "removed", "text": " các"},
        {"kind": "added", "text": " mọi"}, {"kind": "kept", "text": " chi bộ."},
    ]  # fmt: skip
    assert (article["part"], article["runs"][1]) == ("dieu", {"kind": "added", "text": " thi hành"})


async def test_the_text_in_force_is_compared_with_the_one_before_it_unless_others_are_asked_for(opened, slug):
    client = await opened()
    address = f"/api/documents/{slug}/changes"
    for query, pair in (("", (2, 3)), ("?to=2", (1, 2)), ("?from=1", (1, 3)), ("?from=2&to=3", (2, 3))):
        found = (await client.get(address + query)).json()
        assert (found["older"]["ordinal"], found["newer"]["ordinal"]) == pair, query
    last = (await client.get(address)).json()["changes"]
    assert [(change["kind"], change["shift"]) for change in last if change["kind"] != "unchanged"] == [
        ("removed", ""), ("renumbered", "renumbered"),
    ]  # fmt: skip
    assert last[2]["old"]["path"] == "dieu-1.khoan-1" and last[2]["new"] is None


async def test_before_the_first_day_of_a_text_the_one_in_force_is_meant(opened, slug, tmp_path):
    tomorrow = clock.today() + timedelta(days=1)
    await issue(tmp_path, "5-QĐ/TU", audience={"public"}, text=f"{LATEST}\nThêm.\n", effective_from=tomorrow)
    found = (await (await opened()).get(f"/api/documents/{slug}/changes")).json()
    assert found["newer"]["ordinal"] == 3


@pytest.mark.parametrize("query", ["?to=1", "?to=4", "?from=9", "?from=9&to=3", "?from=2&to=2", "?from=3&to=2"])
async def test_where_there_is_nothing_to_compare_nothing_is_found(opened, slug, query):
    assert (await (await opened()).get(f"/api/documents/{slug}/changes{query}")).status_code == 404


@pytest.mark.parametrize(("query", "field"), [("from=mai", "from"), ("from=0", "from"), ("to=10001", "to")])
async def test_what_cannot_be_meant_is_refused_beside_its_parameter(opened, slug, query, field):
    answer = await (await opened()).get(f"/api/documents/{slug}/changes?{query}")
    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["errors"]] == [field]


async def test_a_hidden_document_and_an_absent_one_look_the_same(opened, tmp_path):
    for text in (TEXT, LATER):
        hidden = await issue(tmp_path, "77-QĐ/TU", audience={"members"}, text=text, issued=date(2026, 2, 2))
    client = await opened()
    for query in ("", "?from=1&to=2", "?from=2&to=1"):
        one, other = [await client.get(f"/api/documents/{slug}/changes{query}") for slug in (hidden, "absent")]
        assert one.status_code == other.status_code == 404
        assert one.content == other.content
        assert dict(one.headers) == dict(other.headers)


async def test_an_edition_that_was_taken_back_is_compared_no_more(opened, slug):
    client = await opened()
    address = f"/api/documents/{slug}/changes"
    [second] = await database.fetch("SELECT id FROM edition WHERE ordinal = 2")
    await publishing.withdraw(second["id"], by="cli", reason="nhầm")
    assert {(await client.get(f"{address}{query}")).status_code for query in ("?from=2", "?to=2")} == {404}
    assert (await client.get(address)).json()["older"]["ordinal"] == 1


async def test_what_is_unchanged_is_not_sent_again(opened, slug):
    client = await opened()
    first = await client.get(f"/api/documents/{slug}/changes")
    same = await client.get(f"/api/documents/{slug}/changes", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, same.status_code) == (200, 304)
