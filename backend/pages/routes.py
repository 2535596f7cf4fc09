"""Every address of the pages."""

from litestar.types import ControllerRouterHandler

from backend.pages import assets, plain, preferences

ROUTES: list[ControllerRouterHandler] = [
    assets.static,
    plain.privacy,
    plain.offline,
    plain.offline_document,
    preferences.language,
    preferences.preferences,
]
