"""How a document opens: the head as on paper, then the reasons it rests on, then its first numbered part."""

import re

from content import vocabulary
from content.structure.blocks import Block

_REASON = re.compile(r"(?:[-–*] )?(?:Căn c[ứú]|Theo đ[ềể] nghị|Xét |Trên cơ sở|Thực hiện |Sau khi |Để )", re.I)
_TITLE = re.compile(r"(?:Trên cơ sở|Thực hiện |Sau khi |Để )[^;:]*[^;:,.]$", re.I | re.S)
"""What begins like a reason but, right below the type and without an end, is a title: "thực hiện Quy định số …"."""

_STATE = re.compile(r"CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–]\s*Tự do")
_ENACTS = re.compile(r"ban hành|quyết nghị|quyết định|yêu cầu|kết luận", re.I)
_INTRODUCES = re.compile(r"(?:thay mặt|trân trọng giới thiệu|toàn văn|số\s*:|hà nội, )", re.I)
_OPENS = frozenset({"phan", "chuong", "muc", "tieu-muc", "dieu", "section", "item", "annex", "attachment"})
_LAWLIKE = frozenset({"phan", "chuong", "muc", "dieu"})
_ALWAYS = frozenset({"recipients", "signature", "annex", "attachment"})


def fold(blocks: list[Block]) -> list[Block]:
    """Merge the blocks before the first numbered part into one head and one preamble."""
    until = _first_part(blocks)
    opening, rest = blocks[:until], blocks[until:]
    folded: list[Block] = []
    stage, after_type = "head", False
    lawlike = bool(rest) and rest[0].kind in _LAWLIKE
    for block in opening:
        if block.kind == "matter":
            folded.append(block)
            continue
        stage = _stage(stage, block, lawlike=lawlike, after_type=after_type)
        after_type = _is_type(block.ends) if block.ends else after_type
        if stage == "text" or (block.kind == "table" and stage == "preamble"):
            folded.append(block)
        elif folded and folded[-1].kind == stage:
            folded[-1].lines.extend(block.lines)
        else:
            folded.append(Block(stage, None, block.zone, list(block.lines)))
    return folded + rest


def _first_part(blocks: list[Block]) -> int:
    lawlike = next((at for at, block in enumerate(blocks) if block.kind in _LAWLIKE), len(blocks))
    opens = next((at for at, block in enumerate(blocks) if block.kind in _OPENS), len(blocks))
    if lawlike < len(blocks) and blocks[lawlike].kind == "dieu" and not _has_sections(blocks[:lawlike]):
        opens = lawlike
    always = next((at for at, block in enumerate(blocks) if block.kind in _ALWAYS), len(blocks))
    return min(opens, always)


def _has_sections(blocks: list[Block]) -> bool:
    return any(block.kind == "section" for block in blocks)


def _is_type(words: str) -> bool:
    return words.isupper() and vocabulary.type_named(words).upper() == words.strip(" :.")


def _stage(stage: str, block: Block, *, lawlike: bool, after_type: bool) -> str:
    words = " ".join(line.plain for line in block.words)
    if not words:
        return stage
    if stage == "preamble" and (_STATE.search(words[:200]) or _is_type(words)):
        return "head"
    if stage != "text" and _REASON.match(words):
        return "head" if stage == "head" and after_type and _TITLE.match(words) else "preamble"
    if stage == "head":
        return "head" if after_type or not _is_text(block, words) else "preamble" if lawlike else "text"
    if stage == "preamble" and not lawlike:
        return "preamble" if len(words) < 400 and (_ENACTS.search(words) or block.kind == "dash") else "text"
    return stage


def _is_text(block: Block, words: str) -> bool:
    """A long finished sentence that is not set apart and does not introduce the document."""
    if block.kind == "table" or any(line.stands_out for line in block.words) or _INTRODUCES.match(words):
        return False
    return len(words) > (60 if words.endswith(".") else 120) and words.endswith((".", ":", ";", "!", "”", '"'))
