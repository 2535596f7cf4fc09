"""Word's .docx files: what is visible on the page becomes text, with the numbers that Word prints by itself."""

from content.files.word.reading import read

__all__ = ["read"]
