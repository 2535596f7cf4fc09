"""Taking a list of members in: first a look at what would happen, row by row, then the same for good."""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from backend.accounts import authority, members, memberships, naming, roster_files, standing
from backend.accounts.acts import act
from backend.accounts.authority import ADMIN, CLI, Actor, NotAdministratorError
from backend.accounts.forest import Forest
from backend.accounts.roster_files import Row
from base import clock, confined, database, journal
from base.errors import FieldError

CHUNK = 200
"""Rows carried out in one transaction, so that a long list does not keep other writers waiting."""

READ_S = 5
"""Seconds that reading a file may take while somebody waits at a page."""

READ_MB = 256
"""Memory that reading a file may take."""

OUTCOMES = ("new", "moved", "renamed", "corrected", "unchanged", "skipped", "wrong")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; ``problems`` says what is wrong with which field, or why it is skipped.

    ``was`` is the name that the member had so far, where the row gives another: perhaps the login is somebody else's.
    ``moves``: the member comes to another unit, perhaps besides.
    """

    line: int
    login: str
    name: str
    outcome: str
    problems: tuple[FieldError, ...] = ()
    was: str = ""
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All rows in their order. ``dry``: nothing was written."""

    rows: tuple[Outcome, ...]
    dry: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came out how."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class _Known:
    """A member that the list may speak of."""

    id: uuid.UUID
    name: str
    login: str
    card: str | None
    unit: int | None
    since: date | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A checked row and what is to be done about it."""

    outcome: Outcome
    known: _Known | None
    person: tuple[str, str, str | None, int]


async def import_roster(
    content: bytes,
    *,
    by: Actor,
    dry_run: bool,
    rename: bool = False,
    seconds: float = READ_S,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Add, move and correct members as a CSV or XLSX file says; who they are is told by the login.

    Wrong rows are reported and left out, the others carried out (not in a ``dry_run``). A row that gives a member
    another name is carried out only when ``rename`` asks for it, and skipped whole otherwise. The same file again
    changes nothing; nobody is removed. Only people and units of the administrator's are touched. Raises InvalidError
    for a file that cannot be read, or not within ``seconds``, and NotAdministratorError.
    """
    rows = await confined.run(roster_files.read, content, seconds=seconds, megabytes=READ_MB)
    steps = await _Checking.of(rows, by)
    if not dry_run:
        steps = steps if rename else [_unless_renamed(step) for step in steps]
        for start in range(0, len(steps), CHUNK):
            chunk = steps[start : start + CHUNK]
            async with act(*(step.known.id for step in chunk if step.known)):
                for step in chunk:
                    await _carry_out(step, by)
            if progress:
                progress(min(start + CHUNK, len(steps)), len(steps))
        await _note(steps, by)
    return Report(tuple(step.outcome for step in steps), dry_run)


