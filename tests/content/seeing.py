"""What a reader of text must not lose: the letters that are on the page, in their order."""

import re

from lxml import etree

from content.structure.lines import undress

_TAGS = re.compile(r"(\\.)|</?(?:sup|sub)>|<br>")
"""An escaped sign begins no tag."""


def letters(source: str) -> str:
    """The letters and digits of Markdown, without its marks and tags."""
    lines = (undress(_TAGS.sub(lambda found: found[1] or "", line)) for line in source.split("\n"))
    return "".join(each for line in lines for each in line if each.isalnum())


def seen(xml: bytes) -> str:
    """The letters and digits of a part of Word that has no deletions, fields or hidden words."""
    words = etree.fromstring(xml).iter("{*}t")
    return "".join(each for word in words for each in word.text or "" if each.isalnum())
