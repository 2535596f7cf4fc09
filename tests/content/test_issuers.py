"""Issuers: called otherwise, or found to be another; what they issued is filed anew and papers are known under both."""

import asyncio
from datetime import date

import pytest

from base import database, journal
from base.errors import InvalidError, NotFoundError
from content import counting, issuers, library, listing, news, publishing, reading, renaming
from content.drafts import requirements
from content.rows import Filters
from content.search import search
from tests.content.builders import put, regulation
from tests.content.conftest import PUBLIC
from tests.content.drafts.desk import acts, begun, issued, ready
from tests.indexes import followed, indexed

pytestmark = pytest.mark.usefixtures("handbook")

LAN, MINH = "lan", "minh"
OURS, WRONG, OTHER = "Tỉnh ủy Vân Lam", "Tỉnh ủy Vân Lang", "Đảng ủy xã Đồng Mây"
WHY = "đánh máy nhầm"
DAY = date(2026, 5, 4)


async def paper(number: str = "12-QĐ/TU", issuer: str = WRONG, **more) -> str:
    return (await put(regulation(number, issuer=issuer.upper(), **more))).slug


async def by(issuer: str) -> list[str]:
    page = await listing.documents(scopes=PUBLIC, filters=Filters(issuer=issuer))
    return sorted(row.number for row in page.rows)


async def merged(name: str = WRONG, into: str = OURS, by: str = LAN) -> None:
    await renaming.merge(issuers.id_of(name), into=issuers.id_of(into), reason=WHY, by=by)


async def renamed(name: str, to: str, by: str = LAN) -> None:
    await renaming.rename(issuers.id_of(name), to, reason=WHY, by=by)


async def leads() -> dict[str, str]:
    return {row.name: row.issuer for row in await issuers.former()}


async def test_issuers_are_listed_in_vietnamese_order_with_their_codes():
    await paper("12-QĐ/TU", OURS)
    await paper("13-QĐ/TU", OURS)
    await paper("5-QĐ/ĐU", OTHER)
    await begun(regulation("99-QĐ/TW", issuer="BỘ CHÍNH TRỊ"))
    listed = [(each.name, each.codes, each.documents) for each in await issuers.issuers()]
    assert listed == [(OTHER, ("ĐU",), 1), (OURS, ("TU",), 2)]
    assert {OTHER, OURS, "Bộ Chính trị"} <= set(await issuers.known_names())


@pytest.mark.parametrize("act", [merged, lambda: renamed(WRONG, OURS)], ids=["merged", "renamed"])
async def test_documents_of_a_wrong_spelling_become_those_of_the_right_one(act):
    slug = await paper("12-QĐ/TU")
    if act is merged:
        await paper("13-QĐ/TU", OURS)
    await act()
    assert WRONG not in [each.name for each in await issuers.issuers()]
    assert "12-QĐ/TU" in await by(OURS) and await by(WRONG) == await by(OURS)
    facets = await counting.facets(scopes=PUBLIC, filters=Filters(issuer=WRONG))
    assert (facets.total, [count.value for count in facets.issuers]) == (len(await by(OURS)), [OURS])
    opened = await reading.edition_in_force(slug, scopes=PUBLIC)
    assert (opened.document.issuer, opened.head.issuer) == (OURS, WRONG)
    assert await acts(f"issuer:{issuers.id_of(WRONG)}") == ["issuer.merge" if act is merged else "issuer.rename"]
    assert await issuers.now(issuers.id_of(WRONG)) == issuers.id_of(OURS)
    [gone] = await issuers.former(OURS)
    assert (gone.name, gone.reason, gone.by) == (WRONG, WHY, LAN)
    told = await database.fetch("SELECT subject, detail FROM journal")
    assert not [entry for entry in told if WHY in str(entry) or "Vân" in str(entry) or "\\u" in str(entry)]


