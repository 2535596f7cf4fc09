"""How much waits: for each their own queue and inbox in numbers, looked at once for all who work at the same desks."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from msgspec import structs

from backend.accounts import members, roles
from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.feedback import desk, handling, sending
from backend.discussion.feedback.model import Case
from backend.discussion.feedback.sending import Draft
from backend.moderation import counting, queue
from backend.moderation.counting import Inbox, Queued
from backend.moderation.model import KINDS
from base import clock, database
from content import publishing
from tests import builders
from tests.backend.moderation.conftest import CLEAN, Bench
from tests.content.builders import put, regulation


async def queued(bench: Bench, member: UUID) -> Queued | None:
    return await counting.queued(await bench.reader(member))


async def asked(bench: Bench, member: UUID) -> Inbox | None:
    return await counting.asked(await bench.reader(member))


async def ask(bench: Bench, by: UUID, **how) -> Case:
    draft = Draft("question", "unit", f"Khi nào phải nộp báo cáo quý {uuid4().int % 97}?", **how)
    return (await sending.send(uuid4(), draft, by=by, scopes=await scopes_of(by))).case


async def test_counts_are_those_of_each_ones_own_queue(bench: Bench):
    people = bench.circle.people
    second = await builders.member("hai", unit=people.other_cell)
    await builders.role(second, "moderator", people.commune)
    narrow = await put(regulation("11-QĐ/TU"), audience=[f"at:{people.other_cell}", f"at:{people.cell}"])
    await bench.hold()
    await bench.hold("Gọi 0912 345 670 cho tôi.", by=bench.khanh)
    await bench.hold("Gọi 0912 345 671 cho tôi.", by=second, about=About(document=narrow.slug))
    reported = await bench.circle.say(CLEAN, by=bench.tam)
    await bench.report(reported, by=people.quang)
    for words, by in (("Gọi 0912 345 672 nhé.", bench.khanh), ("Gọi 0912 345 673 nhé.", second)):
        hidden = await bench.hold(words)
        await bench.decide(hidden, by=by)
        await bench.appeal(hidden)
    await database.execute("UPDATE appeal SET due_on = {}", clock.today() - timedelta(days=1))
    for member in (bench.khanh, second, bench.tam):
        view = queue.view(await bench.reader(member))
        listed = [len((await queue.waiting(view, kind=kind)).rows) for kind in KINDS]
        found = await queued(bench, member)
        assert [found.held, found.reported, found.appealed, found.overdue] == [*listed, listed[-1]], member
        assert found.waiting == sum(listed)
    assert await queued(bench, bench.khanh) == Queued(2, 0, 1, 1)
    assert await queued(bench, second) == Queued(2, 0, 1, 1)
    for member in (people.mai, people.lan, people.thu, people.hoa):
        assert await queued(bench, member) is None, "nothing waits for who only reads, writes, or looks on"


async def test_handlers_are_counted_what_is_at_their_units_without_their_own(bench: Bench):
    people = bench.circle.people
    hanh = await builders.member("hanh", unit=people.commune)
    await builders.role(hanh, "feedback_handler", people.commune)
    first = await ask(bench, people.mai)
    for other in (hanh, people.lan, people.hoa):  # what Hòa asks herself waits at the province, for nobody yet
        await ask(bench, other)
    await database.execute("UPDATE feedback SET due_on = {} WHERE id = {}", clock.today() - timedelta(days=1), first.id)
    for member, found in ((people.hoa, Inbox(3, 1, received=3)), (hanh, Inbox(1, 1, received=1))):
        assert await asked(bench, member) == found
        listed = await desk.counts(await desk.view(await bench.reader(member)))
        assert {group: listed[group] for group in desk.WAITING} == structs.asdict(found)
    await handling.answer(uuid4(), first.id, "Trước ngày 25.", version=1, by=hanh)
    assert [await asked(bench, member) for member in (people.hoa, hanh)] == [Inbox(2, received=2), Inbox()]
    assert await asked(bench, people.thu) is None and await asked(bench, bench.tam) is None


async def test_more_than_can_be_counted_is_told_as_more(bench: Bench, monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 1)
    for at in range(3):
        await bench.hold(f"Gọi 0912 345 6{at:02} cho tôi về việc {at}.")
    found = await queued(bench, bench.khanh)
    assert (found.held, found.waiting) == (2, 2)


async def test_one_look_serves_all_who_work_at_the_same_desk(bench: Bench, monkeypatch):
    looks, entries = [], queue.entries

    async def looked(view, known, kind, *rest):
        looks.append(kind)
        return await entries(view, known, kind, *rest)

    monkeypatch.setattr(queue, "entries", looked)
    second = await builders.member("hai", unit=bench.circle.people.other_cell)
    await builders.role(second, "moderator", bench.circle.people.commune)
    readers = [await bench.reader(member) for member in (bench.khanh, second, bench.khanh)]
    assert [await counting.queued(reader) for reader in readers] == [Queued(0, 0, 0, 0)] * 3
    await bench.hold(by=second)
    assert [(await counting.queued(reader)).held for reader in readers] == [1, 0, 1]
    # PostgreSQL tells a process of its own acts too, a moment later: whoever comes then looks once more.
    assert looks[: len(KINDS)] == [*KINDS]
    assert len(looks) < 2 * len(readers) * len(KINDS), "each looking alone would have been as many"


@pytest.mark.parametrize(
    ("act", "who", "was", "now"),
    [
        ("report", "khanh", 0, 1), ("decide", "khanh", 1, 0), ("withdraw", "khanh", 1, 0), ("narrow", "khanh", 1, 0),
        ("role", "tam", 0, 1), ("disable", "tam", 0, 1), ("enable", "tam", 1, 0),
    ],
)  # fmt: skip
async def test_whatever_changes_what_waits_is_noticed(bench: Bench, act: str, who: str, was: int, now: int):
    people, reader = bench.circle.people, await bench.reader(getattr(bench, who))
    said = await bench.circle.say(CLEAN)
    document = said.document
    assert document is not None
    if act != "report":
        await bench.report(said, by=people.quang)
    if act == "enable":
        await members.disable(bench.khanh, by="cli")
    [grant] = await roles.grants(bench.khanh)
    assert (await counting.queued(reader)).reported == was
    before = counting.stamp()
    await {
        "report": lambda: bench.report(said, by=people.quang),
        "decide": lambda: bench.decide(said, "show", by=bench.khanh),
        "withdraw": lambda: comments.withdraw(said.id, by=people.mai),
        "narrow": lambda: publishing.set_audience(document, [f"at:{people.office}"], by="cli", reason="thử"),
        "role": lambda: roles.withdraw(grant.id, by="cli"),
        "disable": lambda: members.disable(bench.khanh, by="cli"),
        "enable": lambda: members.enable(bench.khanh, by="cli"),
    }[act]()
    assert counting.stamp() != before
    assert (await counting.queued(reader)).reported == now
