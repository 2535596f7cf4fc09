"""What every way of signing in ends with: a new secret in the cookie, and the page one came for."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response

from backend.accounts import sessions
from backend.accounts.sessions import Opened
from backend.door import cookies
from backend.door.visit import visit_of
from backend.errors import headers_of, rule_of, status_of
from backend.pages import links
from backend.pages.shell import AnyRequest, see_other
from base import logs
from base.catalogue import say

log = logs.get(__name__)


def traces(request: AnyRequest) -> dict[str, str]:
    """What is known of where a sign-in comes from."""
    return {"user_agent": request.headers.get("user-agent", ""), "address": visit_of(request).address}


async def welcome(request: AnyRequest, opened: Opened, path: str) -> Response[bytes]:
    """Carry the new session, end the one this browser had before, and go on to ``path``."""
    await leave(request)
    return see_other(links.inside(path), cookies=[cookies.session(opened.cookie)])


async def leave(request: AnyRequest) -> None:
    """End the session that the request came with, if any."""
    if reader := visit_of(request).reader:
        await sessions.end(reader)


def told(
    content: Any, *, status: int = 200, opened: Opened | None = None, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """An answer to the script of a page."""
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
        cookies=[cookies.session(opened.cookie)] if opened else [],
    )


def trouble(request: AnyRequest, error: Exception) -> Response[bytes]:
    """An error to the script of a page: the words it shows."""
    status, rule = status_of(error), rule_of(error)
    if status >= 500:
        log.error("pages.trouble", path=request.scope["path"], error=type(error).__name__, exc_info=error)
    return told(
        {"words": say(rule.key, visit_of(request).language, **rule.values)}, status=status, headers=headers_of(error)
    )
