"""What a member follows, and the page on which they begin or end it: plain forms that may be sent again."""

from typing import Any

from litestar import Response

from backend.accounts import notifying
from backend.door.visit import reader_of, visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.notices import sign_in
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import topic_names
from base.errors import NotFoundError, RuleError
from content import following, shelf
from content.following import Followed, Noun

PATH = "/follows"
TEMPLATE = "follows.html"
NOUNS: tuple[Noun, ...] = ("document", "topic", "issuer")
DONE = ("followed", "unfollowed")
"""What may be told has just been done."""
FORGET = "forget"
"""Follow nothing any more that the member may know of no more."""

ACTS = {"follow": following.follow, "unfollow": following.unfollow}


@page_at(PATH)
async def shown(request: AnyRequest) -> Page | Response[bytes]:
    """What can be followed of the document, topic or issuer in the address, and all that is followed."""
    if visit_of(request).reader is None:
        return sign_in(request)
    asked = {noun: request.query_params.get(noun) or "" for noun in NOUNS}
    return forms.fresh(request, TEMPLATE, DONE, **await _context(request, asked))


@form_at(PATH)
async def choose(request: AnyRequest) -> Page | Response[bytes]:
    """Follow something, or no more; what was asked of is looked at again afterwards."""
    reader = reader_of(request)
    typed = await forms.read(request, "noun", "name", "then", *(f"asked_{noun}" for noun in NOUNS))
    asked = {noun: typed[f"asked_{noun}"] for noun in NOUNS}
    if typed["then"] == FORGET:
        await following.forget_lost(reader.member_id, scopes=reader.scopes)
        return see_other(links.with_query(PATH, {"done": "unfollowed"}))
    try:
        one = await following.find(_noun(typed["noun"]), typed["name"], scopes=reader.scopes)
        if typed["then"] not in ACTS:
            raise NotFoundError
        await ACTS[typed["then"]](one, by=reader.member_id)
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, **await _context(request, asked))
    done = "unfollowed" if typed["then"] == "unfollow" else "followed"
    return see_other(links.with_query(PATH, {"done": done, **{str(noun): name for noun, name in asked.items()}}))


async def _context(request: AnyRequest, asked: dict[Noun, str]) -> dict[str, Any]:
    reader = reader_of(request)
    offered = await _offered(asked, reader.scopes)
    found = await following.all_followed(reader.member_id, scopes=reader.scopes)
    return {
        "offered": [{"one": one, "follows": await following.follows(one, by=reader.member_id)} for one in offered],
        "followed": found.known,
        "lost": len(found.lost),
        "asked": asked,
        "is_followed_now": request.query_params.get("done") == "followed",
        "push_ready": notifying.is_ready(),
        "topics": await topic_names(visit_of(request).language),
        "back": f"/documents/{offered[0].name}" if offered and offered[0].noun == "document" else "/notices",
    }  # fmt: skip


async def _offered(asked: dict[Noun, str], scopes: frozenset[str]) -> list[Followed]:
    """What the address names; with a document its issuer and topic, too. What is not there is not offered."""
    wanted = [(noun, name) for noun, name in asked.items() if name]
    if asked["document"]:
        row = (await shelf.take(asked["document"], scopes=scopes)).document
        wanted = [("document", row.slug), ("issuer", row.issuer), ("topic", row.topic)]
    found = []
    for noun, name in wanted:
        try:
            found.append(await following.find(noun, name, scopes=scopes))
        except NotFoundError:
            continue
    return found


def _noun(typed: str) -> Noun:
    for noun in NOUNS:
        if noun == typed:
            return noun
    raise NotFoundError
