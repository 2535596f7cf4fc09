"""The sample handbook: a fictional province with its people, documents and news, loaded once and entered by links."""

import uuid
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from backend import (
    sample_comments,
    sample_digests,
    sample_drafts,
    sample_feedback,
    sample_meetings,
    sample_moderation,
    sample_notices,
)
from backend.accounts import codes, members, roles, roster, unit_import
from backend.accounts.authority import CLI
from backend.accounts.scopes import scopes_of
from backend.accounts.standing import forest
from base import catalogue, database, journal
from base.errors import RuleError
from base.settings import settings
from content.samples import load_sample

FOLDER = Path(__file__).parent.parent / "content" / "sample"
ACT, BEGAN = "sample.load", "sample.begin"

NAMESPACE = uuid.UUID("6d1f8e0a-5f0e-5c58-9a53-3a3a3e2c9f10")
"""Ids of sample people and grants are made from their logins under this, so that loading is repeatable."""

ORDINARY = "mai"
"""The sample member without a role whose link is printed first."""


class Role(msgspec.Struct):
    """A role as the sample file writes it: by the unit's code."""

    role: str
    unit: str


class Earlier(msgspec.Struct, rename={"from_on": "from", "to_on": "to"}):
    """Where a sample person belonged before."""

    unit: str
    from_on: date
    to_on: date


class Person(msgspec.Struct):
    """A sample person."""

    login: str
    name: str
    unit: str
    roles: list[Role] = []
    card: str | None = None
    before: list[Earlier] = []

    @property
    def id(self) -> uuid.UUID:
        """The same at each load."""
        return uuid.uuid5(NAMESPACE, self.login)


@dataclass(frozen=True, slots=True)
class Entrance:
    """A one-use way in as one of the sample people."""

    login: str
    name: str
    roles: str
    token: str


async def load() -> bool:
    """Load the sample into an empty handbook, or finish a load that was cut short; False when nothing is to do."""
    if await is_loaded() or (not await _did(BEGAN) and await _holds_anything()):
        return False
    await _note(BEGAN)
    await unit_import.import_units((FOLDER / "units.json").read_bytes(), by=CLI)
    async with database.transaction():
        for person in people():
            await _settle(person)
    refused = [row for row in await load_sample(by=CLI, resolve=unit_of) if row.outcome == "refused"]
    if refused:
        raise RuleError("cli-sample-broken", count=len(refused), file=Path(refused[0].path).name)
    await _write_at_the_desk()
    await _prepare_meeting()
    known = {person.login: person.id for person in people()}
    await sample_comments.write(known)
    await sample_moderation.begin(known)
    await sample_feedback.begin(known, unit=await _known(_first("feedback_handler")[1]))
    await sample_notices.owe(by=str(_first("editor")[0].id))
    await _note(ACT)
    return True


async def _write_at_the_desk() -> None:
    """Drafts and digests, by the first editor of the sample, who must be able to read what the drafts cite."""
    (editor, code), (approver, _) = _first("editor"), _first("approver")
    unit = await _known(code)
    await sample_drafts.begin(by=editor.id, unit=unit, scopes=await scopes_of(editor.id))
    await sample_digests.write(by=editor.id, approver=approver.id, unit=unit)


async def _prepare_meeting() -> None:
    """In the name of the secretary of a sample cell, for that cell."""
    secretary, code = _first("secretary")
    await sample_meetings.begin(by=secretary.id, unit=await _known(code), scopes=await scopes_of(secretary.id))


def _first(role: str) -> tuple[Person, str]:
    """The first person of the sample who holds a role, and the code of the unit they hold it for."""
    return next((person, held.unit) for person in people() for held in person.roles if held.role == role)


async def is_loaded() -> bool:
    """Whether what this handbook holds began as the sample."""
    return await _did(ACT)


async def entrances() -> list[Entrance]:
    """Fresh one-use links, one for the plain member and one for each role; none when this is not the sample."""
    if not await is_loaded():
        return []
    found = []
    for person in _one_of_each_role():
        token = await codes.issue_link(await roster.by_login(person.login))
        found.append(Entrance(person.login, person.name, _told(person), token))
    return found


async def unit_of(code: str) -> int | None:
    """The id of the unit that bears, or last bore, a code."""
    tree = await forest()
    bearing = [unit for unit in tree.units.values() if unit.code == code]
    return max(bearing, key=lambda unit: unit.valid_from).id if bearing else None


def people() -> list[Person]:
    """Everybody in the sample file."""
    return msgspec.json.decode((FOLDER / "people.json").read_bytes(), type=list[Person])


async def _settle(person: Person) -> None:
    """Take a person in: first where they belonged before, then moved, then with their roles."""
    if await database.fetch("SELECT id FROM member WHERE id = {}", person.id):
        return
    begin = person.before[0].from_on if person.before else None
    first = person.before[0].unit if person.before else person.unit
    await members.add(
        id=person.id, name=person.name, login=person.login, unit=await _known(first), by=CLI,
        card_number=person.card, on=begin,
    )  # fmt: skip
    for index, earlier in enumerate(person.before, 1):
        place = person.before[index].unit if index < len(person.before) else person.unit
        await members.move(person.id, unit=await _known(place), by=CLI, on=earlier.to_on)
    for held in person.roles:
        grant = uuid.uuid5(NAMESPACE, f"{person.login}:{held.role}@{held.unit}")
        await roles.grant(grant, member=person.id, role=held.role, unit=await _known(held.unit), by=CLI)


async def _did(act: str) -> bool:
    return bool(await database.fetch("SELECT id FROM journal WHERE act = {} LIMIT 1", act))


async def _note(act: str) -> None:
    async with database.transaction():
        await journal.record(act=act, subject="sample:1", by=CLI)


async def _known(code: str) -> int:
    unit = await unit_of(code)
    if unit is None:
        raise LookupError(f"the sample names a unit {code} that it does not have")
    return unit


async def _holds_anything() -> bool:
    tables: dict[str, Any] = {"unit": 1, "member": 1, "document": 1}
    return any([await database.fetch(f"SELECT id FROM {table} LIMIT 1") for table in tables])


def _one_of_each_role() -> list[Person]:
    chosen: dict[str, Person] = {}
    for person in people():
        key = person.roles[0].role if person.roles else ""
        if person.roles or person.login == ORDINARY:
            chosen.setdefault(key, person)
    return sorted(chosen.values(), key=lambda person: person.login != ORDINARY)


def _told(person: Person) -> str:
    language = settings().language
    names = [catalogue.say(f"cli-role-{held.role.replace('_', '-')}", language) for held in person.roles]
    return ", ".join(names) or catalogue.say("cli-role-none", language)
