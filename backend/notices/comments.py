"""Notices about comments: an answer to the reader's own, a decision on it, or an appeal that waits for them."""

from collections.abc import Sequence
from uuid import UUID

from backend.accounts.sessions import Reader
from backend.discussion import mine
from backend.discussion.comment_model import COLUMNS, FROM, SHOWN, Comment
from backend.discussion.mine import Mine
from backend.moderation import cases
from backend.notices.told import Found, Told, shortened, subject, subjects, words_of
from base import database
from base.errors import NotFoundError
from notifications.inbox import Item

APPEALS = ("comment.appeal", "appeal.overdue")


async def tell(items: Sequence[Item], reader: Reader, language: str) -> Found:
    """Of which text it was said, in whose words, and where that stands."""
    among, values = database.among("c.id", subjects(items))
    rows = await database.fetch(f"SELECT {COLUMNS} FROM {FROM} WHERE {among}", values)
    titled = await mine.titled([Comment(**row) for row in rows], reader.scopes)
    known: dict[UUID | None, Mine] = {each.comment.id: each for each in titled}
    found = {item.id: await _told(item, known.get(subject(item)), reader, language) for item in items}
    return {id: told for id, told in found.items() if told}


async def _told(item: Item, of: Mine | None, reader: Reader, language: str) -> Told | None:
    if of is None:
        return None
    words = words_of(item.kind, language)
    if item.kind in APPEALS:
        may = await _may_answer(of.comment, reader)
        return Told(words, of.title, href=f"/desk/moderation/{of.comment.id}") if may else None
    if of.comment.author == reader.member_id:
        href = f"/account/comments/{of.comment.id}/decision"
        return Told(words, of.title, shortened(of.comment.words), href)
    if not of.path or of.comment.state != SHOWN:
        return None
    return Told(words, of.title, shortened(of.comment.words), f"{of.href}#c-{of.comment.id}")


async def _may_answer(comment: Comment, reader: Reader) -> bool:
    """Whether an appeal still waits, and the reader did not make the decision that it is against."""
    try:
        opened = await cases.opened(comment.id, reader)
    except NotFoundError:
        return False
    appeal, last = opened.case.appeal, opened.case.last
    return opened.decides and appeal is not None and appeal.is_open and last is not None and last.by != reader.member_id
