"""Errors as problem+json (RFC 9457), in the reader's language."""

from typing import Any

import msgspec
from litestar import Request, Response

from backend.door.visit import visit_of
from backend.errors import headers_of, rule_of, status_of
from base import logs
from base.catalogue import say
from base.errors import FieldError, InvalidError

log = logs.get(__name__)


class WrongField(msgspec.Struct):
    """One field that cannot be taken as it is, and why."""

    field: str
    detail: str


class Problem(msgspec.Struct, omit_defaults=True):
    """What went wrong: ``type`` names the rule, ``detail`` tells it to a person."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[WrongField] = []


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The response that tells ``error``."""
    status, rule = status_of(error), rule_of(error)
    if status >= 500:
        log.exception("api.unforeseen", path=request.scope["path"], error=type(error).__name__, exc_info=error)
    language = visit_of(request).language
    fields = rule.fields if isinstance(rule, InvalidError) else ()
    detail = say(rule.key, language, **rule.values)
    problem = Problem(f"/problems/{rule.key}", detail, status, detail, [_wrong(field, language) for field in fields])
    return Response(
        msgspec.json.encode(problem),
        status_code=status,
        media_type="application/problem+json",
        headers={**headers_of(error), "Cache-Control": "no-store"},
    )


def _wrong(field: FieldError, language: str) -> WrongField:
    return WrongField(field.field, say(field.key, language, **field.values))
