"""The parts of a packed file, counted and weighed before any of them is unpacked."""

import struct
import zipfile
from io import BytesIO
from zlib import error as DeflateError

from content.outcomes import Refusal, Told

ENTRIES = 2_000
"""So many parts a packed file may have; Word writes some twenty, and one for each picture."""

INDEX_BYTES = 512 * 1024
"""So long its table of contents may be."""

UNPACKED_BYTES = 200 * 1024 * 1024
"""So much all its parts may hold, pictures included, by what the table of contents says."""

PART_BYTES = 24 * 1024 * 1024
"""So much the one part that is read may hold: about two million characters with all their markup."""

_END = b"PK\x05\x06"
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, DeflateError, struct.error, NotImplementedError, OSError, EOFError)


class Archive:
    """A packed file that was found to be of modest size; raises Refusal for any other."""

    def __init__(self, data: bytes) -> None:
        _weigh_index(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (*_BROKEN, ValueError):
            raise broken() from None
        entries = self._zip.infolist()
        if len(entries) > ENTRIES or sum(each.file_size for each in entries) > UNPACKED_BYTES:
            raise _bomb()
        if any(each.flag_bits & 1 for each in entries):
            raise Refusal(Told("content-file-encrypted"))
        self.names = [each.filename for each in entries]
        if len(set(self.names)) < len(self.names):  # which of two is read, is chosen by each program for itself
            raise broken()

    def read(self, name: str) -> bytes | None:
        """A part's bytes, None when there is no such part."""
        if name not in self.names:
            return None
        if self._zip.getinfo(name).file_size > PART_BYTES:
            raise _bomb()
        try:
            with self._zip.open(name) as part:
                return part.read(PART_BYTES)
        except (*_BROKEN, RuntimeError):
            raise broken() from None


def broken() -> Refusal:
    """Why a file that is damaged or cut short is not taken."""
    return Refusal(Told("content-file-broken"))


def _bomb() -> Refusal:
    return Refusal(Told("content-file-bomb"))


def _weigh_index(data: bytes) -> None:
    """Look at the end of the file, where its table of contents is announced, and refuse what is too long to be read."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) - at < 22:
        raise broken()
    size, offset, comment = struct.unpack_from("<LLH", data, at + 12)
    if size > INDEX_BYTES:
        raise _bomb()
    if at + 22 + comment != len(data) or comment or offset + size != at:
        raise Refusal(Told("content-file-two-kinds"))
