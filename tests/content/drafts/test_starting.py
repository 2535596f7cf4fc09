"""A draft begins from a file or a text, and readers know nothing of it."""

from hashlib import sha256
from uuid import uuid4

import pytest

from base import database
from base.errors import ConflictError, NotFoundError
from content import library, originals, reading
from content.drafts import keeping, starting, writing
from content.outcomes import Refusal
from tests.content.builders import put, regulation
from tests.content.drafts.desk import LAN, MINH, PUBLIC, UNIT, acts, begun, issued, stated

pytestmark = pytest.mark.usefixtures("handbook")


async def test_what_the_paper_says_of_itself_is_stated_for_the_editor_to_correct():
    draft = await begun()
    head = draft.facts.head
    assert (head.number, head.type, head.title) == ("12-QĐ/TU", "Quy định", "về sinh hoạt chi bộ")
    assert draft.facts.effective_from == head.issued
    assert (draft.state, draft.version, draft.unit, draft.hands, draft.known) == (
        "draft", 1, UNIT, frozenset({LAN}), False,
    )  # fmt: skip
    assert await acts(f"edition:{draft.edition}") == ["draft.begin"]


async def test_no_reader_and_no_import_learns_of_a_draft():
    draft = await begun()
    assert (await reading.documents(scopes=PUBLIC)).rows == ()
    assert (await library.changes_since("", PUBLIC)).items == ()
    for slug in (draft.slug, "quy-dinh-12-qd-tu-2026"):
        with pytest.raises(NotFoundError):
            await reading.edition_in_force(slug, scopes=PUBLIC)
        with pytest.raises(NotFoundError):
            await reading.edition(slug, -1, scopes=PUBLIC)
    row = await put(regulation())
    assert (row.outcome, row.edition, row.slug) == ("new", 1, "quy-dinh-12-qd-tu-2026")


async def test_the_file_is_kept_byte_for_byte_under_its_digest():
    data = ("\ufeff" + regulation()).encode()
    draft = await starting.from_file(uuid4(), data, "../../văn bản.md", unit=UNIT, by=LAN, scopes=PUBLIC)
    [kept] = await originals.originals(draft)
    assert (kept.role, kept.name, kept.size) == ("source", "văn bản.md", len(data))
    assert kept.digest == sha256(data).hexdigest()
    file = originals.path(kept)
    assert file and file.read_bytes() == data


async def test_the_same_begun_twice_is_begun_once():
    id = uuid4()
    await begun(id=id)
    await begun(id=id)
    assert len(await keeping.drafts([UNIT], states=["draft"])) == 1
    with pytest.raises(ConflictError):
        await begun(regulation(seed=2), id=id)
    with pytest.raises(ConflictError):
        await begun(id=id, by=MINH)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "content-import-empty"), (" \n\t", "content-import-empty"),
     ("TUYỆT MẬT\n\n" + regulation(), "content-import-secret"), ("a" * 2_000_001, "content-file-too-long")],
)  # fmt: skip
async def test_what_may_not_enter_leaves_nothing_behind(text, why):
    with pytest.raises(Refusal) as refusal:
        await starting.from_text(uuid4(), text, unit=UNIT, by=LAN, scopes=PUBLIC)
    assert refusal.value.told.key == why
    assert await database.fetch("SELECT id FROM edition") == await database.fetch("SELECT id FROM document") == []


async def test_a_text_without_number_and_type_waits_for_its_editor_to_give_them():
    draft = await begun("Điều 1. Nội dung\n\n1. Chi bộ họp hằng tháng, vào ngày mồng năm.\n")
    assert (draft.facts.head.number, draft.facts.head.type) == ("", "")
    assert {doubt.key for doubt in draft.doubts} >= {"structure-number-missing", "structure-type-missing"}


async def test_a_print_of_an_issued_document_is_a_later_text_of_it_with_its_anchors():
    first = await issued()
    again = await begun(regulation().replace("1. ", "1. Nay ", 1))
    assert (again.document, again.known, again.slug) == (first.document, True, first.slug or "quy-dinh-12-qd-tu-2026")
    assert again.facts.audience == ("public",)
    anchors = "SELECT anchor FROM part WHERE edition = {} ORDER BY position"
    assert await database.fetch(anchors, first.edition) == await database.fetch(anchors, again.edition)


async def test_an_issued_document_that_the_editor_may_not_read_stays_unknown_to_them():
    row = await put(regulation(), audience=["org:9"])
    draft = await begun()
    assert not draft.known
    assert draft.slug != row.slug


async def test_a_later_text_begins_with_the_words_that_stand():
    first = await issued()
    id = await starting.from_document(uuid4(), first.document, unit=UNIT, by=MINH)
    later = await keeping.draft_of(id)
    assert (later.known, later.unit, later.hands) == (True, UNIT, frozenset({MINH}))
    assert await writing.text_of(id) == await writing.text_of(first.edition)
    assert later.facts.effective_from is None, "from when it is in force is for its editor to say"
    with pytest.raises(NotFoundError):
        await starting.from_document(uuid4(), uuid4(), unit=UNIT, by=MINH)


async def test_a_discarded_draft_leaves_nothing_but_the_act():
    draft = await stated(await begun(), topic="xay-dung-dang")
    await writing.discard(draft.edition, by=LAN)
    await writing.discard(draft.edition, by=LAN)
    for table in ("document", "edition", "part", "fragment", "draft", "original", "remark"):
        assert await database.fetch(f"SELECT * FROM {table}") == []
    assert (await acts(f"edition:{draft.edition}"))[-1] == "draft.discard"


async def test_discarding_a_later_text_leaves_the_document_as_it_was():
    first = await issued()
    later = await begun(regulation().replace("1. ", "1. Nay ", 1))
    await writing.discard(later.edition, by=LAN)
    assert (await reading.edition_in_force("quy-dinh-12-qd-tu-2026", scopes=PUBLIC)).edition.ordinal == 1
    assert (await keeping.draft_of(first.edition)).state == "published"
