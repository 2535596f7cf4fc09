"""Our own key towards push services (VAPID, RFC 8292): they take messages for a phone from its holder alone.

Phones subscribe with the public half. A new key therefore silences every phone that knows the old one.
"""

import os
import time
from functools import lru_cache
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from base.errors import RuleError
from base.settings import settings
from notifications.channels import encrypting, tagging

LIFE_S = 12 * 3600
"""How long a signature holds; services refuse more than 24 hours."""

SPARE_S = 3600
"""A signature is made anew this long before its end, so that no clock that is a little off refuses it."""


ORIGINS = 1000
"""Services whose signatures are kept: there are some dozens, but an address may name any below a known one."""


class UnusableKeyError(RuleError):
    """The file of the key cannot be read, or holds something else."""

    key = "push-key-unusable"


class Signatures:
    """The heads that prove who sends, one for each push service, signed anew twice a day."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, subject: str) -> None:
        self._key, self._subject = key, subject
        self._public = public(key)
        self._made: dict[str, tuple[float, str]] = {}

    def head(self, origin: str) -> str:
        """What Authorization says at ``origin``, such as https://fcm.googleapis.com."""
        until, head = self._made.get(origin, (0.0, ""))
        if until - SPARE_S < time.time():
            until = int(time.time()) + LIFE_S
            claims = {"aud": origin, "exp": until, "sub": self._subject}
            if len(self._made) >= ORIGINS:
                self._made.clear()
            head = f"vapid t={jwt.encode(claims, self._key, algorithm='ES256')}, k={self._public}"
            self._made[origin] = until, head
        return head


def credential(key: ec.EllipticCurvePrivateKey, subject: str) -> str:
    """By what the key and whoever it speaks for are known again."""
    return tagging.mark(f"{public(key)} {subject}")


def subject() -> str:
    """Whom services write to when something is wrong: the setting, else the handbook's own address if it has one."""
    origin = settings().origin
    return settings().push_subject or (origin if origin.startswith("https://") else "")


def key() -> ec.EllipticCurvePrivateKey | None:
    """The key of this installation, from SOTAY_PUSH_KEY or the file; None when there is none. UnusableKeyError."""
    named = settings().push_key.get_secret_value()
    if named:
        return ec.derive_private_key(int.from_bytes(encrypting.decoded(named), "big"), encrypting.CURVE)
    try:
        return _read(file(), file().stat().st_mtime_ns)
    except FileNotFoundError:
        return None


def make() -> bool:
    """Make the key in its file unless one is there; whether it was made. Never shown, never written over."""
    file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    made = ec.generate_private_key(encrypting.CURVE)
    with os.fdopen(handle, "wb") as written:
        written.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return True


def file() -> Path:
    """Where the key is when SOTAY_PUSH_KEY does not hold it."""
    return settings().keys / "push.pem"


def public(key: ec.EllipticCurvePrivateKey) -> str:
    """The half that phones subscribe with."""
    return encrypting.encoded(encrypting.point(key.public_key()))


@lru_cache(4)
def _read(path: Path, _changed_ns: int) -> ec.EllipticCurvePrivateKey:
    try:
        found = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        raise UnusableKeyError(file=str(path)) from None
    if not isinstance(found, ec.EllipticCurvePrivateKey) or found.curve.name != encrypting.CURVE.name:
        raise UnusableKeyError(file=str(path))
    return found
