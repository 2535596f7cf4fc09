"""What was approved becomes what readers have, once, whoever asks however often."""

import asyncio
from datetime import date, timedelta

import pytest

from base import clock, database
from base.errors import ConflictError, NotFoundError
from content import audiences, fragments, issuing, library, publishing, reading, storing
from content.drafts import deciding, keeping, writing
from content.drafts.model import Claim, UnmetError
from content.publishing import TransitionError
from tests.content.builders import put, regulation
from tests.content.drafts.desk import LAN, MINH, PUBLIC, acts, approved, begun, issued, submitted

pytestmark = pytest.mark.usefixtures("handbook")
SLUG = "quy-dinh-12-qd-tu-2026"
HOUR = timedelta(hours=1)


async def _notices() -> list[dict]:
    return await database.fetch("SELECT key, kind, about, audience, urgency FROM notice")


async def test_an_issued_draft_is_read_listed_and_kept_on_phones():
    draft = await issued()
    found = await reading.edition_in_force(SLUG, scopes=PUBLIC)
    assert (found.edition.ordinal, found.edition.state, found.document.topic) == (1, "published", "xay-dung-dang")
    assert [row.slug for row in (await reading.documents(scopes=PUBLIC)).rows] == [SLUG]
    assert [item.slug for item in (await library.changes_since("", PUBLIC)).items] == [SLUG]
    assert await acts(f"document:{draft.document}") == ["document.publish"]


async def test_citations_in_it_are_resolved_from_where_it_stands():
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1), acknowledged=("05-NQ/TU",))
    assert f"?from={SLUG}@1" in (await reading.edition_in_force(SLUG, scopes=PUBLIC)).html


async def test_asked_fifty_times_at_once_it_is_issued_once_and_one_notice_is_owed():
    draft = await approved()
    asked = [issuing.publish(draft.edition, by=MINH, scopes=PUBLIC) for _ in range(50)]
    assert sorted(await asyncio.gather(*asked)) == [False] * 49 + [True]
    assert await acts(f"document:{draft.document}") == ["document.publish"]
    [notice] = await _notices()
    assert (notice["about"], notice["audience"]) == (f"document:{draft.document}", '["public"]')


async def test_an_urgent_document_owes_an_urgent_notice():
    await issued(urgency="Hỏa tốc")
    assert [notice["urgency"] for notice in await _notices()] == ["express"]


async def test_only_what_was_approved_is_issued():
    for draft in (await begun(), await submitted(regulation("13-QĐ/TU"))):
        with pytest.raises(TransitionError):
            await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
    assert await _notices() == []


async def test_what_has_been_lacking_since_the_approval_stops_the_issue():
    draft = await approved()
    await put(regulation(seed=7, issued=date(2026, 5, 6)))
    with pytest.raises(UnmetError):
        await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
    assert (await keeping.draft_of(draft.edition)).state == "approved"


async def test_of_two_drafts_of_one_document_one_is_issued():
    one, other = await approved(), await approved(regulation(seed=9))
    asked = [issuing.publish(each.edition, by=MINH, scopes=PUBLIC) for each in (one, other)]
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert [each for each in ended if each is True] == [True]
    assert sum(isinstance(each, (ConflictError, UnmetError)) for each in ended) == 1


async def test_it_is_for_those_it_is_addressed_to_and_nobody_else():
    draft = await issued(audience=("org:7",))
    with pytest.raises(NotFoundError):
        await reading.edition_in_force(SLUG, scopes=PUBLIC)
    assert (await reading.edition_in_force(SLUG, scopes=frozenset({"org:7"}))).document.id == draft.document
    assert [notice["audience"] for notice in await _notices()] == ['["org:7"]']


async def test_a_later_text_takes_the_place_of_the_one_before_and_its_audience_is_the_one_chosen():
    first = await issued()
    text = regulation().replace("1. ", "1. Nay ", 1)
    later = await _issued_later(text, audience=("members",))
    found = await reading.edition_in_force(SLUG, scopes=frozenset({"members"}))
    assert (found.edition.ordinal, [each.state for each in found.editions]) == (2, ["published", "superseded"])
    with pytest.raises(NotFoundError):
        await reading.edition_in_force(SLUG, scopes=PUBLIC)
    windows = await audiences.windows(first.document)
    assert [(window.scope, window.to_at is None) for window in windows] == [("public", False), ("members", True)]
    assert len(await _notices()) == 2
    assert later.document == first.document


