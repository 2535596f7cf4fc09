"""The form by which members send feedback: about what, to whom, and in which words; nothing typed is ever lost."""

import uuid
from functools import partial
from hashlib import sha256
from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile
from msgspec import Struct

from backend.discussion.about import About
from backend.discussion.feedback import answers, attaching, sending
from backend.discussion.feedback.attaching import MAX_BYTES, MOST_FILES
from backend.discussion.feedback.model import DOCUMENT, KINDS, UNIT
from backend.discussion.feedback.sending import Draft
from backend.door.visit import reader_of, visit_of
from backend.pages import feedback_views, forms
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.shell import AnyRequest, page_at, see_other
from base import clock
from base.catalogue import say
from base.errors import ConflictError, InvalidError, NotFoundError, RuleError
from base.settings import settings
from content import citations, shelf
from content.structure.citing import quotations

PATH = "/feedback/new"
TEMPLATE = "feedback_new.html"
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""

FIELDS = (
    "id", "kind", "about", "document", "part", "edition", "cited", "words", "consent", "warned", "drop", "find",
    *choosing.fields(),
)  # fmt: skip

NAME_SHOWN = 60
"""Characters of a file's name where it is told of."""

upload_at = partial(
    post, status_code=200, include_in_schema=False, request_max_body_size=MOST_FILES * MAX_BYTES + 2**20
)


class Named(Struct, frozen=True):
    """The document or part that the form is about, and how it is called; nothing for anything else."""

    document: str = ""
    part: str = ""
    edition: int | None = None
    words: str = ""


@page_at(PATH)
async def new(request: AnyRequest) -> Page:
    """The form, about a part if one was chosen while reading."""
    reader_of(request)
    given = request.query_params
    named = await _named(request, {name: given.get(name) or "" for name in ("document", "part", "edition")})
    values = {"about": DOCUMENT if named.document else UNIT}
    return forms.fresh(request, TEMPLATE, **await _context(request, named, uuid.uuid4(), values))


@upload_at(PATH)
async def send(request: AnyRequest) -> Page | Response[bytes]:
    """Keep the files that can be taken, then send; what is wrong is told beside what was typed."""
    reader, typed = reader_of(request), await forms.read(request, *FIELDS, length=LENGTH)
    id, named = uuid.uuid4(), Named()
    try:
        id = forms.id_of(typed["id"])
        named = await _still_named(request, typed)
        if typed["drop"]:
            await attaching.remove(forms.path_id(typed["drop"]), id, by=reader.member_id)
            return forms.fresh(request, TEMPLATE, **await _context(request, named, id, typed))
        await _bring(request, id)
        if typed["find"]:
            return forms.fresh(request, TEMPLATE, **await _context(request, named, id, typed))
        draft = await _draft(request, typed, named)
        if typed["warned"] != "yes" and (warned := await _warned(request, sending.checked(draft))):
            context = await _context(request, named, id, {**typed, "warned": "yes"})
            return forms.fresh(request, TEMPLATE, **{**context, "warned": warned})
        sent = await sending.send(id, draft, by=reader.member_id, scopes=reader.scopes)
    except NotFoundError:
        raise
    except RuleError as error:
        context = await _context(request, named, uuid.uuid4() if type(error) is ConflictError else id, typed)
        return forms.again(request, TEMPLATE, error, typed, **_but_values(context))
    return see_other(f"/feedback/{sent.case.code}?done=feedback-sent")


async def _named(request: AnyRequest, given: dict[str, str]) -> Named:
    """What an address or the form itself names: a part as it is called in the edition that was read."""
    if not given["document"]:
        return Named()
    volume = await shelf.take(given["document"], scopes=visit_of(request).scopes)
    found, edition = volume.document, forms.version_of(given["edition"] or "0") or None
    title = f"{found.type} {found.number}".strip() or found.title
    if not given["part"]:
        return Named(found.slug, words=title)
    ordinal = volume.ordinal_on(clock.today()) if edition is None else volume.edition(edition).ordinal
    labels = quotations((await volume.pieces(ordinal)).parts)
    if given["part"] not in labels:
        raise NotFoundError
    return Named(found.slug, given["part"], ordinal, f"{labels[given['part']]} {title}")


