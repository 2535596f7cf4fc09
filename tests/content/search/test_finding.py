"""A reader finds what they may read, as the database has it now, however far behind the index is."""

from datetime import timedelta

import pytest

from base import clock, database, journal
from base.errors import InvalidError, UnavailableError
from content import passages, publishing, search
from content.rows import Filters
from content.search import finding, folders, indexing
from tests.content.builders import date, front_matter, head, put

PUBLIC, MEMBERS = frozenset({"public"}), frozenset({"public", "members"})
pytestmark = pytest.mark.usefixtures("handbook")


@pytest.fixture(autouse=True)
def _files_are_let_go():
    yield
    finding.close()


async def issue(number: str, title: str, text: str, *, audience=("public",), type="Nghị quyết", **facts):
    opening = (front_matter(**facts) if facts else "") + head(number, type, date(2026, 3, 12), title)
    row = await put(f"{opening}I- NHIỆM VỤ\n\n1. {text}\n", audience=audience)
    assert row.error is None
    return (await database.fetch("SELECT id FROM document WHERE slug = {}", row.slug))[0]["id"]


async def seal():
    while await journal.seal_pending():
        pass


async def indexed():
    await seal()
    await indexing.rebuild()


async def numbers(words: str, scopes=PUBLIC, **facts) -> list[str]:
    return [row.document.number for row in (await search.search(words, scopes=scopes, **facts)).rows]


async def test_a_reader_finds_a_document_by_its_words_and_its_part(in_june):
    await issue("05-NQ/TU", "về chuyển đổi số", "Mỗi xã có một tổ công nghệ cộng đồng.")
    await indexed()
    found = await search.search("to cong nghe", scopes=PUBLIC)
    row = found.rows[0]
    assert (row.document.number, row.path, row.label) == ("05-NQ/TU", "i.1", "mục I.1")
    assert (found.total, found.meant, found.more, found.facets.total) == (1, "tổ công nghệ", False, 1)
    assert row.document.state == "in-force"


async def test_what_a_text_stands_on_is_not_its_best_part_when_the_text_says_the_same(in_june):
    text = "Căn cứ đề án trồng rừng;\n\nI- NHIỆM VỤ\n\n1. Mỗi xã trồng rừng một lần.\n\nNơi nhận:\n- Ban trồng quế.\n"
    await put(head("05-NQ/TU", "Nghị quyết", date(2026, 3, 12), "về việc mới") + text)
    await indexed()
    paths = [(await search.search(words, scopes=PUBLIC)).rows[0].path for words in ("trồng rừng", "đề án", "quế")]
    assert paths == ["i.1", "can-cu", "noi-nhan"]


async def test_what_was_narrowed_is_gone_at_once_though_the_index_is_behind(in_june):
    document = await issue("05-NQ/TU", "về rừng", "Trồng rừng.")
    await issue("06-NQ/TU", "về rừng", "Giữ rừng phòng hộ.")
    await indexed()
    assert len(await numbers("rừng")) == 2
    await publishing.set_audience(document, ["at:9"], by="cli", reason="thu hẹp")
    for _ in ("not sealed yet", "sealed, not indexed yet", "indexed"):
        found = await search.search("rừng", scopes=PUBLIC)
        assert ([row.document.number for row in found.rows], found.total) == (["06-NQ/TU"], 1)
        assert [(each.value, each.count) for each in found.facets.types] == [("Nghị quyết", 1)]
        assert (await search.search("trong rung", scopes=PUBLIC)).meant != "trồng rừng"
        assert [each.number for each in await search.suggest("05", scopes=PUBLIC)] == []
        await seal()
        if _.startswith("sealed"):
            await indexing.follow()
    assert await numbers("rừng", frozenset({"at:9"})) == ["05-NQ/TU"]


async def test_what_was_widened_is_found_once_the_worker_came_by(in_june):
    document = await issue("05-NQ/TU", "về rừng", "Trồng rừng.", audience=["at:9"])
    await indexed()
    await publishing.set_audience(document, ["at:9", "members"], by="cli", reason="mở rộng")
    await seal()
    assert await indexing.follow() == 1
    assert await numbers("rừng") == []
    assert await numbers("rừng", MEMBERS) == ["05-NQ/TU"]


