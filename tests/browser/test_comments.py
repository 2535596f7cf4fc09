"""A comment from a phone: from the part in hand to where others read it, and without a network to the outbox."""

import asyncio
import json

from playwright.async_api import Page

from backend.sample_comments import DOCUMENT
from tests.browser.measure import axe, sideways, small_targets
from tests.browser.shelf import asked_of, stocked, until, until_controlled
from tests.site import DESK, PHONE

ADDRESS = f"/documents/{DOCUMENT}"
PART = "[id='iii.1.2']"
LEFT = """within('readonly', (stores) => new Promise((end) => {
    stores('facts').count(IDBKeyRange.bound('unsent:', 'unsent:z')).onsuccess = ({ target }) => end(target.result);
}))"""
"""How many unsent comments lie on the phone, whoever wrote them."""

COUNTED = "[id='iii.3.1'] > .part-count"


async def _take(page: Page) -> None:
    """Take a part of the open document in hand."""
    await page.locator(f"{PART} > p").first.click()
    await page.locator("[data-comment-part]").wait_for()


async def test_a_part_in_hand_leads_to_what_is_said_of_it_and_the_words_are_read_by_others(contexts):
    page = await (await contexts(PHONE, person="dung")).new_page()
    await page.goto(ADDRESS)
    await _take(page)
    await page.locator("[data-comment-part]").click()
    await page.wait_for_url(f"**{ADDRESS}/comments?part=iii.1.2")
    words = "Chi bộ tôi đã phân công từng đồng chí giúp hai gia đình."
    await page.locator("[name=words]").fill(words)
    await page.locator(".comment-form button[type=submit]").click()
    await page.wait_for_url("**done=comment-shown**")
    assert await page.locator(".comment-words").first.inner_text() == words
    assert await asked_of(page, "unsent", "unsent()") == [], "what the server has is kept nowhere else"
    desk = await (await contexts(DESK, person="yen")).new_page()
    await desk.goto(ADDRESS)
    await desk.locator(f"{PART} > .part-count").wait_for()
    assert await desk.locator(f"{PART} > .part-count").get_attribute("data-count") == "1"
    await desk.locator(COUNTED).click()
    await desk.wait_for_url(f"**{ADDRESS}/comments?part=iii.3.1")


async def test_words_without_a_network_are_kept_and_sent_by_themselves_when_there_is_one(contexts):
    context = await contexts(PHONE, person="dao")
    page = await stocked(context)
    await until(page, "state.owner !== 'visitor' && state.isWhole")
    await until_controlled(page)
    await context.set_offline(True)
    await page.goto(ADDRESS)
    await _take(page)
    await page.locator("[data-comment-part]").click()
    sheet = page.locator("#comment-sheet")
    await sheet.locator("textarea").fill("Viết trên nương, lúc không có sóng.")
    assert await axe(page) == [] and await sideways(page) == 0 and await small_targets(page) == []
    await sheet.locator("button[type=submit]").click()
    await sheet.locator("[data-comment-kept]").wait_for()
    assert "sẽ gửi khi có mạng" in await sheet.locator("[data-comment-kept]").inner_text()
    await page.reload()
    await page.locator("[data-unsent-line]").wait_for()
    (kept,) = await asked_of(page, "unsent", "unsent()")
    await context.set_offline(False)
    await page.locator("[data-unsent-line]").wait_for(state="hidden")
    await page.goto("/account/comments")
    assert await page.locator(f"#c-{kept['id']} .comment-words").inner_text() == "Viết trên nương, lúc không có sóng."
    assert not await page.locator("[data-outbox]").is_visible()


async def test_what_the_server_refuses_says_why_and_signing_out_takes_unsent_words_along(contexts):
    page = await stocked(await contexts(PHONE, person="hung"))
    await until(page, "state.owner !== 'visitor'")
    refused = {"id": "0190a1c2-7b3e-4d4f-8a5b-6c7d8e9f0a1b", "body": {"words": "😀", "document": DOCUMENT}}
    await asked_of(page, "unsent", f"keep({json.dumps(refused)})")
    await page.goto("/account/comments")
    await page.locator("[data-outbox] [data-why]").filter(has_text="Ý kiến cần có chữ").wait_for()
    assert await axe(page) == [] and await small_targets(page) == []
    await page.goto("/account")
    await page.locator("form[data-sign-out] button").click()
    await page.wait_for_url(lambda url: "/account/comments" not in url and not url.endswith("/account"))
    for _ in range(50):
        if not await asked_of(page, "store", LEFT):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("unsent words outlasted signing out")
