"""Words, rules and policies as administrators keep them: in force at once, journalled, and never saved over blindly."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from msgspec import structs

from backend.accounts import units
from backend.discussion import newcomers
from backend.discussion.screening import auditing, filling, starting, switching, words
from backend.discussion.screening.listed import (
    EXCEPTION_CHARS,
    MOST_EXCEPTIONS,
    OWN_CHARS,
    REASONS,
    WORDS_CHARS,
    RuleChangedSinceError,
    Typed,
    WordChangedSinceError,
)
from backend.discussion.screening.model import HOLD, REFUSE, SHOW, Author
from backend.discussion.screening.rulebook import rulebook
from backend.discussion.screening.rules import screen
from backend.discussion.screening.vocabulary import key_of
from base import clock, journal, revisions
from base import database as floor
from base.errors import InvalidError, NotFoundError
from tests import people as cast

pytestmark = pytest.mark.usefixtures("database")

BY = str(uuid4())
TYPED = Typed("offence", "Đồ  Xấu xa", HOLD, "insult", exceptions=("đồ xấu xa thay",))


@pytest.fixture(autouse=True)
async def _watched(database: str):
    """As a web process does."""
    await revisions.watch()
    yield
    await revisions.unwatch()


async def outcome(text: str) -> str:
    """What becomes of the text by the rules now in force."""
    return screen(text, by=Author(datetime(2026, 1, 1, tzinfo=UTC)), book=await rulebook()).outcome


async def acts(subject: str) -> list[str]:
    return [entry["act"] for entry in await journal.about(subject)]


async def test_a_new_handbook_begins_with_the_words_of_the_start():
    rows = await floor.fetch("SELECT rule, key, reason, saved_by FROM screening_word")
    begun = {(rule, key_of(entry.words)) for rule, entries in starting.entries().items() for entry in entries}
    assert {(row["rule"], row["key"]) for row in rows} == begun
    assert len(rows) == len(begun)
    assert all(row["reason"] in REASONS[row["rule"]] and row["saved_by"] == filling.SYSTEM for row in rows)


async def test_every_word_of_the_start_could_have_been_typed():
    for rule, entries in starting.entries().items():
        for entry in entries:
            typed = Typed(rule, entry.words, entry.outcome, entry.reason, entry.bare, entry.exceptions)
            assert words._tidy(typed) == typed
            words._check(typed)


async def test_a_word_is_looked_for_from_the_moment_it_is_saved_until_it_is_switched_off():
    id = uuid4()
    assert await outcome("Đồ xấu xa!") == SHOW
    saved = await words.save(id, TYPED, version=0, by=BY)
    assert (saved.typed.words, saved.version, saved.saved_by) == ("đồ xấu xa", 1, BY)
    assert await outcome("Đồ xấu xa!") == HOLD
    assert await outcome("Đồ xấu xa thay!") == SHOW
    await words.save(id, structs.replace(TYPED, outcome=REFUSE), version=1, by=BY)
    assert await outcome("đồ x ấ u xa, ĐỒ XẤU XA") == REFUSE
    await words.save(id, structs.replace(TYPED, outcome=SHOW), version=2, by=BY)
    assert await outcome("Đồ xấu xa!") == SHOW
    assert await acts(f"screening-word:{id}") == ["screening.change", "screening.change", "screening.add"]


async def test_the_journal_holds_no_word():
    id = uuid4()
    await words.save(id, TYPED, version=0, by=BY)
    rows = await floor.fetch("SELECT detail FROM journal WHERE subject = {}", f"screening-word:{id}")
    assert "xấu" not in rows[0]["detail"]
    assert "\\u" not in rows[0]["detail"]


async def test_the_same_again_changes_nothing_and_what_was_changed_since_is_told():
    id = uuid4()
    first = await words.save(id, TYPED, version=0, by=BY)
    assert await words.save(id, TYPED, version=0, by=BY) == first
    assert len(await acts(f"screening-word:{id}")) == 1
    await words.save(id, structs.replace(TYPED, own="Xin nói vào việc."), version=1, by=BY)
    with pytest.raises(WordChangedSinceError) as refused:
        await words.save(id, structs.replace(TYPED, outcome=REFUSE), version=1, by=BY)
    assert refused.value.theirs.typed.own == "Xin nói vào việc."


async def test_a_word_stands_once_in_its_list_however_it_is_spelt():
    for spelt in ("NGU", "n\u0067u", "nguuuu"):
        with pytest.raises(InvalidError) as refused:
            await words.save(uuid4(), structs.replace(TYPED, words=spelt, exceptions=()), version=0, by=BY)
        assert [(wrong.field, wrong.key) for wrong in refused.value.fields] == [("words", "screening-word-there")]
    other = Typed("secrets", "ngu", HOLD, "defence")
    assert (await words.save(uuid4(), other, version=0, by=BY)).version == 1


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("words", {"words": ""}), ("words", {"words": " \u200b "}), ("words", {"words": "🙂"}),
        ("words", {"words": "3 que"}),
        ("words", {"words": "<b>ngu</b>"}), ("words", {"words": "a\u202eb"}), ("words", {"words": "xa " * WORDS_CHARS}),
        ("words", {"words": "x\0a"}), ("words", {"words": "a" * 100_000}),
        ("outcome", {"outcome": ""}), ("outcome", {"outcome": "delete"}),
        ("reason", {"reason": ""}), ("reason", {"reason": "defence"}), ("reason", {"rule": "phone"}),
        ("reason", {"rule": ""}),
        ("exceptions", {"exceptions": ("123",)}), ("exceptions", {"exceptions": ("xa lạ",)}),
        ("exceptions", {"exceptions": ("a" * (EXCEPTION_CHARS + 1),)}),
        ("exceptions", {"exceptions": tuple(f"xa {'b' * n}c" for n in range(1, MOST_EXCEPTIONS + 2))}),
        ("own", {"own": "a" * (OWN_CHARS + 1)}),
    ],
)  # fmt: skip
async def test_what_cannot_be_looked_for_is_told_beside_its_field(field, changed):
    with pytest.raises(InvalidError) as refused:
        await words.save(uuid4(), structs.replace(TYPED, **changed), version=0, by=BY)
    assert field in [wrong.field for wrong in refused.value.fields]


async def test_words_are_found_with_and_without_marks_and_read_page_by_page():
    for part in ("địt", "dit", "ĐỊT"):
        assert "địt mẹ" in [row.typed.words for row in (await words.words(part=part)).rows]
    assert (await words.words(part="không có từ này đâu")).rows == ()
    assert {row.typed.rule for row in (await words.words(rule="secrets")).rows} == {"secrets"}
    read: list[str] = []
    cursor = None
    while True:
        page = await words.words(rule="offence", cursor=cursor)
        read += [row.typed.words for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert len(read) == len(set(read)) == len(starting.entries()["offence"])
    with pytest.raises(InvalidError):
        await words.words(cursor="abc")


async def test_a_percent_sign_looks_for_no_pattern():
    assert len((await words.words(part="%")).rows) == words.LIMIT  # nothing is left of it: all are listed
    assert (await words.words(part="%zz_")).rows == ()


async def test_there_is_no_word_by_another_id():
    with pytest.raises(NotFoundError):
        await words.word(uuid4())


async def test_a_rule_is_switched_for_every_text_from_then_on():
    assert await outcome("Gọi 0912345678") == HOLD
    await switching.switch("phone", REFUSE, version=0, by=BY)
    assert await outcome("Gọi 0912345678") == REFUSE
    await switching.switch("phone", REFUSE, version=0, by=BY)  # as it is already
    with pytest.raises(RuleChangedSinceError):
        await switching.switch("phone", SHOW, version=0, by=BY)
    await switching.switch("phone", SHOW, version=1, by=BY)
    assert await outcome("Gọi 0912345678") == SHOW
    assert (await switching.versions())["phone"] == 2
    assert await acts("screening-rule:phone") == ["screening.switch"] * 2


@pytest.mark.parametrize("name", ["offence", "newcomer", "khong-co", ""])
async def test_what_is_said_elsewhere_is_not_switched(name):
    with pytest.raises(NotFoundError):
        await switching.switch(name, SHOW, version=0, by=BY)


@pytest.mark.parametrize(
    ("name", "outcome"), [("identity", SHOW), ("flooding", SHOW), ("phone", "delete"), ("phone", "")]
)
async def test_a_rule_takes_only_an_outcome_that_makes_sense(name, outcome):
    with pytest.raises(InvalidError):
        await switching.switch(name, outcome, version=0, by=BY)


async def test_that_an_auditor_looked_is_told_once_a_day():
    await auditing.note_audit(BY)
    await auditing.note_audit(BY)
    assert await acts(auditing.SUBJECT) == [auditing.AUDITED]


# First comments of newcomers


async def test_a_policy_holds_for_the_unit_and_all_below_that_say_nothing_else():
    people = await cast.everyone()
    assert await newcomers.policy(people.cell) == newcomers.Policy()
    await newcomers.set_policy(people.province, held_first=3, version=0, by=BY)
    assert [(await newcomers.policy(unit)).held_first for unit in (people.province, people.cell, people.ward_cell)] == [
        3
    ] * 3
    await newcomers.set_policy(people.commune, held_first=0, version=0, by=BY)
    assert (await newcomers.policy(people.cell)).held_first == 0
    assert (await newcomers.policy(people.cell)).unit == people.commune
    assert (await newcomers.policy(people.ward_cell)).held_first == 3


async def test_a_unit_keeps_what_those_said_whose_place_it_took():
    people = await cast.everyone()
    await newcomers.set_policy(people.commune, held_first=2, version=0, by=BY)
    renamed = await units.rename(people.commune, name="Đảng bộ xã Đồng Mới", on=clock.today(), by="cli")
    assert renamed != people.commune
    assert (await newcomers.policy(people.cell)).held_first == 2
    await newcomers.set_policy(renamed, held_first=0, version=0, by=BY)
    assert (await newcomers.policy(people.cell)).held_first == 0


async def test_a_policy_is_never_set_over_blindly():
    people = await cast.everyone()
    await newcomers.set_policy(people.commune, held_first=2, version=0, by=BY)
    await newcomers.set_policy(people.commune, held_first=2, version=0, by=BY)
    with pytest.raises(newcomers.PolicyChangedSinceError):
        await newcomers.set_policy(people.commune, held_first=5, version=0, by=BY)
    await newcomers.set_policy(people.commune, held_first=5, version=1, by=BY)
    assert (await acts(f"unit:{people.commune}")).count("newcomers.set") == 2


@pytest.mark.parametrize("count", [-1, newcomers.MOST + 1, 10**9])
async def test_a_policy_holds_a_count_that_makes_sense(count):
    people = await cast.everyone()
    with pytest.raises(InvalidError):
        await newcomers.set_policy(people.commune, held_first=count, version=0, by=BY)


async def test_there_is_no_policy_of_a_unit_that_there_is_not():
    with pytest.raises(NotFoundError):
        await newcomers.set_policy(987_654, held_first=1, version=0, by=BY)
