"""Members who talk about what they may read: a regulation for everybody, an instruction for one commune, and news."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.accounts import consents
from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.comment_model import Comment
from backend.discussion.voices import NAME
from base import revisions
from base.settings import Settings
from content import news
from tests import people as cast
from tests.content.builders import put, regulation
from tests.people import People

COMMUNE_ONLY = "10-QĐ/TU"


@dataclass(frozen=True)
class Circle:
    """Mai and Quang belong to the commune's cell, Lan to the province's office."""

    people: People
    open: str
    """Slug of a document that every member may read."""

    narrow: str
    """Slug of one for the commune alone."""

    item: str
    """Slug of a news item."""

    async def say(self, words: str, *, by: UUID | None = None, id: UUID | None = None, **how: Any) -> Comment:
        """A comment of Mai, or of ``by``, on the document for everybody unless said otherwise."""
        member = by or self.people.mai
        part, quote = how.pop("part", ""), how.pop("quote", "")
        about = how.pop("about", None) or About(document=self.open, part=part, quote=quote)
        how.setdefault("named", False)
        scopes = await scopes_of(member)
        return (await comments.write(id or uuid4(), about=about, words=words, by=member, scopes=scopes, **how)).comment

    async def scopes(self, member: UUID | None = None) -> frozenset[str]:
        return await scopes_of(member or self.people.mai)

    async def agree(self, *members: UUID) -> None:
        """Let their names stand under their comments."""
        for member in members:
            await consents.give(member, NAME)


@pytest.fixture
async def circle(database: str, settings: Settings) -> AsyncIterator[Circle]:
    await revisions.watch()
    everyone = await cast.everyone()
    opened = await put(regulation())
    narrow = await put(regulation(COMMUNE_ONLY, issued=date(2026, 6, 1)), audience=[f"org:{everyone.commune}"])
    item = uuid4()
    await news.write(
        news.Writing("Hội nghị sơ kết", "Chiều qua", "Nội dung.", frozenset({"public"}), id=item, slug="hoi-nghi"),
        by="cli",
    )
    yield Circle(everyone, opened.slug, narrow.slug, "hoi-nghi")
    await revisions.unwatch()
