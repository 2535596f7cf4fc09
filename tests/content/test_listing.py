"""Lists of documents: order, narrowing, pages, counts, and who sees what."""

import pytest

from base.errors import InvalidError
from content import reading
from content.rows import Count, Filters
from tests.content.builders import date, front_matter, put, regulation, resolution

PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.usefixtures("handbook")


async def _slugs(scopes=PUBLIC, limit=2, **options) -> list[str]:
    """All rows, gathered page by page."""
    found, cursor = [], None
    while True:
        page = await reading.documents(scopes=scopes, cursor=cursor, limit=limit, **options)
        found += [row.slug for row in page.rows]
        cursor = page.next
        if cursor is None:
            return found


async def _library() -> None:
    await put(resolution("9-NQ/TU", issued=date(2026, 2, 1), title="Đất rừng"))
    await put(resolution("10-NQ/TU", issued=date(2026, 3, 1), title="Dạy nghề"))
    await put(regulation("12-QĐ/TU", issued=date(2025, 4, 1), title="An sinh"), audience=["members"])
    await put(regulation("13-QĐ/TU", issued=date(2024, 5, 1), title="Ăn ở"), audience=["org:5"])
    facts = front_matter(topic="xay-dung-dang", effective_from="2099-01-01")
    await put(facts + resolution("11-NQ/TU", issued=date(2026, 3, 1), title="Dân vận"))


async def test_newest_first_and_no_row_twice_or_missing_over_pages():
    await _library()
    slugs = await _slugs()
    assert slugs[-1] == "nghi-quyet-9-nq-tu-2026"
    assert sorted(slugs) == ["nghi-quyet-10-nq-tu-2026", "nghi-quyet-11-nq-tu-2026", "nghi-quyet-9-nq-tu-2026"]


async def test_nine_comes_before_ten_and_d_before_đ():
    await _library()
    assert await _slugs(sort="number") == [
        "nghi-quyet-9-nq-tu-2026", "nghi-quyet-10-nq-tu-2026", "nghi-quyet-11-nq-tu-2026",
    ]  # fmt: skip
    both = frozenset({"members", "org:5", "public"})
    titles = [row.title for row in (await reading.documents(scopes=both, sort="title")).rows]
    assert titles == ["An sinh", "Ăn ở", "Dạy nghề", "Dân vận", "Đất rừng"]


async def test_a_reader_sees_only_what_is_addressed_to_them_in_rows_and_counts():
    await _library()
    assert len(await _slugs(scopes=frozenset({"public", "members"}))) == 4
    assert await _slugs(scopes=frozenset({"org:5"})) == ["quy-dinh-13-qd-tu-2024"]
    assert await _slugs(scopes=frozenset()) == []
    counted = await reading.facets(scopes=frozenset({"org:5"}))
    assert (counted.total, counted.types, counted.years) == (1, (Count("Quy định", 1),), (Count("2024", 1),))


async def test_what_goes_by_a_number_is_found_before_what_only_mentions_it():
    await put(resolution("57-NQ/TW", issued=date(2024, 12, 22), title="Đột phá"))
    await put(resolution("03-NQ/CP", issued=date(2025, 1, 9), title="Thực hiện Nghị quyết số 57-NQ/TW"))
    await put(resolution("157-NQ/TW", issued=date(2025, 2, 9), title="Việc khác"), audience=["members"])
    for words in ("57-NQ/TW", "57-nq/tw", "nghi quyet 57", "57"):
        assert [row.number for row in await reading.named(words, scopes=PUBLIC)] == ["57-NQ/TW"]
    assert await reading.named("nghị quyết", scopes=PUBLIC) == ()
    assert await reading.named("157-NQ/TW", scopes=PUBLIC) == ()


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(type="Quy định"), 1),
        (Filters(year=2026), 3),
        (Filters(topic="xay-dung-dang"), 1),
        (Filters(state="not-yet"), 1),
        (Filters(state="in-force"), 3),
        (Filters(state="ended"), 0),
        (Filters(words="dat rung"), 1),
        (Filters(words="ĐẤT"), 1),
        (Filters(words="10-nq"), 1),
        (Filters(words="nq/tu dân"), 1),
        (Filters(words="% _"), 4),
        (Filters(words="ruộng"), 0),
        (Filters(type="Nghị quyết", words="day"), 1),
    ],
)
async def test_a_list_can_be_narrowed(filters, count):
    await _library()
    scopes = frozenset({"public", "members"})
    assert len((await reading.documents(scopes=scopes, filters=filters)).rows) == count
    assert (await reading.facets(scopes=scopes, filters=filters)).total == count


async def test_each_count_leaves_out_its_own_filter():
    await _library()
    counted = await reading.facets(scopes=frozenset({"public", "members"}), filters=Filters(type="Quy định"))
    assert counted.total == 1
    assert counted.types == (Count("Nghị quyết", 3), Count("Quy định", 1))
    assert counted.years == (Count("2025", 1),)


async def test_a_cursor_that_was_changed_or_made_for_another_order_is_told():
    await _library()
    cursor = (await reading.documents(scopes=PUBLIC, limit=1)).next
    assert cursor
    for wrong in (cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB"), "x", "", "ü" * 9, "A" * 5000):
        if wrong:
            with pytest.raises(InvalidError):
                await reading.documents(scopes=PUBLIC, cursor=wrong)
    with pytest.raises(InvalidError):
        await reading.documents(scopes=PUBLIC, sort="title", cursor=cursor)


@pytest.mark.parametrize("options", [{"sort": "odd"}, {"limit": 0}, {"limit": 101}, {"filters": Filters(state="x")}])
async def test_what_is_no_choice_is_told(options):
    with pytest.raises(InvalidError):
        await reading.documents(scopes=PUBLIC, **options)


async def test_a_new_document_appears_at_once_in_a_list_that_was_remembered():
    await _library()
    assert len(await _slugs(limit=50)) == 3
    await put(resolution("14-NQ/TU"))
    assert len(await _slugs(limit=50)) == 4
