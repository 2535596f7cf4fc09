"""The life of an edition."""

import asyncio
import json
from uuid import uuid4

import pytest

from base import database
from base.errors import NotFoundError
from content import audiences, publishing, reading
from content.publishing import TRANSITIONS, ReaddressedError, TransitionError
from notifications import outbox
from tests.content.builders import date, front_matter, put, regulation

PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.usefixtures("handbook")


async def _editions(slug: str) -> list[dict]:
    return await database.fetch(
        "SELECT e.id, e.state FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {} ORDER BY e.ordinal",
        slug,
    )


def test_every_state_that_can_be_reached_is_known():
    assert {state for following in TRANSITIONS.values() for state in following} <= set(TRANSITIONS)
    assert TRANSITIONS["withdrawn"] == frozenset()


async def test_a_withdrawn_document_is_nowhere_to_be_read():
    row = await put(regulation())
    await publishing.withdraw((await _editions(row.slug))[0]["id"], by="cli", reason="in nhầm")
    with pytest.raises(NotFoundError):
        await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert (await reading.documents(scopes=PUBLIC)).rows == ()
    assert await reading.audience_of(row.slug) == frozenset()
    kept = await database.fetch("SELECT reason FROM edition")
    assert kept[0]["reason"] == "in nhầm"


async def test_withdrawing_the_newest_text_brings_the_one_before_back():
    row = await put(regulation())
    await put(regulation().replace("1. ", "1. Nay ", 1))
    await publishing.withdraw((await _editions(row.slug))[1]["id"], by="cli", reason="sai")
    assert [each["state"] for each in await _editions(row.slug)] == ["published", "withdrawn"]
    assert (await reading.edition_in_force(row.slug, scopes=PUBLIC)).edition.ordinal == 1
    with pytest.raises(NotFoundError):
        await reading.edition(row.slug, 2, scopes=PUBLIC)


async def test_nothing_is_withdrawn_or_published_twice():
    row = await put(regulation())
    edition = (await _editions(row.slug))[0]["id"]
    with pytest.raises(TransitionError):
        await publishing.publish_import(edition, by="cli")
    await publishing.withdraw(edition, by="cli", reason="sai")
    with pytest.raises(TransitionError):
        await publishing.withdraw(edition, by="cli", reason="sai")
    with pytest.raises(NotFoundError):
        await publishing.withdraw(uuid4(), by="cli", reason="sai")


async def test_withdrawing_what_replaced_a_document_puts_that_back_in_force():
    old = await put(regulation("02-QC/TU"))
    new = await put(front_matter(replaces=["02-QC/TU"]) + regulation("03-QC/TU", issued=date(2026, 6, 1)))
    assert (await reading.edition_in_force(old.slug, scopes=PUBLIC)).document.effective_until == date(2026, 5, 31)
    await publishing.withdraw((await _editions(new.slug))[0]["id"], by="cli", reason="sai")
    assert (await reading.edition_in_force(old.slug, scopes=PUBLIC)).document.effective_until is None
    assert (await reading.edition_in_force(old.slug, scopes=PUBLIC)).banners == ()


async def test_an_audience_keeps_who_could_read_before():
    row = await put(regulation(), audience=["public", "members"])
    document = (await reading.edition_in_force(row.slug, scopes=PUBLIC)).document.id
    await publishing.set_audience(document, {"members", "org:3"}, by="cli", reason="thu hẹp")
    rows = await database.fetch("SELECT scope, to_at, reason FROM audience ORDER BY id")
    assert [(each["scope"], each["to_at"] is None) for each in rows] == [
        ("members", True),
        ("public", False),
        ("org:3", True),
    ]
    acts = await database.fetch("SELECT act FROM journal WHERE act = 'document.audience'")
    assert len(acts) == 1


async def _addressed(document) -> list[tuple]:
    rows = await database.fetch("SELECT scope, to_at, reason, by, ended_reason, ended_by FROM audience ORDER BY id")
    return [(*row.values(),) for row in rows]


async def _document(slug: str):
    return (await database.fetch("SELECT id FROM document WHERE slug = {}", slug))[0]["id"]


async def _owed(document, audience=("public",)) -> None:
    async with database.transaction():
        about = f"document:{document}"
        await outbox.owe(key="k", kind="document.publish", about=about, audience=audience)


async def _notice() -> tuple:
    (row,) = await database.fetch("SELECT audience, cancelled_at FROM notice")
    return json.loads(row["audience"]), row["cancelled_at"] is not None


async def test_an_audience_tells_who_ended_it_and_why():
    document = await _document((await put(regulation())).slug)
    await publishing.set_audience(document, {"members"}, by="minh", reason="gửi nhầm")
    (old, new) = await _addressed(document)
    assert (old[0], old[4], old[5]) == ("public", "gửi nhầm", "minh")
    assert new == ("members", None, "gửi nhầm", "minh", "", "")


async def test_the_same_audience_again_changes_nothing():
    document = await _document((await put(regulation())).slug)
    for _ in range(2):
        await publishing.set_audience(document, {"members"}, by="minh", reason="gửi nhầm")
    assert len(await _addressed(document)) == 2
    assert len(await database.fetch("SELECT id FROM journal WHERE act = 'document.audience'")) == 1


async def test_whoever_did_not_see_the_last_audience_is_told():
    document = await _document((await put(regulation())).slug)
    seen = audiences.state(await audiences.windows(document))
    await publishing.set_audience(document, {"members"}, by="minh", reason="một", seen=seen)
    with pytest.raises(ReaddressedError):
        await publishing.set_audience(document, {"org:3"}, by="dung", reason="hai", seen=seen)
    await publishing.set_audience(document, {"members"}, by="dung", reason="hai", seen=seen)  # as it is: nothing to do
    await publishing.set_audience(document, {"public"}, by="minh", reason="ba")
    with pytest.raises(ReaddressedError):  # addressed to the same again, but not for the same reason
        await publishing.set_audience(document, {"members"}, by="minh", reason="một", seen=seen)


async def test_of_two_who_correct_at_once_one_is_told():
    document = await _document((await put(regulation())).slug)
    seen = audiences.state(await audiences.windows(document))
    acts = [
        publishing.set_audience(document, {scope}, by="minh", reason="", seen=seen)
        for scope in ("members", "org:3", "org:4", "at:5")
    ]
    said = await asyncio.gather(*acts, return_exceptions=True)
    assert sorted(str(type(each).__name__) for each in said) == ["NoneType", *["ReaddressedError"] * 3]
    assert len([row for row in await _addressed(document) if row[1] is None]) == 1


async def test_what_is_owed_follows_the_audience_and_ends_with_the_text():
    slug = (await put(regulation())).slug
    document = await _document(slug)
    await _owed(document)
    await publishing.set_audience(document, {"org:3", "at:2"}, by="minh", reason="thu hẹp")
    assert await _notice() == (["at:2", "org:3"], False)
    await publishing.withdraw((await _editions(slug))[0]["id"], by="minh", reason="sai")
    assert await _notice() == (["at:2", "org:3"], True)


async def test_withdrawing_an_earlier_text_leaves_what_is_owed_of_the_present_one():
    row = await put(regulation())
    await put(regulation().replace("1. ", "1. Nay ", 1))
    await _owed(await _document(row.slug))
    await publishing.withdraw((await _editions(row.slug))[0]["id"], by="minh", reason="sai")
    assert await _notice() == (["public"], False)
