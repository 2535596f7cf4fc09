"""Secret keys of this installation, one file each, made at first use and never shown."""

import os
import secrets
from functools import cache
from pathlib import Path

from base.settings import settings

KEY_BYTES = 32


def key(name: str) -> bytes:
    """The key called ``name``: 32 random bytes, created with owner-only permission when it does not exist yet."""
    return _read_or_make(settings().keys / f"{name}.key")


@cache
def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_whole(path)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    return _read_whole(path)


def _read_whole(path: Path) -> bytes:
    """Another process may have created the file and not written it yet: an empty file is read again."""
    for _ in range(1000):
        content = path.read_bytes()
        if len(content) == KEY_BYTES:
            return content
    raise ValueError(f"{path} does not hold a key of {KEY_BYTES} bytes")
