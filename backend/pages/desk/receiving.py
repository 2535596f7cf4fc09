"""Who receives feedback that is sent or forwarded to a unit, told while one is chosen."""

from uuid import UUID

from backend.discussion.feedback import handlers
from backend.door.visit import reader_of, visit_of
from backend.pages.shell import AnyRequest
from backend.pages.views import unit_name
from base.catalogue import say

NOBODY = UUID(int=0)


async def of_reader(request: AnyRequest, unit: int) -> str:
    """That somebody above receives for the unit what the reader sends, or nobody; "" where somebody answers."""
    return await _told(request, unit, reader_of(request).member_id)


async def of_others(request: AnyRequest, unit: int) -> str:
    """The same of what somebody else sent and the reader forwards."""
    return await _told(request, unit, NOBODY)


async def _told(request: AnyRequest, unit: int, author: UUID) -> str:
    language, found = visit_of(request).language, handlers.receiver(await handlers.seats(), unit, author)
    if found is None:
        return say("feedback-unit-silent", language)
    return "" if found == unit else say("feedback-unit-above", language, unit=await unit_name(found, language))
