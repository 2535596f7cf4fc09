"""What a file may not be: each wrong one is refused in a sentence, soon, and nothing of it stays."""

import io
import struct
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from base import catalogue, database
from content import extracting, importing
from content.extracting import source_of
from content.files import archive
from content.outcomes import Refusal
from tests.content.builders import regulation
from tests.content.packing import KINDS, RELATIONS, SPACES, document, docx, p, packed, paper, table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GOOD = docx(paper(p("Điều 1. Một."), p("Điều 2. Hai.")))
XXE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE w:document [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
MACROS = KINDS.replace("wordprocessingml.document.main", "macroEnabled.main").replace(
    "openxmlformats-officedocument", "ms-word"
)


def _with(**parts: str | bytes) -> bytes:
    """A file of Word with further parts; two underscores in a name stand for a slash."""
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): part for name, part in parts.items()
    }
    return packed({"word/document.xml": document(p("x")), **named})


def _bomb(megabytes: int) -> bytes:
    return packed({"word/document.xml": b" " * (megabytes * 2**20)})


def _many(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in range(count):
            file.writestr(f"{name}", b"")
    return made.getvalue()


def _protected() -> bytes:
    data = bytearray(GOOD)
    for sign, where in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + where] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def _nested(depth: int) -> str:
    inner = p("trong cùng")
    for _ in range(depth):
        inner = table((f"<w:tc>{inner}{p()}</w:tc>",))
    return inner


def _twice() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/documenT.xml"):
            file.writestr(name, {"[": KINDS, "_": RELATIONS, "w": document(p("x"))}[name[0]])
    return made.getvalue().replace(b"documenT", b"document")


def _lying() -> bytes:
    """A file whose table of contents says that a large part is small."""
    data = bytearray(_bomb(30))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 1000)
    return bytes(data)


