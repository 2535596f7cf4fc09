"""Language, theme and text size, chosen with plain forms and kept in the browser only."""

from litestar import Response
from litestar.params import FromPath

from backend.door import cookies
from backend.pages import links
from backend.pages.shell import AnyRequest, form_at, see_other
from base.errors import NotFoundError


@form_at("/language/{code:str}")
async def language(request: AnyRequest, code: FromPath[str]) -> Response[bytes]:
    """Speak this language from now on."""
    if code not in cookies.PREFERENCES["language"]:
        raise NotFoundError
    form = await request.form()
    return see_other(links.inside(form.get("back")), cookies=[cookies.preference("language", code)])


@form_at("/preferences")
async def preferences(request: AnyRequest) -> Response[bytes]:
    """Keep the theme and text size; what is not one of the choices is left as it was."""
    form = await request.form()
    chosen = [
        cookies.preference(name, form[name])
        for name in ("theme", "text")
        if form.get(name) in cookies.PREFERENCES[name]
    ]
    return see_other(links.inside(form.get("back")), cookies=chosen)
