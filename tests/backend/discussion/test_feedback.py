"""Feedback: sent once to where somebody answers, followed by its author alone, published only with consent."""

import asyncio
import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from backend.accounts import members, privacy
from backend.accounts.scopes import scopes_of
from backend.discussion.about import About
from backend.discussion.feedback import (
    answers,
    attaching,
    belongings,
    desk,
    following,
    handling,
    overdue,
    publishing,
    sending,
    steps,
    templates,
)
from backend.discussion.feedback.model import (
    CaseChangedSinceError,
    NoConsentError,
    NotNowError,
    OwnCaseError,
    TooManyFeedbackError,
)
from backend.discussion.feedback.publishing import Wording
from backend.discussion.feedback.sending import Draft
from backend.discussion.feedback.templates import TemplateChangedSinceError
from base import audit, clock, database, journal, vault
from base.errors import ConflictError, InvalidError, NotFoundError
from content import publishing as issued
from tests import builders
from tests.backend.discussion.conftest import Circle

WORDS = "Khi nào chi bộ tôi phải gửi báo cáo quý? Văn bản chưa nói rõ."
SAID = "Chi bộ gửi trước ngày 25 của tháng cuối quý."
PUBLIC = Wording("Hạn gửi báo cáo quý", "Khi nào gửi báo cáo quý?", SAID, "members")


def wrong(error) -> dict[str, str]:
    return {field.field: field.key for field in error.value.fields}


async def sent(circle: Circle, *, id: UUID | None = None, by: UUID | None = None, words=WORDS, **how):
    draft = Draft(how.pop("kind", "question"), how.pop("about", "unit"), words, **how)
    member = by or circle.people.mai
    return (await sending.send(id or uuid4(), draft, by=member, scopes=await scopes_of(member))).case


async def answered(circle: Circle, **how):
    case = await sent(circle, consent=True, **how)
    await handling.answer(uuid4(), case.id, SAID, version=case.version, by=circle.people.hoa)
    return await now(case)


async def now(case):
    found = await steps.find(case.id)
    assert found is not None
    return found


async def published(circle: Circle, case, wording=PUBLIC, *, reach=None, by=None):
    held = reach or [circle.people.province]
    return await publishing.publish(
        uuid4(), case.id, wording, reach=held, version=(await now(case)).version, by=by or circle.people.hoa
    )


async def notices(kind):
    rows = await database.fetch("SELECT audience FROM notice WHERE kind = {}", kind)
    return [row["audience"] for row in rows]


async def commune_handler(circle: Circle):
    found = await builders.member("hanh", unit=circle.people.commune, name="Bàn Thị Hạnh")
    await builders.role(found, "feedback_handler", circle.people.commune)
    return found


# Sending


async def test_it_goes_to_the_nearest_unit_above_its_author_where_somebody_answers(circle: Circle):
    people = circle.people
    assert (await sent(circle)).unit == people.province
    hanh = await commune_handler(circle)
    case = await sent(circle)
    assert (case.unit, case.state, case.due_on) == (people.commune, "received", clock.today() + timedelta(days=15))
    assert (await sent(circle, unit=people.province)).unit == people.province
    assert (await sent(circle, by=hanh)).unit == people.province, "nobody answers their own"
    assert f'["role:feedback_handler@{people.commune}"]' in await notices("feedback.receive")


async def test_any_unit_may_be_chosen_and_the_nearest_above_that_answers_receives_for_it(circle: Circle):
    people = circle.people
    case = await sent(circle, unit=people.ward_cell)
    assert (case.sent_to, case.unit) == (people.ward_cell, people.province)
    assert [step.unit for step in await following.way(case)] == [people.province]
    assert await sent(circle, id=case.id, unit=people.ward_cell) == case
    with pytest.raises(InvalidError) as error:
        await sent(circle, unit=999_999)
    assert wrong(error) == {"unit": "feedback-unit-unknown"}


