"""What every answer tells the browser about itself: nothing from elsewhere, in no frame, never guessed at."""

from functools import lru_cache
from typing import Final

from base.settings import settings

Headers = list[tuple[bytes, bytes]]

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No inline script or style, nothing from elsewhere, in no frame."""

FRAMING_POLICY: Final = PAGE_POLICY.replace("default-src 'none';", "default-src 'none'; frame-src 'self';")
"""The same for the desk, which shows a draft as a phone would beside it."""

FRAMED_POLICY: Final = PAGE_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""The same for what is shown so: our own pages may frame it."""

DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
"""For answers to programs, in which a browser has nothing to load."""

_EVERYWHERE: Final = [(b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin")]
_PAGES: Final = [
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    *_EVERYWHERE,
]
_HSTS: Final = [(b"strict-transport-security", b"max-age=31536000; includeSubDomains")]

NOT_MODIFIED: Final = 304


def policy(path: str, status: int) -> Headers:
    """The headers for an answer at ``path``. A 304 has none: the browser keeps those of the answer it has."""
    if status == NOT_MODIFIED:
        return []
    return _policy(_kind(path), settings().cookies_secure)


def _kind(path: str) -> str:
    if path.startswith("/api/"):
        return DATA_POLICY
    if not path.startswith("/desk/drafts/"):
        return PAGE_POLICY
    return FRAMED_POLICY if path.endswith("/preview") else FRAMING_POLICY


@lru_cache
def _policy(policy: str, secure: bool) -> Headers:
    named = [(b"content-security-policy", policy.encode())]
    return [*named, *(_EVERYWHERE if policy is DATA_POLICY else _PAGES), *(_HSTS if secure else [])]
