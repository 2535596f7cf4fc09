"""The digest of an edition that has been issued: written, handed in, decided on by somebody else, withdrawn."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digesting, overseeing, timeline
from backend.pages.desk.digesting import Rows
from backend.pages.desk.draft_digest import gone
from backend.pages.desk.overseeing import Opened
from backend.pages.desk.working import EDITOR
from backend.pages.reading import numbered
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import NotFoundError, RuleError
from content.digests import deciding, keeping, writing
from content.digests.model import Digest
from content.dossier import WITHDRAWN, Issue

DIGEST = "desk/digest.html"
PLACE = "/desk/documents/{slug:str}/editions/{ordinal:str}/digest"
DONE = (
    "digest-saved", "digest-submitted", "digest-taken-back", "digest-returned", "digest-approved", "digest-withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An edition's digest before somebody who answers for its document."""

    desk: Opened
    issue: Issue
    digest: Digest

    @property
    def address(self) -> str:
        """Where this page is."""
        return f"{self.desk.address}/editions/{self.issue.ordinal}/digest"


@page_at(PLACE)
async def shown(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page:
    """What is written, what readers have, and what may be done; that an auditor looked is an act."""
    place = await _place(request, await overseeing.opened(request, slug), ordinal)
    if place.desk.only_audits:
        await timeline.note_audit(place.desk.dossier, place.desk.by)
    return forms.fresh(request, DIGEST, DONE, **await _context(request, place, await digesting.kept(place.digest)))


@form_at(PLACE)
async def save(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page | Response[bytes]:
    """Save the points and perhaps hand them in, or do what a button of the form does that saves nothing."""
    place = await _place(request, (await overseeing.opened(request, slug)).writing(), ordinal)
    typed, desk = await digesting.read(request), place.desk
    if not typed.saves:
        rows = await digesting.stepped(place.digest, typed)
        more = await _context(request, place, rows)
        return forms.fresh(request, DIGEST, **{**more, "errors": gone(request, rows)})
    try:
        edition, unit = place.issue.id, desk.writes_for
        version = await writing.write(edition, typed.lines, seen=typed.seen, by=desk.by, unit=unit)
        if typed.step == digesting.SUBMIT:
            await deciding.submit(edition, seen=version, by=desk.by)
    except RuleError as error:
        place = await _place(request, desk, ordinal)
        rows = await digesting.refused(place.digest, typed, error)
        return forms.again(request, DIGEST, error, {}, **await _context(request, place, rows))
    return see_other(f"{place.address}?done=digest-{'submitted' if typed.step else 'saved'}")


@form_at(f"{PLACE}/taking-back")
async def take_back(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page | Response[bytes]:
    """Take it back while nobody has decided."""
    place = await _place(request, (await overseeing.opened(request, slug)).writing(), ordinal)

    async def act(typed: dict[str, str]) -> None:
        await deciding.take_back(place.issue.id, by=place.desk.by)

    return await _do(request, place, act, "digest-taken-back")


@form_at(f"{PLACE}/return")
async def send_back(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page | Response[bytes]:
    """Return it with a reason."""
    place = await _place(request, (await overseeing.opened(request, slug)).deciding(), ordinal)

    async def act(typed: dict[str, str]) -> None:
        seen = forms.version_of(typed["version"])
        await deciding.send_back(place.issue.id, seen=seen, reason=typed["reason"], by=place.desk.by)

    return await _do(request, place, act, "digest-returned", panel="return")


@form_at(f"{PLACE}/approval")
async def approve(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page | Response[bytes]:
    """Approve what was seen: readers have it from now on."""
    place = await _place(request, (await overseeing.opened(request, slug)).deciding(), ordinal)

    async def act(typed: dict[str, str]) -> None:
        await deciding.approve(place.issue.id, seen=forms.version_of(typed["version"]), by=place.desk.by)

    return await _do(request, place, act, "digest-approved")


@form_at(f"{PLACE}/withdrawal")
async def withdraw(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page | Response[bytes]:
    """Take it out of readers' hands."""
    place = await _place(request, (await overseeing.opened(request, slug)).deciding(), ordinal)

    async def act(typed: dict[str, str]) -> None:
        await deciding.withdraw(place.issue.id, reason=typed["reason"], by=place.desk.by)

    return await _do(request, place, act, "digest-withdrawn", panel="withdraw")


async def _place(request: AnyRequest, desk: Opened, ordinal: str) -> Place:
    """The digest of one of the document's editions that readers may open."""
    number = numbered(ordinal)
    issue = next((each for each in desk.dossier.issues if each.ordinal == number and each.state != WITHDRAWN), None)
    if issue is None:
        raise NotFoundError
    return Place(desk, issue, await keeping.digest_of(issue.id))


async def _do(
    request: AnyRequest, place: Place, act: Callable[[dict[str, str]], Awaitable[None]], done: str, *, panel: str = ""
) -> Page | Response[bytes]:
    """Do it and go on, or show the page as things stand now, with what is wrong and what was typed."""
    typed = await forms.read(request, "version", "reason", length=deciding.LONGEST_REASON)
    try:
        await act(typed)
    except RuleError as error:
        now = await keeping.digest_of(place.issue.id)
        stands = Place(place.desk, place.issue, now)
        context = await _context(request, stands, await digesting.kept(now), panel=panel)
        return forms.again(request, DIGEST, error, typed, **context)
    return see_other(f"{place.address}?done={done}")


async def _context(request: AnyRequest, place: Place, rows: Rows, *, panel: str = "") -> dict[str, Any]:
    digest, desk = place.digest, place.desk
    may_write = EDITOR in desk.roles and digest.is_open
    is_own = desk.by in digest.hands or desk.by == digest.submitted_by
    return {
        **await overseeing.head(request, desk),
        **await digesting.context(digest, rows),
        "address": place.address,
        "issue": place.issue,
        "names": await actors.names_of([digest.saved_by, digest.submitted_by, digest.approved_by]),
        "beside": [] if may_write else await digesting.beside(digest),
        "may_write": may_write,
        "may_take_back": EDITOR in desk.roles and digest.state == "submitted",
        "waits": desk.may_decide and digest.state == "submitted",
        "is_own": is_own,
        "panel": panel,
    }
