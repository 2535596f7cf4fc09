"""From the rule that was broken to the HTTP status that says so; one table for pages and API."""

from litestar.exceptions import HTTPException
from litestar.serialization import decode_json

from base import errors

STATUS: list[tuple[type[errors.RuleError], int]] = [
    (errors.MovedError, 308),
    (errors.NotFoundError, 404),
    (errors.SignInRequiredError, 401),
    (errors.ForbiddenError, 403),
    (errors.ConflictError, 409),
    (errors.GoneError, 410),
    (errors.InvalidError, 422),
    (errors.TooManyError, 429),
    (errors.UnavailableError, 503),
    (errors.RuleError, 422),
]
"""First match wins, so narrower errors stand above wider ones."""

KEYS = {
    400: "error-bad-request",
    404: "error-not-found",
    405: "error-method",
    413: "error-too-large",
    415: "error-media-type",
    429: "error-too-many-requests",
}
"""Sentences for what the framework itself refuses."""

RETRY_S = 30
"""After how many seconds one may ask again when the house itself is in trouble."""


def status_of(error: Exception) -> int:
    """The status under which ``error`` leaves the house; 500 for what nobody foresaw."""
    if isinstance(error, errors.RuleError):
        return next(status for kind, status in STATUS if isinstance(error, kind))
    if isinstance(error, HTTPException):
        return error.status_code
    return 400 if _is_unreadable_body(error) else 500


def rule_of(error: Exception) -> errors.RuleError:
    """The error as a rule with a sentence; details of what nobody foresaw stay inside."""
    if isinstance(error, errors.RuleError):
        return error
    status = status_of(error)
    if status >= 500:
        return errors.RuleError("error-unforeseen")
    return errors.RuleError(KEYS.get(status, "error-bad-request"))


def _is_unreadable_body(error: Exception) -> bool:
    """Whether a body is nested without end, or is no UTF-8: its sender's fault, where the same elsewhere is ours."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    wrong = isinstance(error, RecursionError | UnicodeDecodeError)
    return wrong and place is not None and place.tb_frame.f_code is decode_json.__code__


def headers_of(error: Exception) -> dict[str, str]:
    """Headers that go with the error: how long to wait, which methods are taken."""
    if isinstance(error, errors.TooManyError):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, HTTPException) and error.headers:
        return dict(error.headers)
    return {"Retry-After": str(RETRY_S)} if status_of(error) == 503 else {}
