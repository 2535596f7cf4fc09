"""What OPTIONS says of an address that several handlers share: the framework would name the methods of one only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from litestar import route
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from backend.door.answering import Answer


def shared(handlers: Iterable[ControllerRouterHandler]) -> Iterator[HTTPRouteHandler]:
    """A handler of OPTIONS for each address that more than one of ``handlers`` has."""
    known, methods = Counter[str](), defaultdict[str, set[str]](set)
    for handler in handlers:
        assert isinstance(handler, HTTPRouteHandler)
        for path in handler.paths:
            known[path] += 1
            methods[path] |= {str(method) for method in handler.http_methods}
    return (_told(path, methods[path]) for path, times in known.items() if times > 1)


def _told(path: str, methods: set[str]) -> HTTPRouteHandler:
    heads = {"HEAD"} if "GET" in methods else set()
    allow = ", ".join(sorted(methods | heads | {"OPTIONS"})).encode()

    @route(path, http_method=["OPTIONS"], status_code=204, include_in_schema=False)
    async def allowed() -> Answer[None]:
        return Answer(204, [(b"allow", allow)], b"")

    return allowed
