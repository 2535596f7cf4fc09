"""Which notices are new, the phone alone knows: marked, counted where one comes by, gone with the next reader."""

from playwright.async_api import expect

from tests.browser.conftest import Contexts
from tests.site import PHONE, Site


async def test_marks_are_kept_on_the_phone_and_belong_to_one_reader(contexts: Contexts, live_server: Site):
    context = await contexts(PHONE, person="mai", service_workers="block")
    page = await context.new_page()
    await page.goto("/notices")
    fresh = page.locator("[data-new]:visible")
    count = await page.locator("[data-notice]").count()
    await expect(fresh).to_have_count(count)
    await page.locator("[data-notice] a").first.click()
    await page.goto("/")
    await expect(page.locator("[data-notices-count]")).to_have_text(f"({count - 1} chưa xem)")
    await page.goto("/notices")
    await expect(fresh).to_have_count(count - 1)
    await page.locator("[data-mark-all]").click()  # a key pressed before the first frame goes to the page
    await expect(fresh).to_have_count(0)
    await page.goto("/")
    await expect(page.locator("[data-notices-count]")).to_be_hidden()
    kept = await page.evaluate("JSON.stringify(localStorage)")
    await context.clear_cookies()
    await page.goto(live_server.link("hoa"))
    await page.locator("main form button").first.click()
    await page.wait_for_url("**/")
    await page.goto("/notices")
    await expect(fresh).to_have_count(await page.locator("[data-notice]").count())
    assert await page.evaluate("JSON.stringify(localStorage)") != kept
