"""What the handbook is compared with: constant bytes, and the same read in FastAPI and SQLAlchemy."""

import hashlib
import os
from typing import Any

from fastapi import Cookie, FastAPI, HTTPException, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import create_async_engine

BODY = b"x" * int(os.environ.get("BENCH_BYTES", "30000"))


async def constant(scope: Any, receive: Any, send: Any) -> None:
    """The fastest there can be on this server: the same number of bytes, and nothing looked at."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(BODY)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BODY})


READER = text("SELECT member FROM session WHERE id = :id")
READ = text(
    "SELECT document.id, document.title, fragment.html FROM document "
    "JOIN edition ON edition.document = document.id AND edition.state = 'published' "
    "JOIN fragment ON fragment.edition = edition.id "
    "WHERE document.slug = :slug AND EXISTS (SELECT 1 FROM audience WHERE audience.document = document.id "
    "AND audience.scope IN :scopes)"
).bindparams(bindparam("scopes", expanding=True))
LIST = text(
    "SELECT document.slug, document.number, document.type, document.title FROM document WHERE EXISTS "
    "(SELECT 1 FROM audience WHERE audience.document = document.id AND audience.scope IN :scopes) "
    "ORDER BY document.issued DESC LIMIT 20"
).bindparams(bindparam("scopes", expanding=True))
SCOPES = ["public", "members", *[f"org:{n}" for n in range(1, 12)]]


def fastapi() -> FastAPI:
    """The equivalent endpoints as most would write them: session, audience and text by queries, no memory."""
    app = FastAPI(openapi_url=None)
    url = os.environ["BENCH_SQLALCHEMY_URL"]
    engine = create_async_engine(url, pool_size=4) if "postgres" in url else create_async_engine(url)

    async def signed_in(connection: Any, session: str) -> None:
        key = hashlib.sha256(session.encode()).digest()
        if (await connection.execute(READER, {"id": key})).first() is None:
            raise HTTPException(401)

    @app.get("/documents/{slug}")
    async def read(slug: str, session: str = Cookie("")) -> HTMLResponse:
        async with engine.connect() as connection:
            await signed_in(connection, session)
            row = (await connection.execute(READ, {"slug": slug, "scopes": SCOPES})).first()
        if row is None:
            raise HTTPException(404)
        return HTMLResponse(f"<!doctype html><title>{row.title}</title>{row.html}")

    @app.get("/documents")
    async def listed(response: Response, session: str = Cookie("")) -> list[dict[str, Any]]:
        async with engine.connect() as connection:
            await signed_in(connection, session)
            return [dict(row._mapping) for row in await connection.execute(LIST, {"scopes": SCOPES})]

    return app
