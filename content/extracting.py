"""Reading one file into parts, outside the process that serves readers: may be slow, may fail, touches no database."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from content import matter
from content.matter import Matter
from content.outcomes import Told
from content.structure import Structure, parse

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is taken."""


class Refusal(Exception):
    """A file that cannot be taken; ``told`` says why. Goes through pickles between processes."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told


class Extract(Struct, frozen=True):
    """What a file holds; ``digest`` is that of its bytes."""

    digest: str
    structure: Structure
    matter: Matter


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(Told("content-import-not-utf8")) from None


READERS: dict[str, Callable[[bytes], str]] = {".md": _text, ".txt": _text}
"""How each kind of file becomes text, by the end of its name."""


def load(path: Path) -> tuple[bytes, str]:
    """A file's bytes and their digest; raises Refusal for one that cannot be read, is empty or too large."""
    try:
        if not path.is_file():  # a pipe would be waited on for ever
            raise Refusal(Told("content-import-unreadable"))
        if path.stat().st_size > MAX_BYTES:
            raise Refusal(Told("content-import-too-large", {"megabytes": MAX_BYTES // 1024 // 1024}))
        data = path.read_bytes()
    except OSError:
        raise Refusal(Told("content-import-unreadable")) from None
    if not data.strip():
        raise Refusal(Told("content-import-empty"))
    return data, sha256(data).hexdigest()


def extract(data: bytes, digest: str, name: str) -> Extract:
    """Read a file's text into parts; raises Refusal for what may not or cannot enter the handbook."""
    source = READERS[Path(name).suffix.lower()](data)
    structure = parse(source, name=name)
    head = structure.head
    if head.secrecy:
        raise Refusal(Told("content-import-secret", {"marking": head.secrecy}))
    if not head.number or not head.type:
        raise Refusal(Told("content-import-nameless"))
    return Extract(digest, structure, matter.read(source))