async def test_anchors_follow_their_text_into_the_issued_edition():
    first = await issued()
    later = await _issued_later(regulation().replace("1. ", "1. Nay ", 1))
    before, after = [(await fragments.pieces_of(each.edition)).anchors for each in (first, later)]
    assert before == after


async def test_a_part_that_an_editor_wrote_anew_keeps_its_anchor_when_it_is_issued():
    first = await issued()
    draft = await begun(regulation().replace("1. ", "1. Nay ", 1))
    pieces = await fragments.pieces_of(draft.edition)
    part = next(each for each in pieces.parts if each.path == "dieu-1.khoan-1")
    anchor = pieces.anchors[part.path]
    seen = storing.digest_of(part.text)
    await writing.rewrite_part(draft.edition, anchor, "1. Câu hoàn toàn khác hẳn trước.", seen=seen, by=LAN)
    await _handed_on(await keeping.draft_of(draft.edition), effective_from=date(2026, 6, 1))
    after = (await fragments.pieces_of(draft.edition)).anchors
    assert after["dieu-1.khoan-1"] == anchor == (await fragments.pieces_of(first.edition)).anchors["dieu-1.khoan-1"]


async def test_relations_that_were_confirmed_take_effect():
    old = await put(regulation("04-QĐ/TU", issued=date(2020, 1, 2), seed=4))
    await issued(relations=(Claim("replaces", "04-QĐ/TU"),), effective_from=date(2026, 6, 1))
    found = await reading.edition_in_force(old.slug, scopes=PUBLIC)
    assert [(banner.kind, banner.on) for banner in found.banners][-1:] == [("replaced", date(2026, 6, 1))]


async def test_a_scheduled_draft_is_issued_when_its_moment_comes_and_once():
    draft = await approved()
    at = clock.now() + HOUR
    await deciding.schedule(draft.edition, at=at, by=MINH)
    assert await issuing.publish_due() == 0
    clock.stop(at + timedelta(seconds=1))
    try:
        done = await asyncio.gather(*(issuing.publish_due() for _ in range(8)))
    finally:
        clock.stop(None)
    assert sum(done) == 1
    assert len(await _notices()) == 1
    rows = await database.fetch("SELECT by FROM journal WHERE act = 'document.publish'")
    assert [row["by"] for row in rows] == ["system"]


async def test_a_scheduled_draft_that_lacks_something_waits_for_a_person():
    draft = await approved()
    at = clock.now() + HOUR
    await deciding.schedule(draft.edition, at=at, by=MINH)
    await put(regulation(seed=7, issued=date(2026, 5, 6)))
    clock.stop(at + timedelta(seconds=1))
    try:
        assert await issuing.publish_due() == 0
        assert await issuing.publish_due() == 0
    finally:
        clock.stop(None)
    waiting = await keeping.draft_of(draft.edition)
    assert (waiting.state, waiting.publish_at) == ("approved", None)
    assert (await acts(f"edition:{draft.edition}"))[-1] == "draft.stopped"


async def test_a_text_after_one_that_was_withdrawn_gets_the_next_number():
    first = await issued()
    await publishing.withdraw(first.edition, by=MINH, reason="Sai chữ.")
    later = await _issued_later(regulation(seed=8), audience=("public",))
    assert later.document == first.document
    assert (await reading.edition_in_force(SLUG, scopes=PUBLIC)).edition.ordinal == 2


async def _issued_later(text: str, **facts):
    draft = await begun(text)
    assert draft.known
    return await _handed_on(draft, **facts)


async def _handed_on(draft, **facts):
    wanted = {
        **{name: getattr(draft.facts, name) for name in type(draft.facts).__struct_fields__},
        "effective_from": date(2026, 6, 1),
        **facts,
    }
    await writing.state_facts(draft.edition, type(draft.facts)(**wanted), seen=writing.mark_of(draft.facts), by=LAN)
    await deciding.confirm_unclassified(draft.edition, by=LAN)
    draft = await keeping.draft_of(draft.edition)
    await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
    return await keeping.draft_of(draft.edition)
