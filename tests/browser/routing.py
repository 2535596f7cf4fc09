"""Which of the server's routes a page comes from."""

import re

from backend.pages.routes import ROUTES
from tests.browser.pages import PAGES, Shown

GOT = [
    path
    for route in ROUTES
    for path in getattr(route, "paths", ())
    if "GET" in {str(method) for method in getattr(route, "http_methods", ())}
]
"""The routes that something can be got from, as they are written: ``/documents/{slug:str}``."""


def leads_to(route: str, path: str) -> bool:
    """Whether a path without its query is one of the route's."""
    words = re.split(r"(\{[^}]+\})", route)
    return re.fullmatch("".join(map(_pattern, words)), path) is not None


def _pattern(word: str) -> str:
    if not word.startswith("{"):
        return re.escape(word)
    return ".+" if word.endswith(":path}") else "[^/]+"


def _first_of_each() -> list[Shown]:
    """The first page of each route in the list."""
    firsts: dict[str, Shown] = {}
    for page in PAGES:
        path = page.path.partition("?")[0]
        exact = path if path in GOT else None
        firsts.setdefault(exact or next((route for route in GOT if leads_to(route, path)), path), page)
    return list(firsts.values())


FIRST = _first_of_each()
"""One page of each route: its other states say something else, but look the same at a desk and in the dark."""
