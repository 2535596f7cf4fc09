"""What screening goes by: the rules in their order, the words with their search, and a box to try it in."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.discussion.screening import auditing, switching, words
from backend.discussion.screening.listed import Listed
from backend.discussion.screening.model import Author
from backend.discussion.screening.rulebook import rulebook
from backend.discussion.screening.rules import RULES, WORDED, Book, screen
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.desk import overlooking, trying
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base import clock
from base.errors import InvalidError, RuleError
from content.rows import Page as Rows

PATH = "/desk/screening"
TEMPLATE = "desk/screening.html"
DONE = ("screening-switched", "screening-word-saved")
LENGTH = 100
MOST = 20_000
"""Characters that can be tried at once."""

TRIED_LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be tried."""


@page_at(PATH)
async def shown(request: AnyRequest) -> Page:
    """The rules and words in force; that an auditor looked is an act."""
    desk = await overlooking.opened(request)
    if desk.only_audits:
        await auditing.note_audit(desk.by)
    return forms.fresh(request, TEMPLATE, DONE, tried=None, **await _facts(request, desk))


@form_at(f"{PATH}/try")
async def attempt(request: AnyRequest) -> Page:
    """What would become of the words that were typed; nothing of them is kept."""
    desk = await overlooking.opened(request)
    typed = await forms.read(request, "try", length=TRIED_LENGTH)
    facts = await _facts(request, desk)
    try:
        _check(typed["try"])
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, tried=None, **facts)
    verdict = screen(typed["try"], by=Author(clock.now()), book=await rulebook())
    return forms.fresh(request, TEMPLATE, values=typed, tried=trying.told(typed["try"], verdict), **facts)


@form_at(f"{PATH}/rules/{{name:str}}")
async def switch(request: AnyRequest, name: FromPath[str]) -> Page | Response[bytes]:
    """Let what a rule finds be shown, held or refused from now on."""
    desk = (await overlooking.opened(request)).changing()
    typed = await forms.read(request, "outcome", "version")
    try:
        version = forms.version_of(typed["version"])
        await switching.switch(name, typed["outcome"], version=version, by=desk.by)
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, {}, tried=None, **await _facts(request, desk))
    return see_other(f"{PATH}?done=screening-switched#rule-{name}")


def _check(words: str) -> None:
    if not words:
        raise InvalidError.of("try", "screening-try-missing")
    if len(words) > MOST:
        raise InvalidError.of("try", "screening-too-long", most=MOST)


async def _facts(request: AnyRequest, desk: Desk) -> dict[str, Any]:
    """What the template is given: rules as they stand, and one page of words."""
    given = request.query_params
    rule = given.get("list") if given.get("list") in WORDED else ""
    part = (given.get("words") or "")[:LENGTH].strip()
    found = await _rows(given, rule=rule or "", part=part)
    address = {"list": rule, "words": part}
    return {
        "may_change": desk.may_change, "rules": _rules(await rulebook(), await switching.versions()),
        "rows": found.rows, "list": rule, "lists": WORDED, "words": part, "most": MOST,
        "url": lambda name: f"{links.with_query(PATH, {'list': name, 'words': part})}#words-title",
        "more_url": f"{links.with_query(PATH, {**address, 'cursor': found.next})}#words-title" if found.next else None,
    }  # fmt: skip


async def _rows(given: Mapping[str, str], **asked: str) -> Rows[Listed]:
    """The words; an old or mangled cursor begins anew."""
    try:
        return await words.words(cursor=given.get("cursor"), **asked)
    except InvalidError:
        return await words.words(**asked)


def _rules(book: Book, versions: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"rule": rule, "outcome": rule.outcome_in(book), "version": versions[rule.name]} for rule in RULES]
