"""Putting the words that screening begins with into the table; done once, by the migration that makes it."""

import json
import uuid

from backend.discussion.screening import starting
from backend.discussion.screening.vocabulary import key_of
from base import clock, database
from content.folding import fold

NAMESPACE = uuid.UUID("5d1c1a52-0f3e-5b1f-9a53-6c1f8a8f6f0d")
"""Ids of the first words are made from them under this, so that they are the same in every installation."""

SYSTEM = "system"


async def fill() -> None:
    """Put in what is not there."""
    now = clock.now()
    for rule, entries in starting.entries().items():
        for entry in entries:
            key = key_of(entry.words)
            await database.execute(
                "INSERT INTO screening_word (id, rule, key, search_key, words, outcome, reason, own, bare, exceptions, "
                "version, saved_by, saved_at) VALUES ({}, {}, {}, {}, {}, {}, {}, '', {}, {}, 1, {}, {})",
                uuid.uuid5(NAMESPACE, f"{rule}:{key}"), rule, key, fold(key), entry.words, entry.outcome, entry.reason,
                entry.bare, json.dumps(entry.exceptions, ensure_ascii=False), SYSTEM, now,
            )  # fmt: skip
