"""Reading one file into parts, outside the process that serves readers: may be slow, may fail, touches no database."""

from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from base import confined
from base.errors import InvalidError, UnavailableError
from content import matter
from content.files import kinds
from content.matter import Matter
from content.outcomes import Refusal, Told
from content.sameness import Wording, wording_of
from content.structure import Structure, parse

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is taken."""

MAX_CHARACTERS = 2_000_000
"""Longest text that is taken: some thousand pages."""

READ_S = 5
"""Seconds that a file may take to become text. A PDF, whose words are put together letter by letter, has one more for
each BYTES_EACH_S up to READ_MOST_S, so that a long honest one is read on a busy machine too.
"""

READ_MOST_S = 60
BYTES_EACH_S = 50_000

PARSE_S = 5
"""Seconds that a text may take to fall into parts, and one more for each CHARACTERS_EACH_S: work that grows with length
only, so a long honest document has the time it needs."""

CHARACTERS_EACH_S = 50_000

MEGABYTES = 256
"""Memory that either step may take."""

READERS = {
    ".docx": "content.files.word",
    ".htm": "content.files.web",
    ".html": "content.files.web",
    ".md": "content.files.text",
    ".pdf": "content.files.pdf",
    ".txt": "content.files.text",
}
"""The module that makes each kind of file a text, by the end of its name; loaded where it reads, not where it is asked
to: the libraries behind it are an eighth of what a process has to load before it can answer.
"""


class Extract(Struct, frozen=True):
    """What a file holds; ``digest`` is that of its bytes, ``wording`` what its text is compared by."""

    digest: str
    structure: Structure
    matter: Matter
    wording: Wording


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
    return data, sha256(data).hexdigest()


async def extract(data: bytes, digest: str, name: str, *, nameless: bool = False) -> Extract:
    """Read a file into parts, in confined processes; raises Refusal for what may not or cannot enter the handbook.

    ``nameless``: it need not say its number and type, because somebody will.
    """
    try:
        longer = len(data) // BYTES_EACH_S if name.lower().endswith(".pdf") else 0
        seconds = min(READ_MOST_S, READ_S + longer)
        source = await confined.run(source_of, data, name, seconds=seconds, megabytes=MEGABYTES)
    except (InvalidError, UnavailableError) as error:  # too heavy, too long, or nobody free to read it
        raise Refusal(Told(error.key, error.values)) from None
    return await extract_text(source, digest, name, nameless=nameless)


async def extract_text(source: str, digest: str, name: str, *, nameless: bool = False) -> Extract:
    """The same of a text that has been read from its file already, or was written here."""
    _check_length(source)
    try:
        seconds = PARSE_S + len(source) // CHARACTERS_EACH_S
        return await confined.run(parts_of, source, digest, name, nameless, seconds=seconds, megabytes=MEGABYTES)
    except (InvalidError, UnavailableError) as error:
        raise Refusal(Told(error.key, error.values)) from None


def source_of(data: bytes, name: str) -> str:
    """A file's text as Markdown; raises Refusal when the file is not what its name says, or is not taken."""
    kind = kinds.check(data, name, known=READERS)
    read: Callable[[bytes], str] = import_module(READERS[kind]).read
    source = read(data)
    if not source.strip():
        raise Refusal(Told("content-file-no-text"))
    _check_length(source)
    return source


def _check_length(source: str) -> None:
    if len(source) > MAX_CHARACTERS:
        raise Refusal(Told("content-file-too-long", {"characters": MAX_CHARACTERS}))


def parts_of(source: str, digest: str, name: str, nameless: bool = False) -> Extract:
    """What a text says; raises Refusal for a classified one, or (not ``nameless``) one without number and type."""
    structure = parse(source, name=name)
    head = structure.head
    if head.secrecy:
        raise Refusal(Told("content-import-secret", {"marking": head.secrecy}))
    if not nameless and not (head.number and head.type):
        raise Refusal(Told("content-import-nameless"))
    wording = wording_of((part.kind, part.text) for part in structure.parts)
    return Extract(digest, structure, matter.read(source), wording)
