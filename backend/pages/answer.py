"""How pages and files leave the house: kept for ever, asked for each time, or kept nowhere."""

from collections.abc import Mapping
from typing import Any

from backend.door.answering import HTML, PACKED_FROM_BYTES, PACKERS, Answer, Kept, coding_for

FOREVER = ((b"cache-control", b"public, max-age=31536000, immutable"), (b"vary", b"Accept-Encoding"))
"""For what can never change under its address."""

BY_READER = ((b"cache-control", b"private, max-age=86400"), (b"vary", b"Cookie"))
"""The same, when it is not for everybody: after a day it is asked for again, and at once when another reads."""

UNKEPT = (b"cache-control", b"no-store")
"""For pages about a person, and for errors."""

TEXTUAL = ("text/", "application/json", "image/svg")
"""Media types that compressing makes smaller."""

Page = Answer[Any]
Headers = tuple[tuple[bytes, bytes], ...]


class Lasting(Kept):
    """A body that never changes under its address: the browser need not ask again."""

    __slots__ = ("_freshness",)

    def __init__(self, body: bytes, media_type: str, *, freshness: Headers = FOREVER) -> None:
        super().__init__(body, media_type)
        self._freshness = freshness
        if not media_type.startswith(TEXTUAL):  # packing would only warm the processor
            self.packed = {coding: (body, self._headers(body, "")) for coding in PACKERS}

    @property
    def validators(self) -> list[tuple[bytes, bytes]]:
        """The headers that a 304 repeats."""
        return [(b"etag", self.etag), *self._freshness]


def unkept(text: str, *, status: int = 200, accepts: bytes = b"", headers: Mapping[str, str] | None = None) -> Page:
    """A page that nobody keeps, packed as the browser ``accepts``."""
    body = text.encode()
    coding = coding_for(accepts) if len(body) >= PACKED_FROM_BYTES else ""
    lines = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    lines += [UNKEPT, (b"content-type", HTML.encode())]
    if coding:
        body = PACKERS[coding](body)  # type: ignore[no-untyped-call]
        lines.append((b"content-encoding", coding.encode()))
    return Answer(status, [*lines, (b"content-length", b"%d" % len(body))], body)
