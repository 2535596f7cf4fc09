"""The files of pwa/static, in memory under one address per content: a changed file changes every address."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, get
from litestar.params import FromPath

from backend.door.answering import answer
from backend.pages.answer import Lasting, Page
from base.errors import NotFoundError
from base.settings import settings

ROOT = Path(__file__).parents[2] / "pwa"
STATIC = ROOT / "static"
GLANCE_S = 1.0
"""How often, in seconds, a server on loopback looks whether a file was changed."""

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served; a file of another kind is not."""


@dataclass(frozen=True)
class Shelf:
    """All files as they were at one moment. ``stamp`` also tells whether a template was changed since."""

    hash: str
    files: dict[str, Lasting]
    stamp: int


_held: list[Shelf] = []
_glanced_at = [0.0]


def shelf() -> Shelf:
    """The files as they are now; on loopback they are looked at again, so that an edit is seen on reloading."""
    if not _held:
        _held.append(_read())
    elif settings().on_loopback and time.monotonic() - _glanced_at[0] > GLANCE_S:
        _glanced_at[0] = time.monotonic()
        if _held[0].stamp != _stamp():
            _held[:] = [_read()]
    return _held[0]


def address(path: str) -> str:
    """Where the static file ``path`` is served, such as ``css/handbook.css``."""
    return f"/static/{shelf().hash}/{path}"


@get("/static/{version:str}/{path:path}", include_in_schema=False)
async def static(request: Request[Any, Any, Any], version: FromPath[str], path: FromPath[Path]) -> Page:
    """A file under the address of its content; nothing under any other, or old bytes would be kept as new ones."""
    held = shelf()
    found = held.files.get(path.as_posix().lstrip("/"))
    if version != held.hash or found is None:
        raise NotFoundError
    return await answer(request, found)


def _read() -> Shelf:
    digest = hashlib.blake2b(digest_size=8)
    files = {}
    for file in _files():
        name, content = file.relative_to(STATIC).as_posix(), file.read_bytes()
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        files[name] = Lasting(content, MEDIA_TYPES[file.suffix])
    return Shelf(digest.hexdigest(), files, _stamp())


def _files() -> Iterator[Path]:
    """What is served. Nothing is looked up on disk by a name from outside."""
    yield from sorted(file for file in STATIC.rglob("*") if file.is_file() and file.suffix in MEDIA_TYPES)


def _stamp() -> int:
    """Differs after any file of pages was changed."""
    return hash(tuple((str(file), file.stat().st_mtime_ns) for file in sorted(ROOT.rglob("*.*")) if file.is_file()))
