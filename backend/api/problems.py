"""Errors as problem+json (RFC 9457), in the reader's language."""

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import ValidationException
from msgspec import Meta

from backend.api.wrong_fields import invalid
from backend.door.visit import visit_of
from backend.errors import headers_of, rule_of, status_of
from base import database, logs
from base.catalogue import say
from base.errors import FieldError, InvalidError, UnavailableError

MEDIA_TYPE: Final = "application/problem+json"

log = logs.get(__name__)


class WrongField(msgspec.Struct, frozen=True):
    """One field that cannot be taken as it is, and why."""

    field: Annotated[str, Meta(description="Name of the parameter or field.", examples=["limit"])]
    detail: Annotated[
        str, Meta(description="What is wrong, in the reader's language.", examples=["Số này không được lớn hơn 100."])
    ]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong, for programs (``type``, ``status``, ``errors``) and for people (``title``, ``detail``)."""

    type: Annotated[
        str,
        Meta(description="Names the rule that was broken; compare, do not open.", examples=["/problems/error-invalid"]),
    ]
    title: Annotated[str, Meta(description="The rule in the reader's language.", examples=["Thông tin chưa hợp lệ."])]
    status: Annotated[int, Meta(description="The HTTP status, repeated.", ge=400, le=599, examples=[422])]
    detail: Annotated[
        str,
        Meta(
            description="The same for this very case.", examples=["Thông tin chưa hợp lệ. Mời đồng chí kiểm tra lại."]
        ),
    ]
    errors: Annotated[list[WrongField], Meta(description="Wrong fields, where there are any.")] = []


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The response that tells ``error``."""
    if isinstance(error, ValidationException):
        error = invalid(error)
    if database.is_lost(error):
        log.error("api.database", path=request.scope["path"], error=type(error).__name__)
        error = UnavailableError()
    status, rule = status_of(error), rule_of(error)
    if status >= 500 and not isinstance(error, UnavailableError):  # whoever raised that has told the log why
        log.exception("api.unforeseen", path=request.scope["path"], error=type(error).__name__, exc_info=error)
    language = visit_of(request).language
    fields = rule.fields if isinstance(rule, InvalidError) else ()
    detail = say(rule.key, language, **rule.values)
    problem = Problem(f"/problems/{rule.key}", detail, status, detail, [_wrong(field, language) for field in fields])
    return Response(
        msgspec.json.encode(problem),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={**headers_of(error), **_challenge(status), "Cache-Control": "no-store", "Content-Language": language},
    )


def _challenge(status: int) -> dict[str, str]:
    """RFC 9110 asks 401 to name a way in; this one makes no browser open its own password window."""
    return {"WWW-Authenticate": 'Session realm="/account/sign-in"'} if status == 401 else {}


def _wrong(field: FieldError, language: str) -> WrongField:
    return WrongField(field.field, say(field.key, language, **field.values))
