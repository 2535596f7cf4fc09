"""Whatever is typed into a form for words: refused with a sentence beside its field, or kept whole; never half done."""

import html
import re
from uuid import uuid4

import pytest

from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.feedback import attaching, following, handling, sending
from backend.discussion.feedback.sending import Draft
from backend.moderation import appealing, deciding, reporting
from base import database
from tests import builders
from tests.content.builders import put, regulation

alike = pytest.mark.alike

SAYS_NOTHING = ("", " \n\t ", "👍🏽👨‍👩‍👧", "\x00\x07\u202e\u2066\u200b\ufeff", "\u3164\u2800\u115f\u1160")
TOO_MUCH = "ơ" * 100_000
BAD = (*SAYS_NOTHING, TOO_MUCH)
CLEAN, HELD = "Tôi đề nghị làm rõ thời hạn báo cáo.", "Liên hệ tôi theo số 0912 345 678 nhé."
TABLES = ("comment_revision", "report", "decision", "appeal", "feedback", "feedback_step", "answer_template",
          "published_answer", "screening_word", "newcomer_policy", "journal", "notice")  # fmt: skip


class Forms:
    """Every form for words: whose browser, where to, what is sent beside the words, and the field that is wrong."""

    def __init__(self, opened, people, slug) -> None:
        self.opened, self.people, self.slug = opened, people, slug

    async def all(self):
        """All of them: ``BAD`` says nothing there, or too much."""
        people, slug = self.people, self.slug
        duc = await builders.member("duc", unit=people.office, name="Trần Hữu Đức")
        await builders.role(duc, "unit_admin", people.province)
        mai, tam, hoa, top = [await self.opened(each) for each in (people.mai, people.tam, people.hoa, duc)]
        own, other = await self.said(people.mai), await self.said(people.lan)
        held, hidden, asked, answered = await self.held(), await self.hidden(), await self.case(), await self.answered()
        code = (await database.fetch("SELECT code FROM feedback WHERE id = {}", answered))[0]["code"]
        appealed, appeal = await self.hidden(), uuid4()
        await appealing.appeal(appeal, appealed, words="Xin xem lại.", by=people.mai)
        desk, step, done = f"/desk/feedback/{asked}", {"version": "1"}, {"version": "2"}
        public = {**done, "title": "Hạn gửi", "question": "Khi nào?", "public_answer": "Ngày 25.", "scope": "members"}
        template = {"unit": str(people.province), "version": "0"}
        ruled = {"revision": "1", "verdict": "return", "reason": "Q2"}
        return [
            (mai, f"/documents/{slug}/comments", {"edition": "1"}, "words"),
            (mai, f"/documents/{slug}/comments?thread={other}", {"parent": str(other)}, "words"),
            (mai, f"/account/comments/{own}", {"revision": "1"}, "words"),
            (mai, f"/account/comments/{hidden}/decision", {}, "appeal"),
            (tam, f"/desk/moderation/{held}/decision", ruled, "remark"),
            (tam, "/desk/moderation/decisions", {**ruled, "pick": f"{held}:1"}, "remark"),
            (tam, f"/desk/moderation/{appealed}/appeals/{appeal}", {"outcome": "upheld"}, "answer"),
            (mai, "/feedback/new", {"kind": "question", "about": "app"}, "words"),
            (mai, f"/feedback/{code}/reopening", {}, "asked_again"),
            (hoa, f"{desk}/answer", step, "answer"),
            (hoa, f"{desk}/notes", step, "note"),
            *((hoa, f"/desk/feedback/{answered}/publication", public, name) for name in (*public,)[1:4]),
            (hoa, f"/desk/feedback/templates/{uuid4()}", {**template, "answer": "Đã nhận."}, "title"),
            (hoa, f"/desk/feedback/templates/{uuid4()}", {**template, "title": "Mẫu"}, "answer"),
            (top, f"/desk/screening/words/{uuid4()}", {"version": "0", "outcome": "hold", "reason": "insult"}, "words"),
            (top, f"/desk/newcomers/{people.province}", {"version": "0"}, "held_first"),
        ]  # fmt: skip

    async def said(self, by, words=CLEAN):
        """A comment of somebody's."""
        id, about = uuid4(), About(document=self.slug)
        await comments.write(id, about=about, words=words, named=False, by=by, scopes=await scopes_of(by))
        return id

    async def held(self):
        """One of Mai's that waits."""
        return await self.said(self.people.mai, f"{HELD} {uuid4().hex[:6]}")

    async def hidden(self):
        """One of Mai's that Minh hid, who moderates here."""
        id = await self.held()
        await deciding.decide(uuid4(), id, revision=1, verdict="hide", reason="Q2", by=self.people.minh)
        return id

    async def case(self):
        """A question of Mai's."""
        id, by = uuid4(), self.people.mai
        await sending.send(id, Draft("question", "app", CLEAN, consent=True), by=by, scopes=await scopes_of(by))
        return id

    async def answered(self):
        """One that Hòa answered."""
        id = await self.case()
        await handling.answer(uuid4(), id, "Trước ngày 25.", version=1, by=self.people.hoa)
        return id


