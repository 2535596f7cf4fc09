"""The parts of a .docx file that hold text, parsed without document types, entities or other files."""

import posixpath

from lxml import etree

from content.files.archive import Archive, broken
from content.files.word.names import STRICT, Element
from content.outcomes import Refusal, Told

_MAIN = "/officeDocument"
_KINDS = "[Content_Types].xml"
_TOO_DEEP = "depth"
_DOCUMENT_TYPE = b"<!DOCTYPE"


class Package:
    """A .docx file; raises Refusal when it is something else, carries macros, or is damaged."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        kinds = self._archive.read(_KINDS) or b""
        if b"macroEnabled" in kinds or any("vbaproject" in name.lower() for name in self._archive.names):
            raise Refusal(Told("content-file-macros"))
        if b"wordprocessingml" not in kinds:
            raise Refusal(Told("content-file-not-word"))
        self._document_name = self._main()
        self._folder = posixpath.dirname(self._document_name)
        document = self._parsed(self._document_name)
        if document is None:
            raise broken()
        self.document: Element = document

    def part(self, name: str) -> Element | None:
        """The part ``name`` beside the document, such as ``styles``; None when there is none."""
        return self._parsed(posixpath.join(self._folder, f"{name}.xml"))

    def related(self, name: str) -> Element | None:
        """The part to which the document refers by ``name``; None when there is none, or it lies elsewhere."""
        relations = posixpath.join(self._folder, "_rels", f"{posixpath.basename(self._document_name)}.rels")
        for relation in _children(self._parsed(relations)):
            if relation.get("Id") == name and relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                return self._parsed(posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/"))
        return None

    def headers(self) -> list[Element]:
        """What is printed at the top of pages."""
        start = posixpath.join(self._folder, "header")
        parts = (self._parsed(name) for name in sorted(self._archive.names) if name.startswith(start))
        return [part for part in parts if part is not None]

    def _main(self) -> str:
        for relation in _children(self._parsed("_rels/.rels")):
            if str(relation.get("Type", "")).endswith(_MAIN):
                return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
        raise broken()

    def _parsed(self, name: str) -> Element | None:
        data = self._archive.read(name)
        return None if data is None else parse(data)


def parse(data: bytes) -> Element:
    """The root element of a part; raises Refusal for one with a document type, too deep or not well-formed."""
    if _DOCUMENT_TYPE in data:
        raise Refusal(Told("content-file-document-type"))
    for strict, usual in STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        if _TOO_DEEP in str(error):
            raise Refusal(Told("content-file-too-deep")) from None
        raise broken() from None
    if root.getroottree().docinfo.internalDTD is not None:  # in another encoding than the one looked at above
        raise Refusal(Told("content-file-document-type"))
    return root


def _children(root: Element | None) -> list[Element]:
    return [] if root is None else list(root)
