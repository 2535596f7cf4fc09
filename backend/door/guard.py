"""The outermost layer: refuses writes from other sites, finds the reader, and sets the headers every answer carries."""

import re
from functools import lru_cache
from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.accounts import sessions
from backend.accounts.sessions import Reader
from backend.door import cookies, owner
from backend.door.answering import Answer
from backend.door.policy import policy
from backend.door.shortcut import Shortcut
from backend.door.visit import KEY, Visit, visit_of
from base import logs
from base.errors import ForbiddenError, NotFoundError, RuleError, UnavailableError
from base.settings import settings

log = logs.get(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_SITE = frozenset({b"same-origin", b"none"})
HOST = re.compile(r"(\[[0-9a-f:]+\]|[^:]+)(?::[0-9]{1,5})?")
"""A host as it is named, perhaps with a port."""

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class ForeignOriginError(ForbiddenError):
    """A write came from a page of another site."""

    key = "error-foreign-origin"


class UnknownHostError(ForbiddenError):
    """The request named a host that this server does not answer for."""

    key = "error-unknown-host"


def guard(app: ASGIApp, shortcut: Shortcut) -> ASGIApp:
    """Wrap the whole ``app``, so that answers to unknown addresses carry the headers too."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return

        visit = scope[KEY] = await _visit(scope)  # type: ignore[literal-required]
        plain = scope["method"] == "GET" and visit.refusal is None
        known, stamp = shortcut.at_hand(scope, visit) if plain else None, None
        if plain and known is None:
            known, stamp = await shortcut.look(scope, visit)
        if known is not None:
            status, headers, body = known
            carried = [*headers, *policy(scope["path"], status), owner.owner(visit.reader)]
            await Answer(status, carried, body).send(scope, receive, send)
            return

        await app(scope, receive, _carrying(scope["path"], visit, send))
        if plain:
            shortcut.note(scope, visit, stamp)

    return guarded


def _carrying(path: str, visit: Visit, send: Send) -> Send:
    """``send``, with the headers that every answer carries."""
    own = [owner.owner(visit.reader)] if _is_owned(path, visit) else []

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            carried = [*message["headers"], *policy(path, message["status"]), *own]
            message = {**message, "headers": carried}  # a new message: kept answers send the same one again
        await send(message)

    return sent


async def let_in(request: Request[Any, Any, Any]) -> None:
    """Raise what speaks against this visit; runs inside the app, so that the reason is told like any other error."""
    if refusal := visit_of(request).refusal:
        raise refusal


def _is_owned(path: str, visit: Visit) -> bool:
    """Whether the answer says for whom it is: files are for all, and a phone must not lose its library because the
    database could not say who reads.
    """
    return not (path.startswith("/static/") or isinstance(visit.refusal, UnavailableError))


async def _visit(scope: Any) -> Visit:
    headers = dict(scope["headers"])
    found = cookies.read(scope["headers"])
    session = found.get(cookies.session_name())
    reader, refusal = await _reader(session) if session else (None, None)
    return Visit(
        reader,
        *cookies.chosen(found),
        address=scope["client"][0] if scope.get("client") else "",
        refusal=refusal or _foreign(scope["method"], headers) or _unreadable(scope),
        cookies=found,
    )


async def _reader(value: str) -> tuple[Reader | None, RuleError | None]:
    """Who reads. A database that does not answer must not make a member look signed out: that is a refusal."""
    try:
        return sessions.at_hand(value) or await sessions.reader(value), None
    except Exception as error:  # whatever the engine raises when it is gone
        log.exception("door.reader", error=type(error).__name__)
        return None, UnavailableError()


def _foreign(method: str, headers: dict[bytes, bytes]) -> RuleError | None:
    """Browsers say where a write comes from; a client that says nothing has no cookies of a browser to abuse."""
    host = headers.get(b"host", b"").decode("latin-1")
    if not _is_ours(host, settings().site_host):
        return UnknownHostError()
    if method in SAFE_METHODS:
        return None
    if headers.get(b"sec-fetch-site", b"same-origin") not in SAME_SITE:
        return ForeignOriginError()
    origin = headers.get(b"origin")
    own = f"http://{host}" if settings().on_loopback else settings().origin
    return None if origin is None or origin.decode("latin-1") == own else ForeignOriginError()


def _unreadable(scope: Any) -> RuleError | None:
    """No address of ours holds a NUL, and PostgreSQL fails on one. The API itself names the parameter that has it."""
    of_page = not scope["path"].startswith("/api/")
    return NotFoundError() if "\0" in scope["path"] or (of_page and b"%00" in scope["query_string"]) else None


@lru_cache(64)
def _is_ours(host: str, site: str) -> bool:
    """Against names rebound to this address: only the public host, or this machine's own names on loopback."""
    name = HOST.fullmatch(host.lower())
    return name is not None and (name[1] == site or name[1] in LOOPBACK_NAMES)
