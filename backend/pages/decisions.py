"""How many decisions were made by which rule, appealed against and overturned: for everybody to read."""

from itertools import groupby
from typing import Any

from backend.door.visit import visit_of
from backend.moderation import tallies
from backend.moderation.tallies import Tally
from backend.pages import rule_words
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from base.catalogue import say


@page_at("/rules/decisions")
async def decisions(request: AnyRequest) -> Page:
    """Month by month; small counts are not told, and nothing of anybody."""
    language = visit_of(request).language
    found = groupby(await tallies.tallies(), key=lambda tally: tally.month)
    months = [{"name": _month(month), "lines": [_told(each, language) for each in lines]} for month, lines in found]
    return await page(request, "decisions.html", months=months, least=tallies.LEAST, covered=tallies.MONTHS)


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{number}/{year}"


def _told(tally: Tally, language: str) -> dict[str, Any]:
    counts = [tallies.told(count) for count in (tally.decisions, tally.appeals, tally.overturned)]
    few = say("decisions-few", language, least=tallies.LEAST)
    return {
        "rule": rule_words.named(tally.reason, language) or say("decisions-no-rule", language),
        "counts": [few if count is None else str(count) for count in counts],
    }
