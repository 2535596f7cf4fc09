"""Whose a comment is: the nearest unit's with somebody who may decide, and nobody else sees it as their task."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from backend.accounts import members, roles, units
from backend.discussion.about import About
from backend.moderation import cases, claiming, queue
from backend.moderation.model import AlreadyDecidedError, ClaimedError
from base import clock, database
from base.errors import InvalidError, NotFoundError
from tests import builders
from tests.backend.moderation.conftest import CLEAN, Bench
from tests.content.builders import put, regulation


async def waiting(bench: Bench, member: UUID, **how) -> list[tuple[str, UUID]]:
    view = queue.view(
        await bench.reader(member), **{key: how.pop(key) for key in ("everything", "within") if key in how}
    )
    return [(row.kind, row.case.comment.id) for row in (await queue.waiting(view, **how)).rows]


async def test_a_comment_belongs_to_the_nearest_unit_with_a_moderator(bench: Bench):
    mine = await bench.hold()
    far = await bench.hold(by=await builders.member("xa", unit=bench.circle.people.ward_cell))
    assert await waiting(bench, bench.khanh) == [("held", mine.id)]
    assert await waiting(bench, bench.tam) == [("held", far.id)]
    assert await waiting(bench, bench.tam, everything=True) == [("held", mine.id), ("held", far.id)]
    assert await waiting(bench, bench.tam, everything=True, within=bench.circle.people.commune) == [("held", mine.id)]
    assert await waiting(bench, bench.tam, within=bench.circle.people.commune) == []


@pytest.mark.parametrize("ends", ["withdrawn", "disabled"])
async def test_without_a_moderator_it_goes_up_to_the_next_unit_that_has_one(bench: Bench, ends):
    said = await bench.hold()
    if ends == "withdrawn":
        [grant] = await roles.grants(bench.khanh)
        await roles.withdraw(grant.id, by="cli")
    else:
        await members.disable(bench.khanh, by="cli")
    assert await waiting(bench, bench.tam) == [("held", said.id)]


async def test_it_stays_with_the_unit_where_it_was_written_as_the_tree_is_today(bench: Bench):
    said = await bench.hold()
    await members.move(bench.circle.people.mai, unit=bench.circle.people.ward_cell, by="cli", on=clock.today())
    assert await waiting(bench, bench.khanh) == [("held", said.id)], "it stays where its author belonged"
    await units.move(bench.circle.people.cell, parent=bench.circle.people.ward, on=clock.today(), by="cli")
    assert (await waiting(bench, bench.khanh), await waiting(bench, bench.tam)) == ([], [("held", said.id)])
    await database.execute("UPDATE comment SET unit = NULL")
    assert await waiting(bench, bench.tam) == [("held", said.id)], "whoever belonged nowhere"


async def test_nobody_finds_their_own_comment_in_their_queue(bench: Bench):
    said = await bench.hold(by=bench.khanh)
    assert await waiting(bench, bench.khanh, everything=True) == []
    assert await waiting(bench, bench.tam) == [("held", said.id)], "the nearest that may decide is above"
    with pytest.raises(NotFoundError):
        await cases.opened(said.id, await bench.reader(bench.khanh))


async def test_a_comment_on_what_the_moderator_may_not_read_goes_up(bench: Bench):
    narrow = await put(
        regulation("11-QĐ/TU", issued=date(2026, 7, 1)),
        audience=[f"member:{bench.circle.people.mai}", f"at:{bench.circle.people.office}"],
    )
    said = await bench.hold(about=About(document=narrow.slug))
    assert await waiting(bench, bench.khanh, everything=True) == []
    assert await waiting(bench, bench.tam) == [("held", said.id)]
    with pytest.raises(NotFoundError):
        await cases.opened(said.id, await bench.reader(bench.khanh))
    assert (await cases.opened(said.id, await bench.reader(bench.tam))).decides
    hidden = await bench.hold(about=About(document=bench.circle.narrow), words="Gọi 0912 345 679 cho tôi.")
    assert await waiting(bench, bench.khanh) == [("held", hidden.id)]
    assert await waiting(bench, bench.tam, everything=True) == [("held", said.id)], (
        "the commune's is not for the office"
    )


async def test_comments_on_news_wait_like_others(bench: Bench):
    said = await bench.hold(about=About(news=bench.circle.item))
    assert await waiting(bench, bench.khanh) == [("held", said.id)]
    await database.execute("UPDATE news SET state = 'withdrawn'")
    assert await waiting(bench, bench.khanh) == []
    with pytest.raises(NotFoundError):
        await cases.opened(said.id, await bench.reader(bench.khanh))


async def test_reports_and_appeals_wait_beside_what_is_held(bench: Bench):
    people = bench.circle.people
    held = await bench.hold()
    reported = await bench.circle.say(CLEAN)
    await bench.report(reported, by=people.quang)
    hidden = await bench.hold("Gọi 0912 345 679 cho tôi.")
    await bench.decide(hidden, by=bench.khanh)
    await bench.appeal(hidden)
    assert await waiting(bench, bench.khanh) == [("held", held.id), ("reported", reported.id)]
    assert await waiting(bench, bench.tam) == [("appealed", hidden.id)], "somebody else than who decided"
    for kind, id in (("held", held.id), ("reported", reported.id)):
        assert await waiting(bench, bench.khanh, kind=kind) == [(kind, id)]
    second = await builders.member("hai", unit=people.cell)
    await builders.role(second, "moderator", people.commune)
    assert ("appealed", hidden.id) in await waiting(bench, second), "the nearest unit has somebody else now"
    assert await waiting(bench, bench.tam) == []


async def test_pages_go_on_where_they_ended(bench: Bench):
    ids = [(await bench.hold(f"Gọi 0912 345 6{at:02} cho tôi về việc {at}.")).id for at in range(5)]
    await database.execute("UPDATE comment SET created_at = {} WHERE id = {}", clock.now() - timedelta(days=1), ids[4])
    view, seen, cursor = queue.view(await bench.reader(bench.khanh)), [], None
    while True:
        page = await queue.waiting(view, cursor=cursor, limit=2)
        seen += [row.case.comment.id for row in page.rows]
        if (cursor := page.next) is None:
            break
    assert seen == [ids[4], *ids[:4]]
    with pytest.raises(InvalidError):
        await queue.waiting(view, cursor="gia-mao")


async def test_those_that_pass_the_nearest_are_found_behind_many_that_do_not(bench: Bench, monkeypatch):
    monkeypatch.setattr(queue, "PASSED", 1)
    people, second = bench.circle.people, await builders.member("hai", unit=bench.circle.people.cell)
    for at in range(2):
        await bench.report(await bench.circle.say(f"Nên họp vào buổi tối thứ {at + 2}."), by=people.quang)
    own = [await bench.circle.say(f"Nên họp vào {at}.", by=bench.khanh) for at in ("buổi sáng", "cuối tuần này")]
    for comment in own:
        await bench.report(comment, by=second)
    assert await waiting(bench, bench.tam) == [("reported", comment.id) for comment in own]


async def test_an_auditor_looks_on_and_decides_nothing(bench: Bench):
    said = await bench.hold()
    thu = bench.circle.people.thu
    assert await waiting(bench, thu) == [("held", said.id)]
    assert not (await cases.opened(said.id, await bench.reader(thu))).decides
    for stranger in (bench.circle.people.lan, bench.circle.people.quang, bench.circle.people.mai):
        with pytest.raises(NotFoundError):
            await cases.opened(said.id, await bench.reader(stranger))


async def test_what_one_has_taken_up_is_seen_by_others_until_the_time_is_over(bench: Bench, monkeypatch):
    said = await bench.hold()
    await claiming.claim(said.id, by=bench.khanh)
    assert (await bench.case(said)).claim.member == bench.khanh
    for act in (claiming.claim(said.id, by=bench.tam), bench.decide(said)):
        with pytest.raises(ClaimedError) as error:
            await act
        assert error.value.values["name"] == "Bùi Duy Khánh"
    later = clock.now() + claiming.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await bench.case(said)).claim is None
    await claiming.claim(said.id, by=bench.tam)
    await claiming.release(said.id, by=bench.khanh)
    assert (await bench.case(said)).claim.member == bench.tam, "nobody gives back what another has"
    await claiming.release(said.id, by=bench.tam)
    await bench.decide(said, by=bench.khanh)
    with pytest.raises(AlreadyDecidedError):
        await claiming.claim(said.id, by=bench.tam)


async def test_an_appeal_that_waits_too_long_is_overdue(bench: Bench, monkeypatch):
    said = await bench.hold()
    await bench.decide(said)
    made = await bench.appeal(said)
    assert made.due_on == clock.today() + timedelta(days=7) and not made.is_overdue
    await database.execute("UPDATE appeal SET due_on = {}", clock.today() - timedelta(days=1))
    assert (await bench.case(said)).appeal.is_overdue
