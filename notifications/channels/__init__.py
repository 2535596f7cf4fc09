"""The push services that are spoken to, each behind the same interface; which are there is a matter of settings."""

from collections.abc import Mapping

from base.settings import settings
from notifications.channels import admitting, encrypting, signing, tagging
from notifications.channels.channel import Channel
from notifications.channels.console import Console

NAMES = ("webpush", "fcm", "console")
"""Every channel there is, as devices name it."""

_opened: dict[str, Channel] = {}


def configured() -> tuple[str, ...]:
    """The channels that settings and key allow; ``console`` only while no other machine can reach the handbook."""
    there = {
        "webpush": bool(signing.subject()) and public_key() is not None,
        "fcm": settings().fcm_credentials is not None,
        "console": settings().on_loopback,
    }
    return tuple(name for name in NAMES if there[name])


def opened() -> Mapping[str, Channel]:
    """Those channels, each opened once in this process; they keep to the event loop that sends first."""
    for name in configured():
        if name not in _opened:
            _opened[name] = _open(name)
    return _opened


async def close() -> None:
    """Give back every connection; what is asked for afterwards is opened anew, by the settings as they are then."""
    while _opened:
        await _opened.popitem()[1].close()


def public_key() -> str | None:
    """What a browser subscribes with; None while there is no key. Raises UnusableKeyError."""
    key = signing.key()
    return signing.public(key) if key else None


def credentials() -> Mapping[str, str]:
    """Eight letters by which the key or account of each channel is known again; others once it is another."""
    made: dict[str, str] = {}
    if "webpush" in configured() and (key := signing.key()):
        made["webpush"] = signing.credential(key, signing.subject())
    if account := settings().fcm_credentials:
        made["fcm"] = tagging.mark(account.read_text(encoding="utf-8"))
    return made


def admits(name: str, address: str, keys: Mapping[str, str]) -> bool:
    """Whether a device may register with that address and those keys at a channel; opens no connection."""
    if name not in configured():
        return False
    if name == "webpush":
        return admitting.place(address, settings().push_hosts) is not None and encrypting.are_keys(keys)
    return admitting.is_registration(address) if name == "fcm" else Console().admits(address)


def _open(name: str) -> Channel:
    if name == "webpush":
        return _webpush()
    if name == "fcm":
        return _fcm()
    return Console()


def _webpush() -> Channel:
    from notifications.channels.webpush import WebPush  # noqa: PLC0415 - what serves pages sends nothing

    key = signing.key()
    assert key is not None, "only what is configured is opened"
    return WebPush(signing.Signatures(key, signing.subject()))


def _fcm() -> Channel:
    from notifications.channels.fcm import Fcm  # noqa: PLC0415 - half a second, only where there is an account

    account = settings().fcm_credentials
    assert account is not None, "only what is configured is opened"
    return Fcm(account)