async def test_what_is_said_of_a_document_goes_to_whoever_answers_for_its_owner(circle: Circle):
    await commune_handler(circle)
    await database.execute("UPDATE document SET owner_unit = {} WHERE slug = {}", circle.people.office, circle.open)
    case = await sent(circle, about="document", document=circle.open, part="dieu-1.khoan-2")
    assert (case.unit, bool(case.anchor)) == (circle.people.province, True)
    with pytest.raises(NotFoundError):
        await sent(circle, about="document", document=circle.narrow, by=circle.people.lan)


async def test_the_same_again_is_the_same_case_another_a_conflict_and_anothers_not_there(circle: Circle):
    id = uuid4()
    case = await sent(circle, id=id)
    assert await sent(circle, id=id) == case
    with pytest.raises(ConflictError):
        await sent(circle, id=id, words="Câu khác hẳn.")
    with pytest.raises(NotFoundError):
        await sent(circle, id=id, by=circle.people.lan)
    assert [entry["act"] for entry in await journal.about(f"feedback:{id}")] == ["feedback.receive"]
    assert WORDS not in str(await journal.about(f"feedback:{id}"))


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"about": ""}, "about"),
        ({"about": "document"}, "document"),
        ({"words": "  "}, "words"),
        ({"words": "👍"}, "words"),
        ({"words": "ơ" * 4_001}, "words"),
        ({"words": "\u202e\u0007"}, "words"),
    ],
)
async def test_what_is_wrong_is_named_by_field(circle: Circle, how, field):
    with pytest.raises(InvalidError) as error:
        await sent(circle, **how)
    assert list(wrong(error)) == [field]


async def test_numbers_only_warn_and_hints_at_secrets_are_refused(circle: Circle):
    words = "Xin gọi lại cho tôi theo số 0912 345 678."
    assert [finding.rule for finding in await sending.warnings(words)] == ["phone"]
    assert (await sent(circle, words=words)).state == "received"
    with pytest.raises(InvalidError) as error:
        await sent(circle, words="Tôi gửi kèm nội dung văn bản đóng dấu TỐI MẬT về biên giới.")
    assert list(wrong(error)) == ["words"]


async def test_nobody_sends_more_than_five_a_day(circle: Circle, monkeypatch):
    monkeypatch.setattr(sending, "LIMIT", 1)
    await sent(circle)
    with pytest.raises(TooManyFeedbackError):
        await sent(circle)


async def test_a_comment_becomes_one_case_and_keeps_its_link(circle: Circle):
    said = await circle.say("Tôi đề nghị nói rõ hạn gửi báo cáo.", part="dieu-1.khoan-2")
    made = [await sending.from_comment(said.id, by=circle.people.tam) for _ in range(2)]
    assert made[0] == made[1]
    case = made[0]
    assert (case.comment, case.author, case.words, case.anchor) == (said.id, said.author, said.words, said.anchor)
    assert case.consent is False
    with pytest.raises(NotFoundError):
        await sending.from_comment(uuid4(), by=circle.people.tam)


# Files


def photograph() -> bytes:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "May anh cua Mai"
    Image.new("RGB", (60, 40), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


async def test_pictures_are_kept_without_what_the_camera_wrote(circle: Circle):
    case, id, mai = uuid4(), uuid4(), circle.people.mai
    for _ in range(2):
        await attaching.bring(id, case, photograph(), "anh.jpg", by=mai)
    (file,) = await attaching.files(case)
    kept = attaching.path(file)
    assert kept is not None and b"May anh" not in kept.read_bytes()
    assert (file.name, file.media_type) == ("anh.webp", "image/webp")
    with pytest.raises(NotFoundError):
        await attaching.bring(uuid4(), case, photograph(), "anh.jpg", by=circle.people.lan)
    await sent(circle, id=case)
    with pytest.raises(ConflictError):
        await attaching.remove(id, case, by=mai)


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"MZ", "chay.exe", "feedback-file-kind"),
        (b"khong phai anh", "anh.png", "feedback-file-picture"),
        (b"0" * (10 * 2**20 + 1), "to.pdf", "feedback-file-large"),
        (b"khong phai pdf", "giay.pdf", None),
    ],
)
async def test_a_file_that_cannot_be_taken_says_why(circle: Circle, data, name, key):
    with pytest.raises(InvalidError) as error:
        await attaching.bring(uuid4(), uuid4(), data, name, by=circle.people.mai)
    assert key is None or error.value.key == key


