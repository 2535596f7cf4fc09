"""What is above, below, before and after a unit on a day, in handmade and in random histories."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.forest import Forest, Succession, Unit
from tests.backend.accounts.histories import START, histories, unit

MERGED_ON = date(2025, 7, 1)
BEFORE, AFTER = MERGED_ON - timedelta(days=1), MERGED_ON


def ended(id: int, parent: int | None) -> Unit:
    return Unit(id, parent, "commune", f"u{id}", "", "", START, MERGED_ON)


@pytest.fixture
def forest() -> Forest:
    """Province 1 with communes 2 and 3, merged into 4; cells 20, 30 below them; ward 5 with cell 50."""
    units = [
        unit(1, None, START), ended(2, 1), ended(3, 1), unit(4, 1, MERGED_ON), unit(5, 1, START),
        unit(20, 2, START), unit(30, 3, START), unit(50, 5, START),
    ]  # fmt: skip
    return Forest(units, [Succession(2, 4, MERGED_ON, "merge"), Succession(3, 4, MERGED_ON, "merge")])


def test_the_units_above_are_told_nearest_first(forest):
    assert forest.ancestors(20, BEFORE) == [2, 1]
    assert forest.ancestors(20, AFTER) == [4, 1]
    assert forest.ancestors(1, AFTER) == []


def test_a_merged_unit_lives_on_in_its_successor(forest):
    assert forest.current(2, BEFORE) == 2
    assert forest.current(2, AFTER) == 4
    assert forest.predecessors(4, AFTER) == {2, 3}
    assert forest.predecessors(4, BEFORE) == set()


def test_a_subtree_is_that_of_the_day(forest):
    assert forest.subtree(1, BEFORE) == [1, 2, 20, 3, 30, 5, 50]
    assert set(forest.subtree(1, AFTER)) == {1, 4, 20, 30, 5, 50}
    assert set(forest.subtree(2, AFTER)) == {4, 20, 30}
    assert forest.within(4, AFTER) == {4, 2, 3, 20, 30}


def test_whoever_holds_a_role_for_a_merged_unit_reaches_what_it_became(forest):
    assert forest.reaches(2, 30, AFTER)
    assert not forest.reaches(2, 30, BEFORE)
    assert not forest.reaches(5, 30, AFTER)


def test_the_nearest_unit_may_be_named_by_what_it_was(forest):
    assert forest.nearest(20, {1, 3}, AFTER) == 4
    assert forest.nearest(20, {1, 3}, BEFORE) == 1
    assert forest.nearest(50, {4}, AFTER) is None


def test_members_of_a_merged_unit_keep_its_scopes_and_get_its_partners(forest):
    assert forest.scopes(20, AFTER) == {"at:20", "org:20", "org:4", "org:2", "org:3", "org:1"}
    assert forest.scopes(2, AFTER) == {"at:4", "at:2", "at:3", "org:4", "org:2", "org:3", "org:1"}
    assert forest.scopes(20, BEFORE) == {"at:20", "org:20", "org:2", "org:1"}


def test_a_code_is_that_of_the_unit_alive_on_the_day():
    old = Unit(1, None, "cell", "VL", "old", "", START, MERGED_ON)
    new = Unit(2, None, "cell", "VL", "new", "", MERGED_ON, None)
    gone = Unit(3, None, "cell", "HT", "gone", "", START, MERGED_ON)
    tree = Forest([old, new, gone], [])
    assert tree.coded("VL", BEFORE) == old
    assert tree.coded("VL", AFTER) == new
    assert tree.coded("HT", AFTER) == gone
    assert tree.coded("XX", AFTER) is None


def test_a_unit_split_without_saying_where_stays_reachable():
    tree = Forest(
        [unit(1, None, START), ended(2, 1), unit(3, 1, MERGED_ON), unit(4, 1, MERGED_ON), unit(20, 2, START)],
        [Succession(2, 3, MERGED_ON, "split"), Succession(2, 4, MERGED_ON, "split")],
    )
    assert tree.current(2, AFTER) == 2
    assert tree.ancestors(20, AFTER) == [2, 1]
    assert {2, 20} <= set(tree.subtree(1, AFTER))
    assert "org:2" in tree.scopes(3, AFTER)
    assert "org:3" not in tree.scopes(20, AFTER)


def test_a_unit_absorbed_by_its_own_child_is_a_circle():
    tree = Forest([unit(1, None, START), ended(2, 1), unit(3, 2, START)], [Succession(2, 3, MERGED_ON, "merge")])
    assert tree.circular(3, MERGED_ON)
    assert len(tree.ancestors(3, MERGED_ON)) < 3  # ends even so


def test_two_planned_moves_into_each_other_are_a_circle():
    first, second = date(2027, 1, 1), date(2027, 1, 2)
    tree = Forest([unit(1, None, START), unit(2, 1, START), unit(3, 1, START)], [])
    tree = tree.changed(ended=[2], on=second, begun=[unit(4, 3, second)], steps=[Succession(2, 4, second, "move")])
    tree = tree.changed(ended=[3], on=first, begun=[unit(5, 2, first)], steps=[Succession(3, 5, first, "move")])
    assert tree.circular(5, first)


days = st.integers(0, 3000).map(lambda days: START + timedelta(days=days))


@given(histories(), days)
def test_every_unit_ends_at_a_root_and_is_found_below_it(history, day):
    tree = history.forest
    for id, one in tree.units.items():
        if one.valid_from > day:
            continue
        path = tree.path(id, day)
        assert len(path) == len(set(path))
        assert tree.parent(path[-1], day) is None
        for above in path:
            assert id in tree.within(above, day)
            assert tree.current(id, day) in tree.subtree(above, day)


@given(histories(), days)
def test_below_and_above_agree(history, day):
    tree = history.forest
    for id in tree.units:
        below = tree.subtree(id, day)
        assert len(below) == len(set(below))
        for other in below:
            assert tree.reaches(id, other, day)


@given(histories())
def test_scopes_of_a_past_day_are_what_they_were_then(history):
    tree = history.forest
    for (day, then), (next_day, _) in zip(history.states, [*history.states[1:], (date(2099, 1, 1), None)], strict=True):
        for probe in {day, next_day - timedelta(days=1)}:
            for id, one in then.units.items():
                if one.valid_from <= probe:
                    assert tree.scopes(id, probe) == then.scopes(id, probe)


@given(histories(), days, days)
def test_whoever_belonged_to_a_unit_keeps_what_was_addressed_to_it(history, one_day, other_day):
    """Through renames, moves, mergers and assigned splits alike: at: and org: of the own unit never go."""
    tree, (before, after) = history.forest, sorted((one_day, other_day))
    for id, one in tree.units.items():
        if one.alive(before):
            assert {f"at:{id}", f"org:{id}"} <= tree.scopes(id, after)


@given(histories(kinds=("sibling merge", "rename")), days, days)
def test_mergers_of_neighbours_and_renames_never_take_a_scope_away(history, one_day, other_day):
    tree, (before, after) = history.forest, sorted((one_day, other_day))
    for id, one in tree.units.items():
        if one.alive(before):
            assert tree.scopes(id, before) <= tree.scopes(id, after)


@given(histories(kinds=("rename", "move", "split")), days)
def test_without_a_merger_no_scope_of_a_sibling_is_ever_gained(history, day):
    """Own scopes are of units that once stood on the own line: the unit, what it continues, and those above."""
    tree = history.forest
    for id in tree.units:
        line = set()
        for place in tree.path(id, day):
            line |= {place} | tree.predecessors(place, day)
        assert tree.scopes(id, day) <= {f"{kind}:{place}" for kind in ("at", "org") for place in line}
        for sibling in tree.units:
            if sibling != tree.current(id, day) and tree.parent(sibling, day) == tree.parent(id, day) is not None:
                apart = not tree.predecessors(tree.current(sibling, day), day) & ({id} | tree.predecessors(id, day))
                if apart and sibling not in line:
                    assert f"org:{sibling}" not in tree.scopes(id, day)


@given(histories(kinds=("move", "rename")))
def test_a_move_keeps_the_unit_and_loses_what_was_only_above_it_before(history):
    tree = history.forest
    for old, new, on in history.moved:
        day_before = on - timedelta(days=1)
        was, now = set(tree.path(old, day_before)), set(tree.path(new, on))
        assert {f"org:{old}", f"at:{old}"} <= tree.scopes(new, on)
        kept = set().union(*(tree.predecessors(place, on) | {place} for place in now))
        for lost in was - kept:
            assert f"org:{lost}" not in tree.scopes(new, on)


@given(histories())
def test_a_refused_circle_leaves_no_circle(history):
    tree = history.forest
    for id, one in tree.units.items():
        assert not tree.circular(id, one.valid_from)
