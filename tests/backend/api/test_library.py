"""The library as a phone asks for it."""

from datetime import date

from base import database, journal
from content import publishing
from tests import people
from tests.backend.api import papers
from tests.backend.api.papers import issue


async def numbers(client, since="", limit=200):
    """Everything that is new since a cursor: numbers put in, ids taken out, and the next cursor."""
    put, gone = [], []
    while True:
        batch = (await client.get("/api/library", params={"since": since, "limit": limit})).json()
        put += [item["number"] for item in batch["items"]]
        gone += batch["gone"]
        since = batch["cursor"]
        if not batch["more"]:
            return put, gone, since


async def test_a_phone_is_given_everything_once_in_small_batches(opened, tmp_path):
    wanted = [f"{n}-QĐ/TU" for n in range(1, 6)]
    for at, number in enumerate(wanted, 1):
        await issue(tmp_path, number, audience={"public"}, issued=date(2026, 1, at))
    client = await opened()
    put, gone, cursor = await numbers(client, limit=2)
    assert sorted(put) == wanted and gone == []
    assert (await numbers(client, cursor))[:2] == ([], [])


async def test_an_item_holds_what_is_needed_to_read_it(opened, tmp_path):
    slug = await issue(tmp_path, "1-QĐ/TU", audience={"public"})
    await issue(tmp_path, "2-QĐ/TU", audience={"public"}, more="amends: [1-QĐ/TU]", offline=False)
    await papers.digested(slug)
    client = await opened()
    item = (await client.get("/api/library")).json()["items"][0]
    laid_open = (await client.get(f"/api/documents/{slug}")).json()
    assert item["html"] == laid_open["html"]
    assert item["contents"] == laid_open["contents"] and item["head"] == laid_open["head"]
    assert item["edition"] == 1 and item["state"] == "in-force"
    assert item["digest"] == laid_open["digest"] and item["digest"]["points"][0]["path"] == "dieu-2"
    assert item["banners"] == laid_open["banners"] and item["banners"][0]["number"] == "2-QĐ/TU"


async def test_what_may_not_be_kept_offline_is_never_sent(opened, tmp_path):
    await issue(tmp_path, "1-QĐ/TU", audience={"public"}, offline=False)
    assert (await numbers(await opened()))[0] == []


async def test_a_cursor_that_means_nothing_starts_anew(opened, tmp_path):
    await issue(tmp_path, "1-QĐ/TU", audience={"public"})
    batch = (await (await opened()).get("/api/library?since=made-up")).json()
    assert batch["reset"] is True and len(batch["items"]) == 1


async def test_what_a_reader_lost_is_named_once(opened, tmp_path):
    everyone = await people.everyone()
    await issue(tmp_path, "1-QĐ/TU", audience={f"org:{everyone.commune}"})
    client = await opened(everyone.mai)
    put, _, cursor = await numbers(client)
    assert put == ["1-QĐ/TU"]
    document = (await database.fetch("SELECT id FROM document"))[0]["id"]
    await journal.seal_pending()
    await publishing.set_audience(document, {f"org:{everyone.ward}"}, by="cli", reason="gửi nhầm nơi nhận")
    await journal.seal_pending()
    put, gone, cursor = await numbers(client, cursor)
    assert (put, gone) == ([], [str(document)])
    assert (await numbers(client, cursor))[:2] == ([], [])


async def test_a_cursor_of_one_member_tells_another_to_take_out_what_is_not_theirs(opened, tmp_path):
    everyone = await people.everyone()
    await issue(tmp_path, "1-QĐ/TU", audience={f"member:{everyone.mai}"})
    _, _, cursor = await numbers(await opened(everyone.mai))
    _, gone, _ = await numbers(await opened(everyone.lan), cursor)
    assert len(gone) == 1
