"""A member is told all that is held about them, agrees only by saying so, and can be forgotten."""

import json
import uuid

import pytest

from backend.accounts import codes, consents, members, passkeys, passwords, privacy, roster, scopes, sessions, tables
from backend.accounts.authority import NotAdministratorError
from backend.accounts.passwords import WrongPasswordError
from base import database as floor
from base.errors import ConflictError, InvalidError, NotFoundError
from tests import builders
from tests.backend.accounts.phone import Phone
from tests.backend.accounts.test_passkeys import registered

GOOD = "trăng lên đỉnh núi Pù Lanh"


@pytest.fixture
async def mai(people):
    """Mai with one of everything."""
    await codes.issue(people.mai, id=uuid.uuid4(), by=people.quang, identity_checked=True)
    await members.correct(people.mai, card_number="MAU-00104", by="cli")
    await registered(people.mai, Phone())
    await passwords.choose(await builders.reader(people.mai), GOOD)
    await builders.role(people.mai, "feedback_handler", people.cell)
    await consents.give(people.mai, "notifications")
    return people.mai


async def test_the_export_holds_everything_and_is_plain_json(mai, people, journal):
    await privacy.ask_erasure(mai)
    told = json.loads(json.dumps(await privacy.export(mai)))
    assert (told["name"], told["login"], told["card_number"]) == ("Hà Thị Mai", "mai", "MAU-00104")
    assert told["units"] == [{"code": "DM-BX", "name": "Chi bộ thôn Bản Xanh", "from": "2020-01-01", "to": None}]
    assert [role["role"] for role in told["roles"]] == ["feedback_handler"]
    for part in ("activation_codes", "password", "passkeys", "devices", "consents", "erasure_requests", "acts"):
        assert told[part], part
    assert await journal("member.export") == [(f"member:{mai}", str(mai), None, {})]


async def test_the_export_holds_nobody_else(mai, people):
    told = json.dumps(await privacy.export(mai), ensure_ascii=False)
    for other in ("Lan", "Quang", str(people.lan)):
        assert other not in told


async def test_the_export_covers_every_table_that_knows_a_member(database):
    """A new table with a column ``member`` must be told about, here or by the room that owns it."""
    named = [
        table._meta.tablename for table in vars(tables).values()
        if hasattr(table, "_meta") and any(column._meta.name == "member" for column in table._meta.columns)
    ]  # fmt: skip
    told = " ".join(privacy.HELD.values())
    assert [name for name in named if f"FROM {name}" not in told] == ["passkey_challenge"]


async def test_other_rooms_tell_and_erase_what_they_hold(mai, people, monkeypatch):
    monkeypatch.setattr(privacy, "_told", {})
    monkeypatch.setattr(privacy, "_erased", {})
    erased = []

    async def telling(member):
        return [{"comment": str(member)}]

    async def erasing(member):
        erased.append(member)

    privacy.also_tell("comments", telling)
    privacy.also_erase("comments", erasing)
    assert (await privacy.export(mai))["comments"] == [{"comment": str(mai)}]
    await privacy.erase(mai, by="cli")
    assert erased == [mai]


async def test_an_unknown_member_is_not_found(database):
    with pytest.raises(NotFoundError):
        await privacy.export(uuid.uuid4())


# Erasure


async def test_an_erased_member_leaves_only_an_id(mai, people, journal):
    cookie = await builders.signed_in(mai)
    await privacy.ask_erasure(mai)
    await privacy.erase(mai, by=people.quang)
    (row,) = await floor.fetch("SELECT name, login, card_number, name_key, search_key FROM member WHERE id = {}", mai)
    assert row == {"name": "", "login": None, "card_number": None, "name_key": "", "search_key": ""}
    for row in await floor.fetch("SELECT name_key, search_key FROM membership WHERE member = {}", mai):
        assert row == {"name_key": "", "search_key": ""}
    assert await sessions.reader(cookie) is None
    for table in ("passkey", "password", "activation_code", "session"):
        assert await floor.fetch(f"SELECT 1 AS one FROM {table} WHERE member = {{}}", mai) == [], table
    assert await consents.given(mai) == {}
    assert await scopes.scopes_of(mai) == {"public", "members", f"member:{mai}"}
    with pytest.raises(WrongPasswordError):
        await passwords.sign_in("mai", GOOD)
    assert [subject for subject, *_ in await journal("member.erase")] == [f"member:{mai}"]
    (request,) = await floor.fetch("SELECT outcome FROM erasure_request")
    assert request["outcome"] == "erased"


