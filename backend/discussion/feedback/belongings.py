"""What feedback holds about a member: told to them whole, and freed of them when they are erased."""

from functools import partial
from typing import Any
from uuid import UUID

from backend.accounts import privacy
from backend.accounts.privacy import Afterwards
from backend.discussion.feedback import attaching, following, publishing
from backend.discussion.feedback.model import COLUMNS, DONE, Case
from base import database

_FILE = "id, feedback, name, media_type, size, kept_at"


def join() -> None:
    """Have the export and the erasure of a member include what they asked."""
    privacy.also_tell("feedback", told)
    privacy.also_tell("feedback_handled", handled)
    privacy.also_tell("feedback_drafts", drafts)
    privacy.also_tell("feedback_templates", saved_templates)
    privacy.also_tell("feedback_unsent_files", unsent)
    privacy.also_erase("feedback", erase)


async def told(member: UUID) -> list[dict[str, Any]]:
    """Every case of a member with what became of it; what handlers noted for each other is not the member's."""
    rows = await database.fetch(
        "SELECT f.id, f.code, f.kind, f.about, d.slug AS document, f.words, f.consent, f.state, f.received_at, "
        "f.due_on, CASE WHEN f.state IN ('answered', 'closed') THEN f.answer ELSE '' END AS answer, f.answered_at, "
        "f.asked_again, f.rating, f.rating_words, a.code AS published_as FROM feedback f "
        "LEFT JOIN document d ON d.id = f.document "
        "LEFT JOIN published_answer a ON a.feedback = f.id AND a.withdrawn_at IS NULL "
        "WHERE f.author = {} ORDER BY f.received_at, f.id",
        member,
    )
    among, own = database.among("verb", following.OWN_STEPS)
    steps = await database.fetch(
        "SELECT s.feedback, s.verb, s.at, s.unit FROM feedback_step s JOIN feedback f ON f.id = s.feedback "
        f"WHERE f.author = {{}} AND {among} ORDER BY s.at, s.id",
        member, own,
    )  # fmt: skip
    files = await database.fetch(f"SELECT {_FILE} FROM feedback_file WHERE author = {{}} ORDER BY kept_at, id", member)
    return [
        {
            **row,
            "steps": [each for each in steps if each["feedback"] == row["id"]],
            "files": [_addressed(each, row["code"]) for each in files if each["feedback"] == row["id"]],
        }
        for row in rows
    ]


def _addressed(file: dict[str, Any], code: str) -> dict[str, Any]:
    return {**file, "address": f"/feedback/{code}/files/{file['id']}"}


async def unsent(member: UUID) -> list[dict[str, Any]]:
    """Files that they brought for feedback that was not sent."""
    rows = await database.fetch(
        f"SELECT {_FILE} FROM feedback_file WHERE author = {{}} "
        "AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.id = feedback_file.feedback) ORDER BY kept_at, id",
        member,
    )
    return [{**row, "address": f"/api/feedback/{row['feedback']}/files/{row['id']}"} for row in rows]


async def handled(member: UUID) -> list[dict[str, Any]]:
    """What they did and wrote as one who answers; whose the case was is not theirs to take along."""
    return await database.fetch(
        "SELECT f.code, s.verb, s.at, s.unit, s.words FROM feedback_step s JOIN feedback f ON f.id = s.feedback "
        'WHERE s."by" = {} AND f.author <> {} ORDER BY s.at, s.id',
        member, member,
    )  # fmt: skip


async def drafts(member: UUID) -> list[dict[str, Any]]:
    """Answers that they began and nobody has sent yet."""
    among, done = database.among("f.state", DONE)
    return await database.fetch(
        "SELECT f.code, f.answer AS words, s.at AS saved_at FROM feedback f "
        f"JOIN feedback_step s ON s.feedback = f.id AND s.verb = 'begin' WHERE s.\"by\" = {{}} AND NOT {among} "
        "AND f.answer <> '' AND NOT EXISTS (SELECT 1 FROM feedback_step later WHERE later.feedback = f.id "
        "AND later.verb IN ('begin', 'answer', 'forward') AND (later.at, later.id) > (s.at, s.id)) "
        "ORDER BY s.at, f.code",
        member, done,
    )  # fmt: skip


async def saved_templates(member: UUID) -> list[dict[str, Any]]:
    """Templates of answers whose words are theirs, as the last who saved them."""
    return await database.fetch(
        "SELECT t.unit, t.title, t.words, t.saved_at FROM answer_template t WHERE t.saved_by = {} "
        "ORDER BY t.saved_at, t.id",
        str(member),
    )


async def erase(member: UUID) -> Afterwards:
    """Leave the cases, which an office answered, but not whose they were; none is published any more.

    Files go, bytes and all, for photographs and papers tell of people whatever their names are.
    """
    await database.execute("UPDATE feedback SET consent = {}, author_unit = NULL WHERE author = {}", False, member)
    for row in await database.fetch(f"SELECT {COLUMNS} FROM feedback f WHERE f.author = {{}}", member):
        await publishing.hide(Case(**row), by=member)
    rows = await database.fetch("DELETE FROM feedback_file WHERE author = {} RETURNING digest", member)
    return partial(attaching.clear, [row["digest"] for row in rows])