def _typed(declared: str, words: str, encoding: str = "utf-8") -> bytes:
    """A file whose document declares a type."""
    return packed(
        {"word/document.xml": document(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>", before=declared).encode(encoding)}
    )


DISGUISED = packed({"word/document.xml": document(p("x"))}).replace(b"[Content_Types].xml", b"%PDF-1.7\n_Types].xml")
STYLES = f"{XXE}<w:styles {SPACES}>&x;</w:styles>"
WRONG = {
    "empty": (b"", "a.docx", "content-import-empty"),
    "only zeros": (bytes(100), "a.docx", "content-import-empty"),
    "unknown kind": (b"x", "a.exe", "content-import-unknown-kind"),
    "macros by name": (GOOD, "a.docm", "content-file-macros"),
    "macros by kind": (packed({"word/document.xml": document(p("x"))}, kinds=MACROS), "a.docx", "content-file-macros"),
    "macros by part": (_with(word__vbaProject_bin=b"x"), "a.docx", "content-file-macros"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "content-file-svg"),
    "svg named html": (b"<?xml version='1.0'?>\n<!-- x -->\n<svg onload='x'/>", "a.html", "content-file-svg"),
    "svg with a document type": (b"<!DOCTYPE svg PUBLIC 'x' 'y'>\n<svg:svg/>", "a.htm", "content-file-svg"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "content-file-encrypted"),
    "encrypted parts": (_protected(), "a.docx", "content-file-encrypted"),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "content-file-old-word"),
    "old word renamed": (OLE + "WordDocument".encode("utf-16-le"), "a.docx", "content-file-old-word"),
    "rtf named doc": (b"{\\rtf1}", "a.doc", "content-file-old-word"),
    "pdf named docx": (PDF, "a.docx", "content-file-other-kind"),
    "pdf named txt": (PDF, "a.txt", "content-file-other-kind"),
    "docx named html": (GOOD, "a.html", "content-file-other-kind"),
    "text named docx": (b"Ch\xe1\xbb\x89 l\xc3\xa0 ch\xe1\xbb\xaf", "a.docx", "content-file-other-kind"),
    "pdf before docx": (PDF + GOOD, "a.docx", "content-file-other-kind"),
    "pdf after docx": (GOOD + PDF, "a.docx", "content-file-two-kinds"),
    "pdf within docx": (DISGUISED, "a.docx", "content-file-two-kinds"),
    "docx behind a page": (b"<html><body>x</body></html>" + GOOD, "a.html", "content-file-two-kinds"),
    "bytes in a text": (b"Mot\x00\x01hai", "a.md", "content-file-not-text"),
    "cut short": (GOOD[: len(GOOD) // 2], "a.docx", "content-file-broken"),
    "damaged": (GOOD[:200] + bytes(100) + GOOD[300:], "a.docx", "content-file-broken"),
    "a part twice": (_twice(), "a.docx", "content-file-broken"),
    "no document": (packed({}), "a.docx", "content-file-broken"),
    "not well-formed": (_with(word__styles_xml=f"<w:styles {SPACES}>"), "a.docx", "content-file-broken"),
    "a workbook": (packed({}, kinds="<Types/>"), "a.docx", "content-file-not-word"),
    "too many parts": (_many(archive.ENTRIES + 1), "a.docx", "content-file-bomb"),
    "far too many parts": (_many(15_000), "a.docx", "content-file-bomb"),
    "one part too large": (_bomb(30), "a.docx", "content-file-bomb"),
    "all parts too large": (packed({f"{n}": bytes(30 * 2**20) for n in range(7)}), "a.docx", "content-file-bomb"),
    "a part that lies": (_lying(), "a.docx", "content-file-broken"),
    "xxe": (_typed(XXE, "&x;"), "a.docx", "content-file-document-type"),
    "xxe in another part": (_with(word__styles_xml=STYLES), "a.docx", "content-file-document-type"),
    "xxe in wide letters": (_typed(XXE, "x", "utf-16"), "a.docx", "content-file-document-type"),
    "billion laughs": (_typed(LAUGHS, "&a9;"), "a.docx", "content-file-document-type"),
    "deep tables": (docx(_nested(40)), "a.docx", "content-file-too-deep"),
    "deep elements": (docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "a.docx", "content-file-too-deep"),
    "deep page": (b"<div>" * 300 + b"x", "a.html", "content-file-too-deep"),
    "very deep page": (b"<p><b><div class='x'>" * 300_000, "a.html", "content-file-too-deep"),
    "deep behind false ends": (b"<div></b></zz>" * 100_000, "a.html", "content-file-too-deep"),
    "deep lists": (b"<ul><li>x" * 100_000, "a.html", "content-file-too-deep"),
    "no words": (docx(p(), p(" ")), "a.docx", "content-file-no-text"),
    "no words on a page": (b"<html><script>x</script></html>", "a.html", "content-file-no-text"),
    "too long": ("chữ " .encode() * 500_001, "a.txt", "content-file-too-long"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_refused_in_a_sentence(case):
    data, name, key = WRONG[case]
    with pytest.raises(Refusal) as refused:
        source_of(data, name)
    told = refused.value.told
    assert told.key == key
    for language in ("vi", "en"):
        sentence = catalogue.say(key, language, **told.values)
        assert sentence != key
        assert "{" not in sentence


def test_a_right_file_of_each_kind_is_taken():
    text = regulation()
    for data, name in (
        (GOOD, "A.DOCX"),
        (text.encode(), "a.md"),
        (text.encode(), "a.txt"),
        (f"<pre>{text}".encode(), "a.htm"),
    ):
        assert "Điều 1" in source_of(data, name)
    assert set(extracting.READERS) >= {".docx", ".html", ".htm", ".md", ".txt"}


def test_a_large_honest_table_is_taken():
    rows = [tuple(f"Việc {row}.{column}" for column in range(8)) for row in range(1500)]
    began = time.process_time()
    assert "| Việc 1499.0 |" in source_of(docx(table(*rows, borders=True)), "a.docx")
    assert time.process_time() - began < 5


@pytest.mark.usefixtures("handbook")
async def test_wrong_files_leave_nothing_behind_and_do_not_stop_the_others(tmp_path, monkeypatch):
    folder, scratch = tmp_path / "files", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    (tmp_path / "first.docx").write_bytes(GOOD)
    await importing.import_files([tmp_path / "first.docx"], by="cli")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    cases = (
        "one part too large",
        "billion laughs",
        "deep elements",
        "encrypted",
        "cut short",
        "svg named html",
        "too long",
    )
    for at, case in enumerate(cases):
        data, name, _ = WRONG[case]
        (folder / f"{at}{Path(name).suffix}").write_bytes(data)
    (folder / "9.docx").write_bytes(GOOD)
    rows = await importing.import_files([folder], by="cli")
    assert [row.error.key if row.error else row.outcome for row in rows] == [
        *(WRONG[case][2] for case in cases), "unchanged",
    ]  # fmt: skip
    assert [row["number"] for row in await database.fetch("SELECT number FROM document")] == ["12-QĐ/TU"]
    assert (await database.fetch("SELECT count(*) AS n FROM edition"))[0]["n"] == 1
    assert list(scratch.iterdir()) == []


@pytest.mark.usefixtures("handbook")
async def test_a_file_that_takes_too_much_is_refused(tmp_path, monkeypatch):
    cells = "<w:tc><w:p/></w:tc>" * 4
    heavy = docx("<w:tbl>" + f"<w:tr>{cells}</w:tr>" * 190_000 + "</w:tbl>")
    (tmp_path / "nang.docx").write_bytes(heavy)
    monkeypatch.setattr(extracting, "MEGABYTES", 128)
    (row,) = await importing.import_files([tmp_path], by="cli")
    assert row.error.key == "error-too-heavy"
    assert await database.fetch("SELECT id FROM document") == []


@pytest.mark.usefixtures("handbook")
async def test_a_file_that_takes_too_long_is_refused_on_time(tmp_path, monkeypatch):
    rows = "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * 100_000
    (tmp_path / "dai.docx").write_bytes(docx(f"<w:tbl>{rows}</w:tbl>"))
    monkeypatch.setattr(extracting, "READ_S", 0.2)
    began = time.monotonic()
    (row,) = await importing.import_files([tmp_path], by="cli")
    assert time.monotonic() - began < 10
    assert row.error.key == "error-too-long"
    assert await database.fetch("SELECT id FROM document") == []


def test_the_worst_that_fits_into_little_is_refused_within_seconds():
    for case in (
        "very deep page",
        "deep behind false ends",
        "deep lists",
        "deep elements",
        "billion laughs",
        "far too many parts",
        "too long",
    ):
        began = time.process_time()
        with pytest.raises(Refusal):
            source_of(*WRONG[case][:2])
        assert time.process_time() - began < 2, case
