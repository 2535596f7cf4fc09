"""One encoded answer on its way out: compressed as the browser takes it, or 304 when the browser has it already."""

import asyncio
import gzip
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, TypeVar

import brotli
from litestar import Response
from litestar.connection import ASGIConnection
from litestar.types import ASGIApp, HTTPResponseStartEvent, Receive, Scope, Send

Body = TypeVar("Body")

Outcome = tuple[int, list[tuple[bytes, bytes]], bytes]
"""Status, headers and body."""

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"

PACKED_FROM_BYTES = 1024
"""Smaller bodies fit into one packet and go out as they are."""

FRESHNESS = (b"cache-control", b"private, no-cache")
"""A browser may keep it, shared caches may not, and each use is asked for again (and mostly answered 304)."""

VARIES = (b"vary", b"Accept-Encoding, Cookie")
"""The cookie says who reads and in which language."""

PACKERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""Compressions by the name HTTP gives them, best first. No answer mixes a secret with what a stranger sent (BREACH)."""


class Kept:
    """An encoded body with its ETag, and its compressed forms as they come to be asked for.

    The ETag is weak, because one tag stands for all compressions; without ``etag`` it is a digest of the body.
    """

    __slots__ = ("__weakref__", "body", "etag", "media_type", "packed")

    def __init__(self, body: bytes, media_type: str = JSON, etag: str = "") -> None:
        self.body = body
        self.media_type = media_type
        self.etag = b'W/"%s"' % (etag or blake2b(body, digest_size=12).hexdigest()).encode("ascii")
        self.packed: dict[str, tuple[bytes, list[tuple[bytes, bytes]]]] = {}

    @property
    def weight(self) -> int:
        """Bytes it takes in memory once compressed forms (about a third each) are there too."""
        return len(self.body) * 2

    async def form(self, coding: str) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        """Body and headers in a content coding; "" is the plain one. Compresses outside the loop, once."""
        found = self.packed.get(coding)
        if found is None:
            body = await asyncio.to_thread(PACKERS[coding], self.body) if coding else self.body
            found = self.packed[coding] = body, self._headers(body, coding)
        return found

    def _headers(self, body: bytes, coding: str) -> list[tuple[bytes, bytes]]:
        headers = [(b"content-type", self.media_type.encode()), (b"content-length", b"%d" % len(body))]
        if coding:
            headers.append((b"content-encoding", coding.encode()))
        return [*headers, *self.validators]

    @property
    def validators(self) -> list[tuple[bytes, bytes]]:
        """The headers that a 304 repeats."""
        return [(b"etag", self.etag), FRESHNESS, VARIES]


class Answer(Response[Body]):
    """A response that is already bytes; Litestar passes it on as it is. ``Body`` is for the API's description."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.status = status
        self.lines = headers
        self.body = body

    def to_asgi_response(self, *_: object, **__: object) -> ASGIApp:  # type: ignore[override]
        """Itself: nothing is left to be worked out."""
        return self.send

    async def send(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as an ASGI application does."""
        start: HTTPResponseStartEvent = {"type": "http.response.start", "status": self.status, "headers": self.lines}
        await send(start)
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


async def answer(request: ASGIConnection[Any, Any, Any, Any], kept: Kept) -> Answer[Any]:
    """Answer ``request`` with ``kept``: 304 without a body when ``If-None-Match`` names it."""
    coding, known = _asked(request.scope, kept)
    if known:
        return Answer(304, kept.validators, b"")
    body, headers = await kept.form(coding)
    return Answer(200, headers, body)


def outcome_at_hand(scope: Scope, kept: Kept) -> Outcome | None:
    """The answer with ``kept`` to the request of ``scope``; None while it has to be compressed first."""
    coding, known = _asked(scope, kept)
    if known:
        return 304, kept.validators, b""
    form = kept.packed.get(coding)
    return form and (200, form[1], form[0])


def _asked(scope: Scope, kept: Kept) -> tuple[str, bool]:
    """The coding to answer in, and whether the reader has ``kept`` already."""
    known, takes = b"", b""
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            known = value
        elif name == b"accept-encoding":
            takes = value
    if known and is_named(kept.etag, known):
        return "", True
    return coding_for(takes) if len(kept.body) >= PACKED_FROM_BYTES else "", False


def is_named(etag: bytes, known: bytes) -> bool:
    """Whether an If-None-Match header names ``etag``, by weak comparison (RFC 9110, 8.8.3.2)."""
    tag = etag.removeprefix(b"W/")
    return known.strip() == b"*" or any(one.strip().removeprefix(b"W/") == tag for one in known.split(b","))


@lru_cache(256)
def coding_for(takes: bytes) -> str:
    """The best compression that an Accept-Encoding header allows; "" for none."""
    wanted = {}
    for word in takes.decode("latin-1").lower().split(","):
        name, _, rest = word.partition(";")
        wanted[name.strip()] = _weight(rest)
    usable = [(wanted.get(coding, wanted.get("*", 0.0)), coding) for coding in PACKERS]
    best = max(weight for weight, _ in usable)
    return next(coding for weight, coding in usable if weight == best) if best > 0 else ""


def _weight(parameters: str) -> float:
    """The q of one entry; 1 when it says none, 0 when it cannot be read."""
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, float(value))
    except ValueError:
        return 0.0
