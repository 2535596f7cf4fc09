"""A document gets another address; every address that it ever had leads to it, for whoever may read it."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from base import database, journal
from base.errors import InvalidError, MovedError, NotFoundError
from content import citations, comparing, library, listing, reading, slugs
from content.citations import Near
from content.dossier import dossier
from content.search import suggest
from tests.content.builders import put, regulation
from tests.content.conftest import PUBLIC
from tests.content.drafts.desk import acts, issued
from tests.indexes import followed, indexed

pytestmark = pytest.mark.usefixtures("handbook")

LAN = "lan"
MADE = "quy-dinh-12-qd-tu-2026"
MEMBERS = PUBLIC | {"members"}


async def paper(number: str = "12-QĐ/TU", **more) -> UUID:
    slug = (await put(regulation(number), **more)).slug
    return (await dossier(slug)).document.id


async def changed(document: UUID, slug: str, seen: str = MADE) -> str:
    return await slugs.change(document, slug, seen=seen, by=LAN)


async def test_an_address_that_was_leads_on_whoever_may_read():
    document = await paper(audience=("members",))
    assert await changed(document, " Sinh-Hoat-Chi-Bo ") == "sinh-hoat-chi-bo"
    assert (await reading.edition_in_force("sinh-hoat-chi-bo", scopes=MEMBERS)).document.id == document
    for open in (
        lambda: reading.edition_in_force(MADE, scopes=MEMBERS),
        lambda: reading.edition(MADE, 1, scopes=MEMBERS),
        lambda: reading.part(MADE, "dieu-1", scopes=MEMBERS),
        lambda: comparing.changes(MADE, 1, scopes=MEMBERS),
    ):
        with pytest.raises(MovedError) as moved:
            await open()
        assert (moved.value.was, moved.value.now) == (MADE, "sinh-hoat-chi-bo")
    for unknown in (MADE, "khong-co"):
        with pytest.raises(NotFoundError) as none:
            await reading.edition_in_force(unknown, scopes=PUBLIC)
        assert type(none.value) is NotFoundError
    assert await slugs.former(document) == (MADE,)


async def test_all_addresses_lead_to_the_last_and_one_may_be_taken_back():
    document = await paper()
    await changed(document, "mot")
    await changed(document, "hai", seen="mot")
    assert {await slugs.current(MADE), await slugs.current("mot")} == {"hai"}
    await changed(document, MADE, seen="hai")
    assert set(await slugs.former(document)) == {"mot", "hai"} and await slugs.current(MADE) is None
    assert (await reading.edition_in_force(MADE, scopes=PUBLIC)).document.id == document


async def test_repeating_changes_nothing_and_a_stale_look_is_told():
    document = await paper()
    for _ in range(2):
        await changed(document, "mot")
    assert (await acts(f"document:{document}")).count("document.slug") == 1
    with pytest.raises(slugs.ChangedError):
        await changed(document, "hai")
    with pytest.raises(NotFoundError):
        await changed(UUID(int=1), "hai")


async def test_an_address_is_small_letters_digits_and_hyphens():
    document = await paper()
    for slug, key in (
        ("", "slug-missing"), ("ab", "slug-length"), ("a" * 141, "slug-length"), ("mot hai", "slug-signs"),
        ("một", "slug-signs"), ("mot--hai", "slug-signs"), ("-mot", "slug-signs"), ("mot/hai", "slug-signs"),
        ("new", "slug-taken"),
    ):  # fmt: skip
        with pytest.raises(InvalidError) as wrong:
            await changed(document, slug)
        assert [(field.field, field.key) for field in wrong.value.fields] == [("slug", key)]


async def test_no_document_gets_an_address_that_is_or_was_anothers():
    first, second = await paper(), await paper("13-QĐ/TU")
    await changed(first, "mot")
    for taken in (MADE, "mot"):
        with pytest.raises(InvalidError) as wrong:
            await changed(second, taken, seen="quy-dinh-13-qd-tu-2026")
        assert wrong.value.key == "slug-taken"
    await database.execute("UPDATE document SET identity = 'x' WHERE id = {}", first)
    assert (await put(regulation(seed=9))).slug == f"{MADE}-2"


async def test_two_who_want_one_address_do_not_both_get_it():
    first, second = await paper(), await paper("13-QĐ/TU")
    tried = await asyncio.gather(
        changed(first, "mot"), changed(second, "mot", seen="quy-dinh-13-qd-tu-2026"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in tried) == ["InvalidError", "str"]


async def test_phones_the_index_and_links_inside_follow():
    document = await paper()
    await put(regulation("13-QĐ/TU").replace("\n\n2. ", "\n\n2. Theo Quy định 12-QĐ/TU: ", 1))
    await indexed()
    while await journal.seal_pending():
        pass
    cursor = (await library.changes_since(None, PUBLIC)).cursor
    cursor = (await library.changes_since(cursor, PUBLIC)).cursor
    other = (await dossier("quy-dinh-13-qd-tu-2026")).document.id
    await changed(document, "mot")
    await slugs.change(other, "hai", seen="quy-dinh-13-qd-tu-2026", by=LAN)
    await followed()
    items = {item.slug: item for item in (await library.changes_since(cursor, PUBLIC)).items}
    assert set(items) == {"mot", "hai"}
    assert items["mot"].former == (MADE,)
    assert "from=hai@1" in items["hai"].html and "quy-dinh-13-qd-tu-2026@" not in items["hai"].html
    assert "mot" in {found.slug for found in await suggest("12-qd/tu", scopes=PUBLIC)}
    assert [row.slug for row in await listing.named("12-QĐ/TU", scopes=PUBLIC)] == ["mot"]


async def test_a_quotation_read_in_a_text_that_was_saved_before_still_knows_where_it_stands():
    await changed(await paper(), "mot")
    found = await citations.resolve("Điều 2 Quy định này", scopes=PUBLIC, near=Near(MADE, 1, "dieu-1"))
    assert [hit.link for hit in found.hits] == ["/documents/mot/editions/1#dieu-2"]


async def test_a_later_text_with_another_title_keeps_the_address_that_was_given():
    await issued()
    document = (await dossier(MADE)).document.id
    await changed(document, "mot")
    later = await issued(regulation(seed=2), title="về sinh hoạt của chi bộ", effective_from=date(2026, 6, 1))
    found = await reading.edition_in_force("mot", scopes=PUBLIC)
    assert (later.slug, found.edition.ordinal, found.document.title) == ("mot", 2, "về sinh hoạt của chi bộ")
    assert await slugs.current(MADE) == "mot"
