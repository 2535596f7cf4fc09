"""The desk's first page: which roles the reader holds, for which units, and where they lead."""

from backend.accounts.roles import PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of, visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk.administering import ADMINISTRATOR
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import role_lines
from base.errors import ForbiddenError

DOORS = (("roster", "/desk/roster", ADMINISTRATOR),)
"""What there is to work at: its name in the catalogue, where it is, and the role that opens it."""


@page_at("/desk")
async def shown(request: AnyRequest) -> Page:
    """What the reader's roles let them do."""
    reader = reader_of(request)
    if not reader.roles:
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return forms.fresh(
        request,
        "desk/desk.html",
        roles=await role_lines(reader, visit_of(request).language),
        doors=[{"name": name, "href": href, "count": None} for name, href, role in DOORS if _holds(reader, role)],
    )


def _holds(reader: Reader, role: str) -> bool:
    return any(grant.role == role for grant in reader.roles)
