"""Comments: said once, seen by who may read what they are about, mended for a while, decided on as they were seen."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from backend.accounts import consents, privacy
from backend.discussion import belongings, comments, counts, mine, newcomers, threads
from backend.discussion.about import About
from backend.discussion.comment_model import (
    CommentChangedSinceError,
    TooLateError,
    TooManyCommentsError,
)
from backend.discussion.comment_moves import find
from backend.discussion.threads import LIMIT
from backend.discussion.voices import NAME
from backend.discussion.wording import MOST_CHARS
from base import clock, database, journal
from base.errors import ConflictError, InvalidError, NotFoundError
from content import publishing, shelf
from tests.backend.discussion.conftest import COMMUNE_ONLY, Circle
from tests.content.builders import put, regulation

CLAUSE = "dieu-1.khoan-2"
CLEAN = "Tôi đề nghị hướng dẫn rõ hơn thời hạn gửi báo cáo của chi bộ."
HELD = "Đồng chí nào cần thì gọi cho tôi theo số 0912 345 678 nhé."


def wrong(error) -> dict[str, str]:
    return {field.field: field.key for field in error.value.fields}


async def acts(id):
    return [entry["act"] for entry in reversed(await journal.about(f"comment:{id}"))]


async def notices():
    return await database.fetch("SELECT key, kind, audience, cancelled_at FROM notice WHERE kind LIKE 'comment.%'")


async def read(circle: Circle, part=None, *, by=None, slug=None, **how):
    member = by or circle.people.mai
    return await threads.of_document(slug or circle.open, part, scopes=await circle.scopes(member), by=member, **how)


def words(page):
    return [said.comment.words for said in page.rows]


async def settled(comment, state, reason="Q1", by="cli"):
    async with database.transaction():
        return await comments.settle(comment.id, revision=comment.revision, state=state, by=by, reason=reason)


# Saying


async def test_what_is_clean_is_shown_to_all_who_may_read_the_document(circle: Circle):
    said = await circle.say(CLEAN, part=CLAUSE)
    assert (said.state, said.revision, said.unit, said.words) == ("shown", 1, circle.people.cell, CLEAN)
    for reader in (circle.people.mai, circle.people.lan):
        (found,) = (await read(circle, CLAUSE, by=reader)).rows
        assert (found.comment.words, found.mine, found.place.path) == (CLEAN, reader == circle.people.mai, CLAUSE)
        assert found.place.label == "khoản 2 Điều 1"
    assert words(await read(circle)) == [CLEAN] and words(await read(circle, "")) == []
    assert await acts(said.id) == ["comment.write"]
    entry = (await journal.about(f"comment:{said.id}"))[0]
    assert CLEAN not in str(entry)


async def test_the_same_again_is_the_same_comment_and_another_one_is_a_conflict(circle: Circle):
    id = uuid4()
    scopes = await circle.scopes()
    about = About(document=circle.open, part=CLAUSE)
    for is_new in (True, False):
        done = await comments.write(id, about=about, words=CLEAN, named=False, by=circle.people.mai, scopes=scopes)
        assert done.is_new is is_new
    for said, other in (
        ("Khác.", {"part": CLAUSE}),
        (CLEAN, {}),
        (CLEAN, {"part": "dieu-2"}),
        (CLEAN, {"about": About(news=circle.item)}),
    ):
        with pytest.raises(ConflictError):
            await circle.say(said, id=id, **other)
    with pytest.raises(NotFoundError):
        await circle.say(CLEAN, id=id, part=CLAUSE, by=circle.people.quang)
    edited = await comments.edit(id, "Nói lại.", revision=1, by=circle.people.mai)
    again = await circle.say(CLEAN, id=id, part=CLAUSE)
    assert again.words == edited.words, "a phone that repeats what it sent does not undo an edit"
    assert len(await database.fetch("SELECT id FROM comment")) == 1


async def test_what_screening_holds_is_visible_to_its_author_at_once_and_says_why(circle: Circle):
    said = await circle.say(HELD, part=CLAUSE)
    assert (said.state, said.held_for) == ("waiting", "phone") and said.reasons("vi")
    (own,) = (await read(circle, CLAUSE)).rows
    assert own.mine and own.open and own.comment.state == "waiting"
    assert words(await read(circle, by=circle.people.lan)) == []
    assert await counts.by_part(await shelf.take(circle.open, scopes=await circle.scopes())) == {}


async def test_a_newcomer_waits_where_the_unit_says_so(circle: Circle):
    await newcomers.set_policy(circle.people.commune, held_first=1, version=0, by="cli")
    first = await circle.say(CLEAN)
    assert (first.state, first.held_for) == ("waiting", "newcomer")
    await settled(first, "shown")
    assert (await circle.say("Đồng ý với dự thảo, chi bộ tôi sẽ làm ngay.")).state == "shown"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "comment-words-missing"),
        (" \n\t ", "comment-words-missing"),
        ("\u202e\u200b\x00", "comment-words-missing"),
        ("a" * (MOST_CHARS + 1), "comment-too-long"),
        ("ă" * 100_000, "comment-too-long"),
        ("👍🏽", "comment-too-little"),
        ("👨‍👩‍👧 … !", "comment-too-little"),
    ],
)
async def test_words_that_say_nothing_or_too_much_are_refused(circle: Circle, typed, key):
    with pytest.raises(InvalidError) as error:
        await circle.say(typed)
    assert wrong(error) == {"words": key}
    said = await circle.say(CLEAN)
    with pytest.raises(InvalidError) as error:
        await comments.edit(said.id, typed, revision=1, by=circle.people.mai)
    assert wrong(error) == {"words": key}


async def test_words_are_kept_as_plain_text_without_signs_that_nobody_sees(circle: Circle):
    typed = "  Một\u202e dòng <b>đậm</b>\r\n\r\n\r\n\r\n- hai\x00\x07 dòng\u2028ba\u200b \t👩\u200d🌾 cu\u0309a  "
    assert (await circle.say(typed)).words == "Một dòng <b>đậm</b>\n\n- hai dòng\nba 👩\u200d🌾 của"


async def test_a_quotation_must_stand_in_the_part(circle: Circle):
    volume = await shelf.take(circle.open, scopes=await circle.scopes())
    clause = next(part for part in (await volume.pieces(1)).parts if part.path == CLAUSE)
    stands = " ".join(clause.body.split()[:5])
    assert (await circle.say(CLEAN, part=CLAUSE, quote=stands.upper())).quote == stands.upper()
    assert (await circle.say("Cả điều này.", part="dieu-1", quote=stands)).quote == stands
    for part, quote, key in (
        (CLAUSE, "Đảng viên được miễn sinh hoạt.", "comment-quote-nowhere"),
        (CLAUSE, "👍 …", "comment-quote-nowhere"),
        ("", stands, "comment-quote-nowhere"),
        (CLAUSE, stands * 100, "comment-quote-long"),
    ):
        with pytest.raises(InvalidError) as error:
            await circle.say(CLEAN, part=part, quote=quote)
        assert wrong(error) == {"quote": key}


async def test_what_it_is_about_must_be_one_thing_that_is_there(circle: Circle):
    for about, kind in (
        (About(), InvalidError),
        (About(document=circle.open, news=circle.item), InvalidError),
        (About(document=circle.open, part="dieu-99"), NotFoundError),
        (About(document=circle.open, part="\x00"), NotFoundError),
        (About(document=circle.open, edition=7), NotFoundError),
        (About(document="khong-co"), NotFoundError),
        (About(news="khong-co"), NotFoundError),
        (About(document=circle.narrow), NotFoundError),
    ):
        with pytest.raises(kind):
            await circle.say(CLEAN, about=about, by=circle.people.lan)


async def test_nobody_speaks_more_than_ten_times_in_ten_minutes(circle: Circle, monkeypatch):
    monkeypatch.setattr(comments, "LIMIT", 2)
    id = uuid4()
    await circle.say(CLEAN, id=id)
    await circle.say("Thêm một ý nữa về lịch sinh hoạt.")
    await circle.say(CLEAN, id=id)
    with pytest.raises(TooManyCommentsError) as error:
        await circle.say("Và một ý nữa về kinh phí.")
    assert 0 < error.value.retry_after_s <= comments.WINDOW_S
    assert (await circle.say(CLEAN, by=circle.people.quang)).state == "shown"


# Who is told


async def test_a_name_is_shown_only_while_the_author_agrees_to_it(circle: Circle):
    with pytest.raises(InvalidError) as error:
        await circle.say(CLEAN, named=True)
    assert wrong(error) == {"named": "comment-name-not-agreed"}
    await circle.agree(circle.people.mai, circle.people.quang)
    await circle.say(CLEAN, named=True)
    await circle.say("Không ghi tên ở ý kiến này.", by=circle.people.quang)
    nameless, named = [said.voice for said in (await read(circle)).rows]
    assert (named.name, named.province) == ("Hà Thị Mai", circle.people.province)
    assert (nameless.name, nameless.province) == ("", circle.people.province)
    await consents.withdraw(circle.people.mai, NAME)
    assert {said.voice.name for said in (await read(circle)).rows} == {""}


async def test_who_may_not_read_sees_neither_comment_nor_count(circle: Circle):
    about = About(document=circle.narrow)
    said = await circle.say(CLEAN, about=about)
    lan = await circle.scopes(circle.people.lan)
    for asked in (
        threads.of_document(circle.narrow, scopes=lan, by=circle.people.lan),
        threads.of_thread(said.id, about, scopes=lan, by=circle.people.lan),
        comments.one(said.id, scopes=lan, by=circle.people.lan),
    ):
        with pytest.raises(NotFoundError):
            await asked
    with pytest.raises(NotFoundError):  # its id does not open it on another document either
        await threads.of_thread(said.id, About(document=circle.open), scopes=lan, by=circle.people.lan)
    assert (await comments.one(said.id, scopes=await circle.scopes())).words == CLEAN
    assert COMMUNE_ONLY not in str(await mine.titled([said], lan))


# Answers


async def test_an_answer_stands_under_what_it_answers_and_its_author_is_told_once_it_is_shown(circle: Circle):
    head = await circle.say(CLEAN, part=CLAUSE)
    answer = await circle.say("Tôi cũng thấy vậy.", parent=head.id, by=circle.people.lan)
    assert (answer.anchor, answer.edition) == (head.anchor, head.edition)
    (found,) = (await read(circle, CLAUSE)).rows
    assert [said.comment.words for said in found.answers] == ["Tôi cũng thấy vậy."]
    (notice,) = await notices()
    assert (notice["kind"], notice["audience"]) == ("comment.reply", f'["member:{circle.people.mai}"]')
    held = await circle.say(HELD, parent=head.id, by=circle.people.lan)
    await circle.say("Tự trả lời mình.", parent=head.id)
    assert len(await notices()) == 1
    await settled(held, "shown")
    assert len(await notices()) == 2
    await comments.withdraw(held.id, by=circle.people.lan)
    assert [row["cancelled_at"] is None for row in await notices()].count(False) == 1


async def test_an_answer_belongs_under_a_shown_comment_on_the_same_text(circle: Circle):
    head = await circle.say(CLEAN)
    elsewhere = await circle.say("Ở tin này.", about=About(news=circle.item))
    answer = await circle.say("Một câu trả lời.", parent=head.id)
    held = await circle.say(HELD)
    for parent, key in (
        (elsewhere.id, "comment-parent-elsewhere"),
        (answer.id, "comment-parent-answer"),
    ):
        with pytest.raises(InvalidError) as error:
            await circle.say("Trả lời.", parent=parent, by=circle.people.quang)
        assert wrong(error) == {"parent": key}
    for parent in (held.id, uuid4()):
        with pytest.raises(NotFoundError):
            await circle.say("Trả lời.", parent=parent, by=circle.people.quang)


async def test_a_withdrawn_comment_leaves_its_place_to_the_answers(circle: Circle):
    head = await circle.say(CLEAN)
    await circle.say("Tôi đồng ý.", parent=head.id, by=circle.people.lan)
    await comments.withdraw(head.id, by=circle.people.mai)
    for reader in (circle.people.mai, circle.people.lan):
        (found,) = (await read(circle, by=reader)).rows
        assert not found.open and [said.comment.words for said in found.answers] == ["Tôi đồng ý."]
    about, scopes = About(document=circle.open), await circle.scopes(circle.people.quang)
    await circle.say(HELD, by=circle.people.lan, parent=(await circle.say("Ý nữa.", by=circle.people.quang)).id)
    other = (await read(circle, by=circle.people.lan)).rows[0].comment
    await comments.withdraw(other.id, by=circle.people.quang)
    for reader, places in ((circle.people.lan, 2), (circle.people.quang, 1)):
        assert len((await read(circle, by=reader)).rows) == places, "one's own answer that waits keeps its place"
    with pytest.raises(NotFoundError):
        await threads.of_thread(other.id, about, scopes=scopes, by=circle.people.quang)
    alone = await circle.say("Sẽ rút lại.")
    await comments.withdraw(alone.id, by=circle.people.mai)
    assert len((await read(circle)).rows) == 1


# Mending and withdrawing


async def test_words_are_mended_for_a_quarter_of_an_hour_and_every_wording_is_kept(circle: Circle):
    said = await circle.say(CLEAN)
    mended = await comments.edit(said.id, "Nói cho rõ hơn.", revision=1, by=circle.people.mai)
    assert (mended.words, mended.revision, mended.state) == ("Nói cho rõ hơn.", 2, "shown")
    assert mended.edited_at is not None
    same = await comments.edit(said.id, "Nói cho rõ hơn.", revision=1, by=circle.people.mai)
    assert same.revision == 2, "the same again changes nothing"
    with pytest.raises(CommentChangedSinceError):
        await comments.edit(said.id, "Từ máy khác.", revision=1, by=circle.people.mai)
    with pytest.raises(NotFoundError):
        await comments.edit(said.id, "Của người khác.", revision=2, by=circle.people.quang)
    kept = await database.fetch("SELECT words FROM comment_revision ORDER BY revision")
    assert [row["words"] for row in kept] == [CLEAN, "Nói cho rõ hơn."]
    clock.stop(said.created_at + timedelta(minutes=16))
    try:
        with pytest.raises(TooLateError):
            await comments.edit(said.id, "Quá muộn.", revision=2, by=circle.people.mai)
        assert (await comments.withdraw(said.id, by=circle.people.mai)).state == "withdrawn"
    finally:
        clock.stop(None)
    assert await acts(said.id) == ["comment.write", "comment.edit", "comment.withdraw"]


async def test_an_edit_is_screened_like_new_words(circle: Circle):
    said = await circle.say(CLEAN)
    held = await comments.edit(said.id, HELD, revision=1, by=circle.people.mai)
    assert (held.state, held.held_for) == ("waiting", "phone")
    mended = await comments.edit(said.id, CLEAN, revision=2, by=circle.people.mai)
    assert (mended.state, mended.held_for) == ("shown", "")


async def test_what_was_returned_may_be_mended_at_any_time_and_waits_for_who_returned_it(circle: Circle):
    said = await circle.say(HELD)
    returned = await settled(said, "returned")
    clock.stop(clock.now() + timedelta(days=2))
    try:
        again = await comments.edit(said.id, CLEAN, revision=returned.revision, by=circle.people.mai)
    finally:
        clock.stop(None)
    assert (again.state, again.held_for) == ("waiting", "")


async def test_withdrawing_is_for_the_author_and_for_good(circle: Circle):
    said = await circle.say(CLEAN)
    with pytest.raises(NotFoundError):
        await comments.withdraw(said.id, by=circle.people.quang)
    for _ in range(2):
        assert (await comments.withdraw(said.id, by=circle.people.mai)).state == "withdrawn"
    assert (await acts(said.id)).count("comment.withdraw") == 1
    assert (await circle.say(CLEAN, id=said.id)).state == "withdrawn"
    with pytest.raises(TooLateError):
        await comments.edit(said.id, "Nói lại.", revision=1, by=circle.people.mai)


# Deciding


async def test_a_decision_holds_only_for_the_words_that_were_seen(circle: Circle):
    said = await circle.say(HELD)
    mended = await comments.edit(said.id, HELD + " Cảm ơn.", revision=1, by=circle.people.mai)
    with pytest.raises(CommentChangedSinceError):
        await settled(said, "shown")
    hidden = await settled(mended, "hidden", "Q2")
    assert (hidden.state, hidden.decided_for) == ("hidden", "Q2") and hidden.decided_at is not None
    assert (await find(said.id)) == hidden
    assert (await settled(mended, "hidden", "Q2")).decided_at == hidden.decided_at
    with pytest.raises(TooLateError):
        await comments.edit(said.id, CLEAN, revision=2, by=circle.people.mai)
    assert words(await read(circle, by=circle.people.lan)) == []
    await settled(mended, "shown")
    assert len((await read(circle, by=circle.people.lan)).rows) == 1
    await comments.withdraw(said.id, by=circle.people.mai)
    with pytest.raises(CommentChangedSinceError):
        await settled(mended, "hidden")
    with pytest.raises(RuntimeError):
        await comments.settle(said.id, revision=2, state="shown", by="cli", reason="")


# Counting and paging


async def test_counts_tell_what_is_shown_by_part(circle: Circle):
    volume = await shelf.take(circle.open, scopes=await circle.scopes())
    head = await circle.say(CLEAN, part=CLAUSE)
    await circle.say("Tôi đồng ý.", parent=head.id, by=circle.people.lan)
    whole = await circle.say("Về cả văn bản.")
    await circle.say(HELD, part="dieu-2")
    assert await counts.by_part(volume) == {"": 3, CLAUSE: 2}
    await comments.withdraw(whole.id, by=circle.people.mai)
    assert await counts.by_part(volume) == {"": 2, CLAUSE: 2}
    await circle.say("Tin hay.", about=About(news=circle.item))
    item = (await database.fetch("SELECT id FROM news"))[0]["id"]
    assert await counts.by_anchor(item) == {"": 1}


async def test_long_threads_come_page_by_page(circle: Circle, monkeypatch):
    monkeypatch.setattr(comments, "LIMIT", 1_000)
    monkeypatch.setattr("backend.discussion.screening.pace.LIMITS", ())
    monkeypatch.setattr(threads, "LIMIT", 2)
    monkeypatch.setattr(threads, "ANSWERS", 1)
    heads = [await circle.say(f"Ý kiến thứ {number} của tôi.") for number in range(5)]
    for number in range(3):
        await circle.say(f"Trả lời thứ {number} cho đồng chí.", parent=heads[0].id)
    seen, cursor = [], None
    while True:
        page = await read(circle, cursor=cursor)
        seen += words(page)
        cursor = page.next
        if cursor is None:
            break
    assert seen == [head.words for head in reversed(heads)]
    last = page.rows[-1]
    assert (len(last.answers), last.more) == (1, True)
    about, scopes, told = About(document=circle.open), await circle.scopes(), []
    for _ in range(2):
        thread = await threads.of_thread(heads[0].id, about, scopes=scopes, by=circle.people.mai, cursor=cursor)
        told += [answer.comment.words for answer in thread.rows[0].answers]
        cursor = thread.next
    assert told == [f"Trả lời thứ {number} cho đồng chí." for number in range(3)] and cursor is None
    for cursor in ("bậy", "AAAA"):
        with pytest.raises(InvalidError):
            await read(circle, cursor=cursor)
        with pytest.raises(InvalidError):
            await mine.mine(circle.people.mai, scopes=scopes, cursor=cursor)


async def test_a_member_finds_all_their_own_in_whatever_state(circle: Circle):
    shown, held = await circle.say(CLEAN), await circle.say(HELD, about=About(news=circle.item))
    await comments.withdraw(shown.id, by=circle.people.mai)
    found = (await mine.mine(circle.people.mai, scopes=await circle.scopes())).rows
    assert [(row.comment.state, row.href) for row in found] == [
        ("waiting", f"/news/{circle.item}/comments?thread={held.id}"),
        ("withdrawn", f"/documents/{circle.open}/comments"),
    ]
    assert [row.title for row in found] == ["Hội nghị sơ kết", "Quy định 12-QĐ/TU"]
    assert (await mine.mine(circle.people.lan, scopes=await circle.scopes())).rows == ()
    assert len(found) <= LIMIT


# Into the next edition


async def test_a_comment_follows_its_part_into_the_next_edition(circle: Circle):
    said = await circle.say(CLEAN, part="dieu-2")
    text = regulation()
    before = text.index("**Điều 2.**")
    await put(
        text[:before]
        + "**Điều 2.** Điều mới đứng trước\n\n1. Một việc khác hẳn.\n\n"
        + text[before:].replace("**Điều 2.**", "**Điều 3.**", 1)
    )
    (found,) = (await read(circle, "dieu-3")).rows
    assert (found.comment.id, found.place.path, found.place.removed) == (said.id, "dieu-3", False)
    assert (await read(circle, "dieu-2")).rows == ()


async def test_a_comment_on_a_removed_part_says_when_it_went_and_shows_the_old_words(circle: Circle):
    await circle.say(CLEAN, part="dieu-2.khoan-2.diem-b")
    text = regulation()
    start = text.index("b) ", text.index("**Điều 2.**"))
    old = text[start : text.index("\n", start)]
    await put(text.replace(old, "", 1))
    (found,) = (await read(circle)).rows
    assert found.place.removed and found.place.path == "" and found.place.on == date(2026, 5, 4)
    assert found.place.old in old and found.place.old
    volume = await shelf.take(circle.open, scopes=await circle.scopes())
    assert await counts.by_part(volume) == {"": 1}


# What is held about a member


async def test_a_member_is_told_all_they_wrote(circle: Circle):
    said = await circle.say(CLEAN, part=CLAUSE)
    await comments.edit(said.id, "Nói lại.", revision=1, by=circle.people.mai)
    await circle.say("Người khác.", by=circle.people.quang)
    (told,) = await belongings.told(circle.people.mai)
    assert [each["words"] for each in told["revisions"]] == [CLEAN, "Nói lại."]
    assert (told["document"], told["state"]) == (circle.open, "shown")


async def test_erasing_a_person_keeps_the_conversation_without_them(circle: Circle):
    belongings.join()
    await circle.agree(circle.people.mai)
    said = await circle.say(CLEAN, named=True)
    await comments.edit(said.id, "Nói lại.", revision=1, by=circle.people.mai)
    await circle.say("Tôi đồng ý.", parent=said.id, by=circle.people.lan)
    held = await circle.say(HELD)
    assert (await privacy.export(circle.people.mai))["comments"][0]["revisions"]
    await privacy.erase(circle.people.mai, by="cli")
    (found,) = (await read(circle, by=circle.people.lan)).rows
    assert (found.voice.former, found.voice.name, found.voice.province) == (True, "", None)
    assert found.comment.words == "Nói lại." and len(found.answers) == 1
    assert (await find(held.id)).state == "withdrawn"
    left = await database.fetch("SELECT words FROM comment_revision")
    assert sorted(row["words"] for row in left) == ["", "", "Nói lại.", "Tôi đồng ý."]


async def test_a_withdrawn_document_takes_its_comments_along(circle: Circle):
    said = await circle.say(CLEAN)
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {}", circle.open
    )
    await publishing.withdraw(rows[0]["id"], by="cli", reason="Ban hành nhầm.")
    with pytest.raises(NotFoundError):
        await read(circle)
    with pytest.raises(NotFoundError):
        await comments.one(said.id, scopes=await circle.scopes())
    (row,) = (await mine.mine(circle.people.mai, scopes=await circle.scopes())).rows
    assert (row.comment.id, row.title, row.href) == (said.id, "", "")
