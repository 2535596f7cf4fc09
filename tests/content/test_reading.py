"""Opening documents."""

from datetime import UTC, datetime, timedelta

import pytest

from base import clock, database
from base.errors import NotFoundError
from content import fragments, publishing, reading, rendering
from tests.content.builders import date, front_matter, put, regulation, resolution

PUBLIC = frozenset({"public"})
MEMBER = frozenset({"public", "members", "org:5"})
pytestmark = pytest.mark.usefixtures("handbook")


async def test_what_may_not_be_read_looks_like_what_does_not_exist():
    row = await put(regulation(), audience=["org:5"])
    errors = []
    for slug in (row.slug, "khong-co"):
        for read in (
            reading.edition_in_force(slug, scopes=PUBLIC),
            reading.edition(slug, 1, scopes=PUBLIC),
            reading.part(slug, "dieu-1", scopes=PUBLIC),
        ):
            with pytest.raises(NotFoundError) as caught:
                await read
            errors.append((type(caught.value), caught.value.key, caught.value.values))
    assert errors == [errors[0]] * 6
    assert (await reading.edition_in_force(row.slug, scopes=MEMBER)).document.slug == row.slug


async def test_the_text_in_force_is_read_and_the_next_one_announced(in_june):
    row = await put(front_matter(effective_from="2026-05-04") + regulation())
    await put(front_matter(effective_from="2026-07-01") + regulation().replace("1. ", "1. Từ nay, ", 1))
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert opened.edition.ordinal == 1
    assert opened.edition.effective_until == date(2026, 6, 30)
    assert [(banner.kind, banner.on, banner.ordinal) for banner in opened.banners] == [
        ("next-edition", date(2026, 7, 1), 2)
    ]
    later = await reading.edition(row.slug, 2, scopes=PUBLIC)
    assert [(banner.kind, banner.ordinal) for banner in later.banners] == [("later-edition", 1)]
    assert (await reading.edition_in_force(row.slug, scopes=PUBLIC, on=date(2026, 7, 1))).edition.ordinal == 2
    clock.stop(in_june + timedelta(days=20))
    assert (await reading.edition_in_force(row.slug, scopes=PUBLIC)).edition.ordinal == 2


async def test_a_document_comes_into_force_at_midnight_in_vietnam(in_june):
    row = await put(front_matter(effective_from="2026-07-01") + regulation())
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert (opened.document.state, [banner.kind for banner in opened.banners]) == ("not-yet", ["not-in-force"])
    clock.stop(datetime(2026, 6, 30, 17, 0, tzinfo=UTC))
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert (opened.document.state, opened.banners) == ("in-force", ())


async def test_an_ended_document_can_be_read_and_says_so(in_june):
    row = await put(front_matter(effective_until="2026-06-14") + regulation())
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert opened.document.state == "ended"
    assert [(banner.kind, banner.on) for banner in opened.banners] == [("ended", date(2026, 6, 15))]


async def test_a_document_that_another_replaced_is_not_said_to_be_in_force(in_june):
    row = await put(front_matter(effective_from="2026-05-04") + regulation("02-QC/TU"))
    await put(front_matter(replaces=["02-QC/TU"]) + regulation("03-QC/TU", issued=date(2026, 6, 1)))
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert (opened.edition.standing, opened.edition.effective_until) == ("ended", date(2026, 5, 31))
    assert [banner.kind for banner in opened.banners] == ["ended", "replaced"]


async def test_a_banner_names_no_document_that_the_reader_may_not_read():
    row = await put(regulation("02-QC/TU"))
    await put(front_matter(replaces=["02-QC/TU"]) + regulation("03-QC/TU", issued=date(2026, 6, 1)), audience=["org:5"])
    told = (await reading.edition_in_force(row.slug, scopes=PUBLIC)).banners
    assert [(banner.kind, banner.slug, banner.number, banner.title) for banner in told] == [("ended", "", "", "")]
    assert [banner.number for banner in (await reading.edition_in_force(row.slug, scopes=MEMBER)).banners][
        -1
    ] == "03-QC/TU"


async def test_a_part_is_quoted_and_linked_with_its_edition():
    row = await put(regulation())
    part = await reading.part(row.slug, "dieu-1.khoan-2", scopes=PUBLIC)
    assert part.quotation == "khoản 2 Điều 1 Quy định 12-QĐ/TU"
    assert part.link == f"/documents/{row.slug}/editions/1#dieu-1.khoan-2"
    assert (part.previous, part.next) == ("dieu-1.khoan-1", "dieu-2")
    assert [crumb.path for crumb in part.crumbs][-1] == "dieu-1"
    for path in ("dieu-99", "dau", ""):
        with pytest.raises(NotFoundError):
            await reading.part(row.slug, path, scopes=PUBLIC)


async def test_an_audience_that_was_narrowed_holds_on_the_next_read():
    row = await put(regulation())
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    await publishing.set_audience(opened.document.id, {"members"}, by="cli", reason="chỉ trong Đảng bộ")
    with pytest.raises(NotFoundError):
        await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert await reading.audience_of(row.slug) == {"members"}
    assert (await reading.documents(scopes=PUBLIC)).rows == ()


async def test_an_audience_ends_at_its_moment_even_in_memory(in_june):
    row = await put(regulation(), audience=["public", "members"])
    await database.execute("UPDATE audience SET to_at = {} WHERE scope = 'public'", in_june + timedelta(hours=1))
    assert (await reading.edition_in_force(row.slug, scopes=PUBLIC)).document.slug == row.slug
    clock.stop(in_june + timedelta(hours=1))
    with pytest.raises(NotFoundError):
        await reading.edition_in_force(row.slug, scopes=PUBLIC)


async def test_a_second_read_asks_the_database_nothing(engine, monkeypatch):
    row = await put(resolution())
    for _ in range(100):  # PostgreSQL is heard from once the process listens
        first = await reading.edition_in_force(row.slug, scopes=MEMBER)
        if await reading.edition_in_force(row.slug, scopes=MEMBER) is first:
            break
    monkeypatch.setattr(database, "fetch", None)
    again = await reading.edition_in_force(row.slug, scopes=MEMBER)
    assert again is first


async def test_the_tag_changes_with_the_text_and_with_what_is_said_about_it():
    row = await put(regulation("02-QC/TU"))
    tags = {(await reading.edition_in_force(row.slug, scopes=PUBLIC)).etag}
    await put(front_matter(amends=["02-QC/TU"]) + regulation("03-QC/TU", issued=date(2026, 6, 1)))
    tags.add((await reading.edition_in_force(row.slug, scopes=PUBLIC)).etag)
    await put(regulation("02-QC/TU").replace("1. ", "1. Nay ", 1))
    tags.add((await reading.edition_in_force(row.slug, scopes=PUBLIC)).etag)
    assert len(tags) == 3


async def test_a_new_renderer_makes_fragments_anew(monkeypatch):
    row = await put(regulation())
    assert await fragments.render_stale(10) == 0
    monkeypatch.setattr(fragments, "RENDERER", rendering.RENDERER + 1)
    assert "Điều 1." in (await reading.edition_in_force(row.slug, scopes=PUBLIC)).html
    assert await fragments.render_stale(10) == 1
    assert await fragments.render_stale(10) == 0
    kept = await database.fetch("SELECT renderer FROM fragment")
    assert [each["renderer"] for each in kept] == [rendering.RENDERER + 1]
