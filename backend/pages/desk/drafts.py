"""Drafts of the units one works for: the list, and beginning new ones from files or pasted text."""

import uuid
from functools import partial
from typing import Any

from litestar import Response, post, put
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from backend.accounts import actors, roles, units
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digest_list, working
from backend.pages.desk.administering import unit_of
from backend.pages.desk.drafting import DONE, RefusedError
from backend.pages.desk.working import APPROVER, DESK_ROLES, EDITOR
from backend.pages.shell import AnyRequest, page_at, personal, see_other
from backend.pages.views import name_of, unit_name
from base import clock
from base.catalogue import say
from base.errors import InvalidError, RuleError
from content.drafts import keeping, starting
from content.drafts.model import DraftRow
from content.extracting import MAX_BYTES, MAX_CHARACTERS
from content.outcomes import Refusal

LIST, NEW, ROW = "desk/drafts.html", "desk/drafts_new.html", "desk/drafts_taken.html"
MOST_FILES = 20
"""Files that one form may bring without JavaScript; with it each goes by itself."""

MOST_BYTES = 3 * MAX_BYTES
"""Most that one form may bring."""

GROUPS = {
    "writing": ("draft", "returned"),
    "waiting": ("submitted",),
    "ready": ("approved", "scheduled"),
    "issued": ("published", "superseded", "withdrawn"),
}
"""What the list is narrowed to, and the states that it then shows."""

upload_at = partial(post, status_code=200, include_in_schema=False, request_max_body_size=MOST_BYTES)


@page_at("/desk/documents")
async def listed(request: AnyRequest) -> Page:
    """The drafts in one group of states; the first that is not empty for what the reader does."""
    reader = await working.worker(request, *DESK_ROLES)
    rows = await keeping.drafts(await working.reach(reader, *DESK_ROLES), states=[*sum(GROUPS.values(), ())])
    grouped = {name: [row for row in rows if row.state in states] for name, states in GROUPS.items()}
    digests = await digest_list.grouped(reader)
    counts = {name: len(found) + len(digests.get(name, ())) for name, found in grouped.items()}
    given = request.query_params.get("group") or ""
    group = given if given in GROUPS else _first(reader, counts)
    return forms.fresh(
        request, LIST, (*DONE, "draft-discarded"), rows=await _rows(request, grouped[group]), group=group,
        digests=await digest_list.rows(digests.get(group, ()), visit_of(request).language), counts=counts,
        may_write=working.holds(reader, EDITOR),
    )  # fmt: skip


@page_at("/desk/documents/new")
async def new(request: AnyRequest) -> Page:
    """Where files are dropped or a text is pasted."""
    return forms.fresh(request, NEW, **await _form(request))


@upload_at("/desk/documents/new")
async def take(request: AnyRequest) -> Page | Response[bytes]:
    """Begin a draft from each file of the form, or from its text; what is refused is told file by file."""
    reader = await working.worker(request, EDITOR)
    form = await request.form()
    typed = await forms.read(request, "id", "unit", "text", length=MAX_CHARACTERS + 1)
    try:
        unit, id = await _unit(request, reader, typed["unit"]), forms.id_of(typed["id"])
        files = [each for each in form.getall("file", []) if isinstance(each, UploadFile) and each.filename][
            :MOST_FILES
        ]
        if not files and not typed["text"]:
            raise InvalidError.of("file", "draft-nothing-given")
        if not files:
            return see_other(
                f"/desk/drafts/{await _from_text(request, reader, id, typed['text'], unit)}?done=draft-begun"
            )
        taken = [await _taken(request, reader, uuid.uuid5(id, str(at)), file, unit) for at, file in enumerate(files)]
    except RuleError as error:
        return forms.again(request, NEW, error, typed, **await _form(request))
    if len(taken) == 1 and not taken[0]["why"]:
        return see_other(f"/desk/drafts/{taken[0]['id']}?done=draft-begun")
    return forms.fresh(request, NEW, values=typed, **{**await _form(request), "taken": taken})


@put("/desk/drafts/{id:uuid}/file", status_code=200, include_in_schema=False, request_max_body_size=MAX_BYTES + 65_536)
async def take_one(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """One file of several, dropped on the page: the line that tells what became of it."""
    reader = await working.worker(request, EDITOR)
    form = await request.form()
    file = form.get("file")
    unit = await _unit(request, reader, str(form.get("unit") or ""))
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidError.of("file", "draft-nothing-given")
    taken = await _taken(request, reader, id, file, unit)
    return personal(request, ROW, 422 if taken["why"] else 200, one=taken)


async def waiting_for(reader: Reader) -> list[DraftRow]:
    """Drafts that this reader is to do something about: returned ones of their units, and those to be approved."""
    by = str(reader.member_id)
    mine = await keeping.drafts(await working.reach(reader, EDITOR), states=["returned"])
    others = await keeping.drafts(await working.reach(reader, APPROVER), states=["submitted"])
    return [*mine, *(row for row in others if by not in (row.created_by, row.saved_by))]


async def _taken(request: AnyRequest, reader: Reader, id: uuid.UUID, file: UploadFile, unit: int) -> dict[str, Any]:
    """What became of a file: the draft, or why there is none."""
    language, name = visit_of(request).language, file.filename
    try:
        data = await file.read()
        scopes, by = visit_of(request).scopes, str(reader.member_id)
        made = await starting.from_file(id, data, name, unit=unit, by=by, scopes=scopes)
    except Refusal as refusal:
        return {"name": name, "id": "", "why": say(refusal.told.key, language, **refusal.told.values)}
    except RuleError as error:
        return {"name": name, "id": "", "why": say(error.key, language, **error.values)}
    draft = await keeping.draft_of(made)
    return {"name": name, "id": made, "why": "", "draft": draft, "doubts": len(draft.doubts)}


async def _from_text(request: AnyRequest, reader: Reader, id: uuid.UUID, text: str, unit: int) -> uuid.UUID:
    try:
        return await starting.from_text(id, text, unit=unit, by=str(reader.member_id), scopes=visit_of(request).scopes)
    except Refusal as refusal:
        raise RefusedError(refusal, "text") from None


async def _form(request: AnyRequest) -> dict[str, Any]:
    reader, language = await working.worker(request, EDITOR), visit_of(request).language
    tree = await units.forest()
    held = sorted({grant.unit for grant in reader.roles if grant.role == EDITOR})
    options = [(unit, name_of(tree[tree.current(unit, clock.today())], language)) for unit in held if unit in tree]
    return {"id": str(uuid.uuid4()), "units": options, "taken": [], "megabytes": MAX_BYTES // 2**20}


async def _unit(request: AnyRequest, reader: Reader, typed: str) -> int:
    """The unit in whose name is written: one that the reader is editor of."""
    unit = unit_of(typed)
    return unit if EDITOR in await roles.over(reader, unit) else _no_unit()


def _no_unit() -> int:
    raise InvalidError.of("unit", "pages-unit-missing")


async def _rows(request: AnyRequest, rows: list[DraftRow]) -> list[dict[str, Any]]:
    names = await actors.names_of([row.saved_by for row in rows])
    language = visit_of(request).language
    return [
        {"row": row, "by": names.get(row.saved_by, ""), "unit": await unit_name(row.unit, language)} for row in rows
    ]


def _first(reader: Reader, counts: dict[str, int]) -> str:
    """An approver who does not write looks first at what waits for them."""
    only_decides = working.holds(reader, APPROVER) and not working.holds(reader, EDITOR)
    order = ["waiting", *GROUPS] if only_decides else list(GROUPS)
    return next((name for name in order if counts[name]), order[0])
