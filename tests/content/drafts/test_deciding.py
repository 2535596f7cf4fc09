"""An editor hands in, somebody else decides; who decides sees what they decide on."""

from datetime import timedelta

import msgspec
import pytest

from base import clock
from base.errors import InvalidError
from content.drafts import deciding, keeping, writing
from content.drafts.model import ChangedError, ClosedError, OwnWorkError, UnmetError
from content.publishing import TransitionError
from tests.content.drafts.desk import LAN, MINH, PUBLIC, acts, approved, begun, ready, stated, submitted

pytestmark = pytest.mark.usefixtures("handbook")
HOUR = timedelta(hours=1)


async def _state(draft) -> str:
    return (await keeping.draft_of(draft.edition)).state


async def test_a_draft_goes_from_its_editor_to_its_approver():
    draft = await approved()
    assert (draft.state, draft.submitted_by, draft.approved_by) == ("approved", LAN, MINH)
    assert (await acts(f"edition:{draft.edition}"))[-3:] == ["draft.unclassified", "draft.submit", "draft.approve"]


async def test_nobody_approves_what_they_had_a_hand_in():
    draft = await submitted()
    with pytest.raises(OwnWorkError):
        await deciding.approve(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    assert await _state(draft) == "submitted"


async def test_a_second_editor_who_changed_one_fact_may_not_approve_either():
    draft = await ready()
    other = msgspec.structs.replace(draft.facts, note="Sửa lỗi in.")
    await writing.state_facts(draft.edition, other, seen=writing.mark_of(draft.facts), by=MINH)
    draft = await keeping.draft_of(draft.edition)
    await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    with pytest.raises(OwnWorkError):
        await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)


async def test_what_lacks_something_is_not_handed_in():
    draft = await begun()
    with pytest.raises(UnmetError):
        await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    assert await _state(draft) == "draft"


async def test_only_the_version_that_was_seen_is_handed_in_and_approved():
    draft = await ready()
    await stated(draft, note="Bản khác.")
    with pytest.raises(ChangedError):
        await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    await deciding.submit(draft.edition, seen=draft.version + 1, by=LAN, scopes=PUBLIC)
    with pytest.raises(ChangedError):
        await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)


async def test_each_step_may_be_asked_for_again():
    draft = await submitted()
    await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)
    for _ in range(2):
        await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    at = clock.now() + HOUR
    for _ in range(2):
        await deciding.schedule(draft.edition, at=at, by=MINH)
    for _ in range(2):
        await deciding.unschedule(draft.edition, by=MINH)
    assert await _state(draft) == "approved"
    made = await acts(f"edition:{draft.edition}")
    assert [made.count(f"draft.{verb}") for verb in ("submit", "approve", "schedule", "unschedule")] == [1, 1, 1, 1]


async def test_a_returned_draft_comes_back_with_a_reason_and_remarks_on_parts():
    draft = await submitted()
    for _ in range(2):
        await deciding.send_back(
            draft.edition,
            seen=draft.version,
            reason="Thiếu căn cứ.",
            remarks={"abc": "Nêu rõ hạn.", "d": "  "},
            by=MINH,
        )
    back = await keeping.draft_of(draft.edition)
    assert (back.state, back.reason, back.open) == ("returned", "Thiếu căn cứ.", True)
    [remark] = await deciding.remarks(draft.edition)
    assert (remark["anchor"], remark["words"], remark["made_by"], remark["settled_at"]) == (
        "abc", "Nêu rõ hạn.", MINH, None,
    )  # fmt: skip
    await deciding.submit(draft.edition, seen=back.version, by=LAN, scopes=PUBLIC)
    assert (await deciding.remarks(draft.edition))[0]["settled_at"]
    assert (await keeping.draft_of(draft.edition)).reason == ""


async def test_nothing_is_returned_without_a_reason():
    draft = await submitted()
    with pytest.raises(InvalidError) as error:
        await deciding.send_back(draft.edition, seen=draft.version, reason=" ", remarks={"abc": "Sai"}, by=MINH)
    assert error.value.fields[0].field == "reason"
    assert await deciding.remarks(draft.edition) == []


async def test_an_approved_draft_may_still_be_returned_and_must_be_approved_anew():
    draft = await approved()
    await deciding.send_back(draft.edition, seen=draft.version, reason="Sai ngày.", remarks={}, by=MINH)
    back = await keeping.draft_of(draft.edition)
    assert (back.state, back.approved_by) == ("returned", "")


async def test_an_editor_takes_back_what_nobody_decided_yet():
    draft = await submitted()
    for _ in range(2):
        await deciding.take_back(draft.edition, by=LAN)
    assert await _state(draft) == "draft"
    approved_one = await approved(None, number="13-QĐ/TU")
    with pytest.raises(TransitionError):
        await deciding.take_back(approved_one.edition, by=LAN)


async def test_steps_are_not_skipped():
    draft = await ready()
    with pytest.raises(TransitionError):
        await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    with pytest.raises(TransitionError):
        await deciding.schedule(draft.edition, at=clock.now() + HOUR, by=MINH)
    with pytest.raises(TransitionError):
        await deciding.unschedule(draft.edition, by=MINH)
    with pytest.raises(ClosedError):
        await deciding.confirm_unclassified((await submitted(None, number="14-QĐ/TU")).edition, by=LAN)


async def test_a_moment_that_is_past_is_none_to_wait_for():
    draft = await approved()
    with pytest.raises(InvalidError) as error:
        await deciding.schedule(draft.edition, at=clock.now(), by=MINH)
    assert error.value.fields[0].field == "publish_at"
