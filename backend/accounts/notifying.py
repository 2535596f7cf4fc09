"""The devices on which a member is told of what is new: registered by whoever is signed in there, and theirs alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from backend.accounts import consents, memberships
from backend.accounts.acts import act
from backend.accounts.sessions import Reader
from base import clock, database, limits
from base.errors import ConflictError, RuleError, SignInRequiredError
from notifications import channels, devices, trying
from notifications.channels.channel import Verdict

WINDOW_S: Final = 600
"""Within this many seconds a member registers and tries only so often."""

REGISTRATIONS: Final = 60
TRIES: Final = 5


class NotAgreedError(ConflictError):
    """The member has not agreed to be told through push services, or has taken that back."""

    key = "account-device-not-agreed"


def push_key() -> str | None:
    """What a browser subscribes with; None where the handbook sends no Web Push, for want of a (readable) key."""
    try:
        return channels.public_key() if "webpush" in channels.configured() else None
    except RuleError:
        return None


def is_ready() -> bool:
    """Whether browsers can be told at all."""
    return push_key() is not None


async def register(
    reader: Reader, *, channel: str, address: str, keys: Mapping[str, str], language: str, agreed: bool = True
) -> int:
    """Tell the reader on this device from now on; the device's id. The same again changes nothing.

    ``agreed``: the reader has just agreed to it; a phone that only renews its address raises NotAgreedError once the
    reader took that back.

    Whether messages may go to that address is asked before (``notifications.channels.admits``). Takes turns with acts
    upon the member and with the end of the session, so that no device outlives the session, nor stays where the
    member belonged. Raises SignInRequiredError when the session has ended meanwhile, TooManyError.
    """
    await limits.hit(f"device:{reader.member_id}", limit=REGISTRATIONS, window_s=WINDOW_S)
    session = bytes.fromhex(reader.session_id)
    lock = " FOR UPDATE" if database.is_postgres() else ""
    async with act(reader.member_id):
        if not await database.fetch(f"SELECT id FROM session WHERE id = {{}}{lock}", session):
            raise SignInRequiredError
        if agreed:
            await consents.give(reader.member_id, consents.NOTIFICATIONS)
        elif consents.NOTIFICATIONS not in await consents.given(reader.member_id):
            raise NotAgreedError
        unit = await memberships.unit_of(reader.member_id, clock.today())
        return await devices.register(
            member=reader.member_id,
            unit=unit,
            session=session,
            channel=channel,
            address=address,
            keys=keys,
            language=language,
        )


async def here(reader: Reader) -> dict[str, datetime]:
    """The channels by which the reader is told on this device, and since when by each."""
    rows = await devices.of_session(bytes.fromhex(reader.session_id))
    return {row["channel"]: row["made_at"] for row in rows}


async def end(reader: Reader, *, channel: str) -> None:
    """Tell the reader nothing more by that channel on this device; where nothing is told, nothing changes."""
    for row in await devices.of_session(bytes.fromhex(reader.session_id)):
        if row["channel"] == channel:
            await devices.end(row["id"], member=reader.member_id)


async def try_here(reader: Reader) -> Verdict | None:
    """Send a test to this device at once: the best that came of it, None where the reader is not told here.

    That a service does not take our key is the same to whoever asks: it refuses. Raises TooManyError.
    """
    await limits.hit(f"push-test:{reader.member_id}", limit=TRIES, window_s=WINDOW_S)
    came = [one.outcome.verdict for one in await trying.try_session(bytes.fromhex(reader.session_id))]
    order: tuple[Verdict, ...] = ("accepted", "later", "denied", "refused", "gone")
    best = min(came, key=order.index, default=None)
    return "refused" if best == "denied" else best