async def test_more_than_five_files_are_not_taken_and_one_can_be_put_back(circle: Circle):
    case, ids, mai = uuid4(), [uuid4() for _ in range(6)], circle.people.mai
    for id in ids[:5]:
        await attaching.bring(id, case, photograph(), "anh.jpg", by=mai)
    with pytest.raises(InvalidError):
        await attaching.bring(ids[5], case, photograph(), "anh.jpg", by=mai)
    (first, *_) = await attaching.files(case)
    await attaching.remove(ids[0], case, by=mai)
    assert len(await attaching.files(case)) == 4 and attaching.path(first) is not None


async def test_files_that_were_never_sent_go_after_a_day(circle: Circle):
    mai, unsent, kept = circle.people.mai, uuid4(), uuid4()
    for case in (unsent, kept):
        await attaching.bring(uuid4(), case, photograph(), "anh.jpg", by=mai)
    await sent(circle, id=kept)
    await database.execute("UPDATE feedback_file SET kept_at = {}", clock.now() - timedelta(days=2))
    await attaching.bring(uuid4(), uuid4(), photograph(), "anh.jpg", by=mai)
    assert not await attaching.files(unsent)
    (file,) = await attaching.files(kept)
    assert attaching.path(file) is not None


# Handling


async def test_a_case_is_given_answered_and_closed_and_its_author_told(circle: Circle):
    people = circle.people
    case = await sent(circle)
    step = uuid4()
    for _ in range(2):
        await handling.assign(step, case.id, to=people.hoa, version=1, by=people.hoa)
    assert ((await now(case)).state, (await now(case)).handler) == ("assigned", people.hoa)
    await handling.begin(uuid4(), case.id, "Đang xem", version=2, by=people.hoa)
    assert (await now(case)).state == "answering" and (await now(case)).told == ""
    with pytest.raises(CaseChangedSinceError):
        await handling.answer(uuid4(), case.id, SAID, version=2, by=people.hoa)
    await handling.answer(uuid4(), case.id, SAID, version=3, by=people.hoa)
    await handling.close(uuid4(), case.id, version=4, by=people.hoa)
    found = await now(case)
    assert (found.state, found.told) == ("closed", SAID)
    for kind in ("feedback.answer", "feedback.close"):
        assert await notices(kind) == [f'["member:{people.mai}"]']
    with pytest.raises(NotNowError):
        await handling.answer(uuid4(), case.id, SAID, version=5, by=people.hoa)
    acts = [entry["act"] for entry in reversed(await journal.about(f"feedback:{case.id}"))]
    assert acts == [f"feedback.{verb}" for verb in ("receive", "assign", "begin", "answer", "close")]
    assert SAID not in str(await journal.about(f"feedback:{case.id}"))


async def test_it_is_forwarded_to_a_unit_where_somebody_answers_and_notes_stay_inside(circle: Circle):
    people = circle.people
    case = await sent(circle)
    hanh = await commune_handler(circle)
    await handling.note(uuid4(), case.id, "Việc này của xã.", version=1, by=people.hoa)
    for to, key in ((people.ward, "feedback-forward-here"), (999_999, "feedback-unit-unknown")):
        with pytest.raises(InvalidError) as error:
            await handling.forward(uuid4(), case.id, to=to, note="Nhờ phường", version=2, by=people.hoa)
        assert wrong(error) == {"unit": key}
    step = uuid4()
    for _ in range(2):  # the cell has nobody, the commune above it has
        await handling.forward(step, case.id, to=people.cell, note="Nhờ xã trả lời", version=2, by=people.hoa)
    found = await now(case)
    assert (found.unit, found.state) == (people.commune, "received")
    told = await following.way(found)
    assert [(step.verb, step.unit) for step in told] == [("receive", people.province), ("forward", people.commune)]
    assert "Nhờ xã" not in str(told) and "Việc này" not in str(told)
    assert sorted(await notices("feedback.forward")) == [
        f'["member:{people.mai}"]', f'["role:feedback_handler@{people.commune}"]'
    ]  # fmt: skip
    with pytest.raises(InvalidError):
        await handling.assign(uuid4(), case.id, to=people.lan, version=3, by=hanh)
    await handling.assign(uuid4(), case.id, to=people.hoa, version=3, by=hanh)  # who answers above reaches below


