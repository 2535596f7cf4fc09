"""One visit: who reads, in which language, from which address; put into the scope before any handler runs."""

from dataclasses import dataclass, field
from typing import Any

from litestar.connection import ASGIConnection

from backend.accounts.sessions import Reader
from base.errors import ForbiddenError, RuleError, SignInRequiredError

KEY = "sotay.visit"

VISITOR_SCOPES = frozenset({"public"})
"""What somebody who has not signed in may read."""


@dataclass(slots=True)  # not frozen: one is made for every request, and frozen ones take three times as long
class Visit:
    """What the door found out about a request; ``refusal`` is why it may not go on, raised before its handler."""

    reader: Reader | None
    language: str
    theme: str
    text_size: str
    address: str
    refusal: RuleError | None
    cookies: dict[str, str] = field(repr=False)

    @property
    def manner(self) -> tuple[str, ...]:
        """What of a visit changes the frame of a page; what names nobody is alike for all who are alike in this."""
        reader = self.reader
        person = "guest" if reader is None else "holder" if reader.roles else "member"
        return self.language, self.theme, self.text_size, person

    @property
    def scopes(self) -> frozenset[str]:
        """What may be read on this visit."""
        return self.reader.scopes if self.reader else VISITOR_SCOPES


def visit_of(request: ASGIConnection[Any, Any, Any, Any]) -> Visit:
    """The visit that ``request`` belongs to."""
    found: Visit = request.scope[KEY]  # type: ignore[literal-required]
    return found


def reader_of(request: ASGIConnection[Any, Any, Any, Any]) -> Reader:
    """The signed-in reader; raises SignInRequiredError for a visitor."""
    reader = visit_of(request).reader
    if reader is None:
        raise SignInRequiredError
    return reader


def holder_of(request: ASGIConnection[Any, Any, Any, Any], *roles: str) -> Reader:
    """The reader, who must hold one of ``roles`` somewhere; raises ForbiddenError."""
    reader = reader_of(request)
    if not any(grant.role in roles for grant in reader.roles):
        raise ForbiddenError
    return reader
