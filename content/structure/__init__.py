"""Reads the text of a document into numbered parts that can be quoted, linked to and followed across editions."""

from content.structure.model import Head, Part, Structure, Warned
from content.structure.normal import normalise
from content.structure.parsing import parse

__all__ = ["Head", "Part", "Structure", "Warned", "normalise", "parse"]
