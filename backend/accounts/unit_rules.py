"""What must hold for a unit to begin, change or be put somewhere."""

import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from backend.accounts.forest import KINDS, Forest, Succession, Unit
from base.errors import ConflictError, FieldError, InvalidError, NotFoundError

CODE = re.compile(r"[\w./-]{1,40}")
NAME_LENGTH = 200

Id = TypeVar("Id", int, uuid.UUID)


class CircularError(ConflictError):
    """A unit would come to stand above itself."""

    key = "account-unit-circular"


class NotEmptyError(ConflictError):
    """Somebody still belongs to the unit, or something stands below it; ``members`` and ``units`` say how many."""

    key = "account-unit-not-empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """What a unit is to be called and where it is to stand; ``parent`` is a unit's id, None at the top."""

    code: str
    name: str
    kind: str
    parent: int | None
    name_en: str = ""


def tidy(new: NewUnit) -> NewUnit:
    """The same without stray blanks and in composed letters; InvalidError when a field cannot be."""
    code, name, name_en = (
        " ".join(unicodedata.normalize("NFC", text).split()) for text in (new.code, new.name, new.name_en)
    )
    wrong = []
    if not CODE.fullmatch(code):
        wrong.append(FieldError("code", "account-unit-code-wrong", {}))
    if not name or not all(text.isprintable() and len(text) <= NAME_LENGTH for text in (name, name_en)):
        wrong.append(FieldError("name", "account-unit-name-wrong", {}))
    if new.kind not in KINDS:
        wrong.append(FieldError("kind", "account-unit-kind-wrong", {}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))
    return replace(new, code=code, name=name, name_en=name_en)


def check_open(unit: Unit, on: date) -> None:
    """A unit changes once, after it began."""
    if unit.valid_to is not None:
        raise ConflictError("account-unit-ended")
    if unit.valid_from >= on:
        raise InvalidError.of("on", "account-unit-date-too-early")


def check_new(tree: Forest, new: NewUnit, olds: Sequence[int], on: date) -> None:
    """What begins stands under something that lives, and takes nobody's code."""
    if new.parent is not None:
        if new.parent not in tree:
            raise NotFoundError
        if not tree[tree.current(new.parent, on)].alive(on):
            raise InvalidError.of("parent", "account-unit-parent-not-alive")
    for other in tree.units.values():
        if other.code == new.code and other.id not in olds and not other.ended(on):
            raise ConflictError("account-unit-code-taken")


def check_not_circular(tree: Forest, kind: str, olds: Sequence[int], news: Sequence[NewUnit], on: date) -> None:
    """Raise CircularError when a unit would stand above itself on that day or on any later one that is planned."""
    begun = [
        Unit(-index, new.parent, new.kind, new.code, new.name, new.name_en, on, None)
        for index, new in enumerate(news, 1)
    ]
    steps = [Succession(old, unit.id, on, kind) for old in olds for unit in begun]
    after = tree.changed(ended=olds, on=on, begun=begun, steps=steps)
    if any(after.circular(unit.id, on) for unit in begun):
        raise CircularError


def check_placed(wanted: set[Id], given: Mapping[Id, int], field: str, parts: int) -> None:
    """Everyone of ``wanted`` is given one of the parts, and nobody else."""
    if set(given) != wanted or not all(0 <= index < parts for index in given.values()):
        raise InvalidError.of(field, f"account-unit-split-{field}")
