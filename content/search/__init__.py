"""Finding documents by what they say. Whoosh is known in this package only.

Doors use ``search`` and ``suggest``; the worker and the command line use ``indexing`` and ``evaluating``.
"""

from content.search.asking import CHARS
from content.search.engine import Snippet, Suggestion
from content.search.finding import DEEPEST, Found, FoundPage, search, suggest

__all__ = ["CHARS", "DEEPEST", "Found", "FoundPage", "Snippet", "Suggestion", "search", "suggest"]
