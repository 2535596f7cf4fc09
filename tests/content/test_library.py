"""The library on the phone: whatever happens, in whatever order, it ends as if it had been fetched anew."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from base import clock, database, journal, revisions
from content import audiences, cursors, library, passages, publishing, reading, relations
from content.library_rows import Batch, Item
from tests.content.builders import date, front_matter, head, put

PUBLIC = frozenset({"public"})
SCOPES = ("public", "members", "org:1", "org:2", "at:3")
pytestmark = pytest.mark.usefixtures("handbook")


class Phone:
    """Keeps what it is told to keep, as the real one does."""

    def __init__(self, scopes: frozenset[str]) -> None:
        self.scopes = scopes
        self.held: dict[UUID, Item] = {}
        self.cursor: str | None = None

    async def ask(self, limit: int = 3) -> Batch:
        batch = await library.changes_since(self.cursor, self.scopes, limit)
        if batch.reset:
            self.held.clear()
        for document in batch.gone:
            self.held.pop(document, None)
        self.held |= {item.id: item for item in batch.items}
        self.cursor = batch.cursor
        return batch

    async def sync(self, limit: int = 3) -> list[Batch]:
        batches = [await self.ask(limit)]
        while batches[-1].more:
            batches.append(await self.ask(limit))
        return batches


async def seal() -> None:
    while await journal.seal_pending():
        pass


async def publish(number: int, audience=("public",), text: str = "Một đoạn văn.", **facts) -> UUID:
    opening = head(f"{number:02}-NQ/TU", "Nghị quyết", date(2026, 1, 1 + number % 27), f"về việc {number}")
    row = await put(
        (front_matter(**facts) if facts else "") + opening + f"I- VIỆC {number}\n\n{text}\n", audience=audience
    )
    assert row.error is None
    found = await database.fetch("SELECT id FROM document WHERE slug = {}", row.slug)
    return found[0]["id"]


async def newest(document: UUID) -> UUID:
    found = await database.fetch("SELECT id FROM edition WHERE document = {} ORDER BY ordinal DESC LIMIT 1", document)
    return found[0]["id"]


async def test_a_first_visit_brings_everything_page_by_page_and_the_next_brings_nothing():
    for number in range(7):
        await publish(number)
    await publish(8, audience=["members"])
    await publish(9, offline=False)
    await seal()
    phone = Phone(PUBLIC)
    batches = await phone.sync()
    assert [len(batch.items) for batch in batches[:3]] == [3, 3, 1]
    assert {item.number for item in phone.held.values()} == {f"{number:02}-NQ/TU" for number in range(7)}
    item = next(iter(phone.held.values()))
    assert "part-section" in item.html
    assert item.contents[0].path == "i"
    again = await phone.ask()
    assert (again.items, again.gone, again.more, again.reset) == ((), (), False, False)


async def test_a_phone_that_has_everything_costs_no_query_until_something_happens(monkeypatch):
    document = await publish(1)
    await seal()
    phone = Phone(PUBLIC)
    await phone.sync()
    with monkeypatch.context() as cut:
        for _ in range(100):  # PostgreSQL is heard from once the process listens
            await phone.ask()
        cut.setattr(database, "fetch", None)
        again = await phone.ask()
        assert (again.items, again.gone, again.more, again.reset) == ((), (), False, False)
    await publishing.withdraw(await newest(document), by="cli", reason="sai")
    assert (await phone.ask()).gone == (document,)
    await seal()
    added = await publish(2)
    assert (await phone.ask()).items == ()  # it waits for its number
    await seal()
    assert [item.id for item in (await phone.ask()).items] == [added]


async def test_a_listing_goes_on_where_it_was_interrupted():
    for number in range(7):
        await publish(number)
    await seal()
    phone = Phone(PUBLIC)
    first = await phone.ask()
    second = await phone.ask()
    assert {item.id for item in first.items}.isdisjoint(item.id for item in second.items)


async def test_what_happens_while_a_listing_goes_on_is_not_missed():
    documents = [await publish(number) for number in range(5)]
    await seal()
    phone = Phone(PUBLIC)
    await phone.ask()
    await publishing.withdraw(await newest(documents[4]), by="cli", reason="sai")  # sent already
    await publish(3, text="Lời mới.")
    added = await publish(6)
    await seal()
    await phone.sync()
    assert set(phone.held) == {*documents[:4], added}
    assert phone.held[documents[3]].edition == 2


async def test_what_comes_next_in_the_journal_is_the_next_thing_told():
    phone = Phone(PUBLIC)
    for number in range(4):
        await publish(number)
        await seal()
        await phone.sync()
        assert len(phone.held) == number + 1


async def test_scopes_lost_while_a_listing_goes_on_bring_nothing_more():
    for number in range(5):
        await publish(number, ["org:1"])
    await seal()
    phone = Phone(frozenset({"org:1"}))
    await phone.ask()
    phone.scopes = PUBLIC
    assert [batch.items for batch in await phone.sync()] == [()]
    assert phone.held == {}


async def test_a_withdrawal_and_a_narrowed_audience_are_told_before_they_are_sealed():
    one, two = await publish(1), await publish(2)
    await seal()
    phone = Phone(PUBLIC)
    await phone.sync()
    await publishing.withdraw(await newest(one), by="cli", reason="sai")
    await publishing.set_audience(two, {"org:1"}, by="cli", reason="hẹp")
    await phone.sync()
    assert phone.held == {}


async def test_a_change_of_scopes_brings_what_was_gained_and_takes_what_was_lost_though_no_document_changed():
    kept, lost, gained = await publish(1), await publish(2, ["org:1"]), await publish(3, ["org:2"])
    await seal()
    phone = Phone(frozenset({"public", "org:1"}))
    await phone.sync()
    assert set(phone.held) == {kept, lost}
    phone.scopes = frozenset({"public", "org:2"})
    batches = await phone.sync()
    assert [item.id for batch in batches for item in batch.items] == [gained]
    assert [document for batch in batches for document in batch.gone] == [lost]
    assert not any(batch.reset for batch in batches)


async def test_nobody_is_told_of_the_end_of_what_they_could_never_read():
    phone = Phone(PUBLIC)
    await phone.sync()
    secret = await publish(1, ["org:1"])
    await publishing.withdraw(await newest(secret), by="cli", reason="sai")
    assert [batch.gone for batch in await phone.sync()] == [()]
    await seal()
    assert [batch.gone for batch in await phone.sync()] == [()]


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "ü", "eJwDAAAAAAE" * 20])
async def test_a_cursor_that_means_nothing_starts_anew(cursor):
    document = await publish(1)
    batch = await library.changes_since(cursor, PUBLIC)
    assert batch.reset is (cursor != "")
    assert [item.id for item in batch.items] == [document]


async def test_a_cursor_of_another_format_or_with_scopes_made_up_starts_anew():
    await publish(1, ["org:1"])
    await seal()
    old = cursors.seal("library", [library.FORMAT + 1, 0, ["public"]])
    assert (await library.changes_since(old, PUBLIC)).reset
    forged = cursors.seal("documents-newest", [library.FORMAT, 1, ["org:1"], False, [], None])
    batch = await library.changes_since(forged, PUBLIC)
    assert (batch.reset, batch.gone) == (True, ())


async def test_a_text_that_comes_into_force_by_the_clock_reaches_phones(in_june):
    await passages.note_passages()
    document = await publish(1, effective_from="2026-01-01")
    await publish(1, text="Đoạn mới.", effective_from="2026-07-01")
    await seal()
    phone = Phone(PUBLIC)
    await phone.sync()
    assert phone.held[document].edition == 1
    clock.stop(in_june + timedelta(days=16))
    assert await passages.note_passages() == 1
    assert await passages.note_passages() == 0
    await seal()
    await phone.sync()
    assert phone.held[document].edition == 2


async def test_the_phone_knows_when_a_text_ends_whatever_ends_it(in_june):
    document = await publish(1, effective_from="2026-01-01")
    await publish(2, effective_from="2026-08-01", replaces=["01-NQ/TU"])
    await seal()
    phone = Phone(PUBLIC)
    await phone.sync()
    assert phone.held[document].effective_until == date(2026, 7, 31)
    await publish(1, text="Đoạn mới.", effective_from="2026-07-01")
    await seal()
    await phone.sync()
    assert (phone.held[document].edition, phone.held[document].effective_until) == (1, date(2026, 6, 30))


async def banners_of(phone: Phone, document: UUID) -> list[tuple[str, str, date | None, int | None]]:
    return [(each.kind, each.number, each.on, each.ordinal) for each in phone.held[document].banners]


@pytest.mark.parametrize(
    ("kind", "passive"),
    [("amends", "amended"), ("supplements", "supplemented"), ("replaces", "replaced"), ("abolishes", "abolished")],
)
async def test_what_another_document_does_to_a_saved_one_reaches_the_phone(kind, passive, in_june):
    document = await publish(1)
    await seal()
    phone = Phone(PUBLIC)
    await phone.sync()
    assert await banners_of(phone, document) == []
    facts: dict[str, Any] = {"effective_from": "2026-08-01", kind: ["01-NQ/TU"]}
    other = await publish(2, **facts)
    await seal()
    await phone.sync()
    assert await banners_of(phone, document) == [(passive, "02-NQ/TU", date(2026, 8, 1), None)]
    await publishing.withdraw(await newest(other), by="cli", reason="sai")
    await seal()
    await phone.sync()
    assert await banners_of(phone, document) == []


async def test_a_phone_is_told_the_same_as_the_page_tells(in_june):
    first = await publish(1, effective_from="2026-01-01")
    await publish(1, text="Đoạn mới.", effective_from="2026-07-01")
    later = await publish(2, effective_from="2026-09-01", amends=["01-NQ/TU"])
    over = await publish(3, effective_from="2026-01-01", effective_until="2026-05-31")
    await publish(4, audience=["members"], abolishes=["02-NQ/TU"])
    await seal()
    for scopes in (PUBLIC, frozenset({"public", "members"})):
        phone = Phone(scopes)
        await phone.sync()
        for document in (first, later, over):
            opened = await reading.edition_in_force(phone.held[document].slug, scopes=scopes)
            assert phone.held[document].banners == opened.banners
    assert [kind for kind, *_ in await banners_of(phone, first)] == ["next-edition", "amended"]
    assert [kind for kind, *_ in await banners_of(phone, later)] == ["not-in-force", "abolished"]
    assert [kind for kind, *_ in await banners_of(phone, over)] == ["ended"]


async def test_no_banner_on_the_phone_names_a_document_that_its_reader_may_not_read():
    document = await publish(1)
    other = await publish(2, audience=["org:1"], amends=["01-NQ/TU"])
    await seal()
    phone, stranger = Phone(frozenset({"public", "org:1"})), Phone(PUBLIC)
    for each in (phone, stranger):
        await each.sync()
    assert await banners_of(stranger, document) == []
    assert [number for _, number, *_ in await banners_of(phone, document)] == ["02-NQ/TU"]
    await publishing.set_audience(other, {"org:2"}, by="cli", reason="hẹp")
    await seal()
    await phone.sync()
    assert await banners_of(phone, document) == []
    phone.scopes = frozenset({"public", "org:2"})  # the reader moved
    await phone.sync()
    assert [number for _, number, *_ in await banners_of(phone, document)] == ["02-NQ/TU"]
    phone.scopes = PUBLIC
    await phone.sync()
    assert await banners_of(phone, document) == []


async def test_a_banner_goes_when_the_clock_ends_the_audience_of_the_document_that_it_names(in_june):
    await passages.note_passages()
    document = await publish(1)
    await publish(2, audience=["members"], amends=["01-NQ/TU"])
    await database.execute("UPDATE audience SET to_at = {} WHERE scope = 'members'", in_june + timedelta(hours=1))
    await seal()
    phone = Phone(frozenset({"public", "members"}))
    await phone.sync()
    assert [number for _, number, *_ in await banners_of(phone, document)] == ["02-NQ/TU"]
    clock.stop(in_june + timedelta(hours=2))
    await passages.note_passages()
    await seal()
    await phone.sync()
    assert await banners_of(phone, document) == []


@pytest.mark.parametrize("seed", range(8))
async def test_any_interleaving_ends_as_if_fetched_anew(seed, in_june):
    dice = random.Random(seed)
    world = _World(dice, in_june)
    phones = [Phone(frozenset(dice.sample(SCOPES, 2))) for _ in range(3)]
    await passages.note_passages()
    for _ in range(45):
        await world.step()
        phone = dice.choice(phones)
        what = dice.random()
        if what < 0.15:
            phone.scopes = frozenset(dice.sample(SCOPES, dice.randint(0, 3)))
        elif what < 0.4:
            await phone.ask(dice.randint(1, 3))
        elif what < 0.7:
            await phone.sync(dice.randint(1, 4))
            await _holds_nothing_foreign(phone)
    await passages.note_passages()
    await seal()
    for phone in phones:
        await phone.sync(dice.randint(1, 5))
        fresh = Phone(phone.scopes)
        await fresh.sync(10)
        assert phone.held == fresh.held


class _World:
    """Editors and the clock, doing one thing at a time by the throw of dice."""

    def __init__(self, dice: random.Random, moment) -> None:
        self.dice, self.moment, self.documents = dice, moment, dict[int, UUID]()

    async def step(self) -> None:
        chosen = self.dice.choices(
            [self.publish, self.revise, self.withdraw, self.address, self.end_later, self.wait, seal],
            [6, 4, 2, 4, 2, 3, 4],
        )[0]
        await chosen()

    async def publish(self) -> None:
        number = len(self.documents)
        audience = self.dice.sample(SCOPES, self.dice.randint(1, 2))
        self.documents[number] = await publish(number, audience, **self._facts())

    async def revise(self) -> None:
        if self.documents:
            number = self.dice.choice(list(self.documents))
            await publish(number, text=f"Lời mới {self.dice.random()}.", **self._facts())

    async def withdraw(self) -> None:
        found = await database.fetch(
            "SELECT id FROM edition WHERE state IN ('published', 'superseded') ORDER BY created_at, id"
        )
        if found:
            await publishing.withdraw(self.dice.choice(found)["id"], by="cli", reason="sai")

    async def address(self) -> None:
        if self.documents:
            document = self.documents[self.dice.choice(list(self.documents))]
            scopes = self.dice.sample(SCOPES, self.dice.randint(0, 2))
            await publishing.set_audience(document, scopes, by="cli", reason="đổi")

    async def end_later(self) -> None:
        """The audience of a document will end by the clock."""
        if self.documents:
            document = self.documents[self.dice.choice(list(self.documents))]
            end = self.moment + timedelta(hours=self.dice.choice([1, 20]))
            open_ended = "document = {} AND to_at IS NULL"
            await database.execute(f"UPDATE audience SET to_at = {{}} WHERE {open_ended}", end, document)
            await revisions.touch("content")

    async def wait(self) -> None:
        self.moment += timedelta(hours=self.dice.choice([1, 5, 30]))
        clock.stop(self.moment)
        await passages.note_passages()

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {"offline": self.dice.random() < 0.8}
        if self.dice.random() < 0.4:
            facts["effective_from"] = (self.moment + timedelta(days=self.dice.randint(-2, 4))).date()
        if self.dice.random() < 0.2:
            facts["effective_until"] = (self.moment + timedelta(days=self.dice.randint(0, 5))).date()
        if self.dice.random() < 0.7:
            kind = self.dice.choice(relations.KINDS)
            facts[kind] = [f"{self.dice.randint(0, len(self.documents)):02}-NQ/TU"]
        return facts


async def _holds_nothing_foreign(phone: Phone) -> None:
    condition, values = audiences.readable(phone.scopes)
    rows = await database.fetch(f"SELECT d.id FROM document d WHERE d.shown AND d.offline AND {condition}", *values)
    assert set(phone.held) <= {row["id"] for row in rows}