@pytest.fixture
async def forms(opened, everyone, monkeypatch):
    monkeypatch.setattr("backend.discussion.judging.LATELY", 0)
    return Forms(opened, everyone, (await put(regulation(), audience=["members"])).slug)


def wrong_on(page):
    """The fields that the summary leads to."""
    return set(re.findall(r'<a href="#([a-z_]+)">', page.partition('class="summary"')[2].partition("</ul>")[0]))


async def written():
    """How much stands in every table that a form writes to."""
    counts = " UNION ALL ".join(f"SELECT '{table}' AS held, count(*) AS n FROM {table}" for table in TABLES)
    return {row["held"]: row["n"] for row in await database.fetch(counts)}


@alike
async def test_words_that_say_nothing_or_too_much_come_back_with_the_reason_and_leave_no_trace(forms):
    wrong, every = [], await forms.all()
    before = await written()
    for client, path, body, field in every:
        for words in BAD:
            answer = await client.post(path, data={"id": str(uuid4()), **body, field: words})
            told, is_kept = wrong_on(answer.text), field == "held_first" or words.strip() in answer.text
            if answer.status_code != 422 or field not in told or not is_kept:
                wrong.append((path, field, words[:9], answer.status_code, told))
    assert not wrong, "\n".join(map(str, wrong))
    assert await written() == before


@alike
async def test_units_that_there_are_not_are_told_without_their_whole_name(forms, everyone):
    hoa, mai = await forms.opened(everyone.hoa), await forms.opened(everyone.mai)
    case = await forms.case()
    for client, path, body in (
        (mai, "/feedback/new", {"kind": "question", "about": "unit", "words": CLEAN}),
        (hoa, f"/desk/feedback/{case}/forwarding", {"version": "1", "note": "Nhờ trả lời"}),
    ):
        for name, unit in (("unit_words", TOO_MUCH), ("unit_words", "\x00"), ("unit", "9" * 40), ("unit", "²")):
            answer = await client.post(path, data={"id": str(uuid4()), **body, name: unit})
            assert answer.status_code == 422 and wrong_on(answer.text) == {"unit"}, (path, name, unit[:9])
            assert "???" not in answer.text


@alike
async def test_an_answer_to_what_is_gone_keeps_its_words_and_may_stand_by_itself(forms, everyone):
    head, mai = await forms.said(everyone.lan), await forms.opened(everyone.mai)
    path = f"/documents/{forms.slug}/comments"
    typed = {"id": str(uuid4()), "words": "Tôi cũng thấy vậy.", "parent": str(head), "edition": "1"}
    await comments.withdraw(head, by=everyone.lan)
    answer = await mai.post(f"{path}?thread={head}", data=typed)
    assert answer.status_code == 409 and "Tôi cũng thấy vậy." in answer.text
    assert "không còn hiển thị" in answer.text and 'name="parent"' not in answer.text
    for words, status in (("", 422), (typed["words"], 303)):
        sent = {**typed, "id": str(uuid4()), "words": words, "parent": ""}
        assert (await mai.post(f"{path}?thread={head}", data=sent)).status_code == status


