"""Quotations through the API: one answer for each kind of outcome, and never a word of what is not addressed."""

import pytest

from tests import people
from tests.backend.api.papers import issue

PATH = "/api/citations/resolve"


@pytest.fixture
async def slugs(opened, tmp_path):
    """A regulation for all, and one for members."""
    return {
        "public": await issue(tmp_path, "1-QĐ/TU", audience={"public"}),
        "members": await issue(tmp_path, "2-QĐ/TU", audience={"members"}),
    }


async def asked(client, **parameters):
    answer = await client.get(PATH, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_part_is_found_with_all_that_is_needed_to_open_it(opened, slugs):
    found = await asked(await opened(), text="khoan 2 dieu 1 quy dinh 1")
    [hit] = found["hits"]
    assert (found["outcome"], hit["path"], hit["ordinal"]) == ("one", "dieu-1.khoan-2", 1)
    assert hit["link"] == f"/documents/{slugs['public']}/editions/1#dieu-1.khoan-2"
    assert hit["quotation"] == "khoản 2 Điều 1 Quy định 1-QĐ/TU"
    assert hit["document"]["number"] == "1-QĐ/TU"


async def test_where_it_was_read_says_which_document_is_this(opened, slugs):
    guest = await opened()
    near = f"{slugs['public']}@1.dieu-1.khoan-1"
    found = await asked(guest, text="khoản 2 Điều này", near=near)
    assert [hit["path"] for hit in found["hits"]] == ["dieu-1.khoan-2"]
    assert (await asked(guest, text="khoản 2 Điều này"))["outcome"] == "nothing"
    hidden = f"{slugs['members']}@1.dieu-1"
    assert (await asked(guest, text="khoản 2 Điều này", near=hidden))["outcome"] == "nothing"


async def test_what_is_for_members_is_nothing_to_a_visitor(opened, slugs):
    mai = await opened((await people.everyone()).mai)
    assert (await asked(mai, text="Điều 1 Quy định 2-QĐ/TU"))["outcome"] == "one"
    guest = await opened()
    hidden = await asked(guest, text="Điều 1 Quy định 2-QĐ/TU")
    absent = await asked(guest, text="Điều 1 Quy định 3-QĐ/TU")
    assert {**hidden, "understood": ""} == {**absent, "understood": ""}
    assert hidden["hits"] == []


async def test_an_answer_that_is_known_is_304_until_a_document_arrives(opened, slugs, tmp_path):
    guest = await opened()
    before = await guest.get(PATH, params={"text": "9-QĐ/TU"})
    tag = {"If-None-Match": before.headers["etag"]}
    assert (await guest.get(PATH, params={"text": "9-QĐ/TU"}, headers=tag)).status_code == 304
    await issue(tmp_path, "9-QĐ/TU", audience={"public"})
    after = await guest.get(PATH, params={"text": "9-QĐ/TU"}, headers=tag)
    assert (after.status_code, after.json()["outcome"]) == (200, "one")


@pytest.mark.parametrize(
    "text", [" ", ".,;", "'; DROP TABLE document; --", "<script>", "%_", "{0}", "\ufffd", "🙂" * 400]
)
async def test_what_names_nothing_is_answered(opened, slugs, text):
    assert (await asked(await opened(), text=text))["outcome"] == "nothing"
