"""Beginning a later text of a document that has been issued."""

from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.desk import overseeing
from backend.pages.shell import AnyRequest, form_at, see_other
from content.drafts import starting


@form_at("/desk/documents/{slug:str}/drafts")
async def begin(request: AnyRequest, slug: FromPath[str]) -> Response[bytes]:
    """A draft that begins with the words that stand; the same form again begins nothing new."""
    desk = (await overseeing.opened(request, slug)).writing()
    id = forms.id_of((await forms.read(request, "id"))["id"])
    await starting.from_document(id, desk.dossier.document.id, unit=desk.writes_for, by=desk.by)
    return see_other(f"/desk/drafts/{id}?done=draft-begun")
