"""What a phone is told: shown whatever was sent, ready without a network, and nothing of one member's to another."""

import json

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, small_targets
from tests.browser.pushed import IS_SUBSCRIBED, TAP, deliver, shown, told_phone, turn_on, worker
from tests.browser.shelf import MODULE, act, asked_of, sign_in, until_so

PAGE = "/account/notifications"


@pytest.fixture
async def phone(whole_browser, changing_server):
    """Mai's phone, on which she is told."""
    page = await told_phone(changing_server, whole_browser, "mai")
    yield page
    await page.context.close()


async def _registered(page: Page) -> list[str]:
    found = await page.evaluate("fetch('/api/devices').then((it) => it.json())")
    return [item["channel"] for item in found["items"]]


async def test_a_push_shows_and_its_tap_opens_the_document_without_a_network(phone, changing_server):
    assert await _registered(phone) == ["webpush"]
    assert await axe(phone) == [] and await small_targets(phone) == []
    slug = await act(changing_server, "issue", "90-CT/TU", "members")
    origin = await phone.evaluate("location.origin")
    payload = (await act(changing_server, "pushed", slug)).replace("ORIGIN", origin)
    told = json.loads(payload)["notification"]
    path = told["navigate"].removeprefix(origin)
    await deliver(phone, payload)
    assert await shown(phone, 1) == [["Có văn bản mới", told["tag"], "vi", path]]
    for module, call in (("told", f"placeOf('{path}')"), ("store", f"has('{slug}')")):
        await until_so(phone, f"async () => (await {MODULE.format(name=module)}).{call}")
    for data in ("not a payload", json.dumps({"data": {"navigate": "https://evil.example/x", "title": "Lạ"}})):
        await deliver(phone, data)
    titles = sorted((title, place) for title, _, _, place in await shown(phone, 3))
    assert titles == [("Có văn bản mới", path), ("Lạ", "/"), ("Sổ tay có tin mới cho đồng chí", "/")]
    await phone.context.set_offline(True)
    opened, left = await (await worker(phone.context)).evaluate(TAP, told["tag"])
    assert (opened, left) == (told["navigate"], 0)
    await phone.goto(opened)
    assert await phone.locator("[data-saved]").get_attribute("data-slug") == slug
    assert phone.url == f"{origin}/documents/{slug}"
    lost = await phone.goto(path[:-12] + "000000000000")
    assert lost is not None and lost.status == 503, "of what is not kept the phone says so"


async def test_a_phone_tells_one_member_only_and_none_who_signed_out(phone, changing_server):
    await sign_in(phone, changing_server, "lan")
    await phone.goto(PAGE)
    await phone.wait_for_selector("[data-push-is=off]:not([hidden])")
    await until_so(phone, f"async () => !(await {IS_SUBSCRIBED})")
    assert await _registered(phone) == []
    await turn_on(phone)
    assert await _registered(phone) == ["webpush"] and await phone.evaluate(IS_SUBSCRIBED)
    await phone.goto("/account")
    await phone.locator("form[data-sign-out] button").click()
    await phone.wait_for_url(lambda url: not url.endswith("/account"))
    assert not await phone.evaluate(IS_SUBSCRIBED)
    assert await asked_of(phone, "pushed", "isEnrolled(await navigator.serviceWorker.ready)") is False
