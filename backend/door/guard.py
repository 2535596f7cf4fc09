"""The outermost layer: refuses writes from other sites, finds the reader, and sets the headers every answer carries."""

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.accounts import sessions
from backend.accounts.sessions import Reader
from backend.door import cookies, owner
from backend.door.visit import KEY, Visit, visit_of
from base import logs
from base.errors import ForbiddenError, NotFoundError, RuleError, UnavailableError
from base.settings import settings

log = logs.get(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_SITE = frozenset({b"same-origin", b"none"})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No inline script or style, nothing from elsewhere, in no frame."""

HEADERS = [
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class ForeignOriginError(ForbiddenError):
    """A write came from a page of another site."""

    key = "error-foreign-origin"


class UnknownHostError(ForbiddenError):
    """The request named a host that this server does not answer for."""

    key = "error-unknown-host"


def guard(app: ASGIApp) -> ASGIApp:
    """Wrap the whole ``app``, so that answers to unknown addresses carry the headers too."""
    headers = [*HEADERS, HSTS] if settings().cookies_secure else HEADERS

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return

        visit = scope[KEY] = await _visit(scope)  # type: ignore[literal-required]
        own = [*headers, owner.owner(visit.reader)] if _is_owned(scope, visit) else headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *own]}  # kept answers send it again
            await send(message)

        await app(scope, receive, send_with_headers)

    return guarded


async def let_in(request: Request[Any, Any, Any]) -> None:
    """Raise what speaks against this visit; runs inside the app, so that the reason is told like any other error."""
    if refusal := visit_of(request).refusal:
        raise refusal


def _is_owned(scope: Scope, visit: Visit) -> bool:
    """Whether the answer says for whom it is: files are for all, and a phone must not lose its library because the
    database could not say who reads.
    """
    return not scope["path"].startswith("/static/") and not isinstance(visit.refusal, UnavailableError)


async def _visit(scope: Any) -> Visit:
    found = cookies.read(scope["headers"])
    reader, refusal = await _reader(found.get(cookies.session_name()))
    return Visit(
        reader=reader,
        language=cookies.chosen(found, "language"),
        theme=cookies.chosen(found, "theme"),
        text_size=cookies.chosen(found, "text"),
        address=scope["client"][0] if scope.get("client") else "",
        refusal=refusal or _foreign(scope["method"], dict(scope["headers"])) or _unreadable(scope),
        cookies=found,
    )


async def _reader(value: str | None) -> tuple[Reader | None, RuleError | None]:
    """Who reads. A database that does not answer must not make a member look signed out: that is a refusal."""
    if not value:
        return None, None
    try:
        return await sessions.reader(value), None
    except Exception as error:  # whatever the engine raises when it is gone
        log.exception("door.reader", error=type(error).__name__)
        return None, UnavailableError()


def _foreign(method: str, headers: dict[bytes, bytes]) -> RuleError | None:
    """Browsers say where a write comes from; a client that says nothing has no cookies of a browser to abuse."""
    host = headers.get(b"host", b"").decode("latin-1")
    if not _is_ours(host):
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


def _is_ours(host: str) -> bool:
    """Against names rebound to this address: only the public host, or this machine's own names on loopback."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name in LOOPBACK_NAMES or name == settings().site_host
