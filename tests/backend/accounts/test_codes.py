"""A code on paper opens the handbook once, for the person whose papers were seen."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from backend.accounts import codes, members, passkeys, passwords, sessions
from backend.accounts.authority import NotAdministratorError
from backend.accounts.codes import WrongCodeError
from base import clock
from base import database as floor
from base import settings as base_settings
from base.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, TooManyError
from tests import builders
from tests.backend.accounts.phone import Phone
from tests.backend.accounts.test_passkeys import registered


@pytest.fixture
def moving_clock():
    start = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    clock.stop(start)
    yield lambda **span: clock.stop(start + timedelta(**span))
    clock.stop(None)


async def issued(people, **more) -> codes.Issued:
    return await codes.issue(people.mai, **{"id": uuid4(), "by": people.quang, "identity_checked": True, **more})


async def test_a_code_signs_in_once(people, journal):
    code = await issued(people)
    opened = await codes.redeem(code.text)
    assert (await builders.known(opened.cookie)).member_id == people.mai
    with pytest.raises(WrongCodeError):
        await codes.redeem(code.text)
    who = f"member:{people.mai}"
    assert await journal("code.issue") == [(who, str(people.quang), people.cell, {"phone_lost": 0})]
    assert await journal("code.redeem") == [(who, str(people.mai), None, {})]


async def test_a_code_is_easy_to_type(people):
    code = await issued(people)
    assert len(code.text.replace("-", "")) == 12
    assert set(code.text) <= set(codes.ALPHABET + "-")
    assert not set("ILO01") & set(codes.ALPHABET)
    typed = f" {code.text.lower().replace('-', ' ')}"
    assert (await codes.redeem(typed)).member_id == people.mai


async def test_only_a_keyed_digest_of_a_code_is_kept(people, settings):
    code = await issued(people)
    (row,) = await floor.fetch("SELECT digest FROM activation_code")
    assert len(bytes(row["digest"])) == 32
    assert (settings.keys / "codes.key").exists()
    assert codes.plain(code.text).encode() not in bytes(row["digest"])


async def test_a_code_expires_after_fourteen_days(people, moving_clock):
    code = await issued(people)
    moving_clock(days=14, seconds=-1)
    assert code.expires_at == datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
    moving_clock(days=14)
    with pytest.raises(WrongCodeError):
        await codes.redeem(code.text)
    await codes.issue_link(people.lan)
    moving_clock(days=14, seconds=1)
    await codes.prune()
    assert len(await floor.fetch("SELECT id FROM activation_code")) == 1


async def test_one_request_makes_one_code(people, journal):
    asked = uuid4()
    first = await issued(people, id=asked)
    session = await builders.signed_in(people.mai)
    assert await issued(people, id=asked) == first
    assert (await builders.known(session)).member_id == people.mai
    assert len(await journal("code.issue")) == 1
    assert (await issued(people)).text != first.text
    with pytest.raises(codes.CodeAskedForError):
        await issued(people, id=asked)


async def test_the_same_request_twice_at_once_makes_one_code(people, journal):
    asked = uuid4()
    first, second = await asyncio.gather(issued(people, id=asked), issued(people, id=asked))
    assert first == second
    assert len(await journal("code.issue")) == 1


async def test_a_used_code_is_not_made_again_by_its_request(people):
    asked = uuid4()
    opened = await codes.redeem((await issued(people, id=asked)).text)
    await codes.prune()
    with pytest.raises(codes.CodeAskedForError):
        await issued(people, id=asked)
    assert (await builders.known(opened.cookie)).member_id == people.mai


async def test_one_id_asks_for_one_thing(people):
    asked = uuid4()
    await issued(people, id=asked)
    with pytest.raises(codes.CodeAskedForError):
        await issued(people, id=asked, phone_lost=True)
    with pytest.raises(codes.CodeAskedForError):
        await codes.issue(people.lan, id=asked, by="cli", identity_checked=True)


async def test_neither_the_id_nor_the_code_can_be_read_from_the_database(people):
    asked = uuid4()
    await issued(people, id=asked)
    (row,) = await floor.fetch("SELECT * FROM activation_code")
    kept = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values()
    )
    assert asked.bytes not in kept and str(asked).encode() not in kept


async def test_a_new_code_ends_the_old_one_and_every_session(people):
    old = await issued(people)
    cookie = await builders.signed_in(people.mai)
    new = await issued(people)
    assert await sessions.reader(cookie) is None
    with pytest.raises(WrongCodeError):
        await codes.redeem(old.text)
    assert (await codes.redeem(new.text)).member_id == people.mai


async def test_a_lost_phones_keys_are_taken_away_on_demand(people):
    await registered(people.mai, Phone())
    await passwords.choose(await builders.reader(people.mai), "trăng lên đỉnh núi Pù Lanh")
    await issued(people)
    assert len(await passkeys.passkeys_of(people.mai)) == 1
    await issued(people, phone_lost=True)
    assert await passkeys.passkeys_of(people.mai) == []
    assert not await passwords.exists(people.mai)


async def test_without_seeing_papers_there_is_no_code(people):
    with pytest.raises(InvalidError) as refused:
        await codes.issue(people.mai, id=uuid4(), by=people.quang, identity_checked=False)
    assert refused.value.key == "account-identity-not-checked"


async def test_a_code_is_given_by_an_administrator_of_the_members_unit(people):
    with pytest.raises(NotFoundError):
        await codes.issue(people.lan, id=uuid4(), by=people.quang, identity_checked=True)
    for member in (people.mai, people.lan, people.thu):
        with pytest.raises(NotAdministratorError):
            await codes.issue(people.mai, id=uuid4(), by=member, identity_checked=True)
    with pytest.raises(NotAdministratorError):
        await codes.issue(people.quang, id=uuid4(), by=people.quang, identity_checked=True)


async def test_nobody_takes_over_a_member_of_higher_standing_with_a_code(people):
    """Mai approves for the whole province and lives in Quang's commune: her code comes from above."""
    await builders.role(people.mai, "approver", people.province)
    with pytest.raises(NotAdministratorError) as refused:
        await issued(people)
    assert refused.value.key == "account-needs-higher-administrator"
    await codes.issue(people.mai, id=uuid4(), by="cli", identity_checked=True)


