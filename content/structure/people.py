"""Names of people, as they are printed under a signature or after a post."""

import re
from functools import cache

from content import vocabulary
from content.structure.alphabet import LOWER, UPPER

_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}]{{0,6}}\s+){{1,4}}[{UPPER}][{LOWER}]{{1,6}}$")


def is_name(text: str) -> bool:
    """Whether ``text`` looks like a person's name: two to five capitalised words."""
    return len(text) < 40 and bool(_NAME.match(text))


def without_rank(text: str) -> str:
    """A name without the rank or degrees that lead it: "Đại tướng Phan Văn A", "PGS.TS. Lê Thị B"."""
    low = text.lower()
    rank = next((rank for rank in _ranks() if low.startswith(f"{rank} ")), "")
    return text[len(rank) :].strip() if rank else text


def person(text: str) -> tuple[str, str]:
    """Split "Phó Thủ tướng Nguyễn Văn A" into (name, post); the name is empty when only a post is given."""
    lead = re.split(r"[(,;]", text)[0].strip()
    words = lead.split()
    surnames = vocabulary.words("surnames")
    for at, word in enumerate(words):
        if word in surnames and 2 <= len(words) - at <= 5:
            rest = re.search(r"[(,]\s*([^(),]+)", text)
            return " ".join(words[at:]), " ".join(words[:at]) or (rest[1].strip() if rest else "")
    return "", lead


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(sorted(vocabulary.ordered("ranks"), key=len, reverse=True))
