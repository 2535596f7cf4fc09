"""Where messages may go: an address comes from a browser, so it is believed only at hosts that are known.

Asked when a device registers and again at each sending, and once more of what the host's name resolves to.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The services of Chromium, Firefox, Safari and Edge; ``*.`` stands for any names below."""

LONGEST = 1024
"""Characters an address may have; the longest seen, of Windows, have some 600."""

HTTPS_PORT = 443
_ADDRESS = re.compile(
    r"https://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([1-9][0-9]{0,4}))?(/[\w.~:/?@!$&'()*+,;=%-]+)", re.ASCII
)


INSTALLATION = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
"""A Firebase installation id; anything longer is a registration token, which these take the place of."""

_TOKEN = re.compile(r"[A-Za-z0-9_:.%-]{32,}", re.ASCII)


_LAST_FOUR = (IPv6Network("::/96"), IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Networks of version 6 whose last four bytes are an address of version 4."""


class Place(NamedTuple):
    """A host and port that an address names, and whether the office named it itself in SOTAY_PUSH_HOSTS."""

    host: str
    port: int
    named: bool


@lru_cache(4096)
def place(address: str, extra: str) -> Place | None:
    """Where an address leads, if it may lead there; ``extra`` is SOTAY_PUSH_HOSTS.

    Stricter than URLs are: https, a host in lower case, no user, no fragment, port 443 where none was named.
    """
    match = _ADDRESS.fullmatch(address) if len(address) <= LONGEST else None
    if match is None:
        return None
    host, port = match[1], int(match[2] or HTTPS_PORT)
    if is_named(host, port, extra):
        return Place(host, port, True)
    if any(_covers(pattern, host, port) for pattern in PUSH_HOSTS):
        return Place(host, port, False)
    return None


def is_registration(address: str) -> bool:
    """Whether it looks like a registration token of FCM or an installation id."""
    return len(address) <= LONGEST and any(kind.fullmatch(address) for kind in (INSTALLATION, _TOKEN))


def is_named(host: str, port: int, extra: str) -> bool:
    """Whether the office itself named that host and port in the setting."""
    return any(_covers(pattern, host, port) for pattern in named_hosts(extra))


def named_hosts(extra: str) -> tuple[str, ...]:
    """The hosts of the setting, one by one."""
    return tuple(filter(None, map(str.strip, extra.split(","))))


def _covers(pattern: str, host: str, port: int) -> bool:
    name, _, own_port = pattern.partition(":")
    if port != int(own_port or HTTPS_PORT):
        return False
    return host == name or (name.startswith("*.") and host.endswith(name[1:]))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet at large, also when it is wrapped in one of version 6."""
    parsed = ip_address(address.partition("%")[0])
    inner = _wrapped(parsed) if isinstance(parsed, IPv6Address) else None
    return (inner or parsed).is_global and not parsed.is_multicast


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The address of version 4 that one of version 6 leads to: mapped, compatible, 6to4, or translated (RFC 6052)."""
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (last if any(address in net for net in _LAST_FOUR) else None)
