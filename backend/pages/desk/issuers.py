"""The issuers of what is here, and one by itself: by which names its documents were filed before."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.moving import moved
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import filing
from backend.pages.desk.filing import language_of
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, page_at
from base.errors import NotFoundError
from content import issuers, naming
from content.issuers import Issuer

LIST, ONE = "desk/issuers.html", "desk/issuer.html"
DONE = ("issuer-renamed", "issuer-merged")
SHOWN = 100
"""Issuers that are listed at once; the rest are looked for."""

LENGTH = 200


@page_at("/desk/issuers")
async def listed(request: AnyRequest) -> Page:
    """The issuers that there are, or those whose names hold the words that were typed."""
    await filing.opened(request)
    words = (request.query_params.get("words") or "")[:LENGTH].strip()
    everyone = await issuers.issuers()
    found = [each for each in everyone if _holds(each, words)]
    return forms.fresh(request, LIST, words=words, total=len(found), all=len(everyone), rows=found[:SHOWN])


@page_at("/desk/issuers/{id:uuid}")
async def one(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """One issuer; by a former name, the issuer that goes by another now."""
    desk = await filing.opened(request)
    now = await issuers.now(id)
    if now is not None and now != id:
        return moved(f"/desk/issuers/{now}")
    return forms.fresh(request, ONE, DONE, **await facts(request, desk, id))


async def facts(request: AnyRequest, desk: Desk, id: uuid.UUID) -> dict[str, Any]:
    """What an issuer's page is given; raises NotFoundError."""
    found = await issuers.issuer(id)
    return {
        "issuer": found,
        "base": f"/desk/issuers/{id}",
        "others": [each.name for each in await issuers.issuers() if each.id != id],
        "former": await filing.told(await issuers.former(found.name), language_of(request)),
        "may_change": desk.may_change,
        "pairs": (),
        "values": {"name": found.name},
    }


async def is_here(id: uuid.UUID) -> bool:
    """Whether documents are filed under this issuer."""
    try:
        await issuers.issuer(id)
    except NotFoundError:
        return False
    return True


def _holds(issuer: Issuer, words: str) -> bool:
    """Whether every word begins one of the name or code, with or without marks."""
    own = naming.words_of(f"{issuer.name} {' '.join(issuer.codes)}")
    return all(any(each.startswith(word) for each in own) for word in naming.search_words(words))
