"""Templates of answers at the handlers' desk: listed, written, deleted."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import roles
from backend.accounts.sessions import Reader
from backend.discussion.feedback import templates
from backend.discussion.feedback.handlers import HANDLER
from backend.discussion.feedback.templates import Template
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk.feedback import PATH, comer
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import unit_name
from base.errors import ForbiddenError, InvalidError, NotFoundError, RuleError

HOME = f"{PATH}/templates"
LIST, ONE = "desk/feedback_templates.html", "desk/feedback_template.html"
DONE = ("template-saved", "template-removed")
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at(HOME)
async def listed(request: AnyRequest) -> Page:
    """Those of the units that the reader answers for."""
    reader, language = _handler(request), visit_of(request).language
    found = await templates.templates(_units(reader))
    rows = [{"template": each, "unit": await unit_name(each.unit, language)} for each in found]
    return forms.fresh(request, LIST, DONE, rows=rows)


@page_at(f"{HOME}/new")
async def new(request: AnyRequest) -> Page:
    """An empty one."""
    return forms.fresh(request, ONE, **await _context(request, uuid.uuid4(), None))


@page_at(f"{HOME}/{{id:uuid}}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """One of them."""
    return forms.fresh(request, ONE, **await _context(request, id, await _own(request, id)))


@form_at(f"{HOME}/{{id:uuid}}")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Save what was typed."""
    reader, typed = _handler(request), await forms.read(request, "unit", "title", "answer", "version", length=LENGTH)
    was = await _own(request, id) if await templates.find(id) else None
    try:
        await templates.save(
            id, unit=was.unit if was else _unit(reader, typed["unit"]), title=typed["title"], words=typed["answer"],
            version=forms.version_of(typed["version"]), by=reader.member_id,
        )  # fmt: skip
    except RuleError as error:
        return forms.again(request, ONE, error, typed, **await _context(request, id, await templates.find(id)))
    return see_other(f"{HOME}?done=template-saved")


@form_at(f"{HOME}/{{id:uuid}}/removal")
async def remove(request: AnyRequest, id: FromPath[uuid.UUID]) -> Response[bytes]:
    """Delete it."""
    reader = _handler(request)
    if await templates.find(id) is not None:
        await _own(request, id)
    await templates.remove(id, by=reader.member_id)
    return see_other(f"{HOME}?done=template-removed")


def _handler(request: AnyRequest) -> Reader:
    reader = comer(request)
    if not _units(reader):
        raise ForbiddenError
    return reader


async def _own(request: AnyRequest, id: uuid.UUID) -> Template:
    """One of a unit that the reader answers for; any other is not found."""
    reader, found = _handler(request), await templates.template(id)
    if HANDLER not in await roles.over(reader, found.unit):
        raise NotFoundError
    return found


def _unit(reader: Reader, typed: str) -> int:
    found = [unit for unit in _units(reader) if str(unit) == typed]
    if not found:
        raise InvalidError.of("unit", "feedback-unit-unknown")
    return found[0]


def _units(reader: Reader) -> list[int]:
    return list(dict.fromkeys(grant.unit for grant in reader.roles if grant.role == HANDLER))


async def _context(request: AnyRequest, id: uuid.UUID, was: Template | None) -> dict[str, Any]:
    reader, language = _handler(request), visit_of(request).language
    own = _units(reader) if was is None else [was.unit]
    return {
        "id": id, "kept": was, "units": [(str(unit), await unit_name(unit, language)) for unit in own],
        "base": f"{HOME}/{id}",
    }  # fmt: skip
