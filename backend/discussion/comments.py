"""Comments: written once under an id that the author's phone made, mended for a while, withdrawn at any time."""

from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct, structs

from backend.accounts import consents, memberships
from backend.accounts.acts import act
from backend.accounts.standing import forest
from backend.discussion import about as naming
from backend.discussion import comment_moves as moves
from backend.discussion import judging, mine, wording
from backend.discussion.about import About, Target
from backend.discussion.comment_model import (
    DECIDED,
    RETURNED,
    SHOWN,
    WAITING,
    WITHDRAWN,
    Comment,
    CommentChangedSinceError,
    TooLateError,
    TooManyCommentsError,
)
from backend.discussion.comment_moves import find
from backend.discussion.judging import Judged
from backend.discussion.voices import NAME
from base import clock, database, journal, limits
from base.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from notifications import outbox

LIMIT, WINDOW_S = 10, 600
"""So many comments may a member write within so many seconds."""

MOST_EDITS = 20
"""So often within WINDOW_S may a member put other words in the place of theirs."""

PARENT_GONE = "comment-parent-gone"
"""What is said where the comment that was to be answered is not shown any more."""


class Written(Struct, frozen=True):
    """The comment as it stands, and whether it is new."""

    comment: Comment
    is_new: bool


async def one(id: UUID, *, scopes: frozenset[str], by: UUID | None = None) -> Comment:
    """A comment that is shown, or ``by``'s own in any state, on what these scopes may read; raises NotFoundError."""
    found = await find(id)
    if found is None or (found.state != SHOWN and found.author != by) or not await _may_read(found, scopes):
        raise NotFoundError
    return found


async def write(
    id: UUID, *, about: About, words: str, parent: UUID | None = None, named: bool, by: UUID, scopes: frozenset[str]
) -> Written:
    """Say something; whether it is shown or waits is for screening to say. The same again changes nothing.

    Raises InvalidError, NotFoundError for what ``scopes`` may not read and for somebody else's id, ConflictError for
    another comment by this id, TooManyCommentsError.
    """
    words = wording.checked(words)
    target = await _target(about, parent, scopes)
    if there := await _same(id, target, words, parent, named, by):
        return Written(there, False)
    await _check_named(by, named)
    await _count(f"comment:{by}", LIMIT)
    async with act(id, by):
        if there := await _same(id, target, words, parent, named, by):
            return Written(there, False)
        return Written(await _insert(id, target, words, parent, named, by), True)


async def edit(id: UUID, words: str, *, revision: int, by: UUID) -> Comment:
    """Say it in other words; ``revision`` is the one that was seen. Screening looks again; the same changes nothing.

    Raises NotFoundError for anybody else's, InvalidError, CommentChangedSinceError, TooLateError, TooManyCommentsError.
    """
    words = wording.checked(words)
    if (was := await _own(id, by)).words == words:
        return was
    await _count(f"comment-edit:{by}", MOST_EDITS)
    async with act(id, by):
        was = await _own(id, by)
        if was.words == words:
            return was
        if was.revision != revision:
            raise CommentChangedSinceError
        if not was.is_editable:
            raise TooLateError
        judged = await judging.judge(words, author=by, unit=was.unit, but=id)
        if was.state == RETURNED:  # whoever sent it back looks at it again
            judged = Judged(WAITING, judged.held_for, judged.held_own)
        await _reword(was, words, judged)
        await _note("edit", was, by, revision=revision + 1)
        return await _own(id, by)


async def withdraw(id: UUID, *, by: UUID) -> Comment:
    """Take one's comment back; nobody else reads it from then on. Once withdrawn it stays so."""
    async with act(id, by):
        was = await _own(id, by)
        if was.state != WITHDRAWN:
            await moves.move(was, WITHDRAWN)
            await outbox.cancel(f"comment:{id}")
            await _note("withdraw", was, by)
        return await _own(id, by)


async def settle(id: UUID, *, revision: int, state: str, by: str, reason: str) -> Comment:
    """Bring a comment into the state that a moderator decided on, in the transaction that records the decision.

    ``reason`` is the code of the published rule, "" for none. Raises NotFoundError, and CommentChangedSinceError when
    ``revision`` is not the current one or the author has withdrawn it. The same again changes nothing.
    """
    if state not in DECIDED or not database.in_transaction():
        raise RuntimeError(f"{by} settled {id} as {state} outside a decision")
    async with act(id):
        was = await find(id)
        if was is None:
            raise NotFoundError
        if was.state == WITHDRAWN or was.revision != revision:
            raise CommentChangedSinceError
        if (was.state, was.decided_for) == (state, reason):
            return was
        now = clock.now()
        await database.execute("UPDATE comment SET decided_for = {}, decided_at = {} WHERE id = {}", reason, now, id)
        await moves.move(was, state)
        return structs.replace(was, state=state, decided_for=reason, decided_at=now)


