"""The tree of units as it stands, read from the database and remembered until something in it changes."""

import asyncio
from typing import Any

from backend.accounts.forest import Forest, Succession, Unit
from base import database, revisions

TOPIC = "units"
"""The revision that grows with each change of the tree."""

State = tuple[object, int]
_held: list[tuple[State, Forest]] = []
_reading: dict[State, asyncio.Task[Forest]] = {}


async def forest() -> Forest:
    """All units and successions, from memory while nothing has changed.

    Read once however many ask for it meanwhile, and put together beside the loop: for a country's 200,000 units that
    takes a second.
    """
    state = (database.engine(), revisions.current(TOPIC))
    if _held and _held[0][0] == state:
        return _held[0][1]
    if database.in_transaction():  # what is not committed yet may never be
        return await _read()
    reading = _reading.get(state)
    if reading is None:
        reading = _reading[state] = asyncio.ensure_future(_read())
        reading.add_done_callback(lambda task: _keep(state, task))
    return await asyncio.shield(reading)


async def locked() -> Forest:
    """The forest read anew, inside a transaction that lets nobody else change it until the end."""
    await revisions.touch(TOPIC)
    return await _read()


def _keep(state: State, task: "asyncio.Task[Forest]") -> None:
    _reading.pop(state, None)
    if not task.cancelled() and task.exception() is None:
        _held[:] = [(state, task.result())]


async def _read() -> Forest:
    units = await database.fetch("SELECT id, parent, kind, code, name, name_en, valid_from, valid_to FROM unit")
    steps = await database.fetch('SELECT old, new, "on", kind FROM unit_succession')
    return await asyncio.to_thread(_grown, units, steps)


def _grown(units: list[dict[str, Any]], steps: list[dict[str, Any]]) -> Forest:
    return Forest((Unit(**row) for row in units), (Succession(**row) for row in steps))
