"""Proving that the journal was not touched: heads exported to files, and a walk along the chain of seals."""

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from base import clock, database, journal, logs
from base.settings import settings

log = logs.get(__name__)

STEP = 1000
"""Rows read at a time, and how far ahead a misplaced row is looked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing wrong: ``kind`` edited, deleted, reordered or cut; at which ``number``; the row's id if any."""

    kind: str
    number: int
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were walked, and the first finding, or None when all holds."""

    checked: int
    finding: Finding | None


async def export_head(*, folder: Path | None = None) -> Path:
    """Append today's head (number, seal, time) to ``heads.jsonl`` in the audit folder; once a day is enough."""
    target = (folder or settings().audit_heads) / "heads.jsonl"
    number, seal = await journal.head()
    line = json.dumps({"number": number, "seal": seal.hex(), "at": clock.now().isoformat()})
    target.parent.mkdir(parents=True, exist_ok=True)
    torn = target.exists() and not target.read_bytes().endswith(b"\n")  # a full disk cut the line before short
    with target.open("a", encoding="utf-8") as file:
        file.write(("\n" if torn else "") + line + "\n")
    return target


async def verify(*, folder: Path | None = None) -> Verdict:
    """Walk every sealed entry in order and compare with the exported heads; names the first that does not fit."""
    heads = _exported((folder or settings().audit_heads) / "heads.jsonl")
    expected, seal, checked = 1, journal.GENESIS, 0
    while rows := await _sealed_from(expected):
        for index, row in enumerate(rows):
            finding = _misfit(row, expected, seal, rows[index:], heads)
            if finding:
                return Verdict(checked, finding)
            seal, expected, checked = bytes(row["seal"]), expected + 1, checked + 1
    last = max(heads, default=0)
    return Verdict(checked, Finding("cut", expected) if last >= expected else None)


def _misfit(
    row: dict[str, Any], expected: int, seal: bytes, following: list[dict[str, Any]], heads: dict[int, bytes]
) -> Finding | None:
    if row["number"] != expected:
        return Finding("deleted", expected)
    if _fits(row, expected, seal):
        known = heads.get(expected)
        return Finding("edited", expected, str(row["id"])) if known and known != bytes(row["seal"]) else None
    moved = any(_fits(other, expected, seal) for other in following[1:])
    return Finding("reordered" if moved else "edited", expected, str(row["id"]))


def _fits(row: dict[str, Any], number: int, previous: bytes) -> bool:
    return hmac.compare_digest(journal.seal_of(row, number=number, previous=previous), bytes(row["seal"] or b""))


async def _sealed_from(number: int) -> list[dict[str, Any]]:
    return await database.fetch(
        f"SELECT {journal.COLUMNS} FROM journal WHERE number >= {{}} ORDER BY number LIMIT {STEP}",
        number,
    )


def _exported(file: Path) -> dict[int, bytes]:
    if not file.exists():
        return {}
    lines = [_head(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return {number: seal for number, seal in lines if number}


def _head(line: str) -> tuple[int, bytes]:
    """Number and seal of an exported head; a line that was cut short proves nothing, and spoils no other."""
    try:
        read = json.loads(line)
        return int(read["number"]), bytes.fromhex(read["seal"])
    except (ValueError, KeyError, TypeError):
        log.warning("audit.unreadable_head")
        return 0, journal.GENESIS