async def test_a_role_that_is_only_planned_protects_too(people):
    await builders.role(people.mai, "approver", people.province, on=clock.today() + timedelta(days=1))
    with pytest.raises(NotAdministratorError):
        await issued(people)


@pytest.mark.parametrize("role", ["auditor", "unit_admin"])
async def test_nobody_takes_over_whoever_watches_or_equals_them(people, role):
    await builders.role(people.mai, role, people.commune)
    with pytest.raises(NotAdministratorError):
        await issued(people)
    duc = await builders.member("duc", unit=people.office)
    await builders.role(duc, "unit_admin", people.province)
    await codes.issue(people.mai, id=uuid4(), by=duc, identity_checked=True)


async def test_a_disabled_member_gets_no_code_and_cannot_use_one(people):
    code = await issued(people)
    await members.disable(people.mai, by=people.quang)
    with pytest.raises(ConflictError):
        await issued(people)
    with pytest.raises(WrongCodeError):
        await codes.redeem(code.text)
    await members.enable(people.mai, by=people.quang)
    with pytest.raises(WrongCodeError):
        await codes.redeem(code.text)


@pytest.mark.parametrize("typed", ["", "   ", "ABCD-EFGH-JKMN", "x" * 10_000, "ế" * 12, "0" * 12])
async def test_a_wrong_code_opens_nothing(people, typed):
    await issued(people)
    with pytest.raises(WrongCodeError):
        await codes.redeem(typed)


async def test_codes_are_tried_from_one_address_only_so_often(people, moving_clock):
    for _ in range(600):
        with pytest.raises(WrongCodeError):
            await codes.redeem("ABCD", address="203.0.113.7")
    with pytest.raises(TooManyError):
        await codes.redeem("ABCD", address="203.0.113.7")


# Sample links


async def test_a_sample_link_signs_in_once_and_wakes_roles(people, journal):
    token = await codes.issue_link(people.lan)
    opened = await codes.follow_link(token)
    assert (await builders.known(opened.cookie)).roles
    with pytest.raises(WrongCodeError):
        await codes.follow_link(token)
    assert await journal("link.issue") == [(f"member:{people.lan}", "cli", None, {})]


async def test_a_fresh_link_ends_the_one_before_and_leaves_codes_and_sessions_alone(people):
    code = await issued(people)
    cookie = await builders.signed_in(people.mai)
    old, new = await codes.issue_link(people.mai), await codes.issue_link(people.mai)
    with pytest.raises(WrongCodeError):
        await codes.follow_link(old)
    await codes.follow_link(new)
    assert await sessions.reader(cookie) is not None
    await codes.redeem(code.text)


async def test_a_link_is_no_code_and_a_code_no_link(people):
    token, code = await codes.issue_link(people.mai), await issued(people)
    with pytest.raises(WrongCodeError):
        await codes.redeem(token)
    with pytest.raises(WrongCodeError):
        await codes.follow_link(codes.plain(code.text))


async def test_links_exist_on_loopback_only(people, settings):
    token = await codes.issue_link(people.mai)
    for public in ({"host": "0.0.0.0"}, {"public_url": "https://sotay.example.vn"}):
        base_settings.use(settings.model_copy(update=public))
        with pytest.raises(ForbiddenError):
            await codes.issue_link(people.mai)
        with pytest.raises(ForbiddenError):
            await codes.follow_link(token)


async def test_a_link_expires(people, moving_clock):
    token = await codes.issue_link(people.mai)
    moving_clock(hours=12)
    with pytest.raises(WrongCodeError):
        await codes.follow_link(token)
