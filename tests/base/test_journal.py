"""The journal's order and its seals: what was edited, deleted, moved or cut is found and named."""

from datetime import UTC, datetime

import pytest

from base import audit, clock, journal, keys
from base import database as floor


@pytest.fixture
async def entries(database, settings):
    """Seven sealed acts."""
    for n in range(7):
        await _record(n)
    assert await journal.seal_pending() == 7
    return [row["id"] for row in await _rows()]


async def _record(n: int) -> None:
    async with floor.transaction():
        await journal.record(act="document.publish", subject=f"document:{n}", by="cli", detail={"n": n})


async def _rows():
    return await floor.fetch("SELECT id, number FROM journal ORDER BY number")


async def test_an_act_without_a_transaction_is_refused(database):
    with pytest.raises(RuntimeError):
        await journal.record(act="a.b", subject="c:1", by="cli")


async def test_what_was_done_is_told_in_pieces_each_act_once_though_many_are_of_one_moment(database):
    clock.stop(datetime(2026, 11, 24, 8, tzinfo=UTC))
    async with floor.transaction():
        for _ in range(7):
            await journal.record(act="a.b", subject="c:1", by="cli")
    clock.stop(None)
    async with floor.transaction():
        await journal.record(act="a.b", subject="c:1", by="cli")
    found, place = [], None
    while entries := await journal.about("c:1", before=place, limit=3):
        found += [entry["id"] for entry in entries]
        place = entries[-1]["at"], entries[-1]["id"]
    assert found == [entry["id"] for entry in await journal.about("c:1")]
    assert len(found) == 8


async def test_an_act_rolled_back_leaves_no_entry(database):
    class Stop(Exception):
        pass

    with pytest.raises(Stop):
        async with floor.transaction():
            await journal.record(act="a.b", subject="c:1", by="cli")
            raise Stop
    assert await _rows() == []


async def test_an_untouched_journal_verifies(entries):
    assert await audit.verify() == audit.Verdict(7, None)


async def test_the_order_goes_on_where_it_stopped(entries):
    await _record(8)
    await journal.seal_pending()
    assert [row["number"] for row in await _rows()] == list(range(1, 9))
    assert (await audit.verify()).finding is None


@pytest.mark.parametrize(
    "column, value",
    [("act", "x.y"), ("subject", "document:9"), ("by", "other"), ("detail", "{}"), ("unit", 3)],
)
async def test_an_edited_entry_is_named(entries, column, value):
    await floor.execute(f'UPDATE journal SET "{column}" = {{}} WHERE number = 3', value)
    assert (await audit.verify()).finding == audit.Finding("edited", 3, str(entries[2]))


async def test_a_deleted_entry_is_named(entries):
    await floor.execute("DELETE FROM journal WHERE number = 4")
    assert (await audit.verify()).finding == audit.Finding("deleted", 4)


async def test_deleting_and_closing_the_gap_is_found(entries):
    await floor.execute("DELETE FROM journal WHERE number = 4")
    await floor.execute("UPDATE journal SET number = number - 1 WHERE number = 5")
    finding = (await audit.verify()).finding
    assert finding is not None and finding.number == 4


async def test_reordered_entries_are_named(entries):
    for number, entry in ((100, entries[1]), (2, entries[4]), (5, entries[1])):
        await floor.execute("UPDATE journal SET number = {} WHERE id = {}", number, entry)
    assert (await audit.verify()).finding == audit.Finding("reordered", 2, str(entries[4]))


async def test_a_tail_cut_after_an_export_is_found(entries):
    await audit.export_head()
    await floor.execute("DELETE FROM journal WHERE number >= 6")
    assert (await audit.verify()).finding == audit.Finding("cut", 6)


async def test_a_head_cut_short_by_a_full_disk_spoils_no_other(entries):
    file = await audit.export_head()
    with file.open("a", encoding="utf-8") as heads:
        heads.write('{"number": 7, "se')
    await audit.export_head()
    assert (await audit.verify()).finding is None
    await floor.execute("DELETE FROM journal WHERE number >= 6")
    assert (await audit.verify()).finding == audit.Finding("cut", 6)
    assert len(file.read_text("utf-8").splitlines()) == 3


async def test_a_journal_rewritten_after_an_export_is_found(entries):
    await audit.export_head()
    await floor.execute("UPDATE journal SET act = 'x.y', number = NULL, seal = NULL WHERE number = 7")
    await journal.seal_pending()
    assert (await audit.verify()).finding == audit.Finding("edited", 7, str(entries[6]))


async def test_a_seal_needs_the_key(entries, settings):
    (settings.keys / "journal.key").write_bytes(b"x" * 32)
    keys._read_or_make.cache_clear()
    finding = (await audit.verify()).finding
    keys._read_or_make.cache_clear()
    assert finding is not None and finding.number == 1
