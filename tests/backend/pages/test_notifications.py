"""How a member wants to be told: plain forms, by which nothing is half kept and nothing typed is lost."""

import json

import pytest

from backend.accounts import notifying
from base import database
from base import settings as base_settings
from notifications import choosing
from notifications.channels import encrypting, signing
from notifications.quiet import USUAL, Window
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.people import People

pytestmark = pytest.mark.alike

PAGE = "/account/notifications"
FORM = {**choosing.USUALLY, "quiet": "1", "begins": "21:30", "ends": "06:30"}


async def test_what_is_chosen_is_kept_whole_and_shown_again(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    sent = {**FORM, "news": "off", "urgent": "digest", "begins": "2200", "ends": "7h15"}
    assert (await mai.post(PAGE, data=sent)).headers["location"] == f"{PAGE}?done=notices-chosen"
    assert await choosing.chosen(everyone.mai) == {**choosing.USUALLY, "news": "off", "urgent": "digest"}
    assert await choosing.window(everyone.mai) == Window(is_on=True, begins=1320, ends=435)
    shown = (await mai.get(PAGE)).text
    assert 'value="22:00"' in shown and 'value="07:15"' in shown and 'value="off" selected' in shown
    await mai.post(PAGE, data={name: value for name, value in FORM.items() if name != "quiet"})
    assert not (await choosing.window(everyone.mai)).is_on
    assert (await choosing.window(everyone.lan), await choosing.chosen(everyone.lan)) == (USUAL, choosing.USUALLY)


async def test_what_is_wrong_is_told_beside_its_field_and_nothing_of_it_kept(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    wrong = [
        ("begins", "25:00"), ("begins", "9"), ("begins", "tối"), ("begins", "²1:00"), ("ends", "06:60"), ("ends", ""),
        ("ends", "21:30"), ("news", "perhaps"), ("answers", ""), ("begins", "\u0000"), ("begins", "21:3"),
        ("begins", "1:2:3"),
    ]  # fmt: skip
    for field, typed in wrong:
        answer = await mai.post(PAGE, data={**FORM, "urgent": "off", field: typed})
        assert answer.status_code == 422, (field, typed)
        assert f'href="#{field}"' in answer.text and f'id="{field}-wrong"' in answer.text
        assert 'value="off" selected' in answer.text
    assert 'value="1:2:3"' in answer.text
    both = (await mai.post(PAGE, data={**FORM, "begins": "tối", "ends": "sáng"})).text
    assert 'id="begins-wrong"' in both and 'id="ends-wrong"' in both
    assert (await choosing.chosen(everyone.mai), await choosing.window(everyone.mai)) == (choosing.USUALLY, USUAL)


async def test_what_one_follows_is_listed_in_one_place_as_far_as_one_may_read_it(
    opened: Opener, everyone: People
) -> None:
    mai = await opened(everyone.mai)
    assert "chưa theo dõi" in (await mai.get(PAGE)).text
    mine = await put(regulation(), audience=["members"])
    others = await put(regulation(number="9-QĐ/TU", title="về việc của tỉnh ủy"), audience=[f"org:{everyone.ward}"])
    ids = {row["slug"]: row["id"] for row in await database.fetch("SELECT slug, id FROM document")}
    for what in (f"document:{ids[mine.slug]}", f"document:{ids[others.slug]}", "topic:khong-co"):
        await choosing.follow(everyone.mai, what)
    page, shown = (await mai.get(PAGE)).text, (await mai.get("/follows")).text
    assert "đang theo dõi: 1." in page and 'href="/follows"' in page and mine.slug not in page
    assert f"/documents/{mine.slug}" in shown and "9-QĐ/TU" not in shown and "khong-co" not in shown
    assert 'href="/account/notifications"' in shown


async def test_a_test_says_what_came_of_it(opened: Opener, everyone: People, settings) -> None:
    mai = await opened(everyone.mai)
    assert "Sổ tay chưa gửi được thông báo" in (await mai.get(PAGE)).text
    base_settings.use(settings.model_copy(update={"push_subject": "mailto:office@vanlam.example"}))
    signing.make()
    assert "data-push-ready" in (await mai.get(PAGE)).text
    came = await mai.post(f"{PAGE}/test")
    assert came.headers["location"] == f"{PAGE}?came=none"
    assert "Mời bật trước" in (await mai.get(f"{PAGE}?came=none")).text
    own = signing.key()
    assert own is not None
    keys = {"p256dh": signing.public(own), "auth": encrypting.encoded(b"a" * 16)}
    body = {"address": "a phone", "keys": keys, "agreed": True}
    assert (await mai.put("/api/devices/console", content=json.dumps(body))).status_code == 201
    assert (await mai.post(f"{PAGE}/test")).headers["location"] == f"{PAGE}?came=accepted"
    for _ in range(notifying.TRIES):
        again = await mai.post(f"{PAGE}/test")
    assert again.status_code == 429 and "phút" in again.text
    assert "<h1" in (await mai.get(f"{PAGE}?came=<script>")).text
    assert await notifying.here(await builders.reader(everyone.mai)) == {}, "another session is told of no device"
