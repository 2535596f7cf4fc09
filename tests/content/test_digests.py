"""Digests: short points that rest on parts of the very edition, written by one, approved by another, then read."""

from uuid import UUID

import pytest

from base import database, journal
from base.errors import ConflictError, InvalidError, NotFoundError
from content import fragments, issuing, library, publishing, reading, storing
from content.digests import deciding, keeping, proposing, writing
from content.digests.model import MOST_POINTS, DigestClosedError, Line, OwnDigestError
from content.digests.placing import Names
from content.drafts import deciding as draft_deciding
from content.drafts import joining, requirements, starting
from content.drafts import keeping as drafts
from content.drafts import writing as draft_writing
from content.drafts.model import ChangedError, ClosedError, Draft, OwnWorkError, Requirement, UnmetError
from content.publishing import TransitionError
from tests.content.builders import put, regulation, resolution
from tests.content.drafts.desk import LAN, MINH, PUBLIC, acts, begun, issued, ready

pytestmark = pytest.mark.usefixtures("handbook")
TEXT = regulation(characters=1_500)
SLUG = "quy-dinh-12-qd-tu-2026"
POINTS = [Line("Chi bộ họp mỗi tháng một lần.", "Điều 1"), Line("Vắng phải báo trước.", "khoản 2 Điều 2")]


async def edition_of(slug: str = SLUG, ordinal: int = 1) -> UUID:
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {} AND e.ordinal = {}",
        slug, ordinal,
    )  # fmt: skip
    return rows[0]["id"]


async def written(lines: list[Line] = POINTS, *, by: str = LAN) -> UUID:
    """An issued edition with a digest that Lan wrote."""
    await put(TEXT)
    edition = await edition_of()
    await writing.write(edition, lines, seen=0, by=by, unit=1)
    return edition


async def approved() -> UUID:
    """One that Minh approved."""
    edition = await written()
    await deciding.submit(edition, seen=1, by=LAN)
    await deciding.approve(edition, seen=1, by=MINH)
    return edition


async def read(ordinal: int | None = None) -> list[tuple[str, str, str]]:
    """What readers have above the text."""
    found = await (
        reading.edition(SLUG, ordinal, scopes=PUBLIC) if ordinal else reading.edition_in_force(SLUG, scopes=PUBLIC)
    )
    return [(each.words, each.path, each.label) for each in found.digest.points] if found.digest else []


AS_READ = [
    ("Chi bộ họp mỗi tháng một lần.", "dieu-1", "Điều 1"), ("Vắng phải báo trước.", "dieu-2.khoan-2", "Khoản 2 Điều 2"),
]  # fmt: skip


# Its way


async def test_readers_have_a_digest_once_somebody_else_approved_it():
    edition = await written()
    assert await read() == []
    await deciding.submit(edition, seen=1, by=LAN)
    assert await read() == []
    before = (await reading.edition_in_force(SLUG, scopes=PUBLIC)).etag
    await deciding.approve(edition, seen=1, by=MINH)
    assert await read() == AS_READ
    assert (await reading.edition_in_force(SLUG, scopes=PUBLIC)).etag != before
    assert await acts(f"edition:{edition}") == ["digest.write", "digest.submit"]
    assert (await acts(f"document:{(await keeping.digest_of(edition)).document}"))[-1] == "digest.approve"


async def test_nobody_approves_a_digest_they_had_a_hand_in():
    edition = await written()
    await writing.write(edition, POINTS[:1], seen=1, by=MINH)
    await deciding.submit(edition, seen=2, by=LAN)
    for by in (LAN, MINH):
        with pytest.raises(OwnDigestError):
            await deciding.approve(edition, seen=2, by=by)
    assert await read() == []


async def test_readers_keep_what_was_approved_while_another_is_written():
    edition = await approved()
    with pytest.raises(ConflictError, match="digest-nothing-new"):
        await deciding.submit(edition, seen=1, by=LAN)
    assert await writing.write(edition, POINTS[:1], seen=1, by=LAN) == 2
    assert await read() == AS_READ
    await deciding.submit(edition, seen=2, by=LAN)
    with pytest.raises(DigestClosedError):
        await writing.write(edition, POINTS, seen=2, by=LAN)
    await deciding.send_back(edition, seen=2, reason="Thiếu ý về báo vắng.", by=MINH)
    digest = await keeping.digest_of(edition)
    assert (digest.state, digest.returned_for, digest.is_open) == ("returned", "Thiếu ý về báo vắng.", True)
    assert await read() == AS_READ