async def test_nobody_handles_their_own_case(circle: Circle):
    await commune_handler(circle)
    case = await sent(circle, by=circle.people.hoa)
    with pytest.raises(OwnCaseError):
        await handling.answer(uuid4(), case.id, SAID, version=1, by=circle.people.hoa)
    with pytest.raises(NotFoundError):
        await desk.opened(case.id, await builders.reader(circle.people.hoa))


# Following


async def test_only_the_author_follows_a_case_by_its_code(circle: Circle):
    case = await answered(circle)
    assert (await following.one(case.code.lower(), by=circle.people.mai)).id == case.id
    for other in (circle.people.lan, circle.people.hoa):
        with pytest.raises(NotFoundError):
            await following.one(case.code, by=other)
    assert [each.id for each in (await following.mine(circle.people.mai)).rows] == [case.id]
    assert not (await following.mine(circle.people.lan)).rows


async def test_an_author_asks_again_once_and_rates_once(circle: Circle):
    case, mai = await answered(circle), circle.people.mai
    step = uuid4()
    for _ in range(2):
        await following.rate(step, case.id, 2, "Chưa rõ", by=mai)
    with pytest.raises(ConflictError):
        await following.rate(uuid4(), case.id, 5, "", by=mai)
    await following.reopen(uuid4(), case.id, "Còn chi bộ ghép thì sao?", by=mai)
    found = await now(case)
    assert (found.state, found.told, found.rating) == ("reopened", "", 2)
    await handling.answer(uuid4(), case.id, "Cũng vậy.", version=found.version, by=circle.people.hoa)
    with pytest.raises(ConflictError, match="feedback-asked-again-once"):
        await following.reopen(uuid4(), case.id, "Nữa", by=mai)
    with pytest.raises(NotFoundError):
        await following.reopen(uuid4(), case.id, "Nữa", by=circle.people.lan)
    for rating in (0, 6):
        with pytest.raises(InvalidError):
            await following.rate(uuid4(), case.id, rating, "", by=mai)


# The inbox


async def test_the_inbox_reaches_the_subtree_and_tells_what_is_overdue(circle: Circle):
    hanh = await commune_handler(circle)
    near, far = await sent(circle), await sent(circle, unit=circle.people.province, kind="petition")
    await database.execute("UPDATE feedback SET due_on = {} WHERE id = {}", date(2026, 1, 2), near.id)
    above = await desk.view(await builders.reader(circle.people.hoa))
    below = await desk.view(await builders.reader(hanh), group="overdue")
    assert [case.id for case in (await desk.inbox(above)).rows] == [near.id, far.id]
    assert [case.id for case in (await desk.inbox(below)).rows] == [near.id]
    counted = await desk.counts(above)
    assert (counted["open"], counted["overdue"], counted["received"], counted["answered"]) == (2, 1, 2, 0)
    petitions = await desk.view(await builders.reader(circle.people.hoa), kind="petition")
    assert [case.id for case in (await desk.inbox(petitions)).rows] == [far.id]
    assert not (await desk.view(await builders.reader(circle.people.mai))).rows
    assert (await desk.view(await builders.reader(circle.people.thu))).audits


