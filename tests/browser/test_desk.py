"""The editors' desk in a real browser: files dropped, parts saved as one writes, a text on its way to a phone."""

import re
from collections.abc import AsyncIterator
from itertools import count

import pytest
from playwright.async_api import Browser, FilePayload, Page, Route, expect

from tests.content.builders import regulation
from tests.site import DESK, PHONE, Site

_numbers = count(301)


@pytest.fixture
async def at_desk(browser: Browser, changing_server: Site) -> AsyncIterator:
    """A function: somebody's page, at a desk unless said otherwise."""
    opened = []

    async def open(person: str, size=DESK, **how) -> Page:
        context = await changing_server.open(browser, size, person=person, service_workers="block", **how)
        opened.append(context)
        return await context.new_page()

    yield open
    for context in opened:
        await context.close()


def _file(number: int) -> FilePayload:
    return {"name": f"{number}.md", "mimeType": "text/markdown", "buffer": regulation(f"{number}-QĐ/TU").encode()}


async def _begun(page: Page) -> str:
    """The address of a new draft."""
    await page.goto("/desk/documents/new")
    await page.set_input_files("#file", [_file(next(_numbers))])
    await page.get_by_role("link", name="Mở để soát").click()
    await page.wait_for_url(re.compile("/desk/drafts/"))
    return page.url.split("?")[0]


async def _opened_part(page: Page, base: str, words: str = "1.") -> None:
    await page.goto(base)
    await page.locator(
        "a[data-open]", has=page.locator("strong", has_text=re.compile(f"^{re.escape(words)}$"))
    ).first.click()
    await expect(page.locator("form[data-part] textarea")).to_be_focused()


async def test_files_are_dropped_several_at_once_and_each_says_what_became_of_it(at_desk):
    page = await at_desk("lan")
    await page.goto("/desk/documents/new")
    texts = {"a.md": regulation(f"{next(_numbers)}-QĐ/TU", seed=11), "b.exe": "MZ"}
    await page.evaluate(
        """texts => {
          const data = new DataTransfer();
          for (const [name, text] of Object.entries(texts)) data.items.add(new File([text], name));
          const drop = document.querySelector("[data-drop]");
          drop.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        texts,
    )
    lines = page.locator("[data-taken] > li")
    await expect(lines.nth(0)).to_contain_text("Mở để soát")
    await expect(lines.nth(1).locator(".wrong-words")).to_contain_text("Không nhận loại tệp này")


async def test_what_cannot_be_sent_says_so(at_desk):
    page = await at_desk("lan")
    await page.goto("/desk/documents/new")
    await page.route("**/desk/drafts/*/file", lambda route: route.abort())
    await page.set_input_files("#file", [_file(next(_numbers))])
    await expect(page.locator("[data-taken]")).to_contain_text("Chưa gửi được")


async def test_a_part_is_saved_while_one_writes_and_the_preview_follows(at_desk):
    page = await at_desk("lan")
    base = await _begun(page)
    await _opened_part(page, base)
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" Thêm một câu.")
    await expect(page.locator("[data-status]")).to_contain_text("Lưu lúc")
    await expect(page.frame_locator("[data-preview]").locator(".fragment")).to_contain_text("Thêm một câu.")
    await page.keyboard.type(" Và một câu nữa.")  # the field goes on as it was, and so does the next saving
    await expect(page.frame_locator("[data-preview]").locator(".fragment")).to_contain_text("Và một câu nữa.")
    await _opened_part(page, base)
    assert (await page.locator("form[data-part] textarea").input_value()).endswith("Thêm một câu. Và một câu nữa.")


async def test_two_editors_of_one_part_see_both_versions_and_choose(at_desk):
    page, other = await at_desk("lan"), await at_desk("lan")
    base = await _begun(page)
    await _opened_part(page, base)
    await _opened_part(other, base)
    await other.locator("form[data-part] textarea").fill("1. Câu của người kia.")
    await expect(other.locator("[data-status]")).to_contain_text("Lưu lúc")
    await page.locator("form[data-part] textarea").fill("1. Câu của tôi.")
    await expect(page.locator(".both")).to_contain_text("Câu của người kia.")
    assert await page.locator("form[data-part] textarea").input_value() == "1. Câu của tôi."
    await page.get_by_role("button", name="Lưu bản của tôi").click()
    await expect(page.locator("[data-status]")).to_contain_text("Lưu lúc")
    await expect(page.locator(".both")).to_have_count(0)
    await page.goto(base)
    await expect(page.locator(".draft-parts")).to_contain_text("Câu của tôi.")


async def test_words_that_could_not_be_saved_stay_on_the_screen(at_desk):
    page = await at_desk("lan")
    base = await _begun(page)
    await _opened_part(page, base)

    async def cut(route: Route) -> None:
        await route.abort()

    await page.route("**/parts/*", cut)
    await page.locator("form[data-part] textarea").fill("1. Viết khi mất mạng.")
    await expect(page.locator("[data-status]")).to_contain_text("Chưa lưu được")
    await page.get_by_role("link", name="Xong").click()
    assert await page.locator("form[data-part] textarea").input_value() == "1. Viết khi mất mạng."
    await page.unroute("**/parts/*")
    await page.get_by_role("button", name="Lưu", exact=True).click()
    await expect(page.locator("[data-status]")).to_contain_text("Lưu lúc")


async def test_a_part_is_changed_without_javascript_on_a_phone(at_desk):
    desk = await at_desk("lan")
    base = await _begun(desk)
    page = await at_desk("lan", PHONE, java_script_enabled=False)
    await page.goto(base)
    await page.locator("a.draft-part", has=page.locator("strong", has_text=re.compile(r"^1\.$"))).first.click()
    await page.locator("#text").fill("1. Sửa trên điện thoại cũ.")
    await page.get_by_role("button", name="Lưu", exact=True).click()
    await expect(page.locator(".done")).to_contain_text("Đã lưu.")
    await expect(page.locator("#text")).to_have_value("1. Sửa trên điện thoại cũ.")


async def test_a_text_goes_from_its_editor_over_its_approver_to_a_phone(at_desk):
    lan, minh, mai = await at_desk("lan"), await at_desk("minh"), await at_desk("mai", PHONE)
    base = await _begun(lan)
    await lan.goto(f"{base}/audience")
    await lan.get_by_role("button", name="Thêm mọi đảng viên").click()
    async with lan.expect_navigation():  # or the next address would be asked for before this is sent
        await lan.get_by_role("button", name="Lưu đối tượng").click()
    await lan.goto(f"{base}/check")
    await lan.get_by_label("đã đọc toàn văn").check()
    async with lan.expect_navigation():
        await lan.get_by_role("button", name="Xác nhận").click()
    await lan.get_by_role("button", name="Trình duyệt").click()
    await expect(lan.locator(".done")).to_contain_text("Đã trình duyệt")
    await minh.goto("/desk/documents")
    number = (await lan.locator(".draft-head .number-of").text_content() or "").strip()
    await minh.locator("li", has_text=number).get_by_role("link").first.click()
    await minh.get_by_role("button", name="Duyệt và ban hành ngay").click()
    await expect(minh.locator(".done")).to_contain_text("Đã ban hành")
    await mai.goto("/documents")
    await expect(mai.get_by_text(number, exact=True)).to_be_visible()
