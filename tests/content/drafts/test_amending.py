"""Whoever decides on a later text sees first what it would change."""

import pytest

from base.errors import NotFoundError
from content import publishing
from content.drafts import amending
from tests.content.builders import regulation
from tests.content.drafts.desk import MINH, begun, issued

pytestmark = pytest.mark.usefixtures("handbook")


async def test_a_later_text_is_compared_with_the_last_one_that_was_issued():
    await issued()
    draft = await begun(regulation().replace("1. ", "1. Nay ", 1))
    found = await amending.amendment(draft)
    assert (found.since, found.comparison.counts.changed, found.comparison.words_added) == (1, 1, 1)
    changed = next(change for change in found.comparison.changes if change.kind == "changed")
    assert changed.new.path in found.anchors


async def test_a_first_text_changes_nothing_that_stands():
    with pytest.raises(NotFoundError):
        await amending.amendment(await begun())


async def test_a_text_that_was_withdrawn_is_not_what_a_later_one_changes():
    first = await issued()
    draft = await begun(regulation().replace("1. ", "1. Nay ", 1))
    await publishing.withdraw(first.edition, by=MINH, reason="Sai chữ.")
    with pytest.raises(NotFoundError):
        await amending.amendment(draft)
