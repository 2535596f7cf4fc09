"""Original files as they leave the house: byte for byte, to be kept and never opened in place."""

from urllib.parse import quote

from litestar.response import File

from base.errors import GoneError
from content import originals
from content.rows import Original

KIND = "application/octet-stream"
"""What they are said to be, whatever they are: no browser shows or runs them."""


def attachment(original: Original) -> File:
    """The file to download under its own name; raises GoneError when it is not in the data folder any more."""
    path = originals.path(original)
    if path is None:
        raise GoneError("draft-original-lost")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(original.name)}",
        "Cache-Control": "private, no-store",
    }
    return File(path=path, media_type=KIND, headers=headers, etag=None, filename=original.name)
