"""Files kept byte for byte under their SHA-256, in folders of the data folder."""

import os
from hashlib import sha256
from pathlib import Path

from base.settings import settings


def put(folder: str, data: bytes) -> str:
    """Keep the bytes; their digest. Written beside and renamed, so that nobody is ever given half a file."""
    digest = sha256(data).hexdigest()
    file = _file(folder, digest)
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{digest}.{os.getpid()}.tmp")
        beside.write_bytes(data)
        beside.replace(file)
    return digest


def find(folder: str, digest: str) -> Path | None:
    """Where a kept file is; None when it has been lost."""
    file = _file(folder, digest)
    return file if file.is_file() else None


def digests(folder: str) -> list[str]:
    """All that is kept in a folder."""
    kept = (settings().data_dir / folder).glob("??/*")
    return [file.name for file in kept if len(file.name) == sha256().digest_size * 2]


def remove(folder: str, digest: str) -> None:
    """Keep it no longer."""
    _file(folder, digest).unlink(missing_ok=True)


def _file(folder: str, digest: str) -> Path:
    return settings().data_dir / folder / digest[:2] / digest
