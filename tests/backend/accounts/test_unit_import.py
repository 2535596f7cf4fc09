"""Files of organisations are taken in whole or not at all, and once."""

import json
import time
from datetime import date

import pytest

from backend.accounts import unit_import, units
from backend.accounts.authority import NotAdministratorError
from backend.accounts.forest import Forest, Unit
from backend.accounts.units import forest
from base.errors import InvalidError
from tests import builders
from tests.conftest import ENGINE
from tests.house import tree as house

ON = date(2026, 1, 1)


def row(code, parent=None, **more):
    return {
        "code": code, "name": f"Tên {code}", "name_en": f"Name {code}", "kind": "cell", "parent": parent,
        "valid_from": "2020-01-01", "valid_to": None, **more,
    }  # fmt: skip


def file(*rows, steps=()):
    return json.dumps({"units": rows, "successions": list(steps)}).encode()


def step(old, new, on="2025-07-01", kind="merge"):
    return {"old": old, "new": new, "on": on, "kind": kind}


def unit_of(tree: Forest, code: str, on: date) -> Unit:
    found = tree.coded(code, on)
    assert found is not None
    return found


async def problems(*rows, steps=()):
    report = await unit_import.import_units(file(*rows, steps=steps))
    assert not (await forest()).units or report.created == 0
    return [(problem.where, problem.key) for problem in report.problems]


async def test_children_may_come_before_their_parents(database):
    report = await unit_import.import_units(file(row("C", "B"), row("B", "A"), row("A")))
    tree = await forest()
    assert (report.created, report.problems) == (3, [])
    assert [tree[id].code for id in tree.ancestors(unit_of(tree, "C", ON).id, ON)] == ["B", "A"]


async def test_the_same_file_again_changes_nothing(database, journal):
    content = file(
        row("A"), row("B", "A", valid_to="2025-07-01"), row("C", "A", valid_from="2025-07-01"), steps=[step("B", "C")]
    )
    once = await unit_import.import_units(content)
    again = await unit_import.import_units(content)
    assert (once.created, once.successions) == (3, 1)
    assert (again.created, again.corrected, again.unchanged, again.successions) == (0, 0, 3, 0)
    assert len(await journal("units.import")) == 1
    tree = await forest()
    assert tree.current(unit_of(tree, "B", date(2024, 1, 1)).id, ON) == unit_of(tree, "C", ON).id


async def test_a_corrected_file_corrects_names_and_ends(database):
    await unit_import.import_units(file(row("A"), row("B", "A")))
    report = await unit_import.import_units(file(row("A", name="Mới"), row("B", "A", valid_to="2025-01-01")))
    tree = await forest()
    assert (report.created, report.corrected) == (0, 2)
    assert unit_of(tree, "A", ON).name == "Mới"
    assert unit_of(tree, "B", ON).valid_to == date(2025, 1, 1)


async def test_what_was_renamed_since_stays_renamed(database):
    content = file(row("A"), row("B", "A"))
    await unit_import.import_units(content)
    old = unit_of(await forest(), "B", ON).id
    renamed = await units.rename(old, name="Khác", on=ON, by="cli")
    report = await unit_import.import_units(content)
    assert (report.problems, report.unchanged) == ([], 2)
    assert (await forest()).current(old, ON) == renamed


async def test_a_code_may_come_back(database):
    report = await unit_import.import_units(
        file(
            row("A", valid_to="2022-01-01"),
            row("A", valid_from="2022-01-01", name="Mới"),
            row("B", "A", valid_from="2023-01-01"),
        )
    )
    tree = await forest()
    assert report.created == 3
    assert tree[tree.ancestors(unit_of(tree, "B", ON).id, ON)[0]].name == "Mới"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (row(""), "units-import-code"),
        (row("a b"), "units-import-code"),
        (row(None), "units-import-code"),
        (row("A", name=" "), "units-import-name"),
        (row("A", name=None), "units-import-name"),
        (row("A", name="x" * 201), "units-import-name"),
        (row("A", name="Chi bộ\0Một"), "units-import-name"),
        (row("A", name_en="Cell\0One"), "units-import-name"),
        (row("A", kind="castle"), "units-import-kind"),
        (row("A", valid_from="1/7/2025"), "units-import-date"),
        (row("A", valid_from=None), "units-import-date"),
        (row("A", valid_to="2025-02-30"), "units-import-date"),
        (row("A", valid_to="2019-01-01"), "units-import-date-order"),
        (row("A", parent=7), "units-import-parent-unknown"),
        ("A", "units-import-not-an-object"),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_is_taken(database, wrong, key):
    found = await problems(row("OK"), wrong)
    assert [name for _, name in found] == [key]
    assert not (await forest()).units


