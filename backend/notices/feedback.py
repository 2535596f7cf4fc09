"""Notices about feedback: to its author, what became of it; to those who answer, what waits for them."""

from collections.abc import Sequence

from backend.accounts.sessions import Reader
from backend.discussion.feedback import desk, steps
from backend.discussion.feedback.model import Case
from backend.notices.told import Found, Told, shortened, subject, words_of
from base.catalogue import say
from base.errors import NotFoundError
from notifications.inbox import Item


async def tell(items: Sequence[Item], reader: Reader, language: str) -> Found:
    """Which case, in its author's words, and where it is."""
    found = {item.id: await _told(item, reader, language) for item in items}
    return {id: told for id, told in found.items() if told}


async def _told(item: Item, reader: Reader, language: str) -> Told | None:
    id = subject(item)
    case = await steps.find(id) if id else None
    if case is None:
        return None
    if case.author == reader.member_id:
        words = words_of(item.kind, language, own=True)
        return Told(words, case.code, shortened(case.words), f"/feedback/{case.code}")
    if not await _is_theirs(case, reader):
        return None
    words = say("notices-feedback-answered", language) if case.is_done else words_of(item.kind, language)
    return Told(words, case.code, shortened(case.words), f"/desk/feedback/{case.id}")


async def _is_theirs(case: Case, reader: Reader) -> bool:
    try:
        await desk.opened(case.id, reader)
    except NotFoundError:
        return False
    return True
