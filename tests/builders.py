"""Units and members for tests, made by the same acts as in life, at the command line's hand."""

import uuid
from datetime import date

from backend.accounts import members, roles, sessions, units
from backend.accounts.units import NewUnit
from base import database as floor

LONG_AGO = date(2020, 1, 1)


async def unit(code: str, *, parent: int | None = None, kind: str = "cell", name: str = "", on: date = LONG_AGO) -> int:
    """A unit's id; called "Đơn vị CODE" unless said otherwise."""
    new = NewUnit(code=code, name=name or f"Đơn vị {code}", kind=kind, parent=parent)
    return await units.create(new, on=on, by="cli")


async def member(login: str, *, unit: int, name: str = "", card: str | None = None, on: date = LONG_AGO) -> uuid.UUID:
    """A member's id; called "Nguyễn LOGIN" unless said otherwise."""
    id = uuid.uuid4()
    await members.add(id=id, name=name or f"Nguyễn {login}", login=login, unit=unit, card_number=card, by="cli", on=on)
    return id


async def role(member: uuid.UUID, role: str, unit: int, *, on: date = LONG_AGO) -> uuid.UUID:
    """The id of a grant."""
    id = uuid.uuid4()
    await roles.grant(id, member=member, role=role, unit=unit, by="cli", from_on=on)
    return id


async def signed_in(member: uuid.UUID, *, method: str = "passkey") -> str:
    """The cookie of a new session."""
    async with floor.transaction():
        return (await sessions.begin(member, method=method)).cookie


async def reader(member: uuid.UUID, *, method: str = "passkey") -> sessions.Reader:
    """Who reads in a new session."""
    return await known(await signed_in(member, method=method))


async def known(cookie: str) -> sessions.Reader:
    """Who reads with that cookie; somebody must."""
    found = await sessions.reader(cookie)
    assert found is not None
    return found
