"""Pictures for news: taken in common formats, kept as AVIF and WebP in a few widths without what a camera adds."""

import asyncio
import io
import os
import re
import warnings
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from base import clock, database
from base.errors import InvalidError
from base.settings import settings

WIDTHS = (480, 960, 1600)
KINDS = {"avif": {"quality": 55, "speed": 8}, "webp": {"quality": 78, "method": 4}}
"""What each picture is kept as, and how it is packed."""

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
"""What is taken. SVG is not: it is a program, not a picture."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
BARED_WIDTH = 2000
"""Pixels of the longer side of a picture that is only kept to be looked at, not to be shown on pages."""

_ID = re.compile(r"[0-9a-f]{64}")


class PictureError(InvalidError):
    """A picture that cannot be taken."""

    key = "content-picture-unreadable"


async def keep(data: bytes) -> str:
    """Keep a picture and return its id, the digest of ``data``; the same picture again costs nothing.

    Raises PictureError for what is no picture, of another format, or too large.
    """
    made = sha256(data).hexdigest()
    if await database.fetch("SELECT id FROM picture WHERE id = {}", made):
        return made
    size, widths = await asyncio.to_thread(_write, data, made)
    await database.execute(
        "INSERT INTO picture (id, width, height, widths, created_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT DO NOTHING",
        made, *size, ",".join(map(str, widths)), clock.now(),
    )  # fmt: skip
    return made


async def bared(data: bytes) -> bytes:
    """The picture as WebP, upright, at most BARED_WIDTH wide, without anything that a camera wrote into it.

    Raises PictureError for what is no picture, of another format, or too large.
    """
    return await asyncio.to_thread(_bared, data)


def path(picture: str, width: int, kind: str) -> Path | None:
    """The file of a kept picture; None when there is none, whatever the names are."""
    if not _ID.fullmatch(picture) or kind not in KINDS:
        return None
    file = _folder(picture) / f"{width}.{kind}"
    return file if file.is_file() else None


def _folder(picture: str) -> Path:
    return settings().data_dir / "pictures" / picture[:2] / picture


def _write(data: bytes, made: str) -> tuple[tuple[int, int], list[int]]:
    """Make the files of a picture; its size as seen upright, and the widths made."""
    picture = _opened(data)
    folder = _folder(made)
    folder.mkdir(parents=True, exist_ok=True)
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    for width in widths:
        height = max(1, round(picture.height * width / picture.width))
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        for kind, packing in KINDS.items():
            _save(small, folder / f"{width}.{kind}", kind, packing)
    return picture.size, widths


def _bared(data: bytes) -> bytes:
    picture, made = _opened(data), io.BytesIO()
    picture.thumbnail((BARED_WIDTH, BARED_WIDTH))
    picture.save(made, format="WEBP", quality=82)
    return made.getvalue()


def _opened(data: bytes) -> Image.Image:
    """The picture upright, as plain colours: no EXIF, no profile, no place where it was taken."""
    if len(data) > MAX_BYTES:
        raise PictureError("content-picture-too-large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureError("content-picture-too-large")
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureError from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("content-picture-too-large") from error
    plain.info = {}
    return plain


def _save(picture: Image.Image, file: Path, kind: str, packing: dict[str, int]) -> None:
    """Write beside and rename, so that nobody is served half a picture."""
    beside = file.with_suffix(f".{os.getpid()}.tmp")
    picture.save(beside, format=kind.upper(), **packing)
    beside.replace(file)
