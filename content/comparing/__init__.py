"""What changed between two editions of a document: part by part, word by word, and how much in all."""

from content.comparing.carrying import carry
from content.comparing.comparison import compare
from content.comparing.model import Change, Changes, Comparison, Counts, Place, Run
from content.comparing.opening import changes

__all__ = ["Change", "Changes", "Comparison", "Counts", "Place", "Run", "carry", "changes", "compare"]
