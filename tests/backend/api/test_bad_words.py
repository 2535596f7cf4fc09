"""Whatever is typed where words are asked for: what is wrong is told beside the field, through every address."""

from uuid import uuid4

import pytest

from tests import people as cast
from tests.content.builders import put, regulation

HELD = "Cần thì gọi tôi theo số 0912 345 678 nhé các đồng chí."
SAYS_NOTHING = {
    "nothing": "",
    "blanks": " \n\t ",
    "pictures": "\U0001f44d\U0001f3fd\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "unheard signs": "\u202e\u0007\u200b\ufeff\x00",
    "signs drawn as nothing": "\u3164\u2800\u115f\u1160",
}
TOO_MUCH = "ơ" * 100_000


@pytest.fixture
async def addresses(database, settings, opened):
    """Who sends words, where, the body without them, their field, and what that is called when it is wrong."""
    people = await cast.everyone()
    mai, tam, hoa = [await opened(each) for each in (people.mai, people.tam, people.hoa)]
    slug = (await put(regulation(), audience=["members"])).slug
    held, shown, asked = (str(uuid4()) for _ in range(3))
    for id, words in ((held, HELD), (shown, "Tôi đề nghị làm rõ thời hạn báo cáo.")):
        await mai.put(f"/api/comments/{id}", json={"document": slug, "words": words})
    await mai.put(f"/api/feedback/{asked}", json={"kind": "question", "about": "app", "words": "Khi nào gửi báo cáo?"})
    decision = {"revision": 1, "verdict": "return", "reason": "Q2"}
    case = f"/api/feedback/{asked}/steps/{{}}"
    return [
        (mai, "/api/comments/{}", {"document": slug}, "words", "words"),
        (mai, f"/api/comments/{shown}", {"document": slug, "revision": 1}, "words", "words"),
        (mai, "/api/feedback/{}", {"kind": "question", "about": "app"}, "words", "words"),
        (
            tam,
            f"/api/comments/{held}/decisions/{{}}",
            decision,
            "remark",
            "remark",
        ),
        (hoa, case, {"verb": "note", "version": 1}, "words", "note"),
        (hoa, case, {"verb": "answer", "version": 1}, "words", "answer"),
    ]


async def test_words_that_say_nothing_or_too_much_are_refused_beside_their_field(addresses):
    wrong = []
    for client, path, body, field, named in addresses:
        for name, words in {**SAYS_NOTHING, "too much": TOO_MUCH}.items():
            answer = await client.put(path.format(uuid4()), json={**body, field: words})
            told = [each["field"] for each in answer.json().get("errors", ())]
            if (answer.status_code, told) != (422, [named]):
                wrong.append((path, body, name, answer.status_code, answer.text[:120]))
    assert not wrong, "\n".join(map(str, wrong))


async def test_a_body_that_cannot_be_read_is_its_senders_fault(addresses):
    client, path, *_ = addresses[0]
    for text in ("[" * 100_000, '{"words": "\\ud800"}', '{"words": "\xff"}', "{", "\xed\xa0"):
        answer = await client.put(path.format(uuid4()), content=text.encode("latin-1"))
        assert answer.status_code == 400 and answer.json()["type"] == "/problems/error-bad-request", text[:20]


async def test_markup_and_turned_writing_are_kept_as_plain_words(addresses):
    said = "<script>alert(1)</script> Tôi \u202eđề nghị\u202c **làm rõ** &amp; sớm"
    piled = "\u0338" * 50
    client, path, body, field, _ = addresses[0]
    answer = await client.put(path.format(uuid4()), json={**body, field: said + piled})
    assert answer.status_code == 201
    assert answer.json()["words"] == "<script>alert(1)</script> Tôi đề nghị **làm rõ** &amp; sớm" + piled[:4]
    page = await client.get(f"/documents/{body['document']}/comments")
    assert "<script>alert(1)" not in page.text and "&lt;script&gt;alert(1)" in page.text
    assert "\u202e" not in page.text
