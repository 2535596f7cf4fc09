"""Writing news in a real browser: what is typed is drawn and saved by itself, and nothing is lost to anybody else."""

import io
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Page, Route, expect

from tests.browser.conftest import Contexts
from tests.browser.measure import axe, sideways, small_targets
from tests.browser.pages import WRITTEN
from tests.site import DESK, PHONE, Site

TITLE, STANDFIRST, BODY = "Điểm đọc mở thêm buổi tối", "Một đoạn dẫn ngắn.", "Mở đầu.\n\n## Đầu đề\n\nThân **bài**."


@pytest.fixture
async def desks(browser: Browser, changing_server: Site) -> AsyncIterator[Contexts]:
    """Opens phones and desks of people of a handbook that tests may change."""
    async with AsyncExitStack() as stack:

        async def open_context(size=DESK, **how):
            context = await changing_server.open(browser, size, service_workers="block", **how)
            stack.push_async_callback(context.close)
            return context

        yield open_context


@pytest.fixture
async def lan(desks: Contexts) -> Page:
    """Lan's desk at an empty form."""
    page = await (await desks(person="lan")).new_page()
    await page.goto("/desk/news/new")
    return page


async def filled(page: Page, title: str = TITLE) -> None:
    await page.get_by_label("Tiêu đề").fill(title)
    await page.get_by_label("Đoạn dẫn").fill(STANDFIRST)
    await page.get_by_label("Nội dung").fill(BODY)


def status(page: Page):
    return page.locator("[data-saved]")


def preview(page: Page):
    return page.locator("[data-preview]")


async def press(page: Page, words: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=words, exact=True).click()


async def give_to(page: Page, words: str) -> None:
    await page.get_by_role("button", name=words, exact=True).click()
    await expect(page.locator(".audience-lines li")).to_have_count(1)


def picture() -> FilePayload:
    data = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(data, "PNG")
    return {"name": "anh.png", "mimeType": "image/png", "buffer": data.getvalue()}


async def test_what_is_typed_is_drawn_saved_by_itself_and_still_there_after_reloading(lan: Page):
    await filled(lan)
    await expect(preview(lan).get_by_role("heading", name="Đầu đề")).to_be_visible()
    await expect(preview(lan).locator("strong")).to_have_text("bài")
    await expect(status(lan)).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))
    assert re.search(r"/desk/news/[0-9a-f-]{36}/edit$", lan.url)
    await lan.get_by_label("Tiêu đề").fill(f"{TITLE} nữa")
    await expect(status(lan)).not_to_have_text(re.compile("^Đã lưu"))
    await expect(status(lan)).to_have_text(re.compile("^Đã lưu"))
    await lan.reload()
    assert await lan.get_by_label("Tiêu đề").input_value() == f"{TITLE} nữa"
    assert await lan.get_by_label("Nội dung").input_value() == BODY


async def test_readers_get_it_only_when_it_is_published(lan: Page, desks: Contexts):
    mai = await (await desks(PHONE, person="mai")).new_page()
    await filled(lan, "Tin của buổi chiều")
    await give_to(lan, "Thêm mọi đảng viên")
    await expect(status(lan)).to_have_text(re.compile("^Đã lưu"))
    await mai.goto("/news")
    assert await mai.get_by_text("Tin của buổi chiều").count() == 0
    await press(lan, "Đăng ngay")
    await expect(lan.get_by_role("status").filter(has_text="Đã đăng tin")).to_be_visible()
    await mai.reload()
    await mai.get_by_role("link", name="Tin của buổi chiều").tap()
    await expect(mai.get_by_role("heading", name="Đầu đề")).to_be_visible()


async def test_two_who_write_at_once_are_told_and_both_versions_are_offered(lan: Page, desks: Contexts):
    await filled(lan, "Tên lúc đầu")
    await expect(status(lan)).to_have_text(re.compile("^Đã lưu"))
    xuan = await (await desks(PHONE, person="lan")).new_page()  # another machine
    await xuan.goto(lan.url)
    await xuan.get_by_label("Tiêu đề").fill("Tên từ máy kia")
    await expect(status(xuan)).to_have_text(re.compile("^Đã lưu"))
    await lan.get_by_label("Tiêu đề").fill("Tên từ máy này")
    await expect(lan.locator("[data-changed]")).to_contain_text("sửa ở nơi khác")
    await lan.get_by_label("Đoạn dẫn").fill("Viết tiếp khi đã biết.")
    await press(lan, "Xem cả hai bản")
    both = lan.locator(".both")
    await expect(both.locator(".theirs").first).to_have_text("Tên từ máy kia")
    assert await lan.get_by_label("Tiêu đề", exact=True).input_value() == "Tên từ máy này"
    assert await lan.get_by_label("Đoạn dẫn", exact=True).input_value() == "Viết tiếp khi đã biết."
    assert await axe(lan) == [] and await sideways(lan) == 0
    async with lan.expect_navigation():
        await both.get_by_role("button", name="Lưu bản của tôi").click()
    await xuan.reload()
    assert await xuan.get_by_label("Tiêu đề").input_value() == "Tên từ máy này"


