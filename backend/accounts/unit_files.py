"""Files that list organisations: our own shape, and the published list of provinces with their communes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backend.accounts.forest import KINDS
from backend.accounts.unit_rules import CODE, NAME_LENGTH
from base.errors import InvalidError

STEPS = ("merge", "split", "rename", "move")

TWO_LEVELS_SINCE = date(2025, 7, 1)
"""Since when provinces stand directly above communes (Law 72/2025/QH15): the published list says no dates."""

PUBLISHED_KINDS = {
    "tỉnh": "province",
    "thành phố": "province",
    "xã": "commune",
    "phường": "ward",
    "đặc khu": "special_zone",
}
"""How a name in the published list begins, and what it is."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be taken: where in the file, and a sentence of the catalogue with its values."""

    where: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as the file has it; ``parent`` is a code."""

    code: str
    name: str
    name_en: str
    kind: str
    parent: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A succession as the file has it, between codes."""

    old: str
    new: str
    on: date
    kind: str


@dataclass(slots=True)
class Listed:
    """What a file holds, and what is wrong with it."""

    lines: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes) -> Listed:
    """The units and successions of a JSON file of either shape. Raises InvalidError when it is neither."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidError("units-import-not-json") from None
    listed = Listed()
    if isinstance(data, list) and data and all(isinstance(one, dict) and "Wards" in one for one in data):
        rows, steps = list(_published(data)), list[Any]()
    elif isinstance(data, dict) and isinstance(data.get("units"), list):
        rows, steps = data["units"], data.get("successions") or []
    else:
        raise InvalidError("units-import-unknown-shape")
    for number, row in enumerate(rows, 1):
        _take_line(listed, number, row)
    for number, row in enumerate(steps, 1):
        _take_step(listed, number, row)
    return listed


def _published(provinces: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for province in provinces:
        yield _published_row(province, None)
        for ward in province["Wards"] or []:
            yield _published_row(ward, province.get("Code"))


def _published_row(row: dict[str, Any], parent: str | None) -> dict[str, Any]:
    name = str(row.get("FullName", ""))
    kind = next((kind for word, kind in PUBLISHED_KINDS.items() if name.lower().startswith(word + " ")), "")
    return {
        "code": row.get("Code"), "name": name, "name_en": row.get("FullNameEn") or "", "kind": kind,
        "parent": parent, "valid_from": TWO_LEVELS_SINCE.isoformat(), "valid_to": None,
    }  # fmt: skip


def _take_line(listed: Listed, number: int, row: Any) -> None:
    where = f"units[{number}]"
    wrong = list(_wrong_line(row)) if isinstance(row, dict) else ["units-import-not-an-object"]
    if wrong:
        listed.problems += [Problem(where, key, {"code": _code(row)}) for key in wrong]
        return
    listed.lines.append(
        Line(
            row["code"],
            " ".join(row["name"].split()),
            row.get("name_en") or "",
            row["kind"],
            row.get("parent"),
            date.fromisoformat(row["valid_from"]),
            _date(row.get("valid_to")),
        )
    )


def _wrong_line(row: dict[str, Any]) -> Iterator[str]:
    if not CODE.fullmatch(str(row.get("code") or "")):
        yield "units-import-code"
    names = str(row.get("name") or ""), str(row.get("name_en") or "")
    if not names[0].strip() or not all(name.isprintable() and len(name) <= NAME_LENGTH for name in names):
        yield "units-import-name"
    if row.get("kind") not in KINDS:
        yield "units-import-kind"
    begin, end = row.get("valid_from"), row.get("valid_to")
    if not _is_date(begin) or not (end is None or _is_date(end)):
        yield "units-import-date"
    elif end is not None and end <= begin:
        yield "units-import-date-order"


def _take_step(listed: Listed, number: int, row: Any) -> None:
    where = f"successions[{number}]"
    if not isinstance(row, dict):
        listed.problems.append(Problem(where, "units-import-not-an-object", {"code": ""}))
    elif row.get("kind") not in STEPS or not _is_date(row.get("on")):
        listed.problems.append(Problem(where, "units-import-step", {"code": str(row.get("old"))}))
    else:
        listed.steps.append(Step(str(row.get("old")), str(row.get("new")), date.fromisoformat(row["on"]), row["kind"]))


def _code(row: Any) -> str:
    return str(row.get("code") or "") if isinstance(row, dict) else ""


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