@alike
async def test_a_form_whose_id_is_taken_by_other_words_can_be_sent_again(forms, everyone):
    mai, path = await forms.opened(everyone.mai), f"/documents/{forms.slug}/comments"
    typed = {"id": str(uuid4()), "words": CLEAN, "edition": "1"}
    assert [(await mai.post(path, data=typed)).status_code for _ in range(2)] == [303, 303]
    answer = await mai.post(path, data={**typed, "words": "Lời khác hẳn."})
    assert answer.status_code == 409 and "Lời khác hẳn." in answer.text and f'value="{typed["id"]}"' not in answer.text


async def test_words_about_a_document_that_is_gone_stay_in_the_form(forms, everyone):
    mai = await forms.opened(everyone.mai)
    typed = {"id": "không phải", "kind": "question", "about": "document", "words": CLEAN, "document": "khong-con"}
    for changed in ({}, {"id": str(uuid4())}, {"id": str(uuid4()), "document": "khong\x00con"}):
        answer = await mai.post("/feedback/new", data={**typed, **changed})
        assert answer.status_code == 422 and CLEAN in answer.text and 'name="document" value=""' in answer.text


@alike
async def test_a_file_is_told_by_its_name_and_no_more(forms, everyone):
    mai, id = await forms.opened(everyone.mai), str(uuid4())
    body = {"id": id, "kind": "question", "about": "app", "words": CLEAN}
    names = ("../../etc/passwd", "\u202egpj.exe", "x" * 300 + ".svg", "hai\ndòng.gif", "trống.pdf", "trống.jpg")
    answer = await mai.post("/feedback/new", data=body, files=[("files", (name, b"")) for name in names])
    page = html.unescape(answer.text)
    assert answer.status_code == 422 and wrong_on(answer.text) == {"files"} and CLEAN in page
    assert "etc/" not in page and "\u202e" not in page and "x" * 100 not in page and "???" not in page
    assert await database.fetch("SELECT id FROM feedback_file") == []


@alike
async def test_each_member_is_told_when_they_may_go_on_and_keeps_their_words(forms, everyone, monkeypatch):
    mai, ask = await forms.opened(everyone.mai), {"kind": "question", "about": "app"}
    own, other, hidden, case = (
        await forms.said(everyone.mai), await forms.said(everyone.lan), await forms.hidden(), await forms.case()
    )  # fmt: skip
    code = (await database.fetch("SELECT code FROM feedback WHERE id = {}", case))[0]["code"]
    before = await written()
    for module, most, path, body, field in (
        (comments, "LIMIT", f"/documents/{forms.slug}/comments", {"edition": "1"}, "words"),
        (comments, "MOST_EDITS", f"/account/comments/{own}", {"revision": "1"}, "words"),
        (reporting, "LIMIT", f"/comments/{other}/report", {"reason": "Q1"}, "words"),
        (appealing, "LIMIT", f"/account/comments/{hidden}/decision", {}, "appeal"),
        (sending, "LIMIT", "/feedback/new", ask, "words"),
        (attaching, "LIMIT", "/feedback/new", ask, "words"),
        (following, "MOST_CHANGES", f"/feedback/{code}/consent", {}, ""),
    ):
        files = [("files", ("anh.pdf", b"%PDF"))] if module is attaching else None
        words = {field: "Lời này còn nguyên."} if field else {}
        with monkeypatch.context() as patch:
            patch.setattr(module, most, 0)
            answer = await mai.post(path, data={"id": str(uuid4()), **body, **words}, files=files)
        assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0, (path, most)
        assert all(each in answer.text for each in words.values()) and 'role="alert"' in answer.text, (path, most)
        assert "???" not in answer.text, (path, most)
        assert await written() == before, (path, most)
