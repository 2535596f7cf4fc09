"""A phone that keeps passkeys, as far as a server can tell: it signs what WebAuthn has it sign, and can cheat."""

import hashlib
import json
import secrets
import struct
import uuid
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 1, 4, 8, 16, 64


@dataclass
class Phone:
    """One authenticator with one key; every attribute may be changed to make it lie."""

    origin: str = "http://localhost:8000"
    site: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = False
    user: uuid.UUID | None = None
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict, **lies) -> dict:
        """Answer navigator.credentials.create(options)."""
        self.user = uuid.UUID(bytes=base64url_to_bytes(options["user"]["id"]))
        client = self._client("webauthn.create", options, lies)
        attested = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + self._public_key()
        data = self._data(self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            client, {"attestationObject": bytes_to_base64url(attestation), "transports": ["internal", "x"]}
        )

    def get(self, options: dict, **lies) -> dict:
        """Answer navigator.credentials.get(options)."""
        if self.counts:
            self.count += 1
        client = self._client("webauthn.get", options, lies)
        data = self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        handle = bytes_to_base64url(self.user.bytes) if self.user else None
        return self._answer(client, {
            "authenticatorData": bytes_to_base64url(data), "signature": bytes_to_base64url(signature),
            "userHandle": handle,
        })  # fmt: skip

    def _client(self, kind: str, options: dict, lies: dict) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False, **lies}
        return json.dumps(said).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def _answer(self, client: bytes, response: dict) -> dict:
        id = bytes_to_base64url(self.credential)
        response = {"clientDataJSON": bytes_to_base64url(client), **response}
        return {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}