@pytest.mark.parametrize("spelling", [WRONG, "TỈNH UỶ VÂN LÁNG", OURS])
async def test_the_same_paper_under_either_spelling_is_known(spelling):
    slug = await paper()
    await renamed(WRONG, OURS)
    assert (await put(regulation(issuer=WRONG.upper()))).outcome == "unchanged"
    again = await put(regulation(issuer=spelling.upper(), seed=2))
    assert (again.outcome, again.slug, again.edition) == ("edition", slug, 2)
    assert len(await database.fetch("SELECT id FROM document")) == 1
    fresh = await paper("14-QĐ/TU", spelling)
    assert (await reading.edition_in_force(fresh, scopes=PUBLIC)).document.issuer == OURS


async def test_a_draft_under_the_old_spelling_is_a_later_text_and_is_issued_under_the_new():
    slug = await paper()
    await renamed(WRONG, OURS)
    assert (await begun(regulation(issuer=WRONG.upper(), seed=3))).slug == slug
    twin = await ready(regulation(issuer=WRONG.upper(), seed=4, issued=date(2026, 5, 6)))
    lacking = await requirements.requirements(twin, scopes=PUBLIC)
    assert "require-number-free" in [each.key for each in lacking]
    new = await issued(regulation("15-QĐ/TU", issuer=WRONG.upper()))
    assert (await reading.edition_in_force(new.slug, scopes=PUBLIC)).document.issuer == OURS


async def test_two_documents_that_would_be_one_are_named_and_nothing_is_done():
    await paper("12-QĐ/TU", WRONG)
    await paper("12-QĐ/TU", OURS)
    await paper("13-QĐ/TU", WRONG)
    for try_it in (merged, lambda: merged(OURS, WRONG)):
        with pytest.raises(renaming.SameDocumentsError) as refused:
            await try_it()
        [pair] = refused.value.pairs
        assert (pair.type, pair.number, pair.issued) == ("Quy định", "12-QĐ/TU", DAY)
        assert {pair.slug, pair.other_slug} == {"quy-dinh-12-qd-tu-2026", "quy-dinh-12-qd-tu-2026-2"}
    assert refused.value.pairs == await renaming.pairs(issuers.id_of(OURS), WRONG)
    assert await by(WRONG) == ["12-QĐ/TU", "13-QĐ/TU"] and await leads() == {}


@pytest.mark.parametrize("left", [WRONG, OURS])
async def test_of_two_such_documents_the_withdrawn_one_steps_aside(left):
    await paper("12-QĐ/TU", WRONG)
    await paper("12-QĐ/TU", OURS)
    gone = next(row for row in (await listing.documents(scopes=PUBLIC)).rows if row.issuer != left)
    [edition] = await database.fetch("SELECT id FROM edition WHERE document = {}", gone.id)
    await publishing.withdraw(edition["id"], by=MINH, reason="nhập thừa")
    await merged()
    assert await by(OURS) == ["12-QĐ/TU"]
    [row] = (await listing.documents(scopes=PUBLIC)).rows
    await renamed(OURS, OTHER)
    again = await put(regulation(issuer=WRONG.upper(), seed=5))
    assert (again.outcome, again.slug) == ("edition", row.slug)
    assert [each.documents for each in await issuers.issuers()] == [2]


async def test_phones_and_the_index_follow():
    slug = await paper()
    await indexed()
    while await journal.seal_pending():
        pass
    cursor = (await library.changes_since(None, PUBLIC)).cursor
    cursor = (await library.changes_since(cursor, PUBLIC)).cursor
    await renamed(WRONG, OURS)
    await followed()
    [item] = (await library.changes_since(cursor, PUBLIC)).items
    assert (item.slug, item.issuer) == (slug, OURS)
    for name in (WRONG, OURS):
        found = await search("sinh hoạt chi bộ", scopes=PUBLIC, filters=Filters(issuer=name))
        assert [row.document.slug for row in found.rows] == [slug]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (" ", "issuer-name-missing"), ("x" * 201, "issuer-name-long"), (OTHER, "issuer-name-taken"),
        ("Đảng ủy xã Đồng May", "issuer-name-former"),
    ],
)  # fmt: skip
async def test_an_issuer_has_a_name_of_its_own(name, key):
    await paper()
    await paper("5-QĐ/ĐU", "Đảng ủy xã Đồng May")
    await renamed("Đảng ủy xã Đồng May", OTHER)
    with pytest.raises(InvalidError) as wrong:
        await renamed(WRONG, name)
    assert [(field.field, field.key) for field in wrong.value.fields] == [("name", key)]


