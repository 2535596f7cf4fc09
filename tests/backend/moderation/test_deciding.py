"""Decisions on what was seen, by a published rule, once; reports, appeals to somebody else, and what is told of it."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend.accounts import privacy
from backend.discussion import belongings as said_belongings
from backend.discussion import comments
from backend.discussion.comment_model import CommentChangedSinceError
from backend.moderation import appealing, belongings, deciding, overdue, reporting, tallies
from backend.moderation.model import (
    AlreadyDecidedError,
    NotWaitingError,
    OwnCommentError,
    OwnDecisionError,
    TooManyReportsError,
)
from backend.notices import reading
from base import audit, clock, database, journal
from base.errors import ConflictError, InvalidError, NotFoundError
from tests import builders
from tests.backend.moderation.conftest import CLEAN, Bench


def wrong(error) -> dict[str, str]:
    return {field.field: field.key for field in error.value.fields}


async def notices(kind: str = "") -> list[tuple[str, list[str]]]:
    rows = await database.fetch(
        "SELECT kind, audience FROM notice WHERE cancelled_at IS NULL AND kind NOT LIKE 'news.%' ORDER BY owed_at"
    )
    return [(row["kind"], json.loads(row["audience"])) for row in rows if kind in row["kind"]]


async def acts(comment: UUID) -> list[tuple[str, str]]:
    return [(entry["act"], entry["by"]) for entry in reversed(await journal.about(f"comment:{comment}"))]


# Decisions


@pytest.mark.parametrize(("verdict", "state"), [("show", "shown"), ("hide", "hidden"), ("return", "returned")])
async def test_a_held_comment_becomes_what_was_decided_and_its_author_alone_hears(bench: Bench, verdict, state):
    said = await bench.hold()
    made = await bench.decide(said, verdict)
    case = await bench.case(said)
    assert (case.comment.state, case.comment.decided_for, case.kinds) == (state, made.reason, ())
    assert case.last.by == bench.tam and await bench.decide(said, verdict, id=made.id) == case.last
    assert await notices() == [("comment.decide", [f"member:{bench.circle.people.mai}"])]
    assert await acts(said.id) == [
        ("comment.write", str(bench.circle.people.mai)), ("comment.decide", str(bench.tam)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "given", "fields"),
    [
        ("hide", {"reason": ""}, {"reason": "moderation-reason-missing"}),
        ("return", {"reason": "Q99"}, {"reason": "moderation-reason-missing"}),
        ("show", {"reason": "vì tôi thích"}, {"reason": "moderation-reason-missing"}),
        ("return", {"remark": " …! "}, {"remark": "moderation-remark-missing"}),
        ("hide", {"remark": "ă" * 100_000}, {"remark": "moderation-words-long"}),
        ("erase", {}, {"verdict": "moderation-verdict-missing"}),
        (
            "",
            {"reason": "\x00", "remark": "a" * 2_001},
            {field: f"moderation-{key}" for field, key in (
                ("verdict", "verdict-missing"), ("reason", "reason-missing"), ("remark", "words-long"),
            )},
        ),
    ],
)  # fmt: skip
async def test_a_decision_cites_a_published_rule(bench: Bench, verdict, given, fields):
    said = await bench.hold()
    with pytest.raises(InvalidError) as error:
        await bench.decide(said, verdict, **given)
    assert wrong(error) == fields
    assert (await bench.case(said)).kinds == ("held",)


async def test_only_the_revision_that_was_seen_is_decided_on(bench: Bench):
    said = await bench.hold()
    await comments.edit(said.id, "Gọi 0987 654 321 nhé.", revision=1, by=bench.circle.people.mai)
    with pytest.raises(CommentChangedSinceError):
        await bench.decide(said)
    assert (await bench.decide(said, revision=2)).revision == 2
    other = await bench.hold("Gọi 0912 345 679 cho tôi.")
    await comments.withdraw(other.id, by=bench.circle.people.mai)
    with pytest.raises(NotWaitingError):
        await bench.decide(other)


async def test_of_two_moderators_at_once_one_decides_and_the_other_is_told_so(bench: Bench):
    said = await bench.hold()
    tried = await asyncio.gather(
        bench.decide(said, "hide"), bench.decide(said, "show", by=bench.khanh), return_exceptions=True
    )
    [error] = [each for each in tried if isinstance(each, Exception)]
    [made] = [each for each in tried if not isinstance(each, Exception)]
    names = {bench.tam: "Lê Thanh Tâm", bench.khanh: "Bùi Duy Khánh"}
    assert isinstance(error, AlreadyDecidedError) and error.key == f"moderation-already-{made.verdict}"
    assert error.values["name"] == names[made.by] and f"{clock.local(made.at):%d/%m/%Y}" in error.values["at"]
    assert len(await database.fetch("SELECT id FROM decision")) == len(await notices()) == 1


async def test_the_same_decision_counts_once_and_another_by_its_id_is_none(bench: Bench):
    said = await bench.hold()
    made = await bench.decide(said)
    for by, verdict, error in ((bench.tam, "show", ConflictError), (bench.khanh, "hide", NotFoundError)):
        with pytest.raises(error):
            await bench.decide(said, verdict, id=made.id, by=by)
    tried = await asyncio.gather(*(deciding_again(bench) for _ in range(3)))
    assert sorted(tried) == [False, False, True]


async def deciding_again(bench: Bench) -> bool:
    id, comment = UUID(int=5), UUID(int=6)
    if not await database.fetch("SELECT id FROM comment WHERE id = {}", comment):
        await bench.hold("Gọi 0912 345 679 cho tôi.", id=comment)
    return (await deciding.decide(id, comment, revision=1, verdict="show", by=bench.tam)).is_new


async def test_nobody_decides_on_their_own_comment(bench: Bench):
    said = await bench.hold(by=bench.khanh)
    with pytest.raises(OwnCommentError):
        await bench.decide(said, by=bench.khanh)
    await bench.decide(said)
    made = await bench.appeal(said, by=bench.khanh)
    with pytest.raises(OwnCommentError):
        await appealing.answer(said.id, made.id, outcome="overturned", words="Đúng.", by=bench.khanh)


async def test_what_was_returned_waits_again_once_its_author_wrote_it_anew(bench: Bench):
    said = await bench.hold()
    await bench.decide(said, "return")
    again = await comments.edit(said.id, "Cần nêu số của ủy ban.", revision=1, by=bench.circle.people.mai)
    assert again.state == "waiting"
    await bench.decide(said, "show", revision=2)
    assert [each.verdict for each in (await bench.case(said)).decisions] == ["show", "return"]


# Reports


async def test_reports_are_grouped_and_recorded_as_unfounded_when_it_stays(bench: Bench):
    people = bench.circle.people
    said = await bench.circle.say(CLEAN)
    await bench.report(said, by=people.quang, words="Nói xấu")
    await bench.report(said, by=people.lan, reason="Q6")
    case = await bench.case(said)
    assert (case.kinds, len(case.open_reports)) == (("reported",), 2)
    await bench.decide(said, "show", reason="Q6")
    case = await bench.case(said)
    assert (case.comment.state, case.comment.decided_for, case.kinds) == ("shown", "", ())
    assert {report.outcome for report in case.reports} == {"unfounded"}
    assert await notices() == [], "its author hears nothing of reports that came to nothing"
    with pytest.raises(AlreadyDecidedError):
        await bench.decide(said, "hide", by=bench.khanh)
    await bench.report(said, by=people.quang, reason="Q3")
    assert (await bench.case(said)).kinds == (), "who has reported it has said so"
    await bench.report(said, by=people.minh)
    await bench.decide(said, "hide")
    case = await bench.case(said)
    assert [report.outcome for report in case.reports] == ["founded", "unfounded", "unfounded"]
    assert await notices() == [("comment.decide", [f"member:{people.mai}"])]


async def test_a_member_reports_a_comment_once(bench: Bench):
    people, id = bench.circle.people, uuid4()
    said = await bench.circle.say(CLEAN)
    first = await bench.report(said, by=people.quang, id=id)
    tried = await asyncio.gather(*(bench.report(said, by=people.quang) for _ in range(3)))
    assert first.is_new and not any(each.is_new for each in tried)
    assert {each.report.id for each in tried} == {id}
    for by, reason, error in ((people.quang, "Q2", ConflictError), (people.lan, "Q1", NotFoundError)):
        with pytest.raises(error):
            await bench.report(said, by=by, id=id, reason=reason)
    with pytest.raises(OwnCommentError):
        await bench.report(said, by=people.mai)


async def test_only_what_one_may_read_can_be_reported(bench: Bench):
    people = bench.circle.people
    held = await bench.hold()
    narrow = await bench.circle.say(CLEAN, about=bench.about_narrow)
    for comment, by in ((held, people.quang), (narrow, people.lan)):
        with pytest.raises(NotFoundError):
            await bench.report(comment, by=by)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"reason": ""}, {"reason": "report-reason-missing"}),
        ({"reason": "Q10"}, {"reason": "report-reason-missing"}),
        ({"words": "a" * 501}, {"words": "moderation-words-long"}),
        ({"words": "ă" * 100_000}, {"words": "moderation-words-long"}),
        ({"reason": "\u202e"}, {"reason": "report-reason-missing"}),
    ],
)  # fmt: skip
async def test_a_report_names_a_rule_in_few_words(bench: Bench, given, fields):
    said = await bench.circle.say(CLEAN)
    with pytest.raises(InvalidError) as error:
        await bench.report(said, by=bench.circle.people.quang, **given)
    assert wrong(error) == fields
    told = await bench.report(said, by=bench.circle.people.quang, words=" <b>\u202e\x00Sai </b> 👩‍🌾 ")
    assert told.report.words == "<b>Sai </b> 👩‍🌾"


async def test_nobody_reports_without_end(bench: Bench, monkeypatch):
    monkeypatch.setattr(reporting, "LIMIT", 1)
    first, second = await bench.circle.say(CLEAN), await bench.circle.say("Nên họp vào buổi tối.")
    await bench.report(first, by=bench.circle.people.quang)
    with pytest.raises(TooManyReportsError):
        await bench.report(second, by=bench.circle.people.quang)


# Appeals


async def test_somebody_else_overturns_a_decision_and_the_comment_is_shown(bench: Bench):
    said = await bench.hold()
    made = await bench.decide(said, by=bench.khanh)
    appeal = await bench.appeal(said)
    assert (await bench.case(said)).kinds == ("appealed",) and appeal.decision == made.id
    with pytest.raises(OwnDecisionError):
        await answer(bench, appeal, by=bench.khanh)
    await answer(bench, appeal)
    assert (await bench.case(said)).comment.state == "shown"
    assert await notices("appeal.") == [("appeal.decide", [f"member:{bench.circle.people.mai}"])]
    assert [act for act, _ in await acts(said.id)] == [
        "comment.write", "comment.decide", "comment.appeal", "appeal.decide",
    ]  # fmt: skip
    assert not (await answer(bench, appeal)).is_new
    with pytest.raises(AlreadyDecidedError):
        await answer(bench, appeal, outcome="upheld")
    with pytest.raises(NotWaitingError):
        await bench.appeal(said, "Lần nữa.")


async def answer(bench: Bench, appeal, *, outcome: str = "overturned", by: UUID | None = None, words: str = "Đúng."):
    return await appealing.answer(appeal.comment, appeal.id, outcome=outcome, words=words, by=by or bench.tam)


async def test_a_decision_that_is_upheld_stands_and_is_not_appealed_again(bench: Bench):
    said = await bench.hold()
    await bench.decide(said, by=bench.khanh)
    appeal = await bench.appeal(said)
    assert (await bench.appeal(said, id=appeal.id)) == appeal
    for words, id in (("Lời khác.", appeal.id), ("Lời khác.", uuid4())):
        with pytest.raises(ConflictError):
            await bench.appeal(said, words, id=id)
    await answer(bench, appeal, outcome="upheld")
    assert (await bench.case(said)).comment.state == "hidden" and (await bench.case(said)).kinds == ()
    with pytest.raises(ConflictError):
        await bench.appeal(said, "Lần nữa.")


async def test_of_two_who_answer_an_appeal_at_once_one_does(bench: Bench):
    said = await bench.hold()
    await bench.decide(said, by=bench.khanh)
    appeal = await bench.appeal(said)
    second = await builders.member("hai", unit=bench.circle.people.office)
    await builders.role(second, "moderator", bench.circle.people.province)
    tried = await asyncio.gather(
        answer(bench, appeal), answer(bench, appeal, outcome="upheld", by=second), return_exceptions=True
    )
    assert [type(each) for each in tried if isinstance(each, Exception)] == [AlreadyDecidedError]
    assert len(await notices("appeal.")) == 1


async def test_a_due_date_of_an_appeal_that_passes_is_owed_once_to_those_who_may_decide(bench: Bench):
    said, settled, waits = [await bench.hold() for _ in range(3)]
    for comment in (said, settled, waits):
        await bench.decide(comment, by=bench.khanh)
        await bench.appeal(comment)
    late = clock.today() - timedelta(days=1)
    await database.execute("UPDATE appeal SET due_on = {} WHERE comment <> {}", late, waits.id)
    await database.execute("UPDATE appeal SET outcome = 'upheld' WHERE comment = {}", settled.id)
    assert sum(await asyncio.gather(*(overdue.owe_late() for _ in range(3)))) == 1
    for kind, comments_told in (("appeal.overdue", {said.id}), ("comment.appeal", {said.id, settled.id, waits.id})):
        rows = await database.fetch('SELECT about, audience, "by" FROM notice WHERE kind = {}', kind)
        assert {row["about"] for row in rows} == {f"comment:{id}" for id in comments_told}
        assert {row["audience"] for row in rows} == {f'["role:moderator@{bench.circle.people.province}"]'}
        assert {row["by"] for row in rows} == {bench.khanh}, "not to whoever decided first"


async def test_an_appeal_waits_in_the_inbox_of_those_who_may_decide_until_one_has(bench: Bench):
    second = await builders.member("hai", unit=bench.circle.people.office)
    await builders.role(second, "moderator", bench.circle.people.province)
    said = await bench.hold()
    await bench.decide(said, by=bench.tam)
    appeal = await bench.appeal(said)

    async def waiting(member: UUID) -> list[str]:
        found = await reading.page(await bench.reader(member), "vi")
        return [line.href for line in found.lines if line.kind == "comment.appeal"]

    place = f"/desk/moderation/{said.id}"
    who = {"khanh": bench.khanh, "tam": bench.tam, "second": second}
    seen = {name: await waiting(member) for name, member in who.items()}
    assert seen == {"khanh": [place], "tam": [], "second": []}, "the nearest unit's, and never whose decision it is"
    await answer(bench, appeal, by=bench.khanh)
    assert await waiting(bench.khanh) == [""]


async def test_an_appeal_is_its_authors_against_what_stands(bench: Bench):
    said = await bench.hold()
    with pytest.raises(NotWaitingError):
        await bench.appeal(said)
    made = await bench.decide(said, "return")
    with pytest.raises(NotFoundError):
        await bench.appeal(said, by=bench.circle.people.quang)
    for words in ("", " … ", "\x00\u202e", "ă" * 2_001):
        with pytest.raises(InvalidError):
            await bench.appeal(said, words)
    appeal = await bench.appeal(said)
    assert appeal.decision == made.id
    with pytest.raises(InvalidError):
        await answer(bench, appeal, outcome="", by=bench.khanh)
    with pytest.raises(InvalidError):
        await answer(bench, appeal, words=" ", by=bench.khanh)
    with pytest.raises(NotFoundError):
        await appealing.answer(said.id, uuid4(), outcome="upheld", words="Vâng.", by=bench.khanh)
    await comments.edit(said.id, "Viết lại, không có số.", revision=1, by=bench.circle.people.mai)
    with pytest.raises(NotWaitingError):
        await appealing.answer(said.id, appeal.id, outcome="upheld", words="Vâng.", by=bench.tam)
    await bench.decide(said, "show", revision=2)
    [row] = await database.fetch("SELECT outcome FROM appeal")
    assert row["outcome"] == "lapsed", "the new words were decided on"


# What is published, told and erased


async def test_counts_by_rule_and_month_tell_nothing_of_few(bench: Bench):
    for at in range(6):
        author = await builders.member(f"nguoi-{at}", unit=bench.circle.people.cell, name="Hà Văn Sáu")
        said = await bench.hold(by=author)
        await bench.decide(said, by=bench.khanh)
        if at < 2:
            await answer(bench, await bench.appeal(said, by=author), outcome=("upheld", "overturned")[at])
    await bench.decide(await bench.hold("Gọi 0999 345 678."), "show")
    month = f"{clock.local(clock.now()):%Y-%m}"
    assert [(t.month, t.reason, t.decisions, t.appeals, t.overturned) for t in await tallies.tallies()] == [
        (month, "", 1, 0, 0), (month, "Q2", 6, 2, 1),
    ]  # fmt: skip
    assert [tallies.told(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
    long_ago = clock.today().replace(day=1) - timedelta(days=400)
    await database.execute("UPDATE decision SET month = {}", f"{long_ago:%Y-%m}")
    await bench.decide(await bench.hold("Gọi 0999 345 679 đi."), "show")
    assert [tally.month for tally in await tallies.tallies()] == [month]


async def test_an_erased_author_leaves_thread_and_chain(bench: Bench, monkeypatch):
    monkeypatch.setattr(privacy, "_told", {})
    monkeypatch.setattr(privacy, "_erased", {})
    said_belongings.join()
    belongings.join()
    people = bench.circle.people
    shown, hidden = await bench.circle.say(CLEAN), await bench.hold()
    await bench.report(shown, by=people.quang, words="Chị Mai nói sai")
    await bench.decide(hidden, remark="Chị Mai bỏ số máy.", by=bench.khanh)
    await bench.appeal(hidden, "Tôi là Mai.")
    told = await privacy.export(people.mai)
    assert told["moderation"]["appeals"][0]["words"] == "Tôi là Mai."
    assert "by" not in told["moderation"]["decisions_on_own_comments"][0]
    assert (await privacy.export(people.quang))["moderation"]["reports"][0]["words"] == "Chị Mai nói sai"
    await journal.seal_pending()
    await privacy.erase(people.mai, by="cli")
    await journal.seal_pending()
    assert (await audit.verify()).finding is None
    case = await bench.case(hidden)
    assert (case.comment.state, case.kinds, case.last.remark, case.appeal.words) == ("withdrawn", (), "", "")
    case = await bench.case(shown)
    assert (case.comment.words, case.kinds, case.reports[0].words) == (CLEAN, ("reported",), "")
    assert (await bench.decide(shown, "hide", by=bench.khanh)).verdict == "hide", "what stays is still looked after"
