"""Settings without a database, a certificate authority of our own, and push services on loopback."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import trustme

from base import settings as base_settings
from notifications.channels.channel import Message
from tests.notifications.channels.services import FcmService, PushService, fcm_service, push_service

TAG = "0b0e7a52-8a1c-4f0e-9f4c-2f8f6a3b1c11"
BODY = (
    '{"web_push": 8030, "notification": {"title": "Có văn bản mới", "navigate": "https://sotay.example.vn/notices/1",'
    f' "tag": "{TAG}", "lang": "vi"}}}}'
).encode()


def message(address: str, keys: dict[str, str] | None = None, **other: object) -> Message:
    """A message as delivery hands it over."""
    given = {"tag": TAG, "urgency": "normal", "ttl_s": 3600, "body": BODY} | other
    return Message(address=address, keys=keys or {}, **given)  # type: ignore[arg-type]


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., base_settings.Settings]]:
    """A function that chooses settings in a data folder of the test's own, with nothing of the developer's."""
    for name in [name for name in os.environ if name.startswith(base_settings.PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    before = base_settings.settings()

    def choose(**values: object) -> base_settings.Settings:
        base_settings.use(base_settings.load(data_dir=tmp_path, **values))
        return base_settings.settings()

    choose()
    yield choose
    base_settings.use(before)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The authority, believed by whatever connects from now on."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return authority


@pytest.fixture
async def service(trusted: trustme.CA) -> AsyncIterator[PushService]:
    async with push_service(trusted) as running:
        yield running


@pytest.fixture
async def fcm(trusted: trustme.CA) -> AsyncIterator[FcmService]:
    async with fcm_service(trusted) as running:
        yield running
