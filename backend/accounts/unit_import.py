"""Taking in a file of organisations: all of it or, when anything is wrong, nothing; again, and nothing changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from backend.accounts import standing, unit_files
from backend.accounts.acts import act
from backend.accounts.authority import CLI, Actor, NotAdministratorError
from backend.accounts.forest import Forest, Succession, Unit
from backend.accounts.unit_files import Line, Listed, Problem, Step
from base import database, journal

CHUNK = 1000
"""Rows written with one statement, far below the 32,767 values that one may carry."""

Key = tuple[str, date]
"""What tells units of a file apart: a code may come back later."""


@dataclass(slots=True)
class Report:
    """What came of a file. With any problem nothing was changed."""

    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    successions: int = 0
    problems: list[Problem] = field(default_factory=list)


async def import_units(
    content: bytes, *, by: Actor = CLI, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Take in the units of a JSON file; at the command line only.

    A known unit (same code, same first day) may get another name, kind or last day; it is never put elsewhere.
    ``progress`` is called with how many units are done, of how many. Raises InvalidError for a file of another kind.
    """
    if by != CLI:
        raise NotAdministratorError
    listed = unit_files.read(content)
    report = Report(problems=listed.problems)
    async with act():
        tree = await standing.locked()
        plan = _Plan(tree, listed, report)
        plan.check()
        if report.problems:
            return report
        await plan.carry_out(progress or (lambda done, all: None))
        if report.created or report.corrected or report.successions:
            await journal.record(
                act="units.import", subject="units:file", by=str(by),
                detail={"created": report.created, "corrected": report.corrected, "successions": report.successions},
            )  # fmt: skip
    return report


