"""What a PDF may not be or hold: looked at before and while its pages are read."""

import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from content.files.pdf.pages import Page
from content.outcomes import Refusal, Told

PAGES = 200
"""So many pages are taken: about what can be read in time."""

OBJECTS = 50_000
"""So many objects a file may be made of; a thousand pages with pictures have some ten thousand."""

UNPACKED_BYTES = 150 * 2**20
"""So much its packed streams may hold together."""

_HEAD = 1024
_OTHERS = re.compile(rb"<html|<script|<svg|<!doctype|\x7fELF|PK\x03\x04", re.I)
_END = b"%%EOF"
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LAUNCHES = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie", "/Sound"})
_PLAYS = frozenset({"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
_ATTACHED = frozenset({"/EF", "/EmbeddedFiles"})
_BROKEN = (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError)

_SCANNED = 0.5
_FEW = 300
"""A page is a scan when pictures cover more of it than this and it has fewer letters than this."""

_UNKNOWN = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\x80-\x9f\ue000-\uefff\uf100-\uf8ff\ufffd]")


def check(data: bytes) -> None:
    """Raise Refusal for a file that is of two kinds, broken, locked, too heavy, or does more than show pages."""
    _check_ends(data)
    _weigh(data)
    try:
        file = pypdf.PdfReader(BytesIO(data))
        if file.is_encrypted:
            raise Refusal(Told("content-file-encrypted"))
        _check_objects(file)
        if len(file.pages) > PAGES:
            raise too_many_pages()
    except _BROKEN:
        raise Refusal(Told("content-file-broken")) from None


def too_many_pages() -> Refusal:
    """Why a very long file is not taken."""
    return Refusal(Told("content-pdf-too-many-pages", {"pages": PAGES}))


def check_pages(pages: list[Page]) -> None:
    """Raise Refusal for pages that are pictures of text, or whose letters do not say which they are."""
    scans = [at for at, page in enumerate(pages, 1) if page.pictured > _SCANNED and _letters(page) < _FEW]
    if scans:
        raise Refusal(Told("content-pdf-scan", {"page": scans[0], "pages": len(scans)}))
    letters = sum(map(_letters, pages))
    if not letters:
        raise Refusal(Told("content-pdf-no-letters"))
    unknown = sum(len(_UNKNOWN.findall(word.text)) for page in pages for word in page.words)
    if unknown > max(5, letters // 200):
        raise Refusal(Told("content-pdf-unknown-letters"))


def _letters(page: Page) -> int:
    return sum(len(word.text) for word in page.words)


def _check_ends(data: bytes) -> None:
    at = data.rfind(_END)
    if at < 0:
        raise Refusal(Told("content-file-broken"))
    packed = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    closes = packed >= 0 and packed + 22 + int.from_bytes(data[packed + 20 : packed + 22], "little") == len(data)
    if closes or data[at + len(_END) :].strip(b"\r\n \t\x00") or _OTHERS.search(data[:_HEAD]):
        raise Refusal(Told("content-file-two-kinds"))


def _weigh(data: bytes) -> None:
    """Unpack the streams piece by piece, keeping nothing, and stop where they are too much."""
    left = UNPACKED_BYTES
    for match in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        packed = memoryview(data)[match.end() :]
        if not packed or packed[0] & 0x0F != 8:
            continue
        try:
            held: bytes | memoryview = packed
            while held and not unpacker.eof:
                left -= len(unpacker.decompress(held, 2**20))
                held = unpacker.unconsumed_tail
                if left < 0:
                    raise Refusal(Told("content-pdf-heavy"))
        except zlib.error:
            continue


def _check_objects(file: pypdf.PdfReader) -> None:
    numbers = {number for table in file.xref.values() for number in table} | set(file.xref_objStm)
    if len(numbers) > OBJECTS:
        raise Refusal(Told("content-pdf-heavy"))
    generations = {number: generation for generation, table in file.xref.items() for number in table}
    for number in numbers:
        try:
            held = file.get_object(IndirectObject(number, generations.get(number, 0), file))
        except _BROKEN:
            continue  # nobody can follow what cannot be read
        for each in _dictionaries(held):
            _check_dictionary(each)


def _dictionaries(held: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    if isinstance(held, DictionaryObject):
        yield held
    if depth > 20 or not isinstance(held, DictionaryObject | ArrayObject):
        return
    inner: Iterable[Any] = dict.values(held) if isinstance(held, DictionaryObject) else list.__iter__(held)
    for each in inner:
        if isinstance(each, DictionaryObject | ArrayObject):
            yield from _dictionaries(each, depth + 1)


def _check_dictionary(held: DictionaryObject) -> None:
    does, kind = str(held.get("/S", "")), str(held.get("/Subtype", ""))
    if does == "/JavaScript" or "/JS" in held or "/JavaScript" in held:
        raise Refusal(Told("content-pdf-script"))
    if _ATTACHED & held.keys() or kind == "/FileAttachment" or held.get("/Type") == "/EmbeddedFile":
        raise Refusal(Told("content-pdf-attachment"))
    if does in _LAUNCHES or kind in _PLAYS:
        raise Refusal(Told("content-pdf-launch"))
    if "/XFA" in held or kind == "/FreeText" or (held.get("/FT") in ("/Tx", "/Ch") and str(held.get("/V") or "")):
        raise Refusal(Told("content-pdf-filled"))
