"""Places in a list that a reader may hand back: opaque, and signed so that nobody can make one up."""

import base64
import binascii
import hmac
import json
import zlib
from hashlib import sha256
from typing import Any

from base import keys

MAC_BYTES = 16


class ForeignCursorError(ValueError):
    """The cursor was not made here, or for another list."""


def seal(kind: str, place: Any) -> str:
    """Make a cursor of ``place`` (what JSON can hold) for the list called ``kind``."""
    packed = zlib.compress(json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode())
    return base64.urlsafe_b64encode(_mac(kind, packed) + packed).decode().rstrip("=")


def unseal(kind: str, cursor: str) -> Any:
    """The place that a cursor stands for; raises ForeignCursorError on anything that ``seal`` did not make."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ForeignCursorError(kind) from error
    mac, packed = raw[:MAC_BYTES], raw[MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(kind, packed)):
        raise ForeignCursorError(kind)
    return json.loads(zlib.decompress(packed))


def _mac(kind: str, packed: bytes) -> bytes:
    return hmac.new(keys.key("cursor"), kind.encode() + b"\0" + packed, sha256).digest()[:MAC_BYTES]
