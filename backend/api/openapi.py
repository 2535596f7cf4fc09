"""How the API describes itself: the framework's description, completed with what it leaves out."""

import asyncio
from typing import Any, Final

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Tag
from litestar.types import ControllerRouterHandler

from backend.api.examples import completed
from backend.door import cookies

PATH: Final = "/api/openapi.json"
MEDIA_TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"

ABOUT: Final = """Documents, news and the library of the electronic party member handbook.

**Who reads.** The cookie that signing in at /account/sign-in sets. Whoever has none is a visitor and is given what is
public. What a reader may not read looks exactly like what is not there, in lists, counts and addresses alike.

**Pages.** Lists hold at most `limit` items; `next` is the address of the following page, null on the last.

**Caching.** Every answer may be kept by the reader's own client, and carries an ETag: ask again with If-None-Match and
an unchanged answer is 304. HEAD is answered wherever GET is.

**Errors.** application/problem+json (RFC 9457); `detail` is in the language of the `language` cookie, vi or en; `type`
is the same in both. Wrong parameters are 422, each named in `errors`. Parameters that nobody knows are ignored.
503 says in Retry-After after how many seconds to ask again.

**Times** are UTC, dates those of Vietnam.
"""

TAGS: Final = {
    "documents": "Directives, resolutions, regulations and guidance, with their editions and parts.",
    "search": "Finding documents by what they say.",
    "news": "What units report.",
    "topics": "What documents and news can be about.",
    "people": "The reader themselves.",
    "notices": "What the reader was told of, and what they follow.",
    "devices": "Where the reader is told of what is new.",
    "library": "What the phone keeps for reading without a network.",
    "comments": "What members say of documents and news; for signed-in members.",
    "moderation": "Deciding on comments and appeals; for moderators, auditors look on.",
    "feedback": "What members ask of a unit, and answers that were published.",
    "meetings": "What members read before the meetings of their units.",
    "operation": "For load balancers and those on call.",
}


async def drawn(routes: list[ControllerRouterHandler]) -> bytes:
    """The description of ``routes`` as JSON; drawn outside the loop, as it takes a while."""
    return msgspec.json.encode(await asyncio.to_thread(describe, routes))


def describe(routes: list[ControllerRouterHandler]) -> dict[str, Any]:
    """The description of ``routes``, from an application that has nothing else and serves nobody."""
    config = OpenAPIConfig(
        title="Sổ tay",
        version="1",
        description=ABOUT,
        tags=[Tag(name, description) for name, description in TAGS.items()],
        security=[{}, {"session": []}],
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, _method, _parts: handler.handler_name,
    )
    drawing = Litestar(route_handlers=routes, openapi_config=config, logging_config=None)
    described = completed(drawing.openapi_schema.to_schema())
    described["components"]["securitySchemes"] = {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookies.session_name(),
            "description": "Set by signing in; ends with signing out, and at once when the member is disabled.",
        }
    }
    return described
