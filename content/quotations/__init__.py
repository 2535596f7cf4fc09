"""How people name a document or a part of one, in any spelling, and which part of a text they mean.

The reverse of ``content.structure.quotation``. Knows no database and no reader: ``content.citations`` looks up what is
named, ``content.rendering`` makes links of it.
"""

from content.quotations.model import Paper, Quotation, Step
from content.quotations.places import Places
from content.quotations.reading import read

__all__ = ["Paper", "Places", "Quotation", "Step", "read"]
