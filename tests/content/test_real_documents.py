"""Real resolutions, decrees and circulars, where they are laid beside the project."""

import json
from pathlib import Path

import pytest

from content import importing, reading
from tests.content.test_rendering import inspect

PUBLIC = frozenset({"public"})
pytestmark = [pytest.mark.usefixtures("handbook"), pytest.mark.slow]


async def test_everything_is_taken_with_its_number_and_type(shared: Path):
    folders = [shared / "data" / name for name in ("party_documents", "government_2026")]
    rows = await importing.import_files(folders, by="cli")
    assert [row for row in rows if row.outcome not in ("new", "edition")] == []
    known = {Path(row.path).name: row for row in rows}
    for folder in folders:
        for fact in json.loads((folder / "index.json").read_text(encoding="utf-8")):
            row = known[fact["file"]]
            assert row.number == fact["number"]
            assert row.type
    again = await importing.import_files(folders, by="cli")
    assert {row.outcome for row in again} == {"unchanged"}
    for row in rows:
        inspect((await reading.edition_in_force(row.slug, scopes=PUBLIC)).html)


async def test_item_iii_2_of_57_nq_tw_can_be_quoted_and_found_again(shared: Path):
    [row] = [
        each
        for each in await importing.import_files([shared / "data" / "party_documents"], by="cli")
        if each.number == "57-NQ/TW"
    ]
    assert (row.slug, str(row.issued)) == ("nghi-quyet-57-nq-tw-2024", "2024-12-22")
    part = await reading.part(row.slug, "iii.2", scopes=PUBLIC)
    assert part.quotation == "mục III.2 Nghị quyết 57-NQ/TW"
    assert part.link == "/documents/nghi-quyet-57-nq-tw-2024/editions/1#iii.2"
    opened = await reading.edition(row.slug, 1, scopes=PUBLIC)
    assert 'id="iii.2"' in opened.html
    assert [line.label for line in opened.contents if line.level == 1] == ["I", "II", "III", "IV"]
