"""What a member agreed to: asked for plainly, never taken for granted, and taken back as easily as given."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from backend.accounts.acts import act
from base import clock, database, journal
from base.errors import InvalidError
from notifications import devices

NOTIFICATIONS = "notifications"
PURPOSES = (NOTIFICATIONS, "name-on-comments")
"""What is asked (Law on Personal Data Protection, in force 1/1/2026): to send "something new" through push services,
which are outside the country; to show one's name under one's comments. The wording is in the catalogue."""

WORDING = "2026-11"
"""Which wording of the catalogue was agreed to; a new one is asked anew."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent in force, the wording it was given for, and since when."""

    purpose: str
    wording: str
    given_at: datetime


async def given(member: uuid.UUID) -> dict[str, Consent]:
    """The member's consents in force by purpose; a purpose that is missing was not agreed to."""
    rows = await database.fetch(
        "SELECT purpose, wording, given_at FROM consent WHERE member = {} AND withdrawn_at IS NULL", member
    )
    return {row["purpose"]: Consent(**row) for row in rows if row["wording"] == WORDING}


async def among(members: Collection[uuid.UUID], purpose: str) -> frozenset[uuid.UUID]:
    """Those of these members who have agreed to a purpose."""
    condition, values = database.among("member", members)
    rows = await database.fetch(
        "SELECT member FROM consent WHERE purpose = {} AND wording = {} AND withdrawn_at IS NULL "
        f"AND {condition}",
        purpose, WORDING, values,
    )  # fmt: skip
    return frozenset(row["member"] for row in rows)


async def give(member: uuid.UUID, purpose: str) -> None:
    """Agree to a purpose in today's wording. To agree again changes nothing."""
    _check(purpose)
    async with act(member):
        if purpose in await given(member):
            return
        await _end(member, purpose)
        await database.execute(
            "INSERT INTO consent (id, member, purpose, wording, given_at) VALUES ({}, {}, {}, {}, {})",
            uuid.uuid4(), member, purpose, WORDING, clock.now(),
        )  # fmt: skip
        await _note("give", member, purpose)


async def withdraw(member: uuid.UUID, purpose: str) -> None:
    """Take a consent back; what was not given changes nothing. Without that to notifications, no device is told."""
    _check(purpose)
    async with act(member):
        if purpose == NOTIFICATIONS:
            await devices.end_of_member(member)
        if await _end(member, purpose):
            await _note("withdraw", member, purpose)


async def withdraw_all(member: uuid.UUID) -> None:
    """Take every consent back, in the surrounding transaction; that they were given stays known, without a name."""
    for purpose in PURPOSES:
        await _end(member, purpose)


async def _end(member: uuid.UUID, purpose: str) -> bool:
    rows = await database.fetch(
        "UPDATE consent SET withdrawn_at = {} WHERE member = {} AND purpose = {} AND withdrawn_at IS NULL RETURNING id",
        clock.now(), member, purpose,
    )  # fmt: skip
    return bool(rows)


async def _note(verb: str, member: uuid.UUID, purpose: str) -> None:
    await journal.record(
        act=f"consent.{verb}", subject=f"member:{member}", by=str(member), detail={"purpose": PURPOSES.index(purpose)}
    )


def _check(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise InvalidError.of("purpose", "account-consent-unknown")
