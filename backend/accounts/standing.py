"""The tree of units as it stands, read from the database and remembered until something in it changes."""

from backend.accounts.forest import Forest, Succession, Unit
from base import database, revisions

TOPIC = "units"
"""The revision that grows with each change of the tree."""

_held: list[tuple[object, int, Forest]] = []


async def forest() -> Forest:
    """All units and successions, from memory while nothing has changed."""
    engine, number = database.engine(), revisions.current(TOPIC)
    if _held and _held[0][0] is engine and _held[0][1] == number:
        return _held[0][2]
    read = await _read()
    if not database.in_transaction():  # what is not committed yet may never be
        _held[:] = [(engine, number, read)]
    return read


async def locked() -> Forest:
    """The forest read anew, inside a transaction that lets nobody else change it until the end."""
    await revisions.touch(TOPIC)
    return await _read()


async def _read() -> Forest:
    units = await database.fetch("SELECT id, parent, kind, code, name, name_en, valid_from, valid_to FROM unit")
    steps = await database.fetch('SELECT old, new, "on", kind FROM unit_succession')
    return Forest((Unit(**row) for row in units), (Succession(**row) for row in steps))
