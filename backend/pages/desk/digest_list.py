"""Digests of issued editions that somebody at the desk is writing, or that wait to be decided on."""

from collections.abc import Sequence
from typing import Any

from backend.accounts import actors
from backend.accounts.sessions import Reader
from backend.pages.desk import working
from backend.pages.desk.working import APPROVER, DESK_ROLES, EDITOR
from backend.pages.views import unit_name
from content.digests import keeping
from content.digests.model import DigestLine

GROUPS = {"writing": ("draft", "returned"), "waiting": ("submitted",)}
"""In which groups of the list of drafts they stand, and the states they then are in."""


async def grouped(reader: Reader) -> dict[str, list[DigestLine]]:
    """Those of the units that the reader works for, by group."""
    units = await working.reach(reader, *DESK_ROLES)
    found = await keeping.lines(units, states=[*sum(GROUPS.values(), ())])
    return {name: [line for line in found if line.state in states] for name, states in GROUPS.items()}


async def waiting_for(reader: Reader) -> list[DigestLine]:
    """Digests that this reader is to do something about: returned to their units, or to be approved by them."""
    by = str(reader.member_id)
    mine = await keeping.lines(await working.reach(reader, EDITOR), states=["returned"])
    others = await keeping.lines(await working.reach(reader, APPROVER), states=["submitted"])
    return [*mine, *(line for line in others if by not in line.hands)]


async def rows(lines: Sequence[DigestLine], language: str) -> list[dict[str, Any]]:
    """What the list is given of each: the digest, who saved it, for which unit."""
    names = await actors.names_of([line.saved_by for line in lines])
    return [
        {"line": line, "by": names.get(line.saved_by, ""), "unit": await unit_name(line.unit, language)}
        for line in lines
    ]