async def test_without_a_network_words_stay_and_are_saved_once_it_is_back(lan: Page):
    broken = True

    async def fail(route: Route) -> None:
        await (route.abort() if broken else route.continue_())

    await lan.route("**/draft", fail)
    await filled(lan)
    await expect(status(lan)).to_contain_text("Chưa lưu được")
    broken = False
    await lan.get_by_label("Tiêu đề").fill("Có mạng rồi")
    await expect(status(lan)).to_have_text(re.compile("^Đã lưu"))
    await lan.reload()
    assert await lan.get_by_label("Tiêu đề").input_value() == "Có mạng rồi"


async def test_a_picture_goes_where_one_was_writing(lan: Page):
    await filled(lan)
    await lan.get_by_label("Nội dung").evaluate("(it) => it.setSelectionRange(7, 7)")
    await lan.get_by_text("Ảnh trong bài", exact=True).click()
    await lan.get_by_label("Tệp ảnh", exact=True).set_input_files(picture())
    await lan.get_by_label("Lời mô tả ảnh", exact=True).fill("Một khoảng xanh")
    await press(lan, "Tải ảnh lên và đưa vào bài")
    body = await lan.get_by_label("Nội dung").input_value()
    assert re.match(r"Mở đầu\.\n\n!\[Một khoảng xanh\]\(/pictures/[0-9a-f]{64}\)\n\n## Đầu đề", body)
    shown = preview(lan).get_by_role("img", name="Một khoảng xanh")
    await shown.scroll_into_view_if_needed()
    await expect(shown).to_have_js_property("complete", True)
    assert await shown.evaluate("(it) => it.naturalWidth") > 0
    assert await axe(lan) == []


async def test_without_javascript_one_writes_previews_corrects_and_publishes(desks: Contexts):
    page = await (await desks(PHONE, person="lan", java_script_enabled=False)).new_page()
    await page.goto("/desk/news/new")
    await filled(page, "Viết không cần mã lệnh")
    await press(page, "Xem trước")
    assert await preview(page).get_by_role("heading", name="Đầu đề").count() == 1
    await page.get_by_label("Nội dung").fill("![](https://xa.example/a.png)")
    await press(page, "Đăng ngay")
    for words in ("Dòng 1:", "Cần cho biết tin dành cho ai"):
        await expect(page.locator(".summary")).to_contain_text(words)
    assert await page.get_by_label("Tiêu đề").input_value() == "Viết không cần mã lệnh"
    await page.get_by_label("Nội dung").fill(BODY)
    await press(page, "Thêm mọi người, kể cả khách")
    await press(page, "Đăng ngay")
    await page.get_by_role("link", name="Xem như người đọc").tap()
    await page.wait_for_url("**/news/viet-khong-can-ma-lenh")
    await expect(page.get_by_role("heading", name="Viết không cần mã lệnh")).to_have_count(1)


async def test_an_audience_put_together_in_place_is_saved_by_itself(lan: Page):
    await filled(lan, "Tin cho đảng viên")
    await expect(status(lan)).to_have_text(re.compile("^Đã lưu"))
    async with lan.expect_response(re.compile("/draft$")) as saved:
        await give_to(lan, "Thêm mọi đảng viên")
    assert (await saved.value).ok
    await lan.reload()
    await expect(lan.locator(".audience-lines li")).to_have_count(1)


async def test_withdrawing_asks_for_a_reason_first(lan: Page):
    await filled(lan, "Tin sẽ gỡ")
    await give_to(lan, "Thêm mọi người, kể cả khách")
    await press(lan, "Đăng ngay")
    address = await lan.get_by_role("link", name="Xem như người đọc").get_attribute("href")
    assert not await lan.get_by_label("Lý do gỡ").is_visible()
    await lan.get_by_text("Gỡ tin này").click()
    await lan.get_by_label("Lý do gỡ").fill("Sai số liệu")
    await press(lan, "Gỡ ngay")
    await expect(lan.get_by_text("Sai số liệu")).to_be_visible()
    answer = await lan.goto(str(address))
    assert answer is not None and answer.status == 404


@pytest.mark.parametrize(
    ("size", "theme", "language"), [(PHONE, "dark", "vi"), (DESK, "light", "en"), (PHONE, "light", "en")]
)
async def test_a_form_full_of_mistakes_is_easy_to_read_and_to_hit(desks: Contexts, size, theme, language):
    page = await (await desks(size, person="lan", theme=theme, language=language)).new_page()
    await page.goto("/desk/news/new")
    await page.locator("#title").fill("Đ" * 290)
    await page.locator("#body").fill("![](x)")
    await page.locator("#publish_day").fill("2020-01-01")
    async with page.expect_navigation():
        await page.locator("button[value=publish]").click()
    await expect(page.locator(".summary")).to_be_focused()
    assert await axe(page) == []
    assert await sideways(page) == 0
    if size is PHONE:
        assert await small_targets(page) == []


async def test_letters_twice_as_large_leave_everything_on_the_screen(desks: Contexts, changing_server: Site):
    page = await (await desks(PHONE, person="lan")).new_page()
    await page.context.add_cookies([{"name": "text", "value": "larger", "url": changing_server.url}])
    digest = "/desk/documents/nghi-quyet-05-nq-tu-2026/editions/1/digest"
    for path in ("/desk", "/desk/news", "/desk/news/new", "/desk/documents", f"{WRITTEN}/check", digest):
        await page.goto(path)
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        await expect(page.locator("html")).to_have_class("huge")
        assert await sideways(page) == 0, path
