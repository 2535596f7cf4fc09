"""What waits for a sample moderator: a comment that was reported, and an appeal against what another one decided."""

import uuid

from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.moderation import appealing, cases, deciding, reporting
from backend.sample_comments import DOCUMENT, id_of
from base import database

REPORTED = id_of("yen-bieu-mau")
APPEALED = id_of("vinh-may-doc-the")
AUTHOR, DECIDER, REPORTER = "vinh", "khanh", "dat"
"""Who wrote what was hidden, who hid it, and who reported the other; by login."""

WORDS = "Tổ dân phố tôi có máy đọc thẻ cho mượn vào tối thứ ba. Đồng chí nào cần thì gọi số 0987 654 321 để giữ chỗ."
APPEAL = "Đó là số máy trực của tổ công nghệ số phường, niêm yết ở nhà văn hóa, không phải số riêng của tôi."


async def begin(people: dict[str, uuid.UUID]) -> None:
    """Report one comment of the sample, and let another be hidden and its author appeal, unless that was done."""
    member = people[REPORTER]
    await reporting.report(
        id_of("report"), REPORTED, reason="Q6", words="Danh sách biểu là việc của Sở, không phải của nghị quyết này.",
        by=member, scopes=await scopes_of(member),
    )  # fmt: skip
    if (await cases.appeals_of([APPEALED])).get(APPEALED):
        return
    async with database.transaction():  # all of it, or it is begun anew
        await _appeal(people[AUTHOR], decider=people[DECIDER])


async def _appeal(author: uuid.UUID, *, decider: uuid.UUID) -> None:
    about = About(DOCUMENT, "iii.3.2")
    written = await comments.write(
        APPEALED, about=about, words=WORDS, named=False, by=author, scopes=await scopes_of(author)
    )
    await deciding.decide(
        id_of("decision"), APPEALED, revision=written.comment.revision, verdict="hide", reason="Q2",
        remark="Đồng chí bỏ số điện thoại rồi gửi lại giúp nhé.", by=decider,
    )  # fmt: skip
    await appealing.appeal(id_of("appeal"), APPEALED, words=APPEAL, by=author)
