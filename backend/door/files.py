"""Original files as they leave the house: byte for byte, to be kept and never opened in place."""

from pathlib import Path
from urllib.parse import quote

from litestar.response import File

from base.errors import GoneError

KIND = "application/octet-stream"
"""What they are said to be, whatever they are: no browser shows or runs them."""


def attachment(path: Path | None, name: str) -> File:
    """The file to download under its own ``name``; raises GoneError when it is not in the data folder any more."""
    if path is None:
        raise GoneError("draft-original-lost")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
    }
    return File(path=path, media_type=KIND, headers=headers, etag=None, filename=name)
