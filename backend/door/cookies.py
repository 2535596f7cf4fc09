"""Names of the cookies and how they are set: the session, the language, the theme and the text size."""

from collections.abc import Iterable
from typing import Final

from litestar.datastructures import Cookie

from base.settings import settings

YEAR_S: Final = 365 * 86_400

PREFERENCES: Final = {
    "language": ("vi", "en"),
    "theme": ("auto", "light", "dark"),
    "text": ("normal", "large", "larger"),
}
"""What a visitor may choose without an account, and the values it takes; kept in the browser only."""


def session_name() -> str:
    """``__Host-session`` over https: no subdomain and no plain page can then set it. Plain on http for localhost."""
    return "__Host-session" if settings().cookies_secure else "session"


def session(value: str) -> Cookie:
    """The cookie that carries a session's id; gone from the browser when the session is."""
    return _cookie(session_name(), value, max_age=settings().session_days * 86_400, httponly=True)


def no_session() -> Cookie:
    """Takes the session's cookie away."""
    return _cookie(session_name(), "", max_age=0, httponly=True)


def preference(name: str, value: str) -> Cookie:
    """A visitor's choice; scripts may read and set it, so that the page changes without being loaded again."""
    return _cookie(name, value, max_age=YEAR_S, httponly=False)


def read(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies that came with a request; what cannot be read counts as absent."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, _, content = pair.strip().partition("=")
                found.setdefault(key, content)
    return found


def chosen(cookies: dict[str, str]) -> tuple[str, str, str]:
    """Language, theme and text size as the visitor chose them, or the defaults where not, or wrongly, chosen."""
    return (
        _chosen(cookies, "language") or settings().language,
        _chosen(cookies, "theme") or PREFERENCES["theme"][0],
        _chosen(cookies, "text") or PREFERENCES["text"][0],
    )


def _chosen(cookies: dict[str, str], name: str) -> str:
    value = cookies.get(name, "")
    return value if value in PREFERENCES[name] else ""


def _cookie(name: str, value: str, *, max_age: int, httponly: bool) -> Cookie:
    return Cookie(
        key=name, value=value, max_age=max_age, path="/", httponly=httponly, samesite="lax",
        secure=settings().cookies_secure,
    )  # fmt: skip
