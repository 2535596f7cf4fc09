"""Putting the house together: the only module that knows all the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar, Request, Response
from litestar.types import ASGIApp

from backend.api import problems as api_problems
from backend.api import routes as api_routes
from backend.discussion import belongings
from backend.discussion.feedback import belongings as asked
from backend.door.guard import guard, let_in
from backend.door.heads import with_heads
from backend.door.moving import moved, renamed
from backend.door.ringing import Bell
from backend.door.shortcut import Shortcut
from backend.moderation import belongings as moderated
from backend.moderation import counting
from backend.pages import assets, typed
from backend.pages import problems as page_problems
from backend.pages import routes as page_routes
from base import confined, database, logs, redis, revisions
from base.errors import MovedError
from base.settings import Settings, settings, use

BODY_LIMIT = 2 * 1024 * 1024
"""Largest request body in bytes, except where an upload's handler says otherwise."""

log = logs.get(__name__)


def create_app(chosen: Settings | None = None) -> ASGIApp:
    """The whole server as one ASGI application."""
    if chosen:
        use(chosen)
    belongings.join()
    moderated.join()
    asked.join()
    return guard(with_heads(litestar()), Shortcut(also=lambda: assets.shelf().stamp))


def litestar() -> Litestar:
    """The framework's application inside the door."""
    return Litestar(
        route_handlers=[*api_routes.ROUTES, *page_routes.ROUTES],
        plugins=[Bell(counting.stamp)],
        lifespan=[_lifespan],
        before_request=_enter,
        exception_handlers={Exception: _tell},
        openapi_config=None,  # the API describes itself, in backend/api/openapi.py
        request_max_body_size=BODY_LIMIT,
        logging_config=None,
    )


async def _enter(request: Request) -> None:  # type: ignore[type-arg]
    await let_in(request)
    await typed.keep(request)


@asynccontextmanager
async def _lifespan(_app: Litestar) -> AsyncIterator[None]:
    chosen = settings()
    await database.connect(chosen.database, pool=chosen.database_pool)
    await revisions.watch()
    try:
        yield
    finally:
        await asyncio.to_thread(confined.close)
        await revisions.unwatch()
        await redis.close()
        await database.close()


def _tell(request: Request, error: Exception) -> Response:  # type: ignore[type-arg]
    """An error as JSON to programs and as a page to people; what goes by another name now is shown the way."""
    if isinstance(error, MovedError):
        return moved(renamed(request.scope, error))
    if request.scope["path"].startswith("/api/"):
        return api_problems.answer(request, error)
    return page_problems.answer(request, error)
