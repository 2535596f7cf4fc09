"""Real documents, where they are laid beside the project: sixty quotations of them, and each part by its own."""

import unicodedata
from pathlib import Path

import pytest

from base import database
from content import citations, importing, reading
from content.folding import fold
from tests.content.real_quotations import QUOTATIONS
from tests.content.test_citations import quotations_of

PUBLIC = frozenset({"public"})
pytestmark = [pytest.mark.usefixtures("real"), pytest.mark.slow, pytest.mark.alike]


@pytest.fixture
async def real(handbook: str, shared: Path) -> None:
    """Resolutions, decrees, circulars and laws."""
    folders = [shared / "data" / name for name in ("party_documents", "government_2026", "laws")]
    rows = await importing.import_files(folders, by="cli")
    assert {row.outcome for row in rows} <= {"new", "edition"}


async def test_sixty_quotations_of_real_parts_are_all_right_however_they_are_spelt():
    """Without marks điểm đ may be taken for điểm d; anything else must stay what it is."""
    assert len(QUOTATIONS) >= 60
    wrong = []
    for words, number, path in QUOTATIONS:
        plain = [] if path and path.endswith("dd") else [fold(words)]
        for text in (words, unicodedata.normalize("NFD", words), words.upper(), f"  {words}. ", *plain):
            found = await citations.resolve(text, scopes=PUBLIC)
            hits = [(hit.document.number, hit.path) for hit in found.hits]
            if hits[:1] != [(number, path)] or (text not in plain and (found.outcome, len(hits)) != ("one", 1)):
                wrong.append((text, found.outcome, hits[:3]))
        if path:
            slug = (await citations.resolve(words, scopes=PUBLIC)).hits[0].document.slug
            assert (await reading.part(slug, path, scopes=PUBLIC)).path == path
    assert wrong == []


async def test_parts_of_real_documents_are_found_by_their_own_quotations():
    """Every eleventh part; where a number is printed twice, the part is among those that are offered."""
    editions = await database.fetch(
        "SELECT e.id, d.number, d.type FROM edition e JOIN document d ON d.id = e.document ORDER BY d.slug"
    )
    single = several = 0
    for edition in editions:
        for path, words in (await quotations_of(edition["id"], edition["number"], edition["type"]))[::11]:
            found = await citations.resolve(words, scopes=PUBLIC)
            assert path in [hit.path for hit in found.hits], words
            single, several = single + (found.outcome == "one"), several + (found.outcome == "several")
    assert single > 10 * several
