"""The content's tables come and go, with data in them."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from base import clock, database, migrations
from content import citations, news, reading
from content.newsroom import issuing, keeping
from tests.backend.api.papers import drawn
from tests.content.builders import put, regulation
from tests.content.conftest import PUBLIC

pytestmark = pytest.mark.usefixtures("handbook")


async def test_the_tables_can_be_taken_back_and_brought_again_with_data_in_them():
    await put(regulation())
    taken = await migrations.down()
    assert "content.content_0001_documents" in taken
    assert "content.content_0001_documents" in await migrations.up()
    assert await database.fetch("SELECT id FROM document") == []
    row = await put(regulation())
    assert (await reading.edition_in_force(row.slug, scopes=frozenset({"public"}))).edition.ordinal == 1


async def test_documents_that_were_here_before_can_be_cited_after():
    row = await put(regulation())
    before = await database.fetch("SELECT running_key, letters_key, law_key FROM document")
    await migrations._take_back("content", "content_0002_citations")
    assert "running_key" not in (await database.fetch("SELECT * FROM document"))[0]
    assert (await migrations.up())[:2] == ["content.content_0002_citations", "content.content_0003_wordings"]
    assert await database.fetch("SELECT running_key, letters_key, law_key FROM document") == before
    assert before[0]["letters_key"] == "qd tu"
    found = await citations.resolve("12-QĐ/TU", scopes=frozenset({"public"}))
    assert [hit.document.slug for hit in found.hits] == [row.slug]


async def test_editions_that_were_here_before_are_compared_after():
    await put(regulation())
    columns = "text_digest, whole_digest, words, first_mark, second_mark, third_mark"
    before = await database.fetch(f"SELECT {columns} FROM edition")
    await migrations._take_back("content", "content_0003_wordings")
    assert "text_digest" not in (await database.fetch("SELECT * FROM edition"))[0]
    assert (await migrations.up())[0] == "content.content_0003_wordings"
    assert await database.fetch(f"SELECT {columns} FROM edition") == before
    assert before[0]["text_digest"]
    row = await put(regulation().replace("Điều 1.", "Điều 1.  "))
    assert (row.outcome, row.edition) == ("unchanged", 1)


async def test_news_that_were_here_before_can_be_changed_after():
    facts: dict[str, Any] = {"cover": drawn("a"), "cover_alt": "Một ô màu", "topic": "an-sinh", "unit": 7}
    written = await news.write(news.Writing("Tin cũ", "Dẫn.", "Thân.", PUBLIC | {"org:7"}, **facts), by="cli")
    soon = clock.now() + timedelta(days=1)
    later = await news.write(news.Writing("Tin mai", "Dẫn.", "Thân.", PUBLIC, published_at=soon), by="cli")
    await database.execute("UPDATE news SET state = 'published'")  # as it was before there was a desk
    before = await keeping.manuscript(written)
    await migrations._take_back("content", "content_0005_news")
    assert "reason" not in (await database.fetch("SELECT * FROM news"))[0]
    assert (await migrations.up())[0] == "content.content_0005_news"
    after = await keeping.manuscript(written)
    assert (after.sheet, after.state, after.version) == (before.sheet, "published", 1)
    assert (await keeping.manuscript(later)).state == "scheduled"
    await keeping.save(written, structs.replace(after.sheet, title="Tin mới"), version=1, by="lan")
    assert (await issuing.publish(written, version=2, by="lan")).updated_at