async def test_a_withdrawn_digest_is_read_no_more_and_may_be_handed_in_again():
    edition = await approved()
    for _ in range(2):
        await deciding.withdraw(edition, reason="Sai ý.", by=MINH)
    assert await read() == []
    digest = await keeping.digest_of(edition)
    assert (digest.state, digest.withdrawn_for) == ("withdrawn", "Sai ý.")
    assert (await acts(f"document:{digest.document}")).count("digest.withdraw") == 1
    with pytest.raises(TransitionError):
        await deciding.withdraw(edition, reason="Lại sai.", by=MINH)
    await deciding.submit(edition, seen=1, by=LAN)
    await deciding.approve(edition, seen=1, by=MINH)
    assert await read() == AS_READ


async def test_what_is_being_written_outlives_the_withdrawal_of_what_was_shown():
    edition = await approved()
    await writing.write(edition, POINTS[:1], seen=1, by=LAN)
    await deciding.withdraw(edition, reason="Sai ý.", by=MINH)
    digest = await keeping.digest_of(edition)
    assert (digest.state, len(digest.points), digest.shown) == ("draft", 1, ())


async def test_each_step_may_be_asked_for_again():
    edition = await written()
    for _ in range(2):
        assert await writing.write(edition, POINTS, seen=0, by=LAN) == 1
        await deciding.submit(edition, seen=1, by=LAN)
    for _ in range(2):
        await deciding.take_back(edition, by=LAN)
    await deciding.submit(edition, seen=1, by=LAN)
    for _ in range(2):
        await deciding.approve(edition, seen=1, by=MINH)
    made = [*await acts(f"edition:{edition}"), *await acts(f"document:{(await keeping.digest_of(edition)).document}")]
    assert [made.count(f"digest.{verb}") for verb in ("write", "submit", "take-back", "approve")] == [1, 2, 1, 1]


async def test_who_opened_an_older_version_is_told_and_sees_both():
    edition = await written()
    await writing.write(edition, POINTS[:1], seen=1, by=MINH)
    with pytest.raises(ChangedError) as error:
        await writing.write(edition, [Line("Ý khác.", "Điều 3")], seen=1, by=LAN)
    assert error.value.theirs == (await keeping.digest_of(edition)).points
    for act in (deciding.submit(edition, seen=1, by=LAN),):
        with pytest.raises(ChangedError):
            await act
    await deciding.submit(edition, seen=2, by=LAN)
    with pytest.raises(ChangedError):
        await deciding.approve(edition, seen=1, by="third")


async def test_steps_are_not_skipped_and_need_their_words():
    edition = await written([])
    with pytest.raises(NotFoundError):  # nobody has written any
        await deciding.submit(edition, seen=0, by=LAN)
    await writing.write(edition, POINTS, seen=0, by=LAN, unit=1)
    with pytest.raises(TransitionError):
        await deciding.approve(edition, seen=1, by=MINH)
    with pytest.raises(TransitionError):
        await deciding.withdraw(edition, reason="Sai.", by=MINH)
    await writing.write(edition, [], seen=1, by=LAN)
    with pytest.raises(InvalidError, match="digest-empty"):
        await deciding.submit(edition, seen=2, by=LAN)
    for act in (
        deciding.send_back(edition, seen=2, reason=" ", by=MINH),
        deciding.withdraw(edition, reason="", by=MINH),
    ):
        with pytest.raises(InvalidError) as error:
            await act
        assert error.value.fields[0].field == "reason"


# What a point must be


@pytest.mark.parametrize(
    ("line", "field", "key"),
    [
        (Line("", "Điều 1"), "words2", "digest-words-missing"),
        (Line("ă" * 301, "Điều 1"), "words2", "digest-words-long"),
        (Line("Một đoạn.\n\nHai đoạn.", "Điều 1"), "words2", "digest-words-lines"),
        (Line("Họp **mỗi tháng**.", "Điều 1"), "words2", "digest-words-markup"),
        (Line("<b>Họp</b> mỗi tháng.", "Điều 1"), "words2", "digest-words-markup"),
        (Line("TUYỆT MẬT", "Điều 1"), "words2", "digest-words-secret"),
        (Line("Họp mỗi tháng [MẬT]", "Điều 1"), "words2", "digest-words-secret"),
        (Line("  Ý đầu. ", "Điều 2"), "words2", "digest-words-same"),
        (Line("Ý hai.", ""), "part2", "digest-part-missing"),
        (Line("Ý hai.", "Điều 99"), "part2", "digest-part-unknown"),
        (Line("Ý hai.", "Điều 1 Quy định 99-QĐ/TW"), "part2", "digest-part-unknown"),
        (Line("Ý hai.", "khoản 1"), "part2", "digest-part-several"),
        (Line("Ý hai.", "2"), "part2", "digest-part-unknown"),
    ],
)  # fmt: skip
async def test_a_wrong_point_is_told_at_its_field_and_nothing_is_kept(line: Line, field: str, key: str):
    await put(TEXT)
    edition = await edition_of()
    with pytest.raises(InvalidError) as error:
        await writing.write(edition, [Line("Ý đầu.", "Điều 1"), line], seen=0, by=LAN)
    assert [(each.field, each.key) for each in error.value.fields] == [(field, key)]
    assert (await keeping.digest_of(edition)).version == 0


