"""Addresses inside the handbook: where a visitor goes on to, and lists with other filters."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

INSIDE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path of this site: one slash, then anything but another slash, a backslash, blanks or control characters."""

LENGTH = 1000


def inside(path: str | None, default: str = "/") -> str:
    """``path`` when it leads somewhere in the handbook, else ``default``: nobody is sent to another site."""
    return path if path and len(path) <= LENGTH and INSIDE.fullmatch(path) else default


def with_query(path: str, values: Mapping[str, object]) -> str:
    """The path with those of the values that are not empty."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
