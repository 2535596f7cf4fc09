"""Reads the text of a document into numbered parts that can be quoted, linked to and followed across editions.

Paths are the printed numbers in ASCII (``đ`` becomes ``dd``). Structure A: ``chuong-2``, ``chuong-2.muc-1``,
``dieu-4.khoan-2.diem-dd``, ``dieu-5a``; chapters hold articles but do not prefix their paths. Structure B: ``iii``,
``iii.2``, ``iii.2.a``, and ``iii.2.1`` for 2.1. Counted within their parent: dashes ``g1``, unnumbered paragraphs
``p1``, tables ``bang-1``. Annexes are ``phu-luc-1``, attached documents ``kem-theo``, and prefix what they hold. The
head is ``dau``, the preamble ``can-cu``, the closing ``noi-nhan`` and ``ky``, what belongs to the file only ``tep``
(kind "matter"); footnotes that end the file are paragraphs of no part. A printed number that repeats is followed by
``--2``.
"""

from content.structure.anchors import carry_anchors
from content.structure.citing import quotation
from content.structure.model import Head, Part, Structure, Warned
from content.structure.normal import normalise
from content.structure.parsing import parse

__all__ = ["Head", "Part", "Structure", "Warned", "carry_anchors", "normalise", "parse", "quotation"]
