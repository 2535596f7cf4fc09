"""How answers are encoded and described: what every address of the API has in common."""

from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Request, get
from litestar.datastructures import ResponseHeader
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec

from backend.api.problems import MEDIA_TYPE, Problem
from backend.door.answering import JSON, Answer, Kept

AnyRequest = Request[Any, Any, Any]

HEADERS: Final = [
    ResponseHeader(
        name="ETag", documentation_only=True,
        description="Changes with the answer; send it back as If-None-Match and get 304 while nothing changed.",
    ),
    ResponseHeader(
        name="Cache-Control", documentation_only=True,
        description="private, no-cache: keep it, but ask again before each use.",
    ),
    ResponseHeader(
        name="Sotay-Library-Owner",
        documentation_only=True,
        description="For whom it was made, in a word that tells nobody who that is; visitor without a session. "
        "A phone forgets what it keeps when this changes.",
    ),
    ResponseHeader(
        name="Vary", documentation_only=True,
        description="Accept-Encoding, Cookie: the cookie says who reads and in which language.",
    ),
]  # fmt: skip

EVERYWHERE: Final = (400, 403, 405, 503)
"""Problems that every address may answer with."""

PROBLEMS: Final = {
    400: "The request itself cannot be read.",
    401: "For signed-in members only.",
    403: "The request names a host that is not this handbook's, or the reader lacks the role.",
    404: "Not here, or not for this reader: the two look the same.",
    405: "The address does not take this method; Allow says which it takes.",
    409: "It contradicts what is there: something else by that id, or words that were changed since.",
    410: "It was there, and has been lost.",
    413: "More than may be sent at once.",
    422: "Parameters that cannot be taken as they are, each named with the reason in the reader's language.",
    429: "Too many within some minutes; Retry-After says when to try again.",
    503: "The server cannot find out who reads just now, or is making its index; Retry-After says when to try again.",
}


MOVED: Final = {
    308: ResponseSpec(None, description="The document has another name in addresses now; Location says which."),
}


def at(
    path: str, *, tag: str, summary: str, problems: tuple[int, ...] = (), moves: bool = False, **more: Any
) -> HTTPRouteHandler:
    """GET (and HEAD) at ``path``, described; ``problems`` are those that not every address has.

    ``moves``: what it gives may have had another address before, which leads here.
    """
    return get(
        path,
        **more,
        summary=summary,
        tags=[tag],
        responses={
            304: ResponseSpec(None, description="The reader has it already (If-None-Match)."),
            **(MOVED if moves else {}),
            **told(*problems),
        },
        response_headers=HEADERS,
        response_description="What this reader may read of it.",
    )


def encoded(body: object) -> Kept:
    """``body`` as JSON, known by a digest of itself."""
    return Kept(msgspec.json.encode(body))


def next_page(path: str, cursor: str | None, **asked: object) -> str | None:
    """The address of the page that follows: the same question from ``cursor`` on."""
    return None if cursor is None else address(path, **asked, cursor=cursor)


def address(path: str, **asked: object) -> str:
    """The path with those of the parameters that say anything."""
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def told(*problems: int, everywhere: tuple[int, ...] = EVERYWHERE) -> dict[int, ResponseSpec]:
    """The problems that an address may answer with: those of (nearly) every address, and ``problems``."""
    return {
        status: ResponseSpec(Problem, description=PROBLEMS[status], media_type=MEDIA_TYPE, generate_examples=False)
        for status in sorted({*everywhere, *problems})
    }


def sent(body: object, *, is_new: bool) -> Answer[Any]:
    """What became of something that was sent; nobody keeps that."""
    text = msgspec.json.encode(body)
    lines = [(b"content-type", JSON.encode()), (b"content-length", b"%d" % len(text)), (b"cache-control", b"no-store")]
    return Answer(201 if is_new else 200, lines, text)
