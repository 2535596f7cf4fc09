"""The pages' door, opened to tests as a browser opens it: forms carry the Origin and the fetch headers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast
from uuid import UUID

import httpx
import pytest

from backend.app import create_app
from base import catalogue, revisions
from base.settings import Settings
from content.search import finding
from tests import builders, people
from tests.people import People

Opener = Callable[..., Awaitable[httpx.AsyncClient]]
ORIGIN = "http://localhost:8000"


@pytest.fixture
async def opened(settings: Settings, database: str) -> AsyncIterator[Opener]:
    """A function that opens the handbook for a member (None: a visitor); cookies are a browser's choices."""
    await revisions.watch()
    while revisions.current("content") != revisions.current("content"):
        await asyncio.sleep(0.01)  # until the listener hears
    app = create_app(settings)
    clients: list[httpx.AsyncClient] = []

    async def open(member: UUID | None = None, *, method: str = "passkey", **cookies: str) -> httpx.AsyncClient:
        if member is not None:
            cookies["session"] = await builders.signed_in(member, method=method)
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(cast("Any", app)),
            base_url=ORIGIN,
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        for name, value in cookies.items():
            client.cookies.set(name, value, domain="localhost.local")
        clients.append(client)
        return client

    catalogue.strict.append(True)
    yield open
    catalogue.strict.clear()
    for client in clients:
        await client.aclose()
    finding.close()
    await revisions.unwatch()


@pytest.fixture
async def everyone(opened: Opener) -> People:
    """The known people in their units."""
    return await people.everyone()