async def test_pages_of_the_inbox_follow_each_other(circle: Circle, monkeypatch):
    monkeypatch.setattr(desk, "LIMIT", 1)
    made = [(await sent(circle)).id for _ in range(3)]
    view, seen, cursor = await desk.view(await builders.reader(circle.people.hoa)), [], None
    for _ in made:
        page = await desk.inbox(view, cursor=cursor)
        seen += [case.id for case in page.rows]
        cursor = page.next
    assert (sorted(seen), cursor) == (sorted(made), None)


async def test_a_due_date_that_passes_is_owed_once_however_many_workers_ask(circle: Circle):
    late, asked = await sent(circle, unit=circle.people.ward_cell), await answered(circle)
    await sent(circle)
    await database.execute("UPDATE feedback SET due_on = {}", clock.today() - timedelta(days=1))
    await database.execute("UPDATE feedback SET due_on = {} WHERE id NOT IN ({}, {})", clock.today(), late.id, asked.id)
    await asyncio.gather(*(overdue.owe_late() for _ in range(3)))
    assert await notices("feedback.overdue") == [f'["role:feedback_handler@{circle.people.province}"]']
    await following.reopen(uuid4(), asked.id, "Còn quý bốn?", by=circle.people.mai)
    assert await overdue.owe_late() == 0
    await database.execute("UPDATE feedback SET due_on = {}", clock.today() - timedelta(days=1))
    assert [await overdue.owe_late() for _ in range(2)] == [2, 0]  # the one asked again, and the one due today
    view = await desk.view(await builders.reader(circle.people.hoa))
    assert await overdue.by_unit(view) == {circle.people.province: 3}


# Publishing


async def test_an_answer_is_published_with_consent_without_the_name_and_found(circle: Circle):
    case = await answered(circle)
    with pytest.raises(InvalidError) as error:
        await published(circle, case, Wording("Hạn", "Hà Thị Mai hỏi khi nào", SAID, "members"))
    assert wrong(error) == {"question": "feedback-name-inside"}
    made = await published(circle, case)
    lan = await scopes_of(circle.people.lan)
    found = await answers.find("bao cao quy", scopes=lan)
    assert [(each.code, each.title) for each in found.rows] == [(made.code, PUBLIC.title)]
    assert (await answers.find("bao cao quy", scopes=frozenset({"public"}))).total == 0
    assert (await answers.one(made.code, scopes=lan)).answer == SAID
    assert case.code not in str(found) and str(case.id) not in str(found) and str(circle.people.mai) not in str(found)
    await following.agree(uuid4(), case.id, False, by=circle.people.mai)
    assert (await answers.find("bao cao quy", scopes=lan)).total == 0
    with pytest.raises(NoConsentError):
        await published(circle, case)


async def test_an_answer_about_a_document_is_for_those_who_may_read_it(circle: Circle):
    case = await answered(circle, about="document", document=circle.narrow)
    made = await published(circle, case, Wording("Hạn", "Khi nào?", SAID))
    assert [each.code for each in (await answers.listed(scopes=await circle.scopes())).rows] == [made.code]
    lan = await scopes_of(circle.people.lan)
    assert not (await answers.listed(scopes=lan)).rows and (await answers.find("khi nao", scopes=lan)).total == 0
    with pytest.raises(NotFoundError):
        await answers.one(made.code, scopes=lan)


async def test_a_published_answer_goes_with_its_document_when_that_is_narrowed_or_withdrawn(circle: Circle):
    case = await answered(circle, about="document", document=circle.open, part="dieu-1.khoan-2")
    made = await published(circle, case, Wording("Hạn", "Khi nào?", SAID))
    lan, what = await scopes_of(circle.people.lan), About(circle.open, "dieu-1.khoan-2")

    async def seen(scopes) -> list[int]:
        listed = [each.code for each in (await answers.listed(scopes=scopes)).rows]
        return [(await answers.find("khi nao", scopes=scopes)).total, listed.count(made.code)]

    assert await seen(lan) == [1, 1] and (await answers.about(what, scopes=lan)).total == 1
    document = case.document
    assert document is not None
    await issued.set_audience(document, {f"org:{circle.people.commune}"}, by="cli", reason="Chỉ trong xã")
    assert await seen(lan) == [0, 0] and await seen(await circle.scopes()) == [1, 1]
    await issued.withdraw((await database.fetch("SELECT id FROM edition WHERE document = {}", document))[0]["id"],
                          by="cli", reason="Thu hồi")  # fmt: skip
    assert await seen(await circle.scopes()) == [0, 0]
    with pytest.raises(NotFoundError):
        await answers.one(made.code, scopes=await circle.scopes())


