"""What the framework says against a parameter, in sentences of the catalogue and field by field."""

import re
from collections.abc import Mapping
from typing import Any

from litestar.exceptions import ValidationException

from backend.api.narrowing import CALLED
from base.errors import FieldError, InvalidError

SENTENCES = [
    (re.compile(r"Expected `int[^`]*` >= (?P<limit>\d+)"), "api-number-too-small"),
    (re.compile(r"Expected `int[^`]*` <= (?P<limit>\d+)"), "api-number-too-large"),
    (re.compile(r"Expected `int"), "api-number-expected"),
    (re.compile(r"Expected `bool"), "api-yes-or-no-expected"),
    (re.compile(r"Missing required"), "api-field-missing"),
    (re.compile(r"Expected `str[^`]*` of length >= "), "api-field-missing"),
    (re.compile(r"Expected `str[^`]*` of length <= (?P<limit>\d+)"), "api-text-too-long"),
    (re.compile(r"Expected `str[^`]*` matching regex"), "api-text-odd"),
    (re.compile(r"Invalid enum value"), "api-not-a-choice"),
]
"""Beginnings of msgspec's messages and what is said instead; a test holds each of them."""

MISSING = re.compile(r"Missing required query parameter '(?P<name>\w+)'")
"""The framework says this of one parameter alone, in the detail."""


LACKING = re.compile(r"Object missing required field `(?P<name>\w+)`")
"""And of a field of a body it names the whole body."""


def invalid(error: ValidationException) -> InvalidError:
    """The same refusal as a rule of the house, each wrong field named."""
    extra: Any = error.extra if isinstance(error.extra, list) else []
    if missing := MISSING.match(error.detail):
        extra = [{"key": missing["name"], "message": error.detail}]
    return InvalidError(fields=tuple(_field(message) for message in extra))


def _field(message: Mapping[str, Any]) -> FieldError:
    said = message.get("key", "")
    if lacking := LACKING.match(message["message"]):
        return FieldError(lacking["name"], "api-field-missing", {})
    name = CALLED.get(said, said)
    for pattern, key in SENTENCES:
        if found := pattern.match(message["message"]):
            return FieldError(name, key, {what: int(value) for what, value in found.groupdict().items()})
    return FieldError(name, "api-field-wrong", {})
