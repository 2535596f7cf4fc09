"""A password must be long and one's own; a wrong one tells nothing and may be tried a few times only."""

import asyncio
import time
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from backend.accounts import hashing, members, passwords, sessions
from backend.accounts.passwords import WrongPasswordError
from base import clock
from base import database as floor
from base.errors import InvalidError, TooManyError
from tests import builders

GOOD = "trăng lên đỉnh núi Pù Lanh"


@pytest.fixture
def moving_clock():
    start = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    clock.stop(start)
    yield lambda **span: clock.stop(start + timedelta(**span))
    clock.stop(None)


@pytest.fixture
async def mai(people):
    """Mai, who has chosen a password."""
    await passwords.choose(await builders.reader(people.mai, method="code"), GOOD)
    return people.mai


async def wrong(login: str, password: str = "sai sai sai sai sai") -> WrongPasswordError:
    with pytest.raises(WrongPasswordError) as refused:
        await passwords.sign_in(login, password)
    return refused.value


# Choosing


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("", "account-password-short"),
        ("ngắn thôi", "account-password-short"),
        ("x" * 14, "account-password-short"),
        ("à" * 14, "account-password-short"),
        ("x7!" * 100, "account-password-long"),
        ("aaaaaaaaaaaaaaaa", "account-password-common"),
        ("123456789012345", "account-password-common"),
        ("111222333444555666", "account-password-common"),
        ("abcdefghijklmnopqrst", "account-password-common"),
        ("qwertyuiopasdfghjkl", "account-password-common"),
        ("matkhaumatkhau123", "account-password-common"),
        ("Mật khẩu 123456789", "account-password-common"),
        ("anhyeuemnhieulam1", None),
        ("AnhYeuEm123456789", "account-password-common"),
        ("Đảng Cộng sản Việt Nam 1930", "account-password-common"),
        ("dangcongsanvietnam", "account-password-common"),
        ("P@ssw0rdP@ssw0rd1", "account-password-common"),
        ("password123456789", "account-password-common"),
        ("iloveyouiloveyou2", "account-password-common"),
        ("correcthorsebatterystaple", "account-password-common"),
        ("xyzxyzxyzxyzxyzxyz", "account-password-common"),
        ("hanoi19/05/1990hanoi", "account-password-common"),
        ("Hà Thị Mai 1990 Hà Thị Mai", "account-password-common"),
        ("mai123456789mai12", "account-password-common"),
        (GOOD, None),
        ("bốn con gà gáy trên nóc nhà", None),
        ("vK3#nq8!Zt6@Lw1$", None),
        ("chợ phiên sáng chủ nhật mưa", None),
    ],
)
def test_a_password_is_long_and_not_a_common_one(password, key):
    if key is None:
        passwords.check(password, login="mai", name="Hà Thị Mai")
        return
    with pytest.raises(InvalidError) as refused:
        passwords.check(password, login="mai", name="Hà Thị Mai")
    assert refused.value.key == key


async def test_a_chosen_password_signs_in(mai):
    opened = await passwords.sign_in(" Mai ", GOOD, user_agent="Mozilla/5.0 (iPhone) Safari/605")
    reader = await builders.known(opened.cookie)
    assert (reader.member_id, reader.method) == (mai, "password")
    assert (await sessions.devices_of(reader))[0].name == "iPhone · Safari"


async def test_a_password_may_be_typed_in_composed_or_combined_letters(mai):
    await passwords.sign_in("mai", unicodedata.normalize("NFD", GOOD))


async def test_only_an_argon2_hash_is_kept(mai):
    (row,) = await floor.fetch("SELECT hash FROM password")
    assert row["hash"].startswith("$argon2id$")
    assert PasswordHasher().check_needs_rehash(row["hash"])  # made with the cheap ones of the tests


