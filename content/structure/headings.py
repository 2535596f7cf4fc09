"""Headings printed on the line below their number: "Chương I" and then "QUY ĐỊNH CHUNG"."""

from content import vocabulary
from content.structure.blocks import Block

_LARGE = frozenset({"phan", "chuong", "muc", "tieu-muc", "annex", "form", "attachment", "dieu"})
_LONGEST = 250


def absorb(blocks: list[Block]) -> list[Block]:
    """Give each number without words the heading that follows it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and _wants(before) and _titles(before, block):
            before.lines.extend(block.lines)
        else:
            joined.append(block)
    return joined


def _wants(block: Block) -> bool:
    if block.kind not in _LARGE or block.label is None or len(block.words) > 1:
        return False
    rest = block.label.rest.strip(" .:–—-")
    named = block.kind == "attachment" and vocabulary.type_named(rest).upper() == rest
    return not rest or named


def _titles(before: Block, block: Block) -> bool:
    words = " ".join(line.plain for line in block.words)
    if block.kind != "paragraph" or block.zone != before.zone or not words or block.words[0].inside:
        return False
    if len(words) > _LONGEST or words.endswith((".", ";", ":", ",", "”")) or not words[0].isalpha():
        return False
    return words[0].isupper() and (before.kind != "form" or block.words[0].stands_out)
