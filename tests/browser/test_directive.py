"""A directive to one commune, from the desk to the phones: those it addresses are told, and nobody else is.

Messages go over TLS to a push service of the test's own, which knows the phones' keys; what it could open is handed
to the browser as its own push service would.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from playwright.async_api import Browser, Page, expect

from tests.browser.pushed import TAP, deliver, shown, told_phone, worker
from tests.browser.shelf import MODULE, act, until_so
from tests.content.builders import regulation
from tests.notifications.channels.phone import Phone
from tests.notifications.channels.services import PushService, push_service
from tests.site import DESK, Site, running

COMMUNE = "VL-DM"
"""Where Mai, Cừ and Hương are; Ngân is in the commune beside it."""

NUMBER, SLUG, TITLE = "51-CT/TU", "chi-thi-51-ct-tu-2026", "ứng phó mưa lũ"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[PushService]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    async with push_service(authority) as opened:
        yield opened


@pytest.fixture
async def site(tmp_path: Path, service: PushService) -> AsyncIterator[Site]:
    push: dict[str, Any] = {
        "SOTAY_PUSH_KEY": f"{'a2tr' * 10}a2s",
        "SOTAY_PUSH_SUBJECT": "mailto:office@vanlam.example",
        "SOTAY_PUSH_HOSTS": f"localhost:{service.port}",
        "SSL_CERT_FILE": str(tmp_path / "authority.pem"),
    }
    started = running(tmp_path / "data", **push)
    yield await asyncio.to_thread(started.__enter__)
    await asyncio.to_thread(started.__exit__, None, None, None)


@pytest.fixture
async def desks(site: Site, browser: Browser) -> AsyncIterator[tuple[Page, Page]]:
    """Lan's, who writes, and Minh's, who issues."""
    contexts = [await site.open(browser, DESK, person=who, service_workers="block") for who in ("lan", "minh")]
    yield await contexts[0].new_page(), await contexts[1].new_page()
    for context in contexts:
        await context.close()


async def _issue(desks: tuple[Page, Page], number: str) -> None:
    """An express directive to the commune goes over both desks; Minh's shows it at last."""
    lan, minh = desks
    text = regulation(number, type="Chỉ thị", title=f"về {TITLE}", issuer="BAN THƯỜNG VỤ TỈNH ỦY VÂN LAM")
    data = text.replace(f"Số {number}\n", f"Số {number}\n\nHỎA TỐC\n", 1).encode()
    await lan.goto("/desk/documents/new")
    await lan.set_input_files("#file", {"name": "chi-thi.md", "mimeType": "text/markdown", "buffer": data})
    await lan.get_by_role("link", name="Mở để soát").click()
    base = lan.url.split("?")[0]
    await lan.goto(f"{base}/audience")
    await lan.locator("input[name=audience_unit_words]").fill(COMMUNE)
    await lan.locator("[data-unit-matches] label").first.click()
    await lan.locator("button[name=audience_act][value=unit]").click()
    async with lan.expect_navigation():  # or the next address would be asked for before this is sent
        await lan.get_by_role("button", name="Lưu đối tượng").click()
    await lan.goto(f"{base}/check")
    await lan.get_by_label("đã đọc toàn văn").check()
    async with lan.expect_navigation():
        await lan.get_by_role("button", name="Xác nhận").click()
    async with lan.expect_navigation():
        await lan.get_by_role("button", name="Trình duyệt").click()
    await minh.goto(f"{base}/check")
    await minh.get_by_role("button", name="Duyệt và ban hành ngay").click()
    await expect(minh.locator(".done")).to_contain_text("Đã ban hành")


async def _recall(minh: Page, slug: str) -> None:
    await minh.goto(f"/desk/documents/{slug}")
    await minh.locator("summary", has_text="Thu hồi").click()
    await minh.locator("textarea[name^=reason]").fill("Gửi nhầm bản chưa ký.")
    await minh.locator("form[action$=withdrawal] button").click()
    await expect(minh.locator(".done")).to_contain_text("Đã thu hồi")


def _came(service: PushService, who: str) -> list[str]:
    """Topics of what came for a phone, in their order: one topic is one notice."""
    return [heads["Topic"] for path, heads, _ in service.received if path.endswith(f"/{who}")]


async def _until_came(service: PushService, who: str, times: int) -> None:
    async with asyncio.timeout(30):
        while len(_came(service, who)) < times:
            await asyncio.sleep(0.05)


async def _told(service: PushService, mai: Page, keys: Phone) -> tuple[str, str]:
    """What came for Mai was shown on her phone; where it leads, and its tag."""
    await _until_came(service, "mai", 1)
    (body,) = [body for path, _, body in service.received if path.endswith("/mai")]
    payload = keys.read(body).decode()
    assert NUMBER not in payload and TITLE not in payload
    await deliver(mai, payload)
    await shown(mai, 1)
    notification = json.loads(payload)["notification"]
    return notification["navigate"], notification["tag"]


async def _opens_without_a_network(mai: Page, tag: str) -> None:
    await until_so(mai, f"async () => (await {MODULE.format(name='store')}).has('{SLUG}')")
    await mai.context.set_offline(True)
    opened, _ = await (await worker(mai.context)).evaluate(TAP, tag)
    await mai.goto(opened)
    await expect(mai.locator("h1")).to_contain_text(TITLE)
    await mai.context.set_offline(False)


async def _knows_nothing(ngan: Page, *addresses: str) -> None:
    for address in addresses:
        answer = await ngan.goto(address)
        assert answer is not None and answer.status == 404
    await ngan.goto("/notices")
    await expect(ngan.locator("main")).not_to_contain_text(TITLE)
    assert not await ngan.evaluate("navigator.serviceWorker.ready.then((it) => it.getNotifications())")


async def test_a_directive_is_told_to_its_commune_alone_and_to_nobody_once_recalled(
    site: Site, service: PushService, whole_browser: Browser, desks: tuple[Page, Page]
):
    keys, phones = Phone(), {}
    for who, how in (("mai", "201"), ("cu", "429-seconds"), ("ngan", "201")):
        address = service.address(how, who, "localhost")
        phones[who] = await told_phone(site, whole_browser, who, address, keys=keys.keys)
    await _issue(desks, NUMBER)
    place, tag = await _told(service, phones["mai"], keys)
    await _opens_without_a_network(phones["mai"], tag)
    await _until_came(service, "cu", 1)  # and the service asks not to be sent more for a while
    await _issue(desks, "52-CT/TU")
    await _recall(desks[1], "chi-thi-52-ct-tu-2026")
    await act(site, "hasten")
    await _until_came(service, "cu", 2)
    assert set(_came(service, "cu")) == set(_came(service, "mai")) and len(_came(service, "mai")) == 1
    await _knows_nothing(phones["ngan"], f"/documents/{SLUG}", place)
    assert not _came(service, "ngan")
    for page in phones.values():
        await page.context.close()