async def province_of(unit: int | None) -> int | None:
    """Under which unit's name the author speaks: their province, or what stands right below the centre."""
    if unit is None:
        return None
    tree = await forest()
    line = tree.path(unit, clock.today())
    return next((each for each in line if tree[each].kind == "province"), line[-2] if len(line) > 1 else line[-1])


async def _may_read(comment: Comment, scopes: frozenset[str]) -> bool:
    (row,) = await mine.titled([comment], scopes)
    return row.path != ""


async def _target(about: About, parent: UUID | None, scopes: frozenset[str]) -> Target:
    """What it is about; an answer is about what the comment is about that it answers."""
    target = await naming.resolve(about, scopes=scopes)
    if parent is None:
        return target
    head = await find(parent)
    if head is None:
        raise NotFoundError
    if head.state != SHOWN:
        raise NotFoundError(PARENT_GONE)
    if (head.document, head.news) != (target.document, target.news):
        raise InvalidError.of("parent", "comment-parent-elsewhere")
    if head.parent is not None:
        raise InvalidError.of("parent", "comment-parent-answer")
    return Target(head.document, head.news, head.edition, head.ordinal, head.anchor)


async def _same(id: UUID, target: Target, words: str, parent: UUID | None, named: bool, by: UUID) -> Comment | None:
    """The comment by this id if it was written just so; None when there is none yet."""
    there = await find(id)
    if there is None:
        return None
    if there.author != by:
        raise NotFoundError
    first = await database.fetch("SELECT words FROM comment_revision WHERE comment = {} AND revision = 1", id)
    if (there.place, there.parent, there.named, first[0]["words"]) != (target.place, parent, named, words):
        raise ConflictError
    return there


async def _check_named(by: UUID, named: bool) -> None:
    if named and NAME not in await consents.given(by):
        raise InvalidError.of("named", "comment-name-not-agreed")


async def _count(what: str, limit: int) -> None:
    try:
        await limits.hit(what, limit=limit, window_s=WINDOW_S)
    except TooManyError as error:
        raise TooManyCommentsError(retry_after_s=error.retry_after_s) from None


async def _insert(id: UUID, target: Target, words: str, parent: UUID | None, named: bool, by: UUID) -> Comment:
    unit = await memberships.unit_of(by, clock.today())
    judged = await judging.judge(words, author=by, unit=unit, but=id)
    row: dict[str, Any] = {
        "id": id, "document": target.document, "news": target.news, "edition": target.edition,
        "ordinal": target.ordinal, "anchor": target.anchor, "quote": target.quote, "parent": parent, "author": by,
        "unit": unit, "province": await province_of(unit), "named": named, "state": judged.state, "revision": 1,
        "held_for": judged.held_for, "held_own": judged.held_own, "decided_for": "", "created_at": clock.now(),
    }  # fmt: skip
    names, places = ", ".join([*row, "digest"]), ", ".join("{}" for _ in [*row, "digest"])
    await database.execute(f"INSERT INTO comment ({names}) VALUES ({places})", *row.values(), judging.digest(words))
    await _keep(id, 1, words)
    made = Comment(**row, edited_at=None, decided_at=None, words=words)
    await _note("write", made, by)
    await moves.tell(made, before="")
    return made


async def _reword(was: Comment, words: str, judged: Judged) -> None:
    await _keep(was.id, was.revision + 1, words)
    await database.execute(
        "UPDATE comment SET revision = {}, held_for = {}, held_own = {}, digest = {}, edited_at = {} WHERE id = {}",
        was.revision + 1, judged.held_for, judged.held_own, judging.digest(words), clock.now(), was.id,
    )  # fmt: skip
    await moves.move(was, judged.state)


async def _keep(id: UUID, revision: int, words: str) -> None:
    await database.execute(
        "INSERT INTO comment_revision (id, comment, revision, words, at) VALUES ({}, {}, {}, {}, {})",
        uuid4(), id, revision, words, clock.now(),
    )  # fmt: skip


async def _own(id: UUID, by: UUID) -> Comment:
    found = await find(id)
    if found is None or found.author != by:
        raise NotFoundError
    return found


async def _note(verb: str, comment: Comment, by: UUID, **detail: object) -> None:
    await journal.record(
        act=f"comment.{verb}", subject=f"comment:{comment.id}", by=str(by), unit=comment.unit, detail=detail
    )
