"""Who receives feedback that is sent to a unit, told while one is chosen."""

from backend.discussion.feedback import handlers
from backend.door.visit import reader_of, visit_of
from backend.pages.shell import AnyRequest
from backend.pages.views import unit_name
from base.catalogue import say


async def noted(request: AnyRequest, unit: int) -> str:
    """That somebody above receives for the unit, or nobody; "" where somebody answers."""
    language = visit_of(request).language
    found = handlers.receiver(await handlers.seats(), unit, reader_of(request).member_id)
    if found is None:
        return say("feedback-unit-silent", language)
    return "" if found == unit else say("feedback-unit-above", language, unit=await unit_name(found, language))