async def test_a_handler_shows_it_no_wider_than_their_reach(circle: Circle):
    hanh = await commune_handler(circle)
    case = await sent(circle, consent=True)
    await handling.answer(uuid4(), case.id, SAID, version=1, by=hanh)
    case = await now(case)
    held = [circle.people.commune]
    assert await publishing.scopes_for(case, held) == [f"org:{circle.people.commune}"]
    with pytest.raises(InvalidError) as error:
        await published(circle, case, reach=held, by=hanh)
    assert wrong(error) == {"scope": "feedback-scope-missing"}
    within = Wording("Hạn", "Khi nào?", SAID, f"org:{circle.people.commune}")
    await published(circle, case, within, reach=held, by=hanh)
    assert (await answers.find("khi nao", scopes=await circle.scopes())).total == 1
    assert (await answers.find("khi nao", scopes=await scopes_of(circle.people.lan))).total == 0


async def test_what_is_asked_again_is_not_published_meanwhile(circle: Circle):
    case = await answered(circle)
    await published(circle, case)
    await following.reopen(uuid4(), case.id, "Chưa đủ", by=circle.people.mai)
    assert await answers.of_case(case.id) is None
    with pytest.raises(NotNowError):
        await published(circle, case)


# Templates, belongings


async def test_a_template_is_not_saved_over_blindly(circle: Circle):
    id, province, hoa = uuid4(), circle.people.province, circle.people.hoa
    how: dict[str, Any] = {"unit": province, "title": "Đã nhận", "by": hoa}
    made = [await templates.save(id, words="Xin cảm ơn.", version=0, **how) for _ in range(2)]
    assert made[0] == made[1] and made[0].version == 1
    with pytest.raises(TemplateChangedSinceError):
        await templates.save(id, words="Khác", version=0, **how)
    for field, typed in (("title", {"title": " ", "words": "x"}), ("answer", {"title": "x", "words": ""})):
        with pytest.raises(InvalidError) as error:
            await templates.save(uuid4(), unit=province, version=0, by=hoa, **typed)
        assert list(wrong(error)) == [field]
    for _ in range(2):
        await templates.remove(id, by=hoa)
    assert not await templates.templates([province])


async def test_other_words_under_the_id_of_a_step_that_was_taken_are_not_lost_in_silence(circle: Circle):
    hoa, mai, reach = circle.people.hoa, circle.people.mai, [circle.people.province]
    draft, rating, public = uuid4(), uuid4(), uuid4()
    case = await sent(circle, consent=True)
    for words in ("Đang xem", "Đang xem"):
        await handling.begin(draft, case.id, words, version=1, by=hoa)
    with pytest.raises(CaseChangedSinceError):
        await handling.begin(draft, case.id, "Đang xem kỹ", version=1, by=hoa)
    await handling.answer(uuid4(), case.id, SAID, version=2, by=hoa)
    for _ in range(2):
        await following.rate(rating, case.id, 4, "Rõ rồi", by=mai)
        await publishing.publish(public, case.id, PUBLIC, reach=reach, version=4, by=hoa)
    for how in ((5, "Rõ rồi"), (4, "Chưa rõ")):
        with pytest.raises(ConflictError):
            await following.rate(rating, case.id, *how, by=mai)
    with pytest.raises(CaseChangedSinceError):
        other = Wording("Hạn khác", PUBLIC.question, PUBLIC.answer, PUBLIC.scope)
        await publishing.publish(public, case.id, other, reach=reach, version=5, by=hoa)
    assert ((await now(case)).version, (await now(case)).rating_words) == (5, "Rõ rồi")


