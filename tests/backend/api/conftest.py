"""The API's door, opened to tests without a socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import httpx
import pytest

from backend.app import create_app
from base import catalogue, revisions
from base.settings import Settings
from content.search import finding
from tests import builders

Opener = Callable[..., Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def opened(settings: Settings, database: str) -> AsyncIterator[Opener]:
    """A function that opens the handbook for a member (None: a visitor), in a language."""
    await revisions.watch()
    while revisions.current("content") != revisions.current("content"):
        await asyncio.sleep(0.01)  # until the listener hears
    app = create_app(settings)
    clients: list[httpx.AsyncClient] = []

    async def open(member: UUID | None = None, *, method: str = "passkey", **cookies: str) -> httpx.AsyncClient:
        if member is not None:
            cookies["session"] = await builders.signed_in(member, method=method)
        transport = httpx.ASGITransport(app)  # type: ignore[arg-type]  # the same protocol, in other words
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://localhost", cookies=cookies))
        return clients[-1]

    catalogue.strict.append(True)
    yield open
    catalogue.strict.clear()
    for client in clients:
        await client.aclose()
    finding.close()
    await revisions.unwatch()
