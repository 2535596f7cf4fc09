"""The office's list: notices of what one's own units published, however many others there were since."""

from uuid import UUID, uuid4

from backend.notices import office
from base import clock
from base import database as floor
from content.newsroom import issuing, keeping
from content.newsroom.model import Sheet
from notifications import outbox
from tests.content.builders import put, regulation
from tests.notifications.post import later


async def _document(number: str, unit: int | None) -> str:
    row = await put(regulation(number), owner_unit=unit)
    (found,) = await floor.fetch("SELECT id FROM document WHERE slug = {}", row.slug)
    return f"document:{found['id']}"


async def _owed(about: str) -> None:
    later(seconds=1)
    async with floor.transaction():
        await outbox.owe(key=uuid4().hex, kind="document.publish", about=about, audience=["members"])


async def _listed(*units: int, unowned: bool = False) -> list[str]:
    """All pages, one after the other."""
    found: list[str] = []
    after: UUID | None = None
    while True:
        page = await office.published(units, unowned=unowned, after=after)
        assert len(page.rows) <= office.LIMIT
        found += [each.called or each.title for each in page.rows]
        if page.after is None:
            return found
        after = page.after


async def test_notices_of_one_unit_are_found_behind_any_number_of_others(people):
    ours = await _document("12-QĐ/TU", people.commune)
    theirs, nobodys = await _document("13-QĐ/TU", people.ward), await _document("14-QĐ/TU", None)
    await _owed(ours)
    sheet = Sheet(people.commune, "Bản Xanh mở điểm đọc", "Dẫn.", "Thân bài.", audience=("members",))
    later(seconds=1)
    made = await keeping.save(uuid4(), sheet, version=0, by=str(people.lan))
    await issuing.publish(made.id, version=1, by=str(people.lan))
    for _ in range(2 * office.LIMIT + 3):
        await _owed(theirs)
    await _owed(nobodys)
    moment = clock.now()
    for _ in range(office.LIMIT + 2):  # many of one moment
        await _owed(ours)
        await floor.execute("UPDATE notice SET owed_at = {} WHERE owed_at > {}", moment, moment)
    mine = ["Quy định 12-QĐ/TU"]
    assert await _listed(people.commune) == [*mine * (office.LIMIT + 2), "Bản Xanh mở điểm đọc", *mine]
    assert len(await _listed(people.ward)) == 2 * office.LIMIT + 3
    assert await _listed(people.cell) == []
    assert await _listed(people.cell, unowned=True) == ["Quy định 14-QĐ/TU"]
    assert len(await _listed(people.commune, people.ward, unowned=True)) == 3 * office.LIMIT + 8
