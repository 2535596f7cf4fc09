"""``sotay push`` and what doctor says of it: sentences, and what became of each device."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import trustme
from typer.testing import CliRunner

from backend.cli import terminal
from backend.cli.commands import app
from base import clock
from base import database as floor
from base import settings as base_settings
from notifications import channels, devices, standing
from tests import builders
from tests.notifications.channels import phone
from tests.notifications.channels.services import PushService, push_service

pytestmark = pytest.mark.alike


@pytest.fixture
def sotay(database_url, settings, monkeypatch):
    """The command line on an empty database; call it with words, get (exit code, output)."""
    monkeypatch.setenv("SOTAY_LANGUAGE", "en")
    for console in (terminal.out, terminal.err):
        monkeypatch.setattr(console, "width", 250)

    def call(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, list(words))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout if "--json" in words else result.output

    return call


@pytest.fixture
def service(tmp_path, monkeypatch) -> Iterator[PushService]:
    """A push service in a thread of its own, as the command has the loop to itself."""
    authority, ready, ended = trustme.CA(), threading.Event(), threading.Event()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    running: list[PushService] = []

    async def serve() -> None:
        async with push_service(authority) as made:
            running.append(made)
            ready.set()
            await asyncio.to_thread(ended.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    yield running[0]
    ended.set()
    thread.join()


def _with_mai(database_url: str, *registered: tuple[str, str, dict[str, str]]) -> None:
    async def act() -> None:
        await floor.connect(database_url)
        mai = await builders.member("mai", unit=await builders.unit("X"))
        for number, (channel, address, keys) in enumerate(registered):
            await devices.register(
                member=mai,
                unit=None,
                session=bytes([number]) * 32,
                channel=channel,
                address=address,
                keys=keys,
                language="vi",
            )
        await floor.close()

    asyncio.run(act())


def test_keys_are_made_once_and_only_the_public_half_is_shown(sotay, settings):
    code, said = sotay("push", "keys")
    assert code == 0
    assert "The key was made" in said
    public = json.loads(sotay("push", "keys", "--json")[1])["public_key"]
    assert public in said
    assert "PRIVATE" not in said
    assert "left as it is" in sotay("push", "keys")[1]


def test_a_test_says_of_each_device_what_became_of_it(sotay, service, database_url, monkeypatch):
    mai = phone.Phone()
    _with_mai(
        database_url,
        ("webpush", service.address("201"), mai.keys),
        ("webpush", service.address("410"), mai.keys),
        ("webpush", service.address("unauthorized"), mai.keys),
        ("fcm", "dGhpcyBpcyBhbiBpZDEyMz", {}),
        ("console", "mai", {}),
    )
    monkeypatch.setenv("SOTAY_PUSH_KEY", phone.b64(b"k" * 32))
    monkeypatch.setenv("SOTAY_PUSH_SUBJECT", "mailto:van-phong@example.vn")
    monkeypatch.setenv("SOTAY_PUSH_HOSTS", f"127.0.0.1:{service.port}")
    code, said = sotay("push", "test", "mai")
    assert code == 1
    for words in ("taken by the service", "it was removed", "http-403 BadJwtToken: the key is not", "not configured"):
        assert words in said
    body = next(body for path, _, body in service.received if "/201/" in path)
    shown = json.loads(mai.read(body))
    assert shown["web_push"] == 8030
    assert shown["notification"]["title"] == "Đây là tin thử từ sổ tay"
    code, said = sotay("push", "test", "mai", "--json")
    told = json.loads(said)
    assert [one["verdict"] for one in told] == ["accepted", "denied", "refused", "accepted"], (
        "the dead one is forgotten"
    )
    assert service.address("201") not in said


def test_what_cannot_be_tested_is_told_in_a_sentence(sotay, database_url, monkeypatch):
    assert sotay("push", "test", "nobody")[0] == 1
    _with_mai(database_url)
    code, said = sotay("push", "test", "mai")
    assert (code, said.strip()) == (1, "mai has not allowed notifications on any device.")
    monkeypatch.setenv("SOTAY_PUBLIC_URL", "https://sotay.example.vn")
    code, said = sotay("push", "test", "mai")
    assert code == 1
    assert "sotay doctor" in said
    monkeypatch.setenv("SOTAY_PUSH_KEY", "secret")
    code, said = sotay("push", "test", "mai")
    assert (code, "SOTAY_PUSH_KEY" in said, "secret" in said) == (2, True, False)


def test_doctor_says_what_is_not_configured(sotay, settings, monkeypatch):
    def web_push() -> dict[str, Any]:
        found = json.loads(sotay("doctor", "--json")[1])
        return next(one for one in found if one["what"] == "Web Push")

    assert web_push()["fine"], "not needed where nobody else comes"
    monkeypatch.setenv("SOTAY_PUBLIC_URL", "https://sotay.example.vn")
    assert "sotay push keys" in web_push()["advice"]
    sotay("push", "keys")
    assert web_push() == {"what": "Web Push", "fine": True, "advice": "ready, contact: https://sotay.example.vn"}
    (settings.keys / "push.pem").chmod(0o644)
    assert "chmod 600" in web_push()["advice"]
    (settings.keys / "push.pem").write_text("nonsense", encoding="utf-8")
    assert "backup" in web_push()["advice"]
    monkeypatch.delenv("SOTAY_PUBLIC_URL")
    monkeypatch.setenv("SOTAY_PUSH_KEY", phone.b64(b"k" * 32))
    assert "SOTAY_PUSH_SUBJECT" in web_push()["advice"]


def test_doctor_says_which_service_does_not_take_our_key(sotay, settings, database_url, monkeypatch):
    monkeypatch.setenv("SOTAY_PUSH_KEY", phone.b64(b"k" * 32))
    monkeypatch.setenv("SOTAY_PUSH_SUBJECT", "mailto:van-phong@example.vn")
    assert "none denies our key" in sotay("doctor")[1]

    async def deny(credential: str) -> None:
        await floor.connect(database_url)
        await floor.execute(
            "INSERT INTO standstill (host, until, times, denied, since, said) VALUES "
            "({}, {}, 1, '[1, 2, 3, 4, 5]', {}, 'http-403 BadJwtToken')",
            standing.signer("web.push.apple.com", credential), clock.now(), clock.now(),
        )  # fmt: skip
        await floor.close()

    asyncio.run(deny("another0"))
    assert "none denies our key" in sotay("doctor")[1], "that was another key"
    base_settings.use(base_settings.load())
    asyncio.run(deny(channels.credentials()["webpush"]))
    code, said = sotay("doctor")
    assert code == 1
    assert "web.push.apple.com has not taken our key" in said and "BadJwtToken" in said