async def _not_erased(member: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """An erasure of which the last step fails, so that nothing of it is committed."""

    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(privacy, "_settle", fail)
        with pytest.raises(ZeroDivisionError):
            await privacy.erase(member, by="cli")


async def test_bytes_that_no_case_has_are_deleted_and_no_others(circle: Circle):
    """As when a machine stopped after an erasure was committed, before the files were gone."""
    mai, case = circle.people.mai, uuid4()
    await attaching.bring(uuid4(), case, photograph(), "anh.jpg", by=mai)
    (kept,) = await attaching.files(case)
    lost = vault.put(attaching.FOLDER, b"nobody's")
    for _ in range(2):
        await attaching.tidy()
        assert vault.find(attaching.FOLDER, lost) is None
        assert attaching.path(kept) is not None


async def test_the_export_holds_what_they_wrote_and_erasure_leaves_the_case_nameless(circle: Circle, monkeypatch):
    belongings.join()
    mai, id, other = circle.people.mai, uuid4(), uuid4()
    for place in (id, other):
        await attaching.bring(uuid4(), place, photograph(), "anh.jpg", by=mai)
    (file,) = await attaching.files(id)
    case = await sent(circle, id=id, consent=True)
    await handling.note(uuid4(), case.id, "Chỉ nội bộ", version=1, by=circle.people.hoa)
    await handling.answer(uuid4(), case.id, "Sắp rồi", version=2, by=circle.people.hoa)
    await following.reopen(uuid4(), case.id, "Còn chưa rõ ngày", by=mai)
    await handling.answer(uuid4(), case.id, SAID, version=4, by=circle.people.hoa)
    await following.rate(uuid4(), case.id, 4, "Rõ rồi", by=mai)
    public = await published(circle, case)
    told = str(await privacy.export(mai))
    unsent, wishes = f"/api/feedback/{other}/files/", ("Rõ rồi", "Còn chưa rõ ngày")
    for part in (WORDS, SAID, f"/feedback/{case.code}/files/{file.id}", public.code, unsent, *wishes):
        assert part in told, part
    assert "Phạm Thị Hòa" not in told and str(circle.people.hoa) not in told
    template, draft = uuid4(), await sent(circle, by=circle.people.quang)
    await templates.save(
        template, unit=circle.people.province, title="Mẫu trả lời", words="Đã nhận.", version=0, by=circle.people.hoa
    )
    await handling.begin(uuid4(), draft.id, "Đang viết dở", version=1, by=circle.people.hoa)
    theirs = str(await privacy.export(circle.people.hoa))
    for part in ("Mẫu trả lời", "Đã nhận.", "Đang viết dở", draft.code):
        assert part in theirs and part not in told, part
    await handling.answer(uuid4(), draft.id, "Rồi nhé", version=2, by=circle.people.hoa)
    assert (await privacy.export(circle.people.hoa))["feedback_drafts"] == []
    assert "Chỉ nội bộ" not in told and "Chỉ nội bộ" in theirs and WORDS not in theirs
    await members.disable(mai, by="cli")
    await _not_erased(mai, monkeypatch)
    assert attaching.path(file) is not None and len(await attaching.files(id)) == 1
    await privacy.erase(mai, by="cli")
    assert await answers.of_case(case.id) is None, "nobody agrees any more"
    left = await now(case)
    assert (left.words, left.consent, left.author_unit) == (WORDS, False, None)
    assert attaching.path(file) is None and not await attaching.files(id) and not await attaching.files(other)
    assert [step.verb for step in await steps.history(id)] == [
        "receive", "note", "answer", "reopen", "answer", "rate", "publish",
    ]  # fmt: skip
    await journal.seal_pending()
    assert (await audit.verify()).finding is None