async def test_a_digest_has_at_most_twelve_points_and_blank_lines_are_none():
    await put(TEXT)
    edition = await edition_of()
    lines = [Line(f"Ý thứ {at}.", "Điều 1") for at in range(MOST_POINTS)]
    with pytest.raises(InvalidError, match="digest-too-many"):
        await writing.write(edition, [*lines, Line("Thừa.", "Điều 1")], seen=0, by=LAN)
    await writing.write(edition, [Line(" ", ""), *lines, Line("", " ")], seen=0, by=LAN)
    assert len((await keeping.digest_of(edition)).points) == MOST_POINTS


@pytest.mark.parametrize("text", [regulation(characters=3_000), resolution(characters=3_000)])
async def test_every_part_is_found_by_what_it_is_called(text: str):
    row = await put(text)
    names = Names(await fragments.pieces_of(await edition_of(row.slug)))
    offered = [name for name, _ in names.offered()]
    assert len(offered) >= 8
    assert [[names.name(path) for path in names.find(name)] for name in offered] == [[name] for name in offered]


@pytest.mark.parametrize(
    ("typed", "path"),
    [("II.3", "ii.3"), ("muc ii.3", "ii.3"), ("II", "ii"), ("Mục I", "i"), ("ii.3", "ii.3"), ("II.3 ", "ii.3")],
)
async def test_a_part_may_be_named_in_short(typed: str, path: str):
    row = await put(resolution(characters=6_000))
    names = Names(await fragments.pieces_of(await edition_of(row.slug)))
    assert names.find(typed) == [path]


# With a draft


async def beside_a_draft(lines: list[Line] = POINTS, draft: Draft | None = None) -> Draft:
    draft = draft or await ready(TEXT)
    await writing.write(draft.edition, lines, seen=0, by=LAN)
    await draft_deciding.confirm_unclassified(draft.edition, by=LAN)
    return await drafts.draft_of(draft.edition)


async def lacking(draft: Draft) -> dict[str, Requirement]:
    found = await requirements.requirements(await drafts.draft_of(draft.edition), scopes=PUBLIC)
    return {each.key: each for each in found if each.place == "digest"}


async def test_a_digest_beside_a_draft_is_approved_and_issued_with_it():
    draft = await beside_a_draft()
    assert draft.version > 1 and (await keeping.digest_of(draft.edition)).unit == draft.unit
    await draft_deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    with pytest.raises(ClosedError):
        await writing.write(draft.edition, POINTS[:1], seen=1, by=LAN)
    for act in (deciding.submit(draft.edition, seen=1, by=LAN), deciding.approve(draft.edition, seen=1, by=MINH)):
        with pytest.raises(NotFoundError):  # it has no way of its own
            await act
    await draft_deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
    assert await read() == AS_READ
    digest = await keeping.digest_of(draft.edition)
    assert (digest.state, digest.approved_by) == ("approved", MINH)


async def test_who_wrote_the_digest_had_a_hand_in_the_draft_and_its_confirmation_is_asked_anew():
    draft = await ready(TEXT)
    await writing.write(draft.edition, POINTS, seen=0, by=MINH)
    draft = await drafts.draft_of(draft.edition)
    assert (MINH in draft.hands, draft.unclassified_by) == (True, "")
    await draft_deciding.confirm_unclassified(draft.edition, by=LAN)
    await draft_deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    with pytest.raises(OwnWorkError):
        await draft_deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)


