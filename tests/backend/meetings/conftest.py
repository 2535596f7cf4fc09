"""A cell with its secretary, and documents that its members may read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from backend.accounts.scopes import scopes_of
from base import revisions
from base.settings import Settings
from tests import people as cast
from tests.people import People


@dataclass(frozen=True)
class Cell:
    """Thắng prepares, Mai reads; both belong to the cell."""

    people: People
    thang: UUID

    @property
    def by(self) -> str:
        return str(self.thang)

    async def scopes(self, member: UUID | None = None) -> frozenset[str]:
        """What Mai may read, or somebody else."""
        return await scopes_of(member or self.people.mai)


@pytest.fixture
async def cell(database: str, settings: Settings) -> AsyncIterator[Cell]:
    await revisions.watch()
    everyone = await cast.everyone()
    yield Cell(everyone, await cast.thang(everyone))
    await revisions.unwatch()
