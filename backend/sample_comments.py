"""What sample members say of a sample resolution: kindly, to the point, one with an answer, one that waits."""

import uuid
from dataclasses import dataclass

from backend.accounts import consents
from backend.accounts.scopes import scopes_of
from backend.discussion import comments
from backend.discussion.about import About
from backend.discussion.comment_moves import find
from backend.discussion.voices import NAME

DOCUMENT = "nghi-quyet-05-nq-tu-2026"
HEAD = "pao-hen-luu-dong"
"""The comment that is answered."""

OWN = "mai-to-cong-nghe"
"""A comment of the first sample member, shown; ``HELD`` is one of hers that waits for a moderator."""

HELD = "mai-bo-tranh"
NAMESPACE = uuid.UUID("a7f1c5de-3f7a-5d0e-8c53-54f7a2a6a9b1")


@dataclass(frozen=True, slots=True)
class Sample:
    """A comment of a sample person on a part of the resolution; ``answers`` names the one that it answers."""

    name: str
    login: str
    words: str
    part: str = ""
    quote: str = ""
    named: bool = True
    answers: str = ""

    @property
    def id(self) -> uuid.UUID:
        """The same at each load."""
        return id_of(self.name)


SAMPLES = (
    Sample(
        HEAD, "pao",
        "Thôn tôi cách trụ sở xã mười bốn cây số đường núi. Đề nghị ngày hẹn lưu động báo trước ít nhất năm ngày qua "
        "trưởng thôn, để bà con đi nương còn sắp xếp về.",
        part="iii.3.1",
    ),
    Sample(
        "sinh-loa-thon", "sinh",
        "Ở thôn tôi báo qua loa tối hôm trước và nhắn vào nhóm tổ công nghệ số, bà con đến đông hơn hẳn. Tháng vừa rồi "
        "giải quyết được ba mươi mốt việc ngay tại nhà văn hóa.",
        part="iii.3.1", answers=HEAD,
    ),
    Sample(
        "cu-ban-doc", "cu",
        "Bàn đọc và kính lão rất được việc với người già như tôi. Mong màn hình ở xã cũng để chữ to như vậy, và có "
        "người đứng cạnh chỉ giúp lần đầu.",
        part="iii.3.2", quote="Mọi màn hình hướng dẫn dùng cỡ chữ lớn, ít chữ, từ ngữ phổ thông.",
    ),
    Sample(
        "yen-bieu-mau", "yen",
        "Tôi làm thống kê ở xã. Quy định thêm một biểu thì bỏ một biểu rất đúng; đề nghị tỉnh công bố danh sách biểu "
        "đã bỏ để cấp dưới không phải hỏi lại.",
        part="iii.2.3", named=False,
    ),
    Sample(
        OWN, "mai",
        "Chi bộ tôi đã bàn và nhất trí. Tổ công nghệ số của thôn xin nhận việc kèm từng nhà có người cao tuổi; cần "
        "thêm tài liệu có tranh minh họa.\n\nViệc khó nhất vẫn là sóng điện thoại ở bốn nhà trên dốc.",
    ),
    Sample(
        HELD, "mai",
        "Tôi có bộ tranh hướng dẫn tự vẽ, đồng chí nào cần thì gọi số 0912 345 678, tôi gửi bản chụp.", part="iii.4.2",
    ),
)  # fmt: skip


def id_of(name: str) -> uuid.UUID:
    """The id of a comment of the sample."""
    return uuid.uuid5(NAMESPACE, name)


async def write(people: dict[str, uuid.UUID]) -> None:
    """Let them speak, each once; ``people`` are the sample's by login. Whoever gives a name has agreed to it."""
    for sample in SAMPLES:
        if await find(sample.id) is not None:
            continue
        member = people[sample.login]
        if sample.named:
            await consents.give(member, NAME)
        parent = id_of(sample.answers) if sample.answers else None
        await comments.write(
            sample.id, about=About(DOCUMENT, sample.part, quote=sample.quote), words=sample.words, parent=parent,
            named=sample.named, by=member, scopes=await scopes_of(member),
        )  # fmt: skip
