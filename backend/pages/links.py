"""Addresses inside the handbook: where a visitor goes on to, and lists with other filters."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

INSIDE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path of this site: one slash, then anything but another slash, a backslash, blanks or control characters."""

LENGTH = 1000


def inside(path: str | None, default: str = "/") -> str:
    """``path`` when it leads somewhere in the handbook, else ``default``: nobody is sent to another site."""
    return path if path and len(path) <= LENGTH and INSIDE.fullmatch(path) else default


def here(scope: Mapping[str, Any]) -> str:
    """The path of a request with its query."""
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def shown_before(scope: Mapping[str, Any], referer: str) -> str:
    """The page to come back to after an error: where a form was filled in, since its target shows nothing."""
    if scope["method"] in ("GET", "HEAD"):
        return here(scope)
    origin = urlsplit(referer)
    return inside(f"{origin.path}?{origin.query}" if origin.query else origin.path)


def with_query(path: str, values: Mapping[str, object]) -> str:
    """The path with those of the values that are not empty."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
