"""The devices on which a member is told of what is new: registered by whoever is signed in there, and theirs alone."""

from collections.abc import Mapping

from backend.accounts import memberships
from backend.accounts.acts import act
from backend.accounts.sessions import Reader
from base import clock, database
from base.errors import SignInRequiredError
from notifications import devices


async def register(reader: Reader, *, channel: str, address: str, keys: Mapping[str, str], language: str) -> int:
    """Tell the reader on this device from now on; the device's id. The same again changes nothing.

    Whether messages may go to that address is asked before (``notifications.channels.admits``). Takes turns with acts
    upon the member and with the end of the session, so that no device outlives the session, nor stays where the
    member belonged. Raises SignInRequiredError when the session has ended meanwhile.
    """
    session = bytes.fromhex(reader.session_id)
    lock = " FOR UPDATE" if database.is_postgres() else ""
    async with act(reader.member_id):
        if not await database.fetch(f"SELECT id FROM session WHERE id = {{}}{lock}", session):
            raise SignInRequiredError
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
