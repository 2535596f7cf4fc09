"""PDF with words in it: what is printed becomes text, read in the order in which people read a page."""

from content.files.pdf.reading import read

__all__ = ["read"]
