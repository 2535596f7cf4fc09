"""A member's own pages: password, passkeys, devices, what is held, consents."""

from uuid import uuid4

import pytest

from backend.accounts import consents, passwords, privacy, sessions
from base import clock, database
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

PASSPHRASE = "con suối nhỏ chảy qua bản xanh"
OWN_PAGES = (
    "/account", "/account/passkeys", "/account/welcome", "/account/password", "/account/devices", "/account/data",
    "/account/consent",
)  # fmt: skip


async def key_of(member, name: str = "Điện thoại") -> str:
    """A passkey as if a phone had made it."""
    id = uuid4()
    await database.execute(
        "INSERT INTO passkey (id, member, credential, public_key, sign_count, name, transports, backed_up, created_on) "
        "VALUES ({}, {}, {}, {}, 0, {}, '', {}, {})",
        id, member, id.bytes, b"k", name, False, clock.today(),
    )  # fmt: skip
    return str(id)


@pytest.mark.parametrize("path", OWN_PAGES)
async def test_own_pages_are_for_the_signed_in_and_kept_nowhere(opened: Opener, everyone: People, path: str) -> None:
    guest, mai = await opened(), await opened(everyone.mai)
    assert (await guest.get(path)).status_code == (303 if path == "/account" else 401)
    for language in ("vi", "en"):
        mai.cookies.set("language", language, domain="localhost.local")
        answer = await mai.get(path)
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"


async def test_a_password_that_is_weak_is_told_beside_its_field(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    for weak in ("ngắn", "matkhaumatkhau123", "x" * 300):
        answer = await mai.post("/account/password", data={"password": weak, "next": "/news"})
        assert answer.status_code == 422
        assert 'href="#password"' in answer.text and 'id="password-wrong"' in answer.text
        assert weak not in answer.text and 'name="next" value="/news"' in answer.text


async def test_a_new_password_signs_other_devices_out(opened: Opener, everyone: People) -> None:
    mai, elsewhere = await opened(everyone.mai), await opened(everyone.mai)
    answer = await mai.post("/account/password", data={"password": PASSPHRASE})
    assert answer.headers["location"] == "/account?done=password-set"
    assert "Đã lưu mật khẩu" in (await mai.get("/account?done=password-set")).text
    assert (await elsewhere.get("/account/devices")).status_code == 401


async def test_whoever_came_by_password_says_it_again_to_change_it(opened: Opener, everyone: People) -> None:
    await passwords.choose(await builders.reader(everyone.mai), PASSPHRASE)
    mai = await opened(everyone.mai, method="password")
    assert 'name="current"' in (await mai.get("/account/password")).text
    new = "rừng tre bên bờ sông vắng"
    answer = await mai.post("/account/password", data={"password": new, "current": "sai rồi"})
    assert answer.status_code == 422 and 'id="current-wrong"' in answer.text
    assert (await mai.post("/account/password", data={"password": new, "current": PASSPHRASE})).status_code == 303


async def test_a_passkey_is_renamed_and_removed_by_its_owner_only(opened: Opener, everyone: People) -> None:
    mai, lan, key = await opened(everyone.mai), await opened(everyone.lan), await key_of(everyone.mai)
    await passwords.choose(await builders.reader(everyone.mai), PASSPHRASE)
    mai = await opened(everyone.mai)
    assert (await lan.post(f"/account/passkeys/{key}/name", data={"name": "x"})).status_code == 404
    assert (await lan.post(f"/account/passkeys/{key}/removal")).status_code == 404
    await mai.post(f"/account/passkeys/{key}/name", data={"name": "Máy của tôi"})
    assert "Máy của tôi" in (await mai.get("/account/passkeys")).text
    assert (await mai.post(f"/account/passkeys/{key}/name", data={"name": " "})).status_code == 422
    assert (await mai.post(f"/account/passkeys/{key}/removal")).headers["location"].endswith("passkey-removed")
    assert "Máy của tôi" not in (await mai.get("/account/passkeys")).text


async def test_the_last_means_of_signing_in_stays(opened: Opener, everyone: People) -> None:
    mai, key = await opened(everyone.mai), await key_of(everyone.mai)
    answer = await mai.post(f"/account/passkeys/{key}/removal")
    assert answer.status_code == 409 and "duy nhất" in answer.text


async def test_devices_are_signed_out_one_by_one_or_all_but_this(opened: Opener, everyone: People) -> None:
    here, there = await opened(everyone.mai), await opened(everyone.mai)
    third, lan = await opened(everyone.mai), await opened(everyone.lan)
    other = sessions.digest(there.cookies["session"]).hex()
    assert (await lan.post(f"/account/devices/{other}/end")).status_code == 404
    assert (await here.post("/account/devices/zz/end")).status_code == 404
    await here.post(f"/account/devices/{other}/end")
    assert (await there.get("/account/devices")).status_code == 401
    await here.post("/account/devices/end-others")
    assert (await third.get("/account/devices")).status_code == 401
    assert (await here.get("/account/devices?done=devices-ended")).status_code == 200
    own = sessions.digest(here.cookies["session"]).hex()
    assert "Max-Age=0" in (await here.post(f"/account/devices/{own}/end")).headers["set-cookie"]


async def test_a_member_takes_away_everything_held_about_them(opened: Opener, everyone: People) -> None:
    answer = await (await opened(everyone.mai)).get("/account/data/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["login"] == "mai" and answer.json()["devices"]


async def test_erasure_is_asked_with_a_tick_and_can_be_taken_back(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    answer = await mai.post("/account/data/erasure")
    assert answer.status_code == 422 and 'id="sure-wrong"' in answer.text
    for _ in range(2):
        assert (await mai.post("/account/data/erasure", data={"sure": "1"})).status_code == 303
    assert await privacy.asked_at(everyone.mai) is not None
    await mai.post("/account/data/erasure/withdrawal")
    assert await privacy.asked_at(everyone.mai) is None


async def test_consent_is_given_and_withdrawn_one_purpose_at_a_time(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    await mai.post("/account/consent", data={"name": "notifications", "given": "yes"})
    assert set(await consents.given(everyone.mai)) == {"notifications"}
    await mai.post("/account/consent", data={"name": "notifications", "given": "no"})
    assert not await consents.given(everyone.mai)
    assert (await mai.post("/account/consent", data={"name": "x", "given": "yes"})).status_code == 422


async def test_success_is_told_in_our_own_words_only(opened: Opener, everyone: People) -> None:
    page = (await (await opened(everyone.mai)).get("/account?done=member-added")).text
    assert "Đã thêm đảng viên" not in page


async def test_roles_that_sleep_say_how_to_wake_them(opened: Opener, everyone: People) -> None:
    quang = await opened(everyone.quang, method="password")
    assert "/account/passkeys" in (await quang.get("/account")).text
    answer = await quang.get("/desk")
    assert answer.status_code == 403 and "passkey" in answer.text
    assert (await quang.get("/desk/roster")).status_code == 403
