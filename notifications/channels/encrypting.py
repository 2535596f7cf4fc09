"""Closing a message so that only the one phone can read it (RFC 8291): the push service in between sees nothing.

Three keys meet: the phone's public key, its secret, and a key of ours made for this one message.
"""

import hmac
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_BYTES = 4096
"""One record holds any message: services need take no more (RFC 8291, section 4)."""

LONGEST_BODY = RECORD_BYTES - 86 - 17
"""Bytes of plain text that fit beside the head, the mark of the end and the seal."""

SECRET_BYTES = 16
_LAST_RECORD = b"\x02"


class UnusableKeysError(ValueError):
    """The phone's keys are not keys; nothing can be closed for it."""


def close(
    body: bytes, keys: Mapping[str, str], *, ours: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """``body`` as one aes128gcm record for whoever holds ``keys``; the last two arguments are for known vectors.

    Raises UnusableKeysError. Takes a tenth of a millisecond.
    """
    theirs, secret = opened_keys(keys)
    ours, salt = ours or ec.generate_private_key(CURVE), salt or os.urandom(16)
    their_point, our_point = point(theirs), point(ours.public_key())
    shared = _derive(secret, ours.exchange(ec.ECDH(), theirs), b"WebPush: info\0" + their_point + our_point, 32)
    key = _derive(salt, shared, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(salt, shared, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!IB", RECORD_BYTES, len(our_point)) + our_point
    return head + AESGCM(key).encrypt(nonce, body + _LAST_RECORD, None)


def are_keys(keys: Mapping[str, str]) -> bool:
    """Whether messages can be closed for whoever gave these keys."""
    try:
        opened_keys(keys)
    except UnusableKeysError:
        return False
    return True


def opened_keys(keys: Mapping[str, str]) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """The phone's public key and secret, from what its browser gave: p256dh and auth. Raises UnusableKeysError."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(keys["p256dh"]))
        secret = decoded(keys["auth"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnusableKeysError("p256dh or auth") from error
    if len(secret) != SECRET_BYTES:
        raise UnusableKeysError("auth")
    return theirs, secret


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as its 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(data: bytes) -> str:
    """Base64 as addresses take it, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of such a text, with or without padding; ValueError for anything else."""
    return urlsafe_b64decode(text.rstrip("=").encode("ascii") + b"=" * (-len(text.rstrip("=")) % 4))


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869) for at most 32 bytes, which is one round of it."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\x01", "sha256")[:length]
