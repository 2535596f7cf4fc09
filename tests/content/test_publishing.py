"""The life of an edition."""

from uuid import uuid4

import pytest

from base import database
from base.errors import NotFoundError
from content import publishing, reading
from content.publishing import TRANSITIONS, TransitionError
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
