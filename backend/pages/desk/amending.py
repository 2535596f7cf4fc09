"""Beginning a later text of a document that has been issued."""

from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.desk import overseeing
from backend.pages.desk.overseeing import Opened
from backend.pages.desk.working import EDITOR
from backend.pages.shell import AnyRequest, form_at, see_other
from base.errors import ForbiddenError
from content.drafts import starting


@form_at("/desk/documents/{slug:str}/drafts")
async def begin(request: AnyRequest, slug: FromPath[str]) -> Response[bytes]:
    """A draft that begins with the words that stand; the same form again begins nothing new."""
    desk = await overseeing.opened(request, slug)
    if EDITOR not in desk.roles:
        raise ForbiddenError
    id = forms.id_of((await forms.read(request, "id"))["id"])
    await starting.from_document(id, desk.dossier.document.id, unit=_unit(desk), by=desk.by)
    return see_other(f"/desk/drafts/{id}?done=draft-begun")


def _unit(desk: Opened) -> int:
    """Its owner's, or for what belongs to nobody the unit for which the editor writes."""
    own = desk.dossier.owner_unit
    return own if own is not None else next(grant.unit for grant in desk.reader.roles if grant.role == EDITOR)
