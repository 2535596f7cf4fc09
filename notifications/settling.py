"""What a step leaves behind whatever it was a step of: counts, the hosts' wishes, and no device that is dead."""

from collections.abc import Collection, Sequence

from base import database
from notifications import counting, sending, standing
from notifications.meant import Owed
from notifications.sending import Told


async def note(notice: Owed, told: Sequence[Told], *, first: Collection[int]) -> None:
    """Note what became of messages, weighed before, in the surrounding transaction; ``first``: not tried before."""
    for target, outcome in told:
        if outcome.verdict == "gone":  # unless the device has got another address meanwhile
            await database.execute("DELETE FROM device WHERE id = {} AND address = {}", target.id, target.address)
    await standing.heed(outcome for _, outcome in told)
    words = [counting.SENT for one in told if one.target.id in first and sending.handed(one)]
    await counting.count(notice.notice, [*words, *filter(None, map(_word, told))])


def _word(one: Told) -> str:
    """As what it is counted: what is tried again is not counted yet."""
    verdict, reason = one.outcome.verdict, one.outcome.reason
    if verdict == "accepted":
        return counting.ACCEPTED
    return "" if verdict == "later" else f"{verdict}-{reason}" if reason else verdict
