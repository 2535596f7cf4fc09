"""The content's tables come and go, with data in them."""

import pytest

from base import database, migrations
from content import reading
from tests.content.builders import put, regulation

pytestmark = pytest.mark.usefixtures("handbook")


async def test_the_tables_can_be_taken_back_and_brought_again_with_data_in_them():
    await put(regulation())
    taken = await migrations.down()
    assert "content.content_0001_documents" in taken
    assert "content.content_0001_documents" in await migrations.up()
    assert await database.fetch("SELECT id FROM document") == []
    row = await put(regulation())
    assert (await reading.edition_in_force(row.slug, scopes=frozenset({"public"}))).edition.ordinal == 1
