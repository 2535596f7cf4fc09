"""A passkey opens the handbook for whoever unlocks the phone, and for nobody who only heard the talk."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts import challenges, members, passkeys, passwords, sessions
from backend.accounts.authenticators import PasskeyRefusedError
from backend.accounts.passkeys import LastMeansError
from base import clock
from base import database as floor
from base.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, TooManyError
from tests import builders
from tests.backend.accounts.phone import BACKED_UP, BACKUP_ELIGIBLE, PRESENT, VERIFIED, Phone

ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def moving_clock():
    start = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    clock.stop(start)
    yield lambda **span: clock.stop(start + timedelta(**span))
    clock.stop(None)


async def registered(member: uuid.UUID, phone: Phone, *, method: str = "code") -> sessions.Opened:
    reader = await builders.reader(member, method=method)
    id, options = await passkeys.begin_registration(reader)
    return await passkeys.register(reader, id, phone.create(options), user_agent=ANDROID)


async def signed_in(phone: Phone, login: str | None = None, **lies) -> sessions.Opened:
    id, options = await passkeys.begin_sign_in(login)
    return await passkeys.sign_in(id, phone.get(options, **lies))


# Registering


async def test_a_registered_passkey_signs_its_member_in_without_a_login(people):
    phone = Phone()
    await registered(people.lan, phone)
    reader = await builders.known((await signed_in(phone)).cookie)
    assert (reader.member_id, reader.method, reader.sleeping) == (people.lan, "passkey", False)
    assert (await signed_in(phone, "Lan")).member_id == people.lan


async def test_registering_gives_the_session_a_new_secret_and_wakes_its_roles(people):
    old = await builders.signed_in(people.lan, method="code")
    reader = await builders.known(old)
    assert reader.sleeping
    id, options = await passkeys.begin_registration(reader)
    opened = await passkeys.register(reader, id, Phone().create(options))
    assert await sessions.reader(old) is None
    now = await builders.known(opened.cookie)
    assert [grant.role for grant in now.roles] == ["editor"]


async def test_options_ask_for_verification_and_a_key_that_finds_its_member(people, settings):
    await registered(people.mai, Phone())
    _, options = await passkeys.begin_registration(await builders.reader(people.mai))
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert len(options["excludeCredentials"]) == 1
    assert options["user"]["name"] == "mai"


async def test_a_passkey_is_named_after_the_phone_unless_said_otherwise(people):
    await registered(people.mai, Phone(flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP))
    (passkey,) = await passkeys.passkeys_of(people.mai)
    assert (passkey.name, passkey.backed_up, passkey.used_on) == ("Android · Chrome", True, None)
    reader = await builders.reader(people.mai)
    await passkeys.rename(reader, passkey.id, "  Máy  của con ")
    assert [one.name for one in await passkeys.passkeys_of(people.mai)] == ["Máy của con"]
    with pytest.raises(InvalidError):
        await passkeys.rename(reader, passkey.id, " ")


@pytest.mark.parametrize(
    ("phone", "lies"),
    [
        (Phone(origin="https://evil.example"), {}),
        (Phone(site="evil.example"), {}),
        (Phone(flags=PRESENT), {}),
        (Phone(flags=VERIFIED), {}),
        (Phone(), {"challenge": "AAAA"}),
        (Phone(), {"type": "webauthn.get"}),
    ],
    ids=["other origin", "other site", "user not verified", "user not present", "other challenge", "other ceremony"],
)
async def test_a_key_made_elsewhere_or_unverified_is_not_kept(people, phone, lies):
    reader = await builders.reader(people.mai)
    id, options = await passkeys.begin_registration(reader)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(reader, id, phone.create(options, **lies))
    assert await passkeys.passkeys_of(people.mai) == []


@pytest.mark.parametrize(
    "answer", [{}, {"id": 3}, {"id": "!", "rawId": "!", "response": None, "type": "x"}, {"response": {}}]
)
async def test_nonsense_is_refused_and_not_a_crash(people, answer):
    reader = await builders.reader(people.mai)
    id, _ = await passkeys.begin_registration(reader)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(reader, id, answer)
    id, _ = await passkeys.begin_sign_in()
    with pytest.raises(PasskeyRefusedError):
        await passkeys.sign_in(id, answer)


async def test_a_registration_is_answered_once_in_its_own_session_and_in_time(people, moving_clock):
    reader = await builders.reader(people.mai)
    other_device = await builders.reader(people.mai)
    someone_else = await builders.reader(people.lan)
    id, options = await passkeys.begin_registration(reader)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(other_device, id, Phone().create(options))
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(reader, id, Phone().create(options))
    id, options = await passkeys.begin_registration(reader)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(someone_else, id, Phone().create(options))
    id, options = await passkeys.begin_registration(reader)
    moving_clock(minutes=5)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(reader, id, Phone().create(options))
    id, options = await passkeys.begin_sign_in()
    with pytest.raises(PasskeyRefusedError):
        await passkeys.register(reader, id, Phone().create({**options, "user": {"id": "AAAAAAAAAAAAAAAAAAAAAA"}}))


async def test_one_key_belongs_to_one_member(people):
    phone = Phone()
    await registered(people.mai, phone)
    with pytest.raises(PasskeyRefusedError):
        await registered(people.lan, phone)


async def test_a_stolen_password_adds_no_key_beside_those_of_an_editor(people):
    await registered(people.lan, Phone(), method="password")
    thief = await builders.reader(people.lan, method="password")
    with pytest.raises(ForbiddenError):
        await passkeys.begin_registration(thief)
    await registered(people.lan, Phone(), method="passkey")
    await registered(people.mai, Phone(), method="password")
    await registered(people.mai, Phone(), method="password")


async def test_a_member_has_so_many_keys_and_no_more(people, monkeypatch):
    monkeypatch.setattr(passkeys, "AT_MOST", 1)
    await registered(people.mai, Phone())
    with pytest.raises(ConflictError):
        await registered(people.mai, Phone())


# Signing in


@pytest.mark.parametrize(
    ("change", "lies"),
    [
        ({"origin": "https://evil.example"}, {}),
        ({"site": "evil.example"}, {}),
        ({"flags": PRESENT}, {}),
        ({"flags": VERIFIED}, {}),
        ({}, {"challenge": "AAAA"}),
        ({}, {"type": "webauthn.create"}),
        ({"key": Phone().key}, {}),
        ({"credential": b"unknown"}, {}),
        ({"user": uuid.uuid4()}, {}),
    ],
    ids=[
        "other origin", "other site", "not verified", "not present", "other challenge", "other ceremony",
        "other key", "unknown credential", "other user",
    ],
)  # fmt: skip
async def test_a_forged_answer_opens_nothing(people, change, lies):
    phone = Phone()
    await registered(people.mai, phone)
    for name, value in change.items():
        setattr(phone, name, value)
    with pytest.raises(PasskeyRefusedError):
        await signed_in(phone, **lies)


async def test_an_answer_opens_once_and_in_time(people, moving_clock):
    phone = Phone()
    await registered(people.mai, phone)
    id, options = await passkeys.begin_sign_in()
    answer = phone.get(options)
    await passkeys.sign_in(id, answer)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.sign_in(id, answer)
    id, options = await passkeys.begin_sign_in()
    moving_clock(minutes=5)
    with pytest.raises(PasskeyRefusedError):
        await passkeys.sign_in(id, phone.get(options))


async def test_a_key_opens_only_for_the_login_that_was_typed(people):
    phone = Phone()
    await registered(people.mai, phone)
    for login in ("lan", "nobody"):
        with pytest.raises(PasskeyRefusedError):
            await signed_in(phone, login)


async def test_options_tell_nothing_about_a_login(people):
    await registered(people.mai, Phone())
    asked = [(await passkeys.begin_sign_in(login))[1] for login in (None, "mai", "lan", "nobody")]
    for options in asked:
        assert len(options.pop("challenge")) > 40
        assert options == asked[0]
    assert asked[0]["allowCredentials"] == []
    assert asked[0]["userVerification"] == "required"


async def test_a_phone_that_counts_must_count_on(people, journal):
    phone = Phone(counts=True)
    await registered(people.mai, phone)
    await signed_in(phone)
    await signed_in(phone)
    phone.count = 0
    with pytest.raises(PasskeyRefusedError):
        await signed_in(phone)
    (passkey,) = await passkeys.passkeys_of(people.mai)
    assert await journal("passkey.suspect") == [(f"passkey:{passkey.id}", "system", None, {})]
    phone.count = 2**32 - 2
    await signed_in(phone)
    phone.counts, phone.count = False, 0
    with pytest.raises(PasskeyRefusedError):
        await signed_in(phone)


async def test_a_phone_that_does_not_count_may_come_again(people):
    phone = Phone()
    await registered(people.mai, phone)
    for _ in range(3):
        await signed_in(phone)
    assert [one.used_on for one in await passkeys.passkeys_of(people.mai)] == [clock.today()]


async def test_a_disabled_member_keeps_the_phone_and_not_the_door(people):
    phone = Phone()
    await registered(people.mai, phone)
    await members.disable(people.mai, by=people.quang)
    with pytest.raises(PasskeyRefusedError):
        await signed_in(phone)


async def test_a_member_disabled_while_the_key_is_checked_stays_outside(people, monkeypatch):
    phone, count_on = Phone(), passkeys._count_on
    await registered(people.mai, phone)

    async def counted(*given):
        await members.disable(people.mai, by="cli")
        return await count_on(*given)

    monkeypatch.setattr(passkeys, "_count_on", counted)
    with pytest.raises(PasskeyRefusedError):
        await signed_in(phone)
    assert not await floor.fetch("SELECT id FROM session WHERE member = {}", people.mai)


async def test_each_sign_in_has_a_secret_of_its_own(people):
    phone = Phone()
    await registered(people.mai, phone)
    assert len({(await signed_in(phone)).cookie for _ in range(3)}) == 3


async def test_one_address_may_try_six_hundred_times_a_minute(people, moving_clock):
    moving_clock()
    answer = {"id": "AAAA", "response": {}}
    for _ in range(600):
        with pytest.raises(PasskeyRefusedError):
            await passkeys.sign_in(uuid.uuid4(), answer, address="203.0.113.7")
    with pytest.raises(TooManyError) as refused:
        await passkeys.sign_in(uuid.uuid4(), answer, address="203.0.113.7")
    assert 0 < refused.value.retry_after_s <= 60
    with pytest.raises(PasskeyRefusedError):
        await passkeys.sign_in(uuid.uuid4(), answer, address="203.0.113.8")


# Removing


async def test_the_last_means_of_signing_in_stays(people, journal):
    first, second = Phone(), Phone()
    await registered(people.mai, first)
    await registered(people.mai, second)
    reader = await builders.reader(people.mai)
    one, other = await passkeys.passkeys_of(people.mai)
    await passkeys.remove(reader, one.id)
    with pytest.raises(LastMeansError):
        await passkeys.remove(reader, other.id)
    await passwords.choose(reader, "trăng lên đỉnh núi Pù Lanh")
    await passkeys.remove(reader, other.id)
    assert await passkeys.passkeys_of(people.mai) == []
    assert len(await journal("passkey.remove")) == 2
    with pytest.raises(PasskeyRefusedError):
        await signed_in(first)


async def test_a_stolen_password_clears_no_way_for_a_key_of_its_thief(people):
    await registered(people.lan, Phone())
    await passwords.choose(await builders.reader(people.lan), "trăng lên đỉnh núi Pù Lanh")
    (passkey,) = await passkeys.passkeys_of(people.lan)
    with pytest.raises(ForbiddenError):
        await passkeys.remove(await builders.reader(people.lan, method="password"), passkey.id)
    assert await passkeys.passkeys_of(people.lan) == [passkey]


async def test_somebody_elses_passkey_is_not_found(people):
    await registered(people.mai, Phone())
    (passkey,) = await passkeys.passkeys_of(people.mai)
    lan = await builders.reader(people.lan)
    for act in (passkeys.remove(lan, passkey.id), passkeys.rename(lan, passkey.id, "của tôi")):
        with pytest.raises(NotFoundError):
            await act


async def test_unanswered_questions_are_dropped(people, moving_clock):
    await passkeys.begin_sign_in()
    moving_clock(minutes=6)
    await challenges.prune()
    assert await floor.fetch("SELECT id FROM passkey_challenge") == []
