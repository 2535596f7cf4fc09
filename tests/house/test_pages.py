"""Every page of the server is in the list of pages that are measured and photographed."""

import re

from backend.pages.routes import ROUTES
from tests.browser.pages import PAGES

NOT_PAGES = {
    "/static/{version:str}/{path:path}",
    "/pictures/{id:str}/{name:str}",
    "/account/data/file",
    "/documents/{slug:str}/editions/{ordinal:str}/originals/{role:str}",
    "/desk/drafts/{id:uuid}/originals/{role:str}",
    "/desk/units/found",
    "/meetings/{id:uuid}/papers/{paper:uuid}",
    "/desk/meetings/{id:uuid}/papers/{paper:uuid}",
    "/feedback/{code:str}/files/{id:uuid}",
    "/desk/feedback/{id:uuid}/files/{file:uuid}",
    "/manifest.webmanifest",
    "/service-worker.js",
    "/offline/{language:str}/{name:str}",
}
"""What is fetched but not looked at; the last are frames that the service worker fills."""


def test_every_page_is_in_the_list():
    listed = [page.path.partition("?")[0] for page in PAGES if page.status == 200]
    missing = [
        path
        for route in ROUTES
        for path in getattr(route, "paths", ())
        if "GET" in {str(method) for method in getattr(route, "http_methods", ())}
        and path not in NOT_PAGES
        and not any(_matches(path, one) for one in listed)
    ]
    assert missing == []


def test_no_two_pages_have_one_name():
    names = [page.name for page in PAGES]
    assert len(set(names)) == len(names)


def _matches(template: str, path: str) -> bool:
    words = re.split(r"(\{[^}]+\})", template)
    return re.fullmatch("".join(map(_pattern, words)), path) is not None


def _pattern(word: str) -> str:
    if not word.startswith("{"):
        return re.escape(word)
    return ".+" if word.endswith(":path}") else "[^/]+"
