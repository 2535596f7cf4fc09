"""Kinds of settings that say themselves what they take: a value that cannot be used is noticed at the start."""

import json
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, Field, SecretStr

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Private keys of Web Push are numbers below it."""

_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?", re.ASCII)
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?", re.ASCII)
_LOCAL = re.compile(r"(mailto:.*@|https://)(localhost|127\.|10\.|192\.168\.|169\.254\.|\[)", re.IGNORECASE)
_CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+\.[^\s@]+|https://[^\s/@]+\.[^\s@]+", re.ASCII)
_SERVICE_ACCOUNT = {"client_email", "private_key", "project_id", "token_uri", "type"}
"""What a file of Firebase's has to name."""


def _database(value: str) -> str:
    if value and not value.startswith("sqlite:///"):
        _must_be_readable(value, ("postgresql", "postgres"))
    return value


def _redis(value: str) -> str:
    if value and not value.startswith("unix://"):
        _must_be_readable(value, ("redis", "rediss"))
    return value


def _must_be_readable(address: str, schemes: tuple[str, ...]) -> None:
    """Raise ValueError unless it can be taken apart: a driver that fails to would tell pieces of the password."""
    told = urlsplit(address)
    if told.scheme not in schemes or not address.startswith(f"{told.scheme}://") or told.fragment:
        raise ValueError("SCHEME://USER:PASSWORD@HOST:PORT/NAME")
    parse_qsl(told.query, strict_parsing=bool(told.query))
    for host in told.netloc.rpartition("@")[2].split(","):
        _ = urlsplit(f"//{host}").port  # raises ValueError


def _contact(value: str) -> str:
    if value and (_LOCAL.match(value) or not _CONTACT.fullmatch(value)):
        raise ValueError("mailto:ADDRESS or https://SITE")
    return value


def _private_key(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text and not (_KEY.fullmatch(text) and 0 < int.from_bytes(urlsafe_b64decode(text[:43] + "=")) < P256_ORDER):
        raise ValueError("43 characters of url-safe base64")
    return value


def _hosts(value: str) -> str:
    for host in filter(None, map(str.strip, value.split(","))):
        if not _HOST.fullmatch(host):
            raise ValueError("HOST or HOST:PORT")
        _ = urlsplit(f"//{host}").port  # raises ValueError
    return value


def _proxy(value: str) -> str:
    if value:
        _must_be_readable(value, ("http",))
        told = urlsplit(value)
        if not told.hostname or told.port is None or told.path or told.query:
            raise ValueError("http://HOST:PORT")
    return value


def _service_account(value: Path | None) -> Path | None:
    try:
        if value and not _is_service_account(json.loads(value.read_bytes())):
            raise ValueError("a service account")
    except OSError:
        raise ValueError("a file that can be read") from None
    except RecursionError:
        raise ValueError("a service account") from None
    return value


def _is_service_account(told: Any) -> bool:
    """Whether it names all that Firebase's file does, and its key can be used: nothing would be sent otherwise."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 - where there is a file
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in _SERVICE_ACCOUNT):
        return False
    try:
        key = load_pem_private_key(told["private_key"].encode(), None)
    except (TypeError, UnsupportedAlgorithm, ValueError):
        return False
    return told["type"] == "service_account" and isinstance(key, RSAPrivateKey)


DatabaseAddress = Annotated[str, AfterValidator(_database), Field(repr=False)]
RedisAddress = Annotated[str, AfterValidator(_redis), Field(repr=False)]
PushSubject = Annotated[str, AfterValidator(_contact)]
PushKey = Annotated[SecretStr, AfterValidator(_private_key)]
PushHosts = Annotated[str, AfterValidator(_hosts)]
PushProxy = Annotated[str, AfterValidator(_proxy), Field(repr=False)]
ServiceAccountFile = Annotated[Path | None, AfterValidator(_service_account)]
