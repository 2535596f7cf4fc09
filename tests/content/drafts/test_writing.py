"""Changing a draft: whoever opened an older state is told, and nothing typed is lost."""

import asyncio
from datetime import date

import msgspec
import pytest

from base.errors import InvalidError
from content import fragments, originals, storing
from content.drafts import keeping, writing
from content.drafts.model import ChangedError, ClosedError, Facts
from content.outcomes import Refusal
from tests.content.builders import regulation
from tests.content.drafts.desk import LAN, MINH, begun, ready, stated, submitted

pytestmark = pytest.mark.usefixtures("handbook")


async def _part(edition, path="dieu-1.khoan-1"):
    pieces = await fragments.pieces_of(edition)
    part = next(part for part in pieces.parts if part.path == path)
    return part, pieces.anchors[path], storing.digest_of(part.text)


async def test_one_part_is_given_other_words_and_the_rest_stays():
    draft = await begun()
    part, anchor, seen = await _part(draft.edition)
    before = await writing.text_of(draft.edition)
    await writing.rewrite_part(draft.edition, anchor, "1. Chi bộ họp mỗi tháng.", seen=seen, by=LAN)
    assert await writing.text_of(draft.edition) == before.replace(part.text.rstrip(), "1. Chi bộ họp mỗi tháng.")
    now, again, _ = await _part(draft.edition)
    assert (again, now.body) == (anchor, "Chi bộ họp mỗi tháng.")
    assert "Chi bộ họp mỗi tháng." in (await fragments.text_of(draft.edition)).html
    assert (await keeping.draft_of(draft.edition)).version == 2


async def test_saving_the_same_again_changes_nothing():
    draft = await begun()
    _, anchor, seen = await _part(draft.edition)
    for _ in range(2):  # the answer to the first may have been lost on its way
        await writing.rewrite_part(draft.edition, anchor, "1. Họp mỗi tháng.", seen=seen, by=LAN)
    assert (await keeping.draft_of(draft.edition)).version == 2


async def test_a_part_that_somebody_else_changed_comes_back_with_their_words():
    draft = await begun()
    _, anchor, seen = await _part(draft.edition)
    await writing.rewrite_part(draft.edition, anchor, "1. Minh viết.", seen=seen, by=MINH)
    with pytest.raises(ChangedError) as changed:
        await writing.rewrite_part(draft.edition, anchor, "1. Lan viết.", seen=seen, by=LAN)
    assert str(changed.value.theirs).strip() == "1. Minh viết."
    with pytest.raises(ChangedError) as gone:
        await writing.rewrite_part(draft.edition, "no-such-anchor", "1. Lan viết.", seen=seen, by=LAN)
    assert gone.value.theirs is None


async def test_two_editors_may_change_two_parts():
    draft = await begun()
    _, one, seen_one = await _part(draft.edition)
    _, two, seen_two = await _part(draft.edition, "dieu-1.khoan-2.diem-a")
    await writing.rewrite_part(draft.edition, one, "1. Minh viết.", seen=seen_one, by=MINH)
    await writing.rewrite_part(draft.edition, two, "a) Lan viết;", seen=seen_two, by=LAN)
    text = await writing.text_of(draft.edition)
    assert "1. Minh viết." in text
    assert "a) Lan viết;" in text
    assert (await keeping.draft_of(draft.edition)).hands == {LAN, MINH}


async def test_of_two_at_the_same_moment_none_is_lost_without_a_word():
    draft = await begun()
    _, anchor, seen = await _part(draft.edition)
    asked = [writing.rewrite_part(draft.edition, anchor, f"1. Lần {n}.", seen=seen, by=LAN) for n in range(4)]
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, ChangedError) for each in ended) == 3
    assert sum(isinstance(each, str) for each in ended) == 1


async def test_the_whole_text_can_be_put_in_anew():
    draft = await begun()
    seen = storing.digest_of(await writing.text_of(draft.edition))
    other = regulation(seed=3)
    await writing.rewrite(draft.edition, other, seen=seen, by=LAN)
    assert await writing.text_of(draft.edition) == other
    with pytest.raises(ChangedError):
        await writing.rewrite(draft.edition, regulation(seed=4), seen=seen, by=LAN)
    with pytest.raises(Refusal):
        now = storing.digest_of(other)
        await writing.rewrite(draft.edition, "MẬT\n\n" + other, seen=now, by=LAN)


async def test_facts_are_stated_against_those_that_were_seen():
    draft = await begun()
    seen = writing.mark_of(draft.facts)
    await stated(draft, topic="xay-dung-dang")
    mine = msgspec.structs.replace(draft.facts, topic="kinh-te")
    with pytest.raises(ChangedError) as changed:
        await writing.state_facts(draft.edition, mine, seen=seen, by=MINH)
    assert isinstance(changed.value.theirs, Facts)
    assert changed.value.theirs.topic == "xay-dung-dang"


async def test_what_is_stated_is_what_the_preview_shows():
    draft = await stated(await begun(), signer="Lò Thị Mai", note="Sửa lỗi in.")
    assert (await fragments.text_of(draft.edition)).head.signer == "Lò Thị Mai"


async def test_a_day_that_cannot_be_meant_is_refused():
    draft = await begun()
    wrong = msgspec.structs.replace(draft.facts, effective_from=date(26, 5, 4))
    with pytest.raises(InvalidError) as error:
        await writing.state_facts(draft.edition, wrong, seen=writing.mark_of(draft.facts), by=LAN)
    assert error.value.fields[0].field == "effective_from"


async def test_what_is_with_the_approver_is_not_changed():
    draft = await submitted()
    _, anchor, seen = await _part(draft.edition)
    with pytest.raises(ClosedError):
        await writing.rewrite_part(draft.edition, anchor, "1. Khác.", seen=seen, by=LAN)
    with pytest.raises(ClosedError):
        await stated(draft, topic="khac")
    with pytest.raises(ClosedError):
        await writing.discard(draft.edition, by=LAN)


async def test_other_words_must_be_confirmed_unclassified_again():
    draft = await ready()
    assert draft.unclassified_by == LAN
    _, anchor, seen = await _part(draft.edition)
    await writing.rewrite_part(draft.edition, anchor, "1. Khác hẳn.", seen=seen, by=LAN)
    assert (await keeping.draft_of(draft.edition)).unclassified_by == ""


async def test_a_signed_scan_is_kept_beside_the_text_that_was_supplied():
    draft = await begun()
    await writing.add_scan(draft.edition, b"%PDF-1.7 no text", "quyet-dinh-da-ky.PDF", by=LAN)
    assert [each.role for each in await originals.originals(draft.edition)] == ["signed"]
    for data, name, why in [
        (b"%PDF-1.7", "tep.exe", "draft-scan-kind"), (b"MZ", "tep.pdf", "draft-scan-broken"),
        (b"%PDF-" + bytes(20 * 1024 * 1024), "tep.pdf", "content-import-too-large"),
    ]:  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            await writing.add_scan(draft.edition, data, name, by=LAN)
        assert refusal.value.told.key == why