class _Plan:
    """One file beside what is known already."""

    def __init__(self, tree: Forest, listed: Listed, report: Report) -> None:
        self.tree, self.report = tree, report
        self.known = {(unit.code, unit.valid_from): unit for unit in tree.units.values()}
        lines = [_as_ended(line, self.known.get((line.code, line.valid_from))) for line in listed.lines]
        self.lines = {(line.code, line.valid_from): line for line in lines}
        self.doubled = [line for line in lines if self.lines[line.code, line.valid_from] is not line]
        self.steps = listed.steps
        self.ids: dict[Key, int] = {key: unit.id for key, unit in self.known.items()}
        self.new = [line for key, line in self.lines.items() if key not in self.known]
        self.changed = [
            line for key, line in self.lines.items() if key in self.known and _differs(line, self.known[key])
        ]
        self._rows: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
        for key, unit in self.known.items():
            if key not in self.lines:
                self._rows[unit.code].append((unit.valid_from, unit.valid_to))
        for line in self.lines.values():
            self._rows[line.code].append((line.valid_from, line.valid_to))

    def check(self) -> None:
        """Note every problem; carrying out needs there to be none."""
        for line in self.doubled:
            self._problem(line.code, "units-import-twice")
        for line in self.lines.values():
            self._check_line(line)
        for step in self.steps:
            if self._row(step.old, step.on, ended=True) is None or self._row(step.new, step.on) is None:
                self._problem(step.old, "units-import-step-unknown", new=step.new)
        for code, spans in self._rows.items():
            ordered = sorted(spans)
            if any(end is None or end > begin for (_, end), (begin, _) in pairwise(ordered)):
                self._problem(code, "units-import-overlap")
        if not self.report.problems:
            self._check_circles()

    async def carry_out(self, progress: Callable[[int, int], None]) -> None:
        """Write what is new, level by level because a unit needs the id of the one above it; correct what differs."""
        for line in self.changed:
            await self._correct(line)
        waiting, done = self.new, 0
        while waiting:
            ready = [line for line in waiting if line.parent is None or self._above(line) in self.ids]
            for chunk in _chunks(ready):
                await self._insert(chunk)
                done += len(chunk)
                progress(done, len(self.new))
            waiting = [line for line in waiting if (line.code, line.valid_from) not in self.ids]
        fresh = [step for step in self._ids_of_steps() if (step.old, step.new) not in self._pairs()]
        for steps in _chunks(fresh):
            await _insert_steps(steps)
        self.report.created, self.report.corrected = len(self.new), len(self.changed)
        self.report.unchanged = len(self.lines) - len(self.new) - len(self.changed)
        self.report.successions = len(fresh)

    def _check_line(self, line: Line) -> None:
        if line.parent is not None and self._above(line) is None:
            self._problem(line.code, "units-import-parent-unknown", parent=line.parent)
            return
        known = self.known.get((line.code, line.valid_from))
        above = self._above(line)
        if known and known.parent != (self.ids.get(above) if above else None):
            self._problem(line.code, "units-import-parent-differs")

    def _check_circles(self) -> None:
        """Try the file out in memory, under stand-in ids."""
        ids = dict(self.ids)
        for number, line in enumerate(self.new, 1):
            ids[line.code, line.valid_from] = -number
        units = {unit.id: unit for unit in self.tree.units.values()}
        for key, line in self.lines.items():
            above = self._above(line)
            unit = Unit(
                ids[key], ids[above] if above else None, line.kind, line.code, "", "", line.valid_from, line.valid_to
            )
            units[unit.id] = unit
        steps = [Succession(ids[old], ids[new], step.on, step.kind) for step, old, new in self._keys_of_steps()]
        tried = Forest(units.values(), [*self.tree.successions, *steps])
        days = {line.valid_from for line in self.lines.values()} | {step.on for step in self.steps}
        for key, line in self.lines.items():
            if any(tried.loops(ids[key], day) for day in days if day >= line.valid_from):
                self._problem(line.code, "account-unit-circular")

    def _above(self, line: Line) -> Key | None:
        return None if line.parent is None else self._row(line.parent, line.valid_from)

    def _row(self, code: str, on: date, *, ended: bool = False) -> Key | None:
        """The row with that code on that day; ``ended``: whose last day was the one before."""
        for begin, end in self._rows.get(code, ()):
            alive = begin < on and end == on if ended else begin <= on and (end is None or on < end)
            if alive:
                return code, begin
        return None

    def _keys_of_steps(self) -> Iterable[tuple[Step, Key, Key]]:
        for step in self.steps:
            old, new = self._row(step.old, step.on, ended=True), self._row(step.new, step.on)
            if old and new:
                yield step, old, new

    def _ids_of_steps(self) -> Iterable[Succession]:
        for step, old, new in self._keys_of_steps():
            yield Succession(self.ids[old], self.ids[new], step.on, step.kind)

    def _pairs(self) -> set[tuple[int, int]]:
        return {(step.old, step.new) for step in self.tree.successions}

    async def _insert(self, lines: list[Line]) -> None:
        values: list[Any] = []
        for line in lines:
            above = self._above(line)
            parent = self.ids[above] if above else None
            values += [parent, line.kind, line.code, line.name, line.name_en, line.valid_from, line.valid_to]
        rows = await database.fetch(
            "INSERT INTO unit (parent, kind, code, name, name_en, valid_from, valid_to) VALUES "
            + ", ".join(["({}, {}, {}, {}, {}, {}, {})"] * len(lines))
            + " RETURNING id, code, valid_from",
            *values,
        )
        self.ids.update({(row["code"], row["valid_from"]): row["id"] for row in rows})

    async def _correct(self, line: Line) -> None:
        await database.execute(
            "UPDATE unit SET name = {}, name_en = {}, kind = {}, valid_to = {} WHERE id = {}",
            line.name, line.name_en, line.kind, line.valid_to, self.ids[line.code, line.valid_from],
        )  # fmt: skip

    def _problem(self, code: str, key: str, **values: Any) -> None:
        self.report.problems.append(Problem(code, key, {"code": code, **values}))


async def _insert_steps(steps: list[Succession]) -> None:
    values = [value for step in steps for value in (step.old, step.new, step.on, step.kind)]
    await database.execute(
        'INSERT INTO unit_succession (old, new, "on", kind) VALUES ' + ", ".join(["({}, {}, {}, {})"] * len(steps)),
        *values,
    )


def _as_ended(line: Line, known: Unit | None) -> Line:
    """A unit that has ended since the file was written stays ended."""
    return replace(line, valid_to=known.valid_to) if known and line.valid_to is None else line


def _differs(line: Line, unit: Unit) -> bool:
    same = replace(unit, name=line.name, name_en=line.name_en, kind=line.kind, valid_to=line.valid_to)
    return same != unit


def _chunks(rows: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]