@pytest.mark.parametrize(
    ("rows", "steps", "expected"),
    [
        ([row("A", "Z")], [], [("A", "units-import-parent-unknown")]),
        ([row("A", valid_from="2024-01-01"), row("B", "A")], [], [("B", "units-import-parent-unknown")]),
        ([row("A"), row("A")], [], [("A", "units-import-twice")]),
        ([row("A"), row("A", valid_from="2022-01-01")], [], [("A", "units-import-overlap")]),
        ([row("A", "B"), row("B", "A")], [], [("A", "account-unit-circular"), ("B", "account-unit-circular")]),
        ([row("A")], [step("A", "B")], [("A", "units-import-step-unknown")]),
        ([row("A"), row("B")], [step("A", "B")], [("A", "units-import-step-unknown")]),
        ([row("A")], [step("A", "A", kind="eat")], [("successions[1]", "units-import-step")]),
        ([row("A")], ["A"], [("successions[1]", "units-import-not-an-object")]),
    ],
)
async def test_lines_that_do_not_fit_together_are_named(database, rows, steps, expected):
    assert await problems(*rows, steps=steps) == expected


async def test_a_file_puts_no_known_unit_elsewhere(database):
    await unit_import.import_units(file(row("A"), row("B"), row("C", "A")))
    report = await unit_import.import_units(file(row("C", "B")))
    assert [problem.key for problem in report.problems] == ["units-import-parent-differs"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"units": 3}', b"[1]", b"[" * 100_000])
async def test_a_file_of_another_kind_is_refused(database, content):
    with pytest.raises(InvalidError):
        await unit_import.import_units(content)


async def test_only_the_command_line_imports_units(people):
    with pytest.raises(NotAdministratorError):
        await unit_import.import_units(file(row("A")), by=people.quang)


async def test_progress_is_told(database):
    told = []
    await unit_import.import_units(file(row("A"), row("B", "A")), progress=lambda done, all: told.append((done, all)))
    assert told == [(1, 2), (2, 2)]


async def test_the_sample_province_is_taken_in(database):
    content = (house.ROOT / "content" / "sample" / "units.json").read_bytes()
    report = await unit_import.import_units(content)
    assert report.problems == []
    tree = await forest()
    hamlet = unit_of(tree, "VL-NL-1", date(2024, 1, 1))
    assert tree[tree.current(hamlet.id, ON)].code == "VL-SL-NL"
    assert [tree[id].code for id in tree.ancestors(hamlet.id, ON)] == ["VL-SL", "VL"]
    assert f"org:{unit_of(tree, 'VL-SN', date(2024, 1, 1)).id}" in tree.scopes(hamlet.id, ON)


async def test_the_country_is_taken_in_within_ten_seconds(database, shared):
    content = (shared / "data" / "admin_units" / "units.json").read_bytes()
    begun = time.perf_counter()
    report = await unit_import.import_units(content)
    assert time.perf_counter() - begun < 10, ENGINE
    assert (report.created, report.problems) == (3355, [])
    tree = await forest()
    assert len(tree.roots(ON)) == 34
    assert sum(len(tree.children(province, ON)) for province in tree.roots(ON)) == 3321
    again = await unit_import.import_units(content)
    assert (again.created, again.corrected, again.unchanged) == (0, 0, 3355)


async def test_units_of_a_file_may_stand_under_known_ones(database):
    above = await builders.unit("A")
    await unit_import.import_units(file(row("B", "A")))
    tree = await forest()
    assert tree.parent(unit_of(tree, "B", ON).id, ON) == above
