"""Mai's comment that is held, and moderators: Tâm of the province, Khánh of her commune."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.accounts.sessions import Reader
from backend.discussion.about import About
from backend.discussion.comment_model import Comment
from backend.moderation import appealing, cases, deciding, reporting
from backend.moderation.model import Appeal, Case, Decision
from tests import builders
from tests.backend.discussion.conftest import Circle, circle  # noqa: F401  # a fixture

HELD = "Liên hệ tôi theo số 0912 345 678 nhé."
CLEAN = "Cần nêu rõ hơn về kinh phí cho thôn bản."


@dataclass(frozen=True)
class Bench:
    """The circle with those who decide."""

    circle: Circle
    tam: UUID
    khanh: UUID

    @property
    def about_narrow(self) -> About:
        """What only the commune may read."""
        return About(document=self.circle.narrow)

    async def hold(self, words: str = HELD, **how: Any) -> Comment:
        return await self.circle.say(words, **how)

    async def decide(self, comment: Comment, verdict: str = "hide", *, by: UUID | None = None, **how: Any) -> Decision:
        how.setdefault("reason", "" if verdict == "show" else "Q2")
        how.setdefault("remark", "Đồng chí bỏ số điện thoại." if verdict == "return" else "")
        how.setdefault("revision", comment.revision)
        id = how.pop("id", None) or uuid4()
        return (await deciding.decide(id, comment.id, verdict=verdict, by=by or self.tam, **how)).decision

    async def report(self, comment: Comment, *, by: UUID, reason: str = "Q1", **how: Any) -> reporting.Reported:
        id, scopes = how.pop("id", None) or uuid4(), await self.circle.scopes(by)
        return await reporting.report(id, comment.id, reason=reason, by=by, scopes=scopes, **how)

    async def appeal(self, comment: Comment, words: str = "Đó là số của ủy ban.", **how: Any) -> Appeal:
        id = how.pop("id", None) or uuid4()
        return (await appealing.appeal(id, comment.id, words=words, by=how.pop("by", self.circle.people.mai))).appeal

    async def case(self, comment: Comment) -> Case:
        return await cases.one(comment.id)

    async def reader(self, member: UUID) -> Reader:
        return await builders.reader(member)


@pytest.fixture
async def bench(circle: Circle) -> Bench:  # noqa: F811  # the fixture
    people = circle.people
    khanh = await builders.member("khanh", unit=people.cell, name="Bùi Duy Khánh")
    await builders.role(khanh, "moderator", people.commune)
    return Bench(circle, people.tam, khanh)
