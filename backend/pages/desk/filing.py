"""What the pages of topics and of issuers share: they are the business of those who look after the whole handbook."""

from collections.abc import Iterable
from typing import Any

from backend.accounts import actors, roles
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages.desk import working
from backend.pages.desk.timeline import who
from backend.pages.desk.topmost import Desk
from backend.pages.desk.working import APPROVER, DESK_ROLES, EDITOR
from backend.pages.shell import AnyRequest
from base.catalogue import say
from content.issuers import FormerIssuer
from content.topic_uses import Use
from content.topics import FormerTopic

CHANGING = frozenset({EDITOR, APPROVER})
"""Roles at the top whose holders change names; an auditor only looks."""


async def opened(request: AnyRequest) -> Desk:
    """The names, for those whose roles are held at the top; to all others there is no such page."""
    reader = working.comer(request)
    return Desk(reader, await working.held(reader, None), CHANGING)


async def is_open(reader: Reader) -> bool:
    """Whether the names are the reader's business."""
    return not (await roles.over(reader, None)).isdisjoint(DESK_ROLES)


async def told(rows: Iterable[FormerTopic | FormerIssuer], language: str) -> list[dict[str, Any]]:
    """Former names as a list shows them: each with who gave it up."""
    listed = list(rows)
    names = await actors.names_of([row.by for row in listed])
    return [{"row": row, "by": who(row.by, names, language)} for row in listed]


def use_words(use: Use, language: str) -> str:
    """How much is filed under a topic, in words."""
    counted = {"documents": use.documents, "news": use.news, "drafts": use.drafts}
    return ", ".join(say(f"filing-{name}", language, count=count) for name, count in counted.items() if count)


def language_of(request: AnyRequest) -> str:
    """The language that the page speaks."""
    return visit_of(request).language
