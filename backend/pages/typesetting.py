"""How words are set on a page: numbers stay in one line as long as it can hold them, what was looked for is marked."""

import re

from markupsafe import Markup, escape

from content.search import Snippet

NUMBER = re.compile(r"(?<![^\W_])\d+[^\W\d_]?(?:[-–/][^\W_]+)+")
"""What may be a number: 57-NQ/TW, 13/2023/NĐ-CP; dates and years look alike, but no line breaks within these.

js/library/numbers.js says the same to the phone.
"""


def unbroken(text: str) -> Markup:
    """``text`` with its numbers marked for the stylesheet; what is copied from the page is the number as it is."""
    if not NUMBER.search(text):
        return escape(text)
    made, end = Markup(), 0
    for found in NUMBER.finditer(text):
        made += escape(text[end : found.start()]) + _whole(found[0])
        end = found.end()
    return made + escape(text[end:])


def marked(snippet: Snippet) -> Markup:
    """The words around what was found, those that were looked for in ``mark``."""
    made, end = Markup(), 0
    for begin, after in snippet.marks:
        made += escape(snippet.text[end:begin]) + Markup("<mark>{}</mark>").format(snippet.text[begin:after])
        end = after
    return made + escape(snippet.text[end:])


def _whole(number: str) -> Markup:
    if not any(sign.isalpha() for sign in number):
        return escape(number)
    return Markup('<span class="unbroken">{}</span>').format(number)