async def _still_named(request: AnyRequest, typed: dict[str, str]) -> Named:
    """The same of a form; what has gone out of the reader's sight meanwhile takes none of their words along."""
    try:
        return await _named(request, typed)
    except NotFoundError:
        raise InvalidError.of("cited", "feedback-cited-nothing") from None


async def _bring(request: AnyRequest, id: uuid.UUID) -> None:
    """Keep each file under an id that the same file gets again; tells of all that were refused together."""
    reader, refused, language = reader_of(request), list[str](), visit_of(request).language
    for file in (await request.form()).getall("files", []):
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        data = await file.read()
        try:
            made = uuid.uuid5(id, sha256(data).hexdigest())
            await attaching.bring(made, id, data, file.filename, by=reader.member_id)
        except InvalidError as error:
            refused.append(f"“{_shown(file.filename)}”: {say(error.key, language, **error.values)}")
    if refused:
        raise InvalidError.of("files", "feedback-files-refused", why=" ".join(refused))


def _shown(name: str) -> str:
    name = attaching.named(name)
    return name if len(name) <= NAME_SHOWN else f"…{name[1 - NAME_SHOWN :]}"


async def _draft(request: AnyRequest, typed: dict[str, str], named: Named) -> Draft:
    """What is to be sent; a document that was typed is looked for as a quotation."""
    document, part, edition = named.document, named.part, named.edition
    if typed["about"] == DOCUMENT and not document and typed["cited"]:
        found = await citations.resolve(typed["cited"][:400], scopes=visit_of(request).scopes)
        if found.outcome != "one":
            raise InvalidError.of("cited", f"feedback-cited-{found.outcome}")
        hit = found.hits[0]
        document, part, edition = hit.document.slug, hit.path or "", hit.ordinal
    elif typed["about"] == DOCUMENT and not document:
        raise InvalidError.of("cited", "feedback-document-missing")
    return Draft(
        typed["kind"], typed["about"], typed["words"], document=document, part=part, edition=edition,
        unit=await _unit(request, typed), consent=typed["consent"] == "yes",
    )  # fmt: skip


async def _unit(request: AnyRequest, typed: dict[str, str]) -> int | None:
    """The unit that was chosen or named; None leaves it to the handbook."""
    if not typed["unit"] and not typed["unit_words"]:
        return None
    return await choosing.chosen(request, typed, purpose=choosing.FEEDBACK)


async def _warned(request: AnyRequest, words: str) -> list[str]:
    """What the office will read that perhaps was not meant to be told; each reason once."""
    language = visit_of(request).language
    found = await sending.warnings(words)
    if any(finding.rule == "secrets" for finding in found):
        return []  # refused, with words of its own
    return list(dict.fromkeys(finding.own or say(finding.reason, language) for finding in found))


async def _context(request: AnyRequest, named: Named, id: uuid.UUID, values: dict[str, str]) -> dict[str, Any]:
    reader = reader_of(request)
    about = About(named.document, named.part, named.edition) if named.document else None
    offered = await sending.proposed(reader.member_id, about, reader.scopes)
    answered = await answers.about(about or About(), scopes=reader.scopes)
    units = await choosing.offer(request, values, purpose=choosing.FEEDBACK, proposed=offered)
    return {
        "named": named, "new_id": id, "kinds": KINDS, "units": units, "files": await feedback_views.files(id, ""),
        "most_files": MOST_FILES, "megabytes": MAX_BYTES // 2**20, "days": settings().feedback_days, "warned": [],
        "values": values, "answered": answered,
    }  # fmt: skip


def _but_values(context: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in context.items() if name != "values"}
