"""What a phone needs to know to install the handbook."""

from typing import Any

import msgspec
from litestar import get

from backend.door.answering import Kept, answer
from backend.pages import assets
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest
from base.catalogue import say

MEDIA_TYPE = "application/manifest+json"
PAPER = "#fdfbf7"
LANGUAGE = "vi"
"""One installed handbook has one name, whatever language its pages are then read in."""

ICON_SIZES = (192, 512)
SHORTCUTS = (("documents", "/documents"), ("search", "/search"))


@get("/manifest.webmanifest", include_in_schema=False)
async def manifest(request: AnyRequest) -> Page:
    """The same for everybody, so that installing it tells nobody anything."""
    return await answer(request, Kept(msgspec.json.encode(told()), MEDIA_TYPE))


def told() -> dict[str, Any]:
    """The manifest; icons under the address of their content."""
    return {
        "id": "/",
        "name": say("library-app-name", LANGUAGE),
        "short_name": say("library-app-short", LANGUAGE),
        "description": say("library-app-description", LANGUAGE),
        "lang": LANGUAGE,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["books", "news"],
        "icons": [*_icons("icon", "any"), *_icons("maskable", "maskable")],
        "shortcuts": [
            {"name": say(f"shell-place-{name}", LANGUAGE), "url": url, "icons": _icons("icon", "any")[:1]}
            for name, url in SHORTCUTS
        ],
    }


def _icons(name: str, purpose: str) -> list[dict[str, str]]:
    return [
        {
            "src": assets.address(f"icons/{name}-{size}.png"),
            "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose,
        }
        for size in ICON_SIZES
    ]  # fmt: skip