async def test_an_erased_member_is_gone_from_the_roster_and_their_login_is_free(mai, people):
    await privacy.erase(mai, by="cli")
    assert [one.login for one in (await roster.page(by=people.quang)).members] == ["quang"]
    for act in (
        members.enable(mai, by="cli"), members.correct(mai, name="Hà Thị Mai", by="cli"),
        codes.issue(mai, id=uuid.uuid4(), by="cli", identity_checked=True), privacy.erase(mai, by="cli"),
    ):  # fmt: skip
        with pytest.raises(NotFoundError):
            await act
    await builders.member("mai", unit=people.cell, card="MAU-00104")


async def test_several_members_may_be_erased(people):
    for member in (people.mai, people.lan, people.hoa):
        await privacy.erase(member, by="cli")


async def test_the_administrator_sees_who_asked_and_erases_only_them(mai, people):
    with pytest.raises(ConflictError):
        await privacy.erase(mai, by=people.quang)
    await privacy.ask_erasure(mai)
    await privacy.ask_erasure(mai)
    await privacy.ask_erasure(people.lan)
    assert [(one.member, one.name) for one in await privacy.requests(by=people.quang)] == [(mai, "Hà Thị Mai")]
    assert len(await privacy.requests(by="cli")) == 2
    with pytest.raises(NotFoundError):
        await privacy.erase(people.lan, by=people.quang)
    with pytest.raises(NotAdministratorError):
        await privacy.requests(by=people.lan)
    await privacy.erase(mai, by=people.quang)
    assert await privacy.requests(by=people.quang) == []


async def test_a_request_can_be_taken_back(mai, people, journal):
    await privacy.ask_erasure(mai)
    assert await privacy.asked_at(mai) is not None
    await privacy.take_back_erasure(mai)
    await privacy.take_back_erasure(mai)
    assert await privacy.asked_at(mai) is None
    assert len(await journal("erasure.take_back")) == 1
    with pytest.raises(ConflictError):
        await privacy.erase(mai, by=people.quang)


# Consent


async def test_nothing_is_agreed_to_by_default(people):
    assert await consents.given(people.mai) == {}


async def test_a_consent_is_given_and_taken_back_as_easily(people, journal):
    for purpose in consents.PURPOSES:
        await consents.give(people.mai, purpose)
        await consents.give(people.mai, purpose)
    assert set(await consents.given(people.mai)) == set(consents.PURPOSES)
    assert await consents.given(people.lan) == {}
    await consents.withdraw(people.mai, "notifications")
    await consents.withdraw(people.mai, "notifications")
    assert set(await consents.given(people.mai)) == set(consents.PURPOSES) - {"notifications"}
    await consents.give(people.mai, "notifications")
    assert len(await journal("consent.give")) == 3
    assert len(await journal("consent.withdraw")) == 1
    assert len(await floor.fetch("SELECT id FROM consent")) == 3


async def test_a_new_wording_is_asked_anew(people, monkeypatch):
    await consents.give(people.mai, "notifications")
    monkeypatch.setattr(consents, "WORDING", "2027-01")
    assert await consents.given(people.mai) == {}
    await consents.give(people.mai, "notifications")
    assert (await consents.given(people.mai))["notifications"].wording == "2027-01"


async def test_only_what_is_asked_can_be_agreed_to(people):
    for act in (consents.give(people.mai, "everything"), consents.withdraw(people.mai, "")):
        with pytest.raises(InvalidError):
            await act
    assert await passkeys.passkeys_of(people.mai) == []
