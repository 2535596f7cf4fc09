"""A phone with its push subscription, and what a push service checks: written from the RFCs, not from our own code."""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Phone:
    """The keys of one subscription."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | None = None, secret: bytes = b"0123456789abcdef") -> None:
        self._private = private or ec.generate_private_key(ec.SECP256R1())
        self._secret = secret
        public = self._private.public_key()
        self._public = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": b64(self._public), "auth": b64(secret)}

    def read(self, body: bytes) -> bytes:
        """What the message says; raises InvalidTag when it was closed for somebody else."""
        salt, record, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= record <= 4096
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _hkdf(self._secret, b"WebPush: info\0" + self._public + theirs, 32, shared)
        key = _hkdf(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
        nonce = _hkdf(salt, b"Content-Encoding: nonce\0", 12, secret)
        plain, mark, padding = AESGCM(key).decrypt(nonce, sealed, None).rpartition(b"\x02")
        assert mark and not padding.strip(b"\0")
        return plain


def claims(authorization: str, *, origin: str) -> dict[str, Any]:
    """What the sender says of itself; raises unless signed for ``origin`` and for less than a day."""
    scheme, _, rest = authorization.partition(" ")
    fields = dict(field.strip().split("=", 1) for field in rest.split(","))
    assert scheme == "vapid"
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(fields["k"]))
    told: dict[str, Any] = jwt.decode(fields["t"], key, algorithms=["ES256"], audience=origin)
    assert time.time() < told["exp"] <= time.time() + 24 * 3600
    return {**told, "key": fields["k"]}


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hkdf(salt: bytes, info: bytes, length: int, secret: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
