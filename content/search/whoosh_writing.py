"""What is written of an entry, and by whom: one process at a time, all of a task or nothing of it."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from whoosh import columns, fields, formats, index
from whoosh.fields import FieldType
from whoosh.query import Or, Term

from content.folding import WORD, folded, tokenise
from content.search.asking import pairs
from content.search.cards import Card
from content.search.engine import Entry
from content.search.whoosh_codec import Codec, Pool
from content.search.whoosh_index import (
    MARKED,
    PAIRS,
    PLAIN,
    POSITION,
    TITLE,
    TITLE_PAIRS,
    Body,
    called,
    told,
)  # fmt: skip


class Words(FieldType):  # type: ignore[misc]
    """A field that is handed its words counted; counts are kept as weights, so that postings need hold nothing else."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)

    def index(self, value: Counter[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each word with its count."""
        return ((word.encode(), count, float(count), b"") for word, count in value.items())

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class Writer:
    """Adds to and takes from the index in a folder, made when there is none; one process at a time.

    What it did is seen once it is finished, and not at all when it gives up or its process dies.
    """

    def __init__(self, folder: Path) -> None:
        with told():
            folder.mkdir(parents=True, exist_ok=True)
            found = index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, _schema())
            self._writer = found.writer(codec=Codec())
            self._writer.pool = Pool(self._writer)
        self._earlier: set[str] | None = {POSITION} if found.doc_count_all() else None

    def put_all(self, entries: Iterable[Entry]) -> None:
        """Put entries in place of what there was of their documents."""
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Put an entry in place of what there was of its document."""
        self.take_out(entry.document)
        body, name = _body(entry), tokenise(called(entry))
        text = tokenise(body.text)
        plain_name, plain = [folded(word) for word in name], [folded(word) for word in text]
        facts = {name: getattr(entry, name) for name in Card.__struct_fields__ if name not in ("words", "title_words")}
        card = Card(**facts, words=len(name) + len(text), title_words=len(name))
        counted = {
            MARKED: name + text, PLAIN: plain_name + plain, PAIRS: pairs(plain_name + plain),
            TITLE: plain_name, TITLE_PAIRS: pairs(plain_name),
        }  # fmt: skip
        self._writer.add_document(
            id=str(entry.document), card=msgspec.msgpack.encode(card), body=_packed(msgspec.msgpack.encode(body)),
            words=_packed(" ".join(plain).encode()),
            **{field: Counter(words) for field, words in counted.items()},
        )  # fmt: skip

    def take_out(self, document: UUID) -> None:
        """Take a document out, if it is there."""
        if self._earlier is not None:
            self._earlier.add(str(document))

    def finish(self, position: int) -> None:
        """Let readers see what was done; the index is then at ``position`` in the journal."""
        if self._earlier:  # one look for all, among what was there before
            self._writer.delete_by_query(Or([Term("id", id) for id in self._earlier]))
        self._writer.add_document(id=POSITION, card=msgspec.msgpack.encode(position))
        with told():
            self._writer.commit()

    def give_up(self) -> None:
        """Leave the index as it was."""
        self._writer.cancel()


@contextmanager
def writing(folder: Path, position: int) -> Iterator[Writer]:
    """Write to the index in a folder: all of it or, when anything fails, nothing."""
    writer = Writer(folder)
    try:
        yield writer
    except BaseException:
        writer.give_up()
        raise
    writer.finish(position)


def _schema() -> Any:
    kept = {"id": fields.ID(unique=True), "card": _column(), "body": _column(), "words": _column()}
    return fields.Schema(**kept, **{name: Words() for name in (MARKED, PLAIN, PAIRS, TITLE, TITLE_PAIRS)})


def _column() -> Any:
    return fields.COLUMN(columns.VarBytesColumn())


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 3)


def _body(entry: Entry) -> Body:
    starts, firsts, at, word = [], [], 0, 0
    for part in entry.parts:
        starts.append(at)
        firsts.append(word)
        at += len(part.text) + 1
        word += len(WORD.findall(part.text))
    named = [(part.path, part.label, part.heading) for part in entry.parts]
    return Body("\n".join(part.text for part in entry.parts), starts, firsts, named)
