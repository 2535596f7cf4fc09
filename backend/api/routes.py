"""Every address of the API."""

from litestar.types import ControllerRouterHandler

from backend.api import health

ROUTES: list[ControllerRouterHandler] = [health.health, health.ready]
