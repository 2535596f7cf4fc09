"""Documents written by machine in both structures, of any length, and ways to put them into the handbook.

Documents of different numbers, dates, issuers or seeds say different things.
"""

import random
from collections.abc import Iterable
from datetime import date as date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from content import importing
from content.outcomes import ImportRow

SYLLABLES = (
    "chi bộ đảng viên cấp ủy tổ chức sinh hoạt nghị quyết nhiệm vụ giải pháp chuyển đổi số nhân dân xã phường "
    "kiểm tra giám sát cán bộ công tác dân vận tuyên truyền kế hoạch kết quả hạn chế trách nhiệm thực hiện hằng "
    "năm rừng ruộng nước đường trường lớp y tế bản làng thôn xóm mùa màng dữ liệu hồ sơ thủ tục hướng dẫn"
)
WORDS = SYLLABLES.split()


def sentence(dice: random.Random, words: int = 24) -> str:
    """So many Vietnamese words that mean nothing together."""
    chosen = " ".join(dice.choice(WORDS) for _ in range(words))
    return chosen[0].upper() + chosen[1:]


def head(number: str, type: str, issued: date, title: str, issuer: str = "TỈNH ỦY VÂN LAM") -> str:
    """The opening of a paper as it is printed."""
    return (
        f"{issuer}\n\n\\*\n\nSố {number}\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
        f"Bến Trầm, ngày {issued.day:02} tháng {issued.month} năm {issued.year}\n\n{type.upper()}\n\n{title}\n\n"
    )


def regulation(
    number: str = "12-QĐ/TU", *, issued: date = date(2026, 5, 4), title: str = "về sinh hoạt chi bộ",
    characters: int = 900, seed: int = 1, type: str = "Quy định", issuer: str = "TỈNH ỦY VÂN LAM",
) -> str:  # fmt: skip
    """Structure A: chapters, articles, clauses, points; at least ``characters`` long."""
    dice = random.Random(f"{number} {issued} {issuer} {seed}")
    text = head(number, type, issued, title, issuer)
    article = 0
    for chapter in range(1, 1000):
        text += f"## Chương {'I' * chapter if chapter < 4 else chapter}\n\n{sentence(dice, 5).upper()}\n\n"
        for _ in range(4):
            article += 1
            text += f"**Điều {article}.** {sentence(dice, 6)}\n\n"
            text += f"1. {sentence(dice)}.\n\n2. {sentence(dice)}:\n\n"
            text += f"a) {sentence(dice, 12)};\n\nb) {sentence(dice, 14)}.\n\n"
            if len(text) >= characters:
                return text + f"T/M TỈNH ỦY\n\nBÍ THƯ\n\n(đã ký)\n\n{'Nông Quốc Hiệp'}\n"
    return text


def resolution(
    number: str = "05-NQ/TU", *, issued: date = date(2026, 3, 12), title: str = "về chuyển đổi số",
    characters: int = 900, seed: int = 1, type: str = "Nghị quyết", issuer: str = "TỈNH ỦY VÂN LAM",
) -> str:  # fmt: skip
    """Structure B: sections, items, dashes; at least ``characters`` long."""
    dice = random.Random(f"{number} {issued} {issuer} {seed}")
    text = head(number, type, issued, title, issuer)
    for section in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"):
        text += f"{section}- {sentence(dice, 4).upper()}\n\n"
        for item in range(1, 8 if characters < 50_000 else 40):
            text += f"{item}. {sentence(dice, 40)}:\n\n- {sentence(dice, 30)};\n\n- {sentence(dice, 30)}.\n\n"
            if len(text) >= characters:
                return text
    return text


def front_matter(**facts: Any) -> str:
    """Front matter of a file; lists in the short notation."""
    lines = [f"{name}: {_shown(value)}" for name, value in facts.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


async def put(source: str, *, audience: Iterable[str] = ("public",), **options: Any) -> ImportRow:
    """Import one text."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "van-ban.md"
        file.write_text(source, encoding="utf-8")
        rows = await importing.import_files([file], by="cli", audience=frozenset(audience), **options)
    return rows[0]
