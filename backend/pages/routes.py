"""Every address of the pages."""

from litestar.types import ControllerRouterHandler

ROUTES: list[ControllerRouterHandler] = []
