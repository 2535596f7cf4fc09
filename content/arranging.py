"""Topics are added, called otherwise, put in another order, and removed while nothing is filed under them."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from base import database, journal, revisions
from base.errors import ConflictError, FieldError, InvalidError, NotFoundError
from content import filing, naming, topic_uses

NAME_CHARS = 80
"""Most characters of a topic's name: it stands in lists and on buttons."""

CODE_CHARS = 50
LANGUAGES = ("vi", "en")


class MergedError(ConflictError):
    """The topic was merged into another meanwhile."""

    key = "topic-merged-already"


class RenamedError(ConflictError):
    """Somebody else gave the topic other names since they were looked at."""

    key = "topic-renamed-already"


class UsedError(ConflictError):
    """Something is filed under the topic, so it stays."""

    key = "topic-used"


async def add(vi: str, en: str, *, by: str) -> str:
    """Add a topic after the others; its code, made from the Vietnamese name. The same names again add nothing.

    Raises InvalidError for a name that is missing, too long, or another topic's.
    """
    names = _tidy(vi, en)
    async with database.transaction():
        await filing.hold_alone()
        rows = await database.fetch("SELECT code, position, vi, en FROM topic")
        same = next((row["code"] for row in rows if (row["vi"], row["en"]) == tuple(names.values())), None)
        if same is not None:
            return str(same)
        _check_free(names, rows)
        code = await _free_code(names["vi"])
        position = max((row["position"] for row in rows), default=-1) + 1
        await database.execute(
            "INSERT INTO topic (code, position, vi, en) VALUES ({}, {}, {}, {})", code, position, *names.values()
        )
        await _record("topic.add", code, by)
    return code


async def rename(code: str, vi: str, en: str, *, seen: tuple[str, str], by: str) -> None:
    """Call a topic otherwise, in both languages; the names that it has already change nothing.

    ``seen`` are the names that were looked at; raises RenamedError when it has others by now, and what ``add`` does.
    """
    names = _tidy(vi, en)
    async with database.transaction():
        await filing.hold_alone()
        was = await living(code)
        if (was["vi"], was["en"]) == tuple(names.values()):
            return
        if (was["vi"], was["en"]) != seen:
            raise RenamedError
        _check_free(names, await database.fetch("SELECT vi, en FROM topic WHERE code <> {}", code))
        await database.execute("UPDATE topic SET vi = {}, en = {} WHERE code = {}", *names.values(), code)
        await _record("topic.rename", code, by)


async def place(code: str, *, after: str, by: str) -> None:
    """Let a topic stand after another, or first where ``after`` is ""; where it stands already, nothing changes."""
    async with database.transaction():
        await filing.hold_alone()
        await living(code)
        if after:
            await living(after)
        rows = await database.fetch("SELECT code FROM topic ORDER BY position, code")
        order = [row["code"] for row in rows]
        others = [each for each in order if each != code]
        at = others.index(after) + 1 if after and after != code else 0
        wanted = [*others[:at], code, *others[at:]]
        if after == code or wanted == order:
            return
        for position, each in enumerate(wanted):
            await database.execute("UPDATE topic SET position = {} WHERE code = {}", position, each)
        await _record("topic.place", code, by)


async def remove(code: str, *, by: str) -> None:
    """Remove a topic under which nothing is filed; raises UsedError. One that is gone already stays so."""
    async with database.transaction():
        await filing.hold_alone()
        try:
            await living(code)
        except NotFoundError:
            return
        if not (await topic_uses.uses()).get(code, topic_uses.Use()).is_none:
            raise UsedError
        if await database.fetch("SELECT id FROM document WHERE topic = {} LIMIT 1", code):
            raise UsedError
        await database.execute("DELETE FROM former_topic WHERE topic = {}", code)
        await database.execute("DELETE FROM topic WHERE code = {}", code)
        await _record("topic.remove", code, by)


async def living(code: str) -> dict[str, Any]:
    """A topic that there is, inside an act; raises MergedError for one that was merged, NotFoundError for no such."""
    rows = await database.fetch("SELECT code, vi, en FROM topic WHERE code = {}", code)
    if rows:
        return rows[0]
    if await database.fetch("SELECT code FROM former_topic WHERE code = {}", code):
        raise MergedError
    raise NotFoundError


def _tidy(vi: str, en: str) -> dict[str, str]:
    names = {
        language: " ".join(unicodedata.normalize("NFC", name).replace("\0", " ").split())
        for language, name in zip(LANGUAGES, (vi, en), strict=True)
    }
    wrong = [FieldError(language, "topic-name-missing", {}) for language, name in names.items() if not name]
    wrong += [
        FieldError(language, "topic-name-long", {"most": NAME_CHARS})
        for language, name in names.items()
        if len(name) > NAME_CHARS
    ]
    if wrong:
        raise InvalidError(fields=tuple(wrong))
    return names


def _check_free(names: Mapping[str, str], others: list[dict[str, Any]]) -> None:
    """Two topics of one name could not be told apart by whoever chooses between them."""
    taken = [
        FieldError(language, "topic-name-taken", {})
        for language in LANGUAGES
        if any(other[language].casefold() == names[language].casefold() for other in others)
    ]
    if taken:
        raise InvalidError(fields=tuple(taken))


async def _free_code(name: str) -> str:
    """A code that no topic has or had."""
    wanted = naming.slug(name)[:CODE_CHARS].strip("-")
    rows = await database.fetch("SELECT code FROM topic UNION ALL SELECT code FROM former_topic")
    taken = {row["code"] for row in rows}
    candidates = (wanted if at == 1 else f"{wanted}-{at}" for at in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


async def _record(act: str, code: str, by: str) -> None:
    await journal.record(act=act, subject=f"topic:{code}", by=by)
    await revisions.touch("content")
