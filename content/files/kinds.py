"""What a file is, told by its name and its first bytes together; what is not taken is refused in a sentence."""

import re
from collections.abc import Collection
from pathlib import Path

from content.outcomes import Refusal, Told

HEAD = 1024
"""Within so many bytes readers of PDF look for its mark, so that is where a file may pretend to be one."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_SIGNS = (
    (b"%PDF-", ".pdf"), (ZIP, ".zip"), (b"PK\x05\x06", ".zip"), (b"{\\rtf", ".rtf"), (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"Rar!", ".rar"), (b"7z\xbc\xaf", ".7z"), (b"\x7fELF", ".elf"),
    (b"MZ", ".exe"), (b"\x1f\x8b", ".gz"),
)  # fmt: skip
_PACKED = (".docx",)
_BEGINS = {".docx": ZIP, ".pdf": b"%PDF-"}
_OTHERS_INSIDE = (b"%pdf-", b"\x7felf", b"<script", b"<html", b"<svg")
_MACROS = frozenset({".docm", ".dotm"})
_OLD = frozenset({".doc", ".dot"})
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype svg[^>]*>|\s)*<(?:\w+:)?svg[\s/>]", re.I | re.S)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text holds; of the wide encodings, which the reader of text refuses by itself, the mark is known."""


def check(data: bytes, name: str, *, known: Collection[str]) -> str:
    """The kind of a file as the end of its name; raises Refusal for any that is not of a ``known`` kind throughout."""
    kind = Path(name).suffix.lower()
    if not data.strip(b" \t\r\n\x00"):
        raise Refusal(Told("content-import-empty"))
    if kind in _MACROS:
        raise Refusal(Told("content-file-macros"))
    if kind == ".svg" or _SVG.match(data[:4096].lstrip(b"\xef\xbb\xbf")):
        raise Refusal(Told("content-file-svg"))
    if data.startswith(OLE):
        raise Refusal(Told("content-file-encrypted" if _ENCRYPTED in data else "content-file-old-word"))
    if kind in _OLD:
        raise Refusal(Told("content-file-old-word"))
    if kind not in known:
        raise Refusal(Told("content-import-unknown-kind", {"kinds": ", ".join(sorted(known))}))
    _agree(data, kind)
    return kind


def _agree(data: bytes, kind: str) -> None:
    """The name and the bytes must say the same, and the bytes nothing else besides."""
    seen = next((sign for mark, sign in _SIGNS if data.startswith(mark)), "")
    expected = _BEGINS.get(kind)
    if expected:
        if not data.startswith(expected):
            raise Refusal(Told("content-file-other-kind", {"kind": kind, "seen": seen or "none"}))
    elif seen:
        raise Refusal(Told("content-file-other-kind", {"kind": kind, "seen": seen}))
    elif not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _BYTES.search(data):
        raise Refusal(Told("content-file-two-kinds" if b"PK\x05\x06" in data else "content-file-not-text"))
    if kind in _PACKED and any(mark in data[:HEAD].lower() for mark in _OTHERS_INSIDE):
        raise Refusal(Told("content-file-two-kinds"))