async def test_a_point_whose_part_is_gone_stops_the_issue_and_one_whose_part_changed_warns():
    draft = await beside_a_draft([*POINTS, Line("Điều cuối nói rõ.", "điểm b khoản 2 Điều 4")])
    assert await lacking(draft) == {}
    text = await draft_writing.text_of(draft.edition)
    start, end = text.index("**Điều 2.**"), text.index("**Điều 3.**")
    changed = text[:start] + text[end:].replace("b) ", "b) Nay ")
    await draft_writing.rewrite(draft.edition, changed, seen=storing.digest_of(text), by=LAN)
    found = await lacking(draft)
    assert found["require-digest-part"].blocking and found["require-digest-part"].values == {"number": 2}
    assert not found["require-digest-changed"].blocking and found["require-digest-changed"].values["number"] == 3
    await draft_deciding.confirm_unclassified(draft.edition, by=LAN)
    stands = await drafts.draft_of(draft.edition)
    with pytest.raises(UnmetError):
        await draft_deciding.submit(draft.edition, seen=stands.version, by=LAN, scopes=PUBLIC)
    kept = [POINTS[0], Line("Điều cuối nói rõ.", "điểm b khoản 2 Điều 4")]
    await writing.write(draft.edition, kept, seen=1, by=LAN)  # looked at again
    assert await lacking(draft) == {}


async def test_a_point_that_only_repeats_its_heading_warns():
    draft = await begun(TEXT.replace("**Điều 1.** ", "**Điều 1.** Phạm vi điều chỉnh\n\nLời: ", 1))
    heading = (await fragments.text_of(draft.edition)).contents[1].heading
    await writing.write(draft.edition, [Line(heading, "Điều 1")], seen=0, by=LAN)
    assert not (await lacking(draft))["require-digest-heading"].blocking


async def test_a_discarded_draft_takes_its_digest_along():
    draft = await beside_a_draft()
    await draft_writing.discard(draft.edition, by=LAN)
    assert await database.fetch("SELECT edition FROM digest") == []


async def test_a_digest_follows_a_draft_that_is_joined_to_an_issued_document():
    first = await issued(TEXT)
    draft = await begun(TEXT.replace("a) ", "a) Nay ", 1))
    await writing.write(draft.edition, POINTS, seen=0, by=LAN)
    await joining.join(draft.edition, first.document, by=LAN)
    assert await lacking(draft) == {}


# A later text


async def test_a_later_text_may_begin_with_the_digest_of_the_one_before():
    first = await beside_a_draft()
    await draft_deciding.submit(first.edition, seen=first.version, by=LAN, scopes=PUBLIC)
    await draft_deciding.approve(first.edition, seen=first.version, by=MINH, scopes=PUBLIC)
    await issuing.publish(first.edition, by=MINH, scopes=PUBLIC)
    later = await starting.from_document(UUID(int=7), first.document, unit=1, by=LAN)
    text = await draft_writing.text_of(later)
    start, end = text.index("**Điều 2.**"), text.index("**Điều 3.**")
    without = "**Điều 1.** Điều mới đứng trước.\n\n" + text[text.index("**Điều 1.**") :].replace(
        "**Điều 1.**", "**Điều 1a.**", 1
    )
    without = text[: text.index("**Điều 1.**")] + without.replace(text[start:end], "")
    await draft_writing.rewrite(later, without, seen=storing.digest_of(text), by=LAN)
    assert await proposing.carried(later) == [Line(POINTS[0].words, "Điều 1a"), Line(POINTS[1].words, "")]
    assert await proposing.carried(first.edition) == []


async def test_a_digest_stands_above_its_own_edition_only():
    await approved()
    await put(TEXT.replace("1. ", "1. Nay ", 1))
    assert (await read(), await read(1)) == ([], AS_READ)


async def test_headings_are_offered_as_they_stand_in_the_text():
    row = await put(resolution(characters=6_000))
    edition = await edition_of(row.slug)
    offered = await proposing.headings(edition)
    assert [line.part for line in offered][:2] == ["Mục I", "Mục II"]
    assert not any(line.words.isupper() for line in offered)


# On phones


async def test_phones_are_told_when_a_digest_comes_and_goes():
    edition = await written()
    await deciding.submit(edition, seen=1, by=LAN)
    await _sealed()
    batch = await library.changes_since(None, PUBLIC)
    assert [item.digest for item in batch.items] == [None]
    await deciding.approve(edition, seen=1, by=MINH)
    await _sealed()
    batch = await library.changes_since(batch.cursor, PUBLIC)
    assert [[point.path for point in item.digest.points] for item in batch.items] == [["dieu-1", "dieu-2.khoan-2"]]
    await deciding.withdraw(edition, reason="Sai.", by=MINH)
    await _sealed()
    assert [item.digest for item in (await library.changes_since(batch.cursor, PUBLIC)).items] == [None]


async def test_a_digest_goes_with_its_edition():
    edition = await approved()
    await publishing.withdraw(edition, by=MINH, reason="Ban hành nhầm.")
    for act in (deciding.submit(edition, seen=1, by=LAN), writing.write(edition, [], seen=1, by=LAN)):
        with pytest.raises(NotFoundError):
            await act


async def _sealed() -> None:
    while await journal.seal_pending():
        pass