async def test_an_older_hash_is_renewed_at_sign_in(mai, monkeypatch):
    monkeypatch.setattr(hashing, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    await passwords.sign_in("mai", GOOD)
    (row,) = await floor.fetch("SELECT hash FROM password")
    assert "m=16,t=2" in row["hash"]
    await passwords.sign_in("mai", GOOD)


async def test_a_change_asks_for_the_present_password_and_ends_other_sessions(mai, journal):
    here = await builders.reader(mai, method="password")
    elsewhere = await builders.signed_in(mai)
    for current in ("", "sai sai sai sai sai"):
        with pytest.raises(InvalidError) as refused:
            await passwords.choose(here, "bốn con gà gáy trên nóc nhà", current=current)
        assert refused.value.key == "account-password-current-wrong"
    await passwords.choose(here, "bốn con gà gáy trên nóc nhà", current=GOOD)
    await wrong("mai", GOOD)
    await passwords.sign_in("mai", "bốn con gà gáy trên nóc nhà")
    assert await sessions.reader(elsewhere) is None
    assert len(await sessions.devices_of(here)) == 2
    assert len(await journal("password.set")) == 2


async def test_a_passkey_or_code_lets_a_forgotten_password_be_replaced(mai):
    await passwords.choose(await builders.reader(mai, method="passkey"), "bốn con gà gáy trên nóc nhà")
    await passwords.choose(await builders.reader(mai, method="code"), GOOD)
    await passwords.sign_in("mai", GOOD)


async def test_guessing_the_present_password_is_limited_too(mai, moving_clock):
    here = await builders.reader(mai, method="password")
    for _ in range(5):
        with pytest.raises(InvalidError):
            await passwords.choose(here, "bốn con gà gáy trên nóc nhà", current="sai sai sai sai sai")
    with pytest.raises(TooManyError):
        await passwords.choose(here, "bốn con gà gáy trên nóc nhà", current=GOOD)


# Signing in


async def test_every_failure_gets_the_same_answer(mai, people):
    await passwords.choose(await builders.reader(people.lan), GOOD)
    await members.disable(people.lan, by="cli")
    errors = [await wrong("mai"), await wrong("nobody"), await wrong("minh"), await wrong("lan", GOOD), await wrong("")]
    assert {(error.key, error.fields, str(error.values)) for error in errors} == {("account-sign-in-wrong", (), "{}")}


async def test_a_failure_does_the_same_work_for_known_and_unknown_logins(mai, monkeypatch):
    verified: list[str] = []

    def verify(kept: str, password: str) -> bool:
        verified.append(kept)
        return False

    monkeypatch.setattr(hashing, "_verify", verify)
    for login in ("mai", "nobody", "minh"):
        await wrong(login)
    assert len(verified) == 3
    assert all(kept.startswith("$argon2id$") for kept in verified)


async def test_hashing_does_not_hold_up_the_loop(mai, monkeypatch):
    def verify(kept: str, password: str) -> bool:
        time.sleep(0.2)
        return False

    monkeypatch.setattr(hashing, "_verify", verify)
    task = asyncio.create_task(wrong("mai"))
    longest, last = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    await task
    assert longest < 0.15


@pytest.mark.parametrize("login", ["mai", "nobody"])
async def test_the_sixth_try_within_a_quarter_of_an_hour_must_wait(mai, moving_clock, login):
    for _ in range(5):
        await wrong(login)
    with pytest.raises(TooManyError) as refused:
        await passwords.sign_in(login, GOOD)
    assert refused.value.retry_after_s == 15 * 60
    moving_clock(minutes=14)
    with pytest.raises(TooManyError):
        await passwords.sign_in(login, GOOD)
    moving_clock(minutes=15)
    await wrong(login)


async def tries_and_wait() -> tuple[int, int]:
    """How often Mai may fail now, and for how many minutes she then waits."""
    tries = 0
    while True:
        try:
            await passwords.sign_in("mai", "sai sai sai sai sai")
        except WrongPasswordError:
            tries += 1
        except TooManyError as refused:
            return tries, refused.retry_after_s // 60


async def test_the_wait_grows_with_each_round(mai, moving_clock):
    rounds, minute = [], 0
    for _ in range(7):
        tries, wait = await tries_and_wait()
        rounds.append((tries, wait))
        minute += wait
        moving_clock(minutes=minute)
    assert rounds == [(5, 15), (5, 15), (0, 30), (5, 15), (5, 15), (0, 30), (0, 7 * 60)], "at last until midnight"


async def test_a_success_starts_the_count_anew(mai, moving_clock):
    for _ in range(3):
        for _ in range(4):
            await wrong("mai")
        await passwords.sign_in("mai", GOOD)


async def test_one_members_failures_do_not_lock_out_another(mai, people, moving_clock):
    await passwords.choose(await builders.reader(people.lan), GOOD)
    for _ in range(5):
        await wrong("mai")
    await passwords.sign_in("lan", GOOD)


async def test_a_login_is_counted_as_one_however_it_is_typed(mai, moving_clock):
    for login in ("mai", "MAI", " mai", "Mãi", "mài"):
        await wrong(login)
    with pytest.raises(TooManyError):
        await passwords.sign_in("mai", GOOD)


async def test_a_login_with_a_nul_is_just_wrong(people):
    await wrong("ma\0i")


@pytest.mark.parametrize("meanwhile", [
    lambda mai: members.disable(mai, by="cli"),
    lambda mai: floor.execute("DELETE FROM password WHERE member = {}", mai),
])  # fmt: skip
async def test_a_password_that_ends_while_it_is_compared_opens_nothing(mai, meanwhile, monkeypatch):
    compare = hashing.matches

    async def slowly(kept, password):
        fits = await compare(kept, password)
        await meanwhile(mai)
        return fits

    monkeypatch.setattr(hashing, "matches", slowly)
    await wrong("mai", GOOD)