class _Checking:
    """Rows beside what is known already; earlier rows count too."""

    def __init__(self, tree: Forest, reach: set[int], logins: dict[str, _Known], cards: dict[str, _Known]) -> None:
        self.tree, self.reach, self.logins, self.cards = tree, reach, logins, cards
        self.today = clock.today()
        self.login_lines: dict[str, int] = {}
        self.card_lines: dict[str, int] = {}

    @classmethod
    async def of(cls, rows: list[Row], by: Actor) -> list[_Step]:
        """Every row, checked."""
        tree = await standing.forest()
        reach = set(tree.units) if by == CLI else await authority.administered(by)
        if by != CLI and not any(grant.role == ADMIN for grant in await authority.grants(by)):
            raise NotAdministratorError
        logins = await _known("login", {naming.login_of(row.login) for row in rows})
        cards = await _known("card_number", {card for row in rows if (card := naming.card_of(row.card))})
        checking = cls(tree, reach, {one.login: one for one in logins}, {one.card: one for one in cards if one.card})
        return [checking.step(row) for row in rows]

    def step(self, row: Row) -> _Step:
        """One row: its problems, or what it changes."""
        name, login = naming.name_of(row.name), naming.login_of(row.login)
        known = self.logins.get(login)
        card = naming.card_of(row.card) or (known.card if known else None)
        problems = [*naming.wrong(name, login, card), *self._problems(row, login, card, known)]
        unit = self.tree.coded(row.unit, self.today)
        place = unit.id if unit else 0
        person = (name, login, card, place)
        outcome = "wrong" if problems else self._outcome(known, person)
        self.login_lines.setdefault(login, row.line)
        if card:
            self.card_lines.setdefault(card, row.line)
        was = known.name if known and outcome == "renamed" else ""
        moves = not problems and self._moves(known, place)
        return _Step(Outcome(row.line, login, name, outcome, tuple(problems), was, moves), known, person)

    def _problems(self, row: Row, login: str, card: str | None, known: _Known | None) -> list[FieldError]:
        found = []
        unit = self.tree.coded(row.unit, self.today)
        if unit is None or not unit.alive(self.today):
            found.append(FieldError("unit", "roster-unit-unknown", {"unit": row.unit}))
        elif unit.id not in self.reach:
            found.append(FieldError("unit", "roster-unit-outside", {"unit": row.unit}))
        if login in self.login_lines:
            found.append(FieldError("login", "roster-login-twice", {"line": self.login_lines[login]}))
        elif known and known.unit not in self.reach:
            found.append(FieldError("login", "account-login-taken", {}))
        elif known and known.disabled:
            found.append(FieldError("login", "account-member-disabled", {}))
        if card and card in self.card_lines:
            found.append(FieldError("card", "roster-card-twice", {"line": self.card_lines[card]}))
        elif card and card in self.cards and self.cards[card].login != login:
            found.append(FieldError("card", "account-card-taken", {}))
        return found

    def _outcome(self, known: _Known | None, person: tuple[str, str, str | None, int]) -> str:
        if known is None:
            return "new"
        name, _, card, place = person
        if known.name != name:
            return "renamed"
        if self._moves(known, place):
            return "moved"
        return "unchanged" if known.card == card else "corrected"

    def _moves(self, known: _Known | None, place: int) -> bool:
        return known is not None and (known.unit is None or self.tree.current(known.unit, self.today) != place)


def _unless_renamed(step: _Step) -> _Step:
    """The step, or that it is skipped because it would give somebody another name."""
    row = step.outcome
    if row.outcome != "renamed":
        return step
    why = FieldError("name", "roster-rename-not-asked", {"was": row.was, "name": row.name})
    return replace(step, outcome=replace(row, outcome="skipped", problems=(why,), moves=False))


async def _known(column: str, values: set[str]) -> list[_Known]:
    condition, wanted = database.among(f"member.{column}", values)
    today = clock.today()
    rows: list[dict[str, Any]] = await database.fetch(
        "SELECT member.id, name, login, card_number, membership.unit, from_on, disabled_at FROM member "
        f"LEFT JOIN membership ON {authority.BELONGS} WHERE {condition}",
        today, today, wanted,
    )  # fmt: skip
    return [
        _Known(
            row["id"], row["name"], row["login"], row["card_number"], row["unit"], row["from_on"],
            row["disabled_at"] is not None,
        )
        for row in rows
    ]  # fmt: skip


async def _carry_out(step: _Step, by: Actor) -> None:
    name, login, card, unit = step.person
    if step.outcome.outcome == "new":
        await members.insert([(uuid.uuid4(), name, login, card, unit)], on=clock.today(), by=by)
    if step.known is None or step.outcome.outcome not in ("moved", "renamed", "corrected"):
        return
    if (step.known.name, step.known.card) != (name, card):
        await members.rewrite(step.known.id, name, login, card, unit=unit, by=by)
    if step.outcome.moves:
        await memberships.place(step.known.id, unit, on=clock.today())
        await members.note("move", step.known.id, unit, by, {"from": step.known.unit, "on": clock.today()})


async def _note(steps: list[_Step], by: Actor) -> None:
    counts = Report(tuple(step.outcome for step in steps), dry=False).counts
    async with act():
        await journal.record(act="roster.import", subject="roster:file", by=str(by), detail=counts)