async def test_what_was_withdrawn_is_gone_at_once(in_june):
    document = await issue("05-NQ/TU", "về rừng", "Trồng rừng.")
    await indexed()
    edition = (await database.fetch("SELECT id FROM edition WHERE document = {}", document))[0]["id"]
    await publishing.withdraw(edition, by="cli", reason="sai")
    assert (await search.search("rừng", scopes=PUBLIC)).total == 0
    await seal()
    assert await indexing.follow() == 1
    assert (await search.search("rừng", scopes=PUBLIC)).total == 0


async def test_an_audience_that_ends_by_itself_is_out_at_that_moment(in_june):
    document = await issue("05-NQ/TU", "về rừng", "Trồng rừng.")
    await database.execute(
        "UPDATE audience SET to_at = {} WHERE document = {}", clock.now() + timedelta(hours=1), document
    )
    await indexed()
    assert await numbers("rừng") == ["05-NQ/TU"]
    clock.stop(in_june + timedelta(hours=1))
    found = await search.search("rừng", scopes=PUBLIC)
    assert (found.rows, found.total, found.facets.total) == ((), 0, 0)


async def test_the_text_that_comes_into_force_is_found_from_its_day(in_june):
    await issue("05-NQ/TU", "về rừng", "Trồng quế.", effective_from="2026-03-12")
    await issue("05-NQ/TU", "về rừng", "Trồng hồi.", effective_from="2026-06-20")
    await passages.note_passages()
    await indexed()
    assert (await numbers("quế"), await numbers("hồi")) == (["05-NQ/TU"], [])
    clock.stop(in_june + timedelta(days=7))
    await passages.note_passages()
    await seal()
    assert await indexing.follow() == 1
    assert (await numbers("quế"), await numbers("hồi")) == ([], ["05-NQ/TU"])


async def test_filters_and_pages_are_those_of_the_list(in_june):
    for number in range(1, 6):
        await issue(f"{number:02}-NQ/TU", "về rừng", "Trồng rừng.", topic="rung" if number > 3 else "dat")
    await indexed()
    assert sorted(await numbers("rừng", filters=Filters(topic="rung"))) == ["04-NQ/TU", "05-NQ/TU"]
    first = await search.search("rừng", scopes=PUBLIC, limit=3)
    assert (len(first.rows), first.total, first.more) == (3, 5, True)
    assert not (await search.search("rừng", scopes=PUBLIC, limit=3, offset=3)).more
    for wrong in ({"limit": 0}, {"limit": 101}, {"offset": -1}, {"offset": 1001}, {"filters": Filters(state="x")}):
        with pytest.raises(InvalidError):
            await search.search("rừng", scopes=PUBLIC, **wrong)


async def test_a_document_is_found_from_its_publication_on_without_building_anew(in_june):
    await indexed()
    await issue("05-NQ/TU", "về rừng", "Trồng rừng.")
    await seal()
    assert await indexing.follow() == 1
    assert await indexing.follow() == 0
    assert await numbers("trong rung") == ["05-NQ/TU"]


async def test_without_an_index_a_reader_is_told_so(in_june):
    with pytest.raises(UnavailableError) as told:
        await search.search("rừng", scopes=PUBLIC)
    assert told.value.key == "content-search-not-ready"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad file open
async def test_an_index_that_turns_out_damaged_is_given_up_so_that_another_is_built(in_june):
    await issue("05-NQ/TU", "về rừng", "Trồng rừng.")
    await indexed()
    for file in folders.current().glob("*.seg"):
        file.write_bytes(b"\x00" * file.stat().st_size)
    with pytest.raises(UnavailableError):
        await search.search("rừng", scopes=PUBLIC)
    assert not (folders.root() / folders.CURRENT).exists()
    await indexing.rebuild()
    assert await numbers("rừng") == ["05-NQ/TU"]
