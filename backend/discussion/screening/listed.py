"""A word or phrase as administrators keep it, and what can be wrong with one."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.discussion.screening.entries import Entry
from base.errors import ConflictError

REASONS = {"offence": ("obscene", "insult", "hatred", "threat"), "secrets": ("classified", "defence")}
"""What can be said of a word, by the rule that looks for it."""

RULE_OF = {reason: rule for rule, reasons in REASONS.items() for reason in reasons}

COLUMNS = "id, rule, words, outcome, reason, own, bare, exceptions, version, saved_by, saved_at"
"""Of the table, as a word is made of them."""

WORDS_CHARS, OWN_CHARS, EXCEPTION_CHARS, MOST_EXCEPTIONS = 80, 300, 100, 50


class Typed(Struct, frozen=True):
    """What an administrator types of a word; ``rule`` looks for it, outcome ``show`` switches it off."""

    rule: str
    words: str
    outcome: str
    reason: str
    bare: bool = False
    exceptions: tuple[str, ...] = ()
    own: str = ""

    @property
    def entry(self) -> Entry:
        """The same as it is looked for."""
        return Entry(self.words, self.outcome, self.reason, self.bare, self.exceptions, self.own)


class Listed(Struct, frozen=True):
    """A word as it is kept; actors are members' ids as text, or "system" for what was here from the beginning."""

    id: UUID
    typed: Typed
    version: int
    saved_by: str
    saved_at: datetime


class WordChangedSinceError(ConflictError):
    """Somebody saved something else since this was opened; ``theirs`` is what stands now."""

    key = "screening-word-changed-since"

    def __init__(self, theirs: Listed) -> None:
        super().__init__()
        self.theirs = theirs


class RuleChangedSinceError(ConflictError):
    """Somebody switched the rule since the page was opened."""

    key = "screening-rule-changed-since"


def listed(row: dict[str, Any]) -> Listed:
    """A row of the table as a word."""
    exceptions = tuple(json.loads(row["exceptions"]))
    names = ("rule", "words", "outcome", "reason", "own")
    typed = Typed(**{name: row[name] for name in names}, bare=bool(row["bare"]), exceptions=exceptions)
    return Listed(row["id"], typed, row["version"], row["saved_by"], row["saved_at"])
