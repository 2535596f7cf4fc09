"""What sample members asked: one case that waits for an answer, one that was answered and published; and a template."""

import uuid

from backend.accounts.scopes import scopes_of
from backend.discussion.feedback import handling, publishing, sending, steps, templates
from backend.discussion.feedback.publishing import Wording
from backend.discussion.feedback.sending import Draft
from base import database

DOCUMENT, PART = "quy-dinh-12-qd-tu-2026", "dieu-5.khoan-2"
NAMESPACE = uuid.UUID("c1f5be0d-5f6e-5b0f-9c52-0b8f9c1d6f4e")
AUTHOR, HANDLER = "mai", "hoa"
"""Who asked, and who answers; by login."""

WAITING, ANSWERED, TEMPLATE = (uuid.uuid5(NAMESPACE, name) for name in ("doc-to", "tai-lieu", "da-nhan"))
WAITING_CODE, ANSWERED_CODE, PUBLISHED_CODE = "GY-7K3M-Q2", "GY-4D8P-M6", "TL-5H2N-K9"
"""Codes by which the sample's cases are always found; those of others are drawn by lot."""

ASKED = (
    "Ở thôn tôi bí thư thường đi nương xa, gửi tài liệu trước buổi họp hai ngày. Như thế có được không, hay phải đủ "
    "ba ngày? Gửi bằng Sổ tay thì tính từ lúc nào?"
)
ANSWER = (
    "Tài liệu sinh hoạt gửi chậm nhất 03 ngày trước cuộc họp. Gửi bằng Sổ tay thì tính từ lúc giao danh mục.\n\n"
    "Khi có việc đột xuất, chi ủy nêu lý do ở đầu buổi họp và ghi vào biên bản."
)
WISHED = (
    "Mẹ tôi 78 tuổi, mắt kém. Đề nghị Sổ tay có nút đọc to từng điều để các cụ nghe, và chữ trong mục lục to như "
    "chữ trong văn kiện."
)
WORDING = Wording(
    "Tài liệu sinh hoạt gửi trước mấy ngày?",
    "Gửi tài liệu trước buổi họp hai ngày có được không? Gửi bằng Sổ tay thì tính từ lúc nào?",
    ANSWER,
)


async def begin(people: dict[str, uuid.UUID], *, unit: int) -> None:
    """Let it be asked and answered, unless that was done; ``unit`` is the one that the handler's role is held for."""
    author, handler = people[AUTHOR], people[HANDLER]
    if await steps.find(ANSWERED):
        return
    async with database.transaction():  # all of it, or it is begun anew
        await _ask(WAITING, Draft("suggestion", "app", WISHED), author, WAITING_CODE)
        about = Draft("question", "document", ASKED, document=DOCUMENT, part=PART, consent=True)
        await _ask(ANSWERED, about, author, ANSWERED_CODE)
        await handling.assign(_id("assign"), ANSWERED, to=handler, version=1, by=handler)
        await handling.answer(_id("answer"), ANSWERED, ANSWER, version=2, by=handler)
        await publishing.publish(_id("publish"), ANSWERED, WORDING, reach=[unit], version=3, by=handler)
        await database.execute("UPDATE published_answer SET code = {} WHERE feedback = {}", PUBLISHED_CODE, ANSWERED)
        await templates.save(
            TEMPLATE, unit=unit, title="Đã nhận, đang hỏi lại nơi phụ trách", version=0, by=handler,
            words="Cảm ơn đồng chí đã góp ý. Chúng tôi đang hỏi lại nơi phụ trách và trả lời đồng chí trong hạn.",
        )  # fmt: skip


async def _ask(id: uuid.UUID, draft: Draft, by: uuid.UUID, code: str) -> None:
    await sending.send(id, draft, by=by, scopes=await scopes_of(by))
    await database.execute("UPDATE feedback SET code = {} WHERE id = {}", code, id)


def _id(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)
