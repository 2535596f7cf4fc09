"""An appeal goes up to somebody else who may decide; where there is nobody, administrators see that it stands."""

from backend.moderation import standing
from tests import builders
from tests.backend.moderation.conftest import Bench


async def test_an_appeal_goes_up_to_the_next_unit_with_another_moderator(bench: Bench):
    said = await bench.hold()
    await bench.decide(said, by=bench.khanh)
    await bench.appeal(said)
    people = bench.circle.people
    assert await standing.reviewing(await bench.case(said)) == people.province
    assert await standing.standing([people.province]) == ()


async def test_one_that_nobody_else_may_decide_on_stands_until_somebody_is_named(bench: Bench):
    """Tâm moderates above, but may not read what it is about."""
    people, said = bench.circle.people, await bench.hold(about=bench.about_narrow)
    await bench.decide(said, by=bench.khanh)
    assert await standing.standing([people.commune]) == (), "nobody appealed"
    appeal = await bench.appeal(said)
    assert await standing.reviewing(await bench.case(said)) is None
    [found] = await standing.standing([people.commune])
    assert (found.unit, found.since, found.due_on) == (people.cell, appeal.at, appeal.due_on)
    assert await standing.standing([people.province]) == (found,)
    assert await standing.standing([people.ward]) == await standing.standing([people.other_cell]) == ()
    await builders.role(people.quang, "moderator", people.commune)
    assert await standing.standing([people.commune]) == ()
    assert await standing.reviewing(await bench.case(said)) == people.commune


async def test_an_author_is_no_judge_of_their_own_appeal(bench: Bench):
    people, said = bench.circle.people, await bench.hold(about=bench.about_narrow)
    await bench.decide(said, by=bench.khanh)
    await bench.appeal(said)
    await builders.role(people.mai, "moderator", people.commune)
    assert len(await standing.standing([people.commune])) == 1