async def test_repeating_changes_nothing_and_what_is_gone_is_told():
    await paper()
    await paper("5-QĐ/ĐU", OTHER)
    for _ in range(2):
        await renamed(WRONG, OURS)
    await renamed(OURS, OURS)
    assert await acts(f"issuer:{issuers.id_of(WRONG)}") == ["issuer.rename"]
    with pytest.raises(renaming.GoneError):
        await renamed(WRONG, "Tên khác")
    with pytest.raises(renaming.GoneError):
        await merged(OTHER, WRONG)
    for _ in range(2):
        await merged(OURS, OTHER)
    with pytest.raises(NotFoundError):
        await renamed("Không có", "Tên khác")
    for into, reason in ((OURS, WHY), (OTHER, " ")):
        with pytest.raises(InvalidError):
            await renaming.merge(issuers.id_of(OURS), into=issuers.id_of(into), reason=reason, by=LAN)


async def test_every_former_name_leads_to_a_living_one_also_after_going_back():
    await paper()
    await renamed(WRONG, "B")
    await renamed("B", "C")
    assert await leads() == {WRONG: "C", "B": "C"}
    await renamed("C", WRONG)
    assert await leads() == {"B": WRONG, "C": WRONG}
    assert await issuers.renamed(WRONG) == WRONG and await by("B") == ["12-QĐ/TU"]


async def test_two_who_merge_crosswise_do_not_send_readers_in_a_circle():
    await paper("12-QĐ/TU", WRONG)
    await paper("13-QĐ/TU", OURS)
    tried = await asyncio.gather(merged(WRONG, OURS), merged(OURS, WRONG, by=MINH), return_exceptions=True)
    assert sorted(type(each).__name__ for each in tried) == ["GoneError", "NoneType"]
    [living] = await issuers.issuers()
    assert (await leads(), living.documents) == ({({WRONG, OURS} - {living.name}).pop(): living.name}, 2)


async def test_what_is_brought_while_its_issuer_is_renamed_is_filed_under_the_new_name():
    await paper("11-QĐ/TU")
    tried = await asyncio.gather(
        *(paper(f"{20 + at}-QĐ/TU") for at in range(4)),
        issued(regulation("15-QĐ/TU", issuer=WRONG.upper())),
        renamed(WRONG, OURS),
        news.write(news.Writing("Tin", "Dẫn.", "Thân.", PUBLIC), by="cli"),
        return_exceptions=True,
    )
    assert [error for error in tried if isinstance(error, BaseException)] == []
    assert {each.name: each.documents for each in await issuers.issuers()} == {OURS: 6}


async def test_a_spelling_that_may_be_one_of_several_is_left_as_it_is():
    await paper("12-QĐ/TU", "Đảng ủy xã Tân Hoà")
    await paper("13-QĐ/TU", "Đảng ủy xã Tân Hóa")
    await renamed("Đảng ủy xã Tân Hoà", "Đảng ủy xã Hòa Tân")
    await renamed("Đảng ủy xã Tân Hóa", "Đảng ủy xã Hóa Tân")
    async with database.transaction():
        assert await issuers.current("Đảng ủy xã Tân Hoà") == "Đảng ủy xã Hòa Tân"
        assert await issuers.current("Đảng ủy xã Tan Hoa") == "Đảng ủy xã Tan Hoa"
