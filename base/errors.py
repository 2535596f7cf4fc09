"""Errors that state which rule was broken, in words taken from the catalogue at the door."""

from dataclasses import dataclass
from typing import Any


class RuleError(Exception):
    """A rule of the house was broken.

    ``key`` names a sentence in the catalogue and ``values`` fill it in, so the same error can be
    told in any language by whichever door it leaves through.
    """

    key = "error-rule"
    field = ""
    """The field of a form that it is told beside, if there is one."""

    def __init__(self, key: str | None = None, **values: Any) -> None:
        self.key = key or type(self).key
        self.values = values
        super().__init__(self.key)

    def __reduce__(self) -> tuple[Any, ...]:
        """Goes whole from one process to another, whatever its own kind is made from."""
        return _again, (type(self), self.__dict__)


class NotFoundError(RuleError):
    """Nothing by that name that this reader may know of: absent and forbidden look the same."""

    key = "error-not-found"


class MovedError(NotFoundError):
    """Nothing by that name any more: what this reader asked for goes by another ``now``."""

    def __init__(self, *, was: str, now: str) -> None:
        super().__init__()
        self.was = was
        self.now = now


class SignInRequiredError(RuleError):
    """The door is open to signed-in members only."""

    key = "error-sign-in-required"


class ForbiddenError(RuleError):
    """Signed in, but without the role this needs."""

    key = "error-forbidden"


class ConflictError(RuleError):
    """What was asked contradicts what is already there."""

    key = "error-conflict"


class GoneError(RuleError):
    """It was here, and is no longer."""

    key = "error-gone"


class TooManyError(RuleError):
    """Too many tries; ``retry_after_s`` says in how many seconds another may be made."""

    key = "error-too-many"

    def __init__(self, key: str | None = None, *, retry_after_s: int, **values: Any) -> None:
        super().__init__(key, minutes=max(1, -(-retry_after_s // 60)), seconds=retry_after_s, **values)
        self.retry_after_s = retry_after_s


class UnavailableError(RuleError):
    """A service that this needs does not answer now."""

    key = "error-unavailable"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: the field's name, a catalogue key, and its values."""

    field: str
    key: str
    values: dict[str, Any]


class InvalidError(RuleError):
    """Input that cannot be taken as it is; ``fields`` lists what is wrong with which field."""

    key = "error-invalid"

    def __init__(self, key: str | None = None, *, fields: tuple[FieldError, ...] = (), **values: Any) -> None:
        super().__init__(key, **values)
        self.fields = fields

    @classmethod
    def of(cls, field: str, key: str, **values: Any) -> "InvalidError":
        """One wrong field, told with the same sentence in the summary and beside the field."""
        return cls(key, fields=(FieldError(field, key, values),), **values)


class TooHeavyError(InvalidError):
    """What was sent would need more memory than it may have, or brought down what read it."""

    key = "error-too-heavy"


class TooLongError(InvalidError):
    """What was sent would take longer than it may; ``seconds`` says how long that is."""

    key = "error-too-long"


def _again(kind: type[RuleError], facts: dict[str, Any]) -> RuleError:
    error = kind.__new__(kind, facts["key"])
    error.__dict__.update(facts)
    return error
