"""What was typed into a form, kept until its answer is made: a page of trouble shows the words again."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Any

from litestar.enums import RequestEncodingType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from backend.door.visit import visit_of
from backend.pages.shell import AnyRequest
from base.errors import SignInRequiredError

WORDS = frozenset({
    "agenda", "answer", "appeal", "asked_again", "body", "cover_alt", "exceptions", "into_reason", "name_reason",
    "note", "own", "public_answer", "question", "rating_words", "reason", "recipients", "remark", "remark_words",
    "standfirst", "text", "title", "try", "words",
})  # fmt: skip
"""The fields into which people write sentences; what else a form holds is chosen or short."""

ONE_EACH = "remark-"
"""How the names begin of fields of which a form has one for each part."""

STRANGER_BYTES = 2**20
"""Most that a form with files may bring of somebody who is not signed in: it is read for its words alone."""

DRAINED_BYTES, STRANGER_DRAINED_BYTES = 2**28, 2**26
"""A form of no more than this is read to its end before it is told that it is too large: browsers show no answer to
what they still send. What says that it is larger still is not read at all."""

WORDS_BYTES = 2**21
"""Most that is kept of all the words of a form that is too large."""


async def keep(request: AnyRequest) -> None:
    """Read a page's form before anything can go wrong with it; raises RequestEntityTooLarge."""
    if request.method != "POST" or request.scope["path"].startswith("/api/"):
        return
    if (request.content_length or 0) <= _most(request):
        request.state.typed = _sentences((await request.form()).multi_items())
        return
    if (request.content_length or 0) <= (DRAINED_BYTES if visit_of(request).reader else STRANGER_DRAINED_BYTES):
        request.state.typed = _sentences(await _fields_of_large(request))
    raise RequestEntityTooLarge if visit_of(request).reader else SignInRequiredError


def words(request: AnyRequest) -> list[str]:
    """The sentences of the form that led here, in its order; none where nothing was written."""
    found: list[str] = request.state.get("typed") or []
    return found


def _most(request: AnyRequest) -> int:
    most = request.route_handler.resolve_request_max_body_size() or DRAINED_BYTES
    return most if visit_of(request).reader else min(most, STRANGER_BYTES)


def _sentences(fields: Iterable[tuple[str, Any]]) -> list[str]:
    return [
        value.strip()
        for name, value in fields
        if (name in WORDS or name.startswith(ONE_EACH)) and isinstance(value, str) and value.strip()
    ]


async def _fields_of_large(request: AnyRequest) -> list[tuple[str, str]]:
    """Take all in and let go of the files; the fields of a form that brings files, none of any other."""
    kind, options = request.content_type
    is_mixed = kind == RequestEncodingType.MULTI_PART and options.get("boundary")
    parser = PushMultipartParser(options["boundary"], strict=False) if is_mixed else None
    fields: list[tuple[str, bytearray]] = []
    async for chunk in _body(request):
        if parser and not parser.closed:
            with suppress(MultipartError):
                _take(fields, parser, chunk)
    return [(name, value.decode(errors="replace")) for name, value in fields if name]


def _take(fields: list[tuple[str, bytearray]], parser: PushMultipartParser, chunk: bytes) -> None:
    """Add what ``chunk`` brings of fields; a file's are under no name and stay empty."""
    for piece in parser.parse(chunk):
        if isinstance(piece, MultipartSegment):
            fields.append(("" if piece.filename else piece.name or "", bytearray()))
        elif piece and fields[-1][0] and sum(len(value) for _, value in fields) < WORDS_BYTES:
            fields[-1][1].extend(piece)


async def _body(request: AnyRequest) -> AsyncIterator[bytes]:
    came, more = 0, True
    while more and came <= DRAINED_BYTES:
        event = await request.receive()
        chunk: bytes = event.get("body", b"")  # type: ignore[assignment]
        came, more = came + len(chunk), bool(event.get("more_body"))
        if chunk:
            yield chunk
