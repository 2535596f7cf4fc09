"""Documents and news for tests of the API, made by the same acts as in life."""

import io
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from PIL import Image

from base import clock, database
from content import importing, news
from content.digests import deciding, writing
from content.digests.model import Line
from content.news import Writing
from content.newsroom import keeping

HEAD = """Số {number}

ĐẢNG CỘNG SẢN VIỆT NAM

Bến Trầm, ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}

{kind}

{title}

"""
TEXT = """Điều 1. Phạm vi điều chỉnh

1. Quy định này áp dụng cho các chi bộ.

2. Nội dung của {number} không áp dụng cho nơi khác.

Điều 2. Hiệu lực

Quy định này có hiệu lực từ ngày ký.
"""


async def digested(slug: str, *, unit: int | None = None) -> UUID:
    """Give the first edition of a document a digest of one point on Điều 2, approved; the edition's id."""
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {} AND e.ordinal = 1", slug
    )
    edition: UUID = rows[0]["id"]
    await writing.write(edition, [Line("Có hiệu lực từ ngày ký.", "Điều 2")], seen=0, by="lan", unit=unit)
    await deciding.submit(edition, seen=1, by="lan")
    await deciding.approve(edition, seen=1, by="minh")
    return edition


async def issue(
    folder: Path, number: str, *, audience: set[str], title: str = "", issued: date = date(2026, 1, 5),
    type: str = "Quy định", issuer: str = "Ban Thường vụ Tỉnh ủy Vân Lam", offline: bool = True, topic: str = "",
    effective_from: date | None = None, more: str = "", text: str = TEXT,
) -> str:  # fmt: skip
    """Issue a document with a text of two articles; its slug."""
    title = title or f"về việc thử {number}"
    facts = {
        "number": number, "type": type, "issuer": issuer, "issued": issued, "title": title, "topic": topic,
        "effective_from": effective_from or issued,
    }  # fmt: skip
    matter = "\n".join(f"{name}: {value}" for name, value in facts.items() if value)
    file = folder / f"{number.replace('/', '-')}-{clock.now().timestamp()}.md"
    file.write_text(
        f"---\n{matter}\n{more}\n---\n\n{HEAD.format(number=number, title=title, issued=issued, kind=type.upper())}"
        f"{text.format(number=number)}",
        "utf-8",
    )
    rows = await importing.import_files([file], by="cli", audience=frozenset(audience), offline=offline)
    assert rows[0].outcome in ("new", "edition"), rows[0]
    return rows[0].slug


def drawn(words: str) -> bytes:
    """A small picture that is another one for other words."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), f"#{blake2b(words.encode(), digest_size=3).hexdigest()}").save(made, "PNG")
    return made.getvalue()


async def report(
    title: str, *, audience: set[str], unit: int | None = None, topic: str = "", at: datetime | None = None,
    cover: bytes | None = None, draft: bool = False,
) -> str:  # fmt: skip
    """Publish a news item; its slug, "" for a draft."""
    written = Writing(
        title=title, standfirst=f"{title}: tóm tắt", body=f"{title}: **toàn văn**.", audience=frozenset(audience),
        unit=unit, topic=topic, published_at=at, cover=cover, cover_alt="Một ô màu." if cover else "",
        draft=draft,
    )  # fmt: skip
    id = await news.write(written, by="cli")
    return (await keeping.manuscript(id)).slug
