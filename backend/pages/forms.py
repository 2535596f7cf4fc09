"""What a form sent, and the form shown again with what is wrong beside each field and nothing lost."""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from backend.door.visit import visit_of
from backend.errors import headers_of, status_of
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, personal
from base import clock
from base.catalogue import say
from base.errors import (
    ConflictError,
    FieldError,
    InvalidError,
    NotFoundError,
    RuleError,
    SignInRequiredError,
    UnavailableError,
)

LENGTH = 2_000
"""Most characters taken of a field that is typed by hand."""

WRITTEN = re.compile(r"(?P<day>\d{1,2}) ?(?P<sign>[/. -]) ?(?P<month>\d{1,2}) ?(?P=sign) ?(?P<year>\d{4})", re.ASCII)
"""A day as people write it: 4/5/2026, 04.05.2026, 4 - 5 - 2026."""

FIGURES = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)
"""The same where a phone's keyboard shows nothing but figures for the field."""

ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
"""How a program sends it."""

CLOCK = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<hour>\d{1,2}) ?[:.] ?(?P<minute>\d{2})(?::\d{2})?",
        r"(?P<hour>\d{1,2}) ?(?:h|giờ)(?: ?(?P<minute>\d{2}))?",
        r"(?P<hour>\d{2})(?P<minute>\d{2})",
    )
)
"""A time as people write it: 7:30, 7.30, 7h30, 7 giờ, 0730; programs add seconds, which nobody means."""

LAST_HOUR, LAST_MINUTE = 23, 59

YEARS = range(1900, 2200)
"""Years that can be meant; one day more or less is a date, too."""

OLD = "pages-form-old"
"""What is said of a form that lacks what ours have."""

ELSEWHERE = (NotFoundError, SignInRequiredError, UnavailableError)
"""Errors that have a page of their own instead of a place in the form."""


async def read(request: AnyRequest, *names: str, length: int = LENGTH) -> dict[str, str]:
    """The fields called ``names`` as they were typed, blanks around them taken off; missing ones are empty."""
    form = await request.form()
    found = {name: form.get(name) for name in names}
    return {name: value[:length].strip() if isinstance(value, str) else "" for name, value in found.items()}


def again(request: AnyRequest, template: str, error: RuleError, values: Mapping[str, Any], **context: Any) -> Page:
    """The form once more, telling ``error`` where it belongs; raises those that belong on a page of their own."""
    if isinstance(error, ELSEWHERE):
        raise error
    language = visit_of(request).language
    fields = error.fields if isinstance(error, InvalidError) else ()
    if error.field:
        fields = (FieldError(error.field, error.key, error.values),)
    errors = {field.field: say(field.key, language, **field.values) for field in fields}
    note = None if errors else say(error.key, language, **error.values)
    if "new_id" in context:
        values = _resendable(values, error)
    told = {"errors": errors, "note": note, "done": None, "values": values}
    return personal(request, template, status_of(error), headers_of(error), **told, **context)


def _resendable(values: Mapping[str, Any], error: RuleError) -> Mapping[str, Any]:
    """Without an id that is another's by now or none at all: the form gets a new one, or it could never be sent."""
    if type(error) is not ConflictError and error.key != OLD:
        return values
    return {name: value for name, value in values.items() if name != "id"}


def renamed(error: RuleError, **names: str) -> RuleError:
    """The same error, with the domain's fields called as the form calls them."""
    if not isinstance(error, InvalidError):
        return error
    fields = tuple(FieldError(names.get(field.field, field.field), field.key, field.values) for field in error.fields)
    return InvalidError(error.key, fields=fields, **error.values)


def fresh(request: AnyRequest, template: str, done: Iterable[str] = (), **context: Any) -> Page:
    """The form as it is first seen. ``done`` names what ``?done=…`` may tell has just been done."""
    given = request.query_params.get("done")
    words = say(f"pages-done-{given}", visit_of(request).language) if given in set(done) else None
    return personal(request, template, **{"errors": {}, "note": None, "done": words, "values": {}, **context})


def id_of(typed: str) -> uuid.UUID:
    """The id that the form was given, so that sending it twice does the same thing once."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise InvalidError(OLD) from None


def version_of(typed: str) -> int:
    """The version that a form was opened with; raises InvalidError for what no form of ours sent."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:
        raise InvalidError(OLD)
    return int(typed)


def date_of(typed: str, field: str) -> date | None:
    """A day as it is written in Vietnam, dd/mm/yyyy, or yyyy-mm-dd; None for nothing, InvalidError for what is none."""
    if not typed:
        return None
    try:
        day = _day(typed)
    except (ValueError, OverflowError):
        raise InvalidError.of(field, "pages-date-wrong") from None
    if day.year not in YEARS:
        raise InvalidError.of(field, "pages-date-wrong")
    return day


def moment_of(day: date, typed: str, field: str) -> datetime:
    """The time of a day on a Vietnamese clock, typed as 7:30, 7h30 or 0730; raises InvalidError for what is none."""
    told = time_of(typed)
    if told is None:
        raise InvalidError.of(field, "pages-time-wrong")
    return datetime.combine(day, told, clock.VIETNAM).astimezone(UTC)


def time_of(typed: str) -> time | None:
    """A time of day, typed as 7:30, 7h30 or 0730; None for what is none."""
    found = next(filter(None, (form.fullmatch(typed) for form in CLOCK)), None)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    return time(hour, minute) if hour <= LAST_HOUR and minute <= LAST_MINUTE else None


def path_id(text: str) -> uuid.UUID:
    """An id in an address; NotFoundError for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFoundError from None


def _day(typed: str) -> date:
    for form in (WRITTEN, FIGURES, ISO):
        if found := form.fullmatch(typed):
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    raise ValueError(typed)
