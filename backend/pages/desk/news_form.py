"""The form of a news item: what it sends as a sheet, and a sheet as it fills the form."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.datastructures import UploadFile

from backend.accounts import roles
from backend.door.visit import reader_of, visit_of
from backend.pages import forms
from backend.pages.desk import addressing, choosing
from backend.pages.desk.choosing import WRITE
from backend.pages.desk.foretelling import foretold_news
from backend.pages.desk.working import EDITOR
from backend.pages.shell import AnyRequest
from backend.pages.views import topic_names
from base import clock
from base.catalogue import say
from base.errors import FieldError, InvalidError
from content import pictures, topics
from content.articles import PLACE
from content.newsroom.model import LENGTHS, Sheet

TYPED = (
    "version", "act", "find", "title", "standfirst", "cover", "cover_off", "cover_alt", "topic", "pinned",
    "pinned_until", "publish_day", "publish_time", "picture_alt", "caret", *choosing.fields(),
    *addressing.FIELDS,
)  # fmt: skip
LENGTH = 2 * max(LENGTHS.values())
"""Characters taken of a field: what is too long for its item is told, not cut."""

MORNING = "08:00"
"""The time that is meant when only a day is chosen."""

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brought:
    """Pictures that a form brought, as they are kept now; "" for none."""

    cover: str = ""
    inside: str = ""

    @property
    def ids(self) -> list[str]:
        """Those that there are."""
        return [id for id in (self.cover, self.inside) if id]


async def read(request: AnyRequest) -> dict[str, str]:
    """What was typed; the body with the blanks before it, so that a place in it stays the same."""
    typed = await forms.read(request, *TYPED, length=LENGTH)
    body = (await request.form()).get("body")
    typed["body"] = body[:LENGTH].replace("\r\n", "\n") if isinstance(body, str) else ""
    return typed


async def brought(request: AnyRequest, typed: Typed) -> Brought:
    """Keep the pictures that came with the form; raises InvalidError beside the file that is none, or lacks words."""
    wrong, kept = list[FieldError](), dict[str, str]()
    for name in ("cover_file", "picture_file"):
        with gathered(wrong):
            kept[name] = await _kept(request, name)
    if typed["act"] == "picture" and not wrong:
        if not kept["picture_file"]:
            wrong.append(FieldError("picture_file", "news-desk-picture-missing", {}))
        if not typed["picture_alt"]:
            wrong.append(FieldError("picture_alt", "news-desk-picture-alt-missing", {}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))
    return Brought(kept["cover_file"], kept["picture_file"])


async def sheet_of(request: AnyRequest, typed: Typed, now: Sheet | None, files: Brought) -> Sheet:
    """The sheet that a form means for an item that is ``now`` so; raises InvalidError with all that cannot be meant."""
    wrong, unit, until, at, audience = list[FieldError](), None, None, None, frozenset[str]()
    with gathered(wrong):
        unit = await _unit(request, typed)
    with gathered(wrong):
        until = forms.date_of(typed["pinned_until"], "pinned_until")
    with gathered(wrong):
        at = moment_of(typed)
    with gathered(wrong):
        audience = await addressing.chosen(request, typed, now.audience if now else (), required=False)
    if typed["topic"] and await topics.current(typed["topic"]) not in await topic_names(visit_of(request).language):
        wrong.append(FieldError("topic", "news-desk-topic-unknown", {}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))
    cover = files.cover or ("" if typed["cover_off"] else typed["cover"])
    return Sheet(
        unit, typed["title"], typed["standfirst"], _with_picture(typed, files), cover, typed["cover_alt"],
        typed["topic"], tuple(sorted(audience)), bool(typed["pinned"]), until, at,
    )  # fmt: skip


def filled(sheet: Sheet, version: int) -> dict[str, str]:
    """A sheet as it stands in the form's fields."""
    at = clock.local(sheet.publish_at) if sheet.publish_at else None
    return {
        **{name: getattr(sheet, name) for name in ("title", "standfirst", "body", "cover", "cover_alt", "topic")},
        "version": str(version), "audience": " ".join(sorted(sheet.audience)), "pinned": "1" if sheet.pinned else "",
        "pinned_until": f"{sheet.pinned_until:%d/%m/%Y}" if sheet.pinned_until else "",
        "publish_day": f"{at:%d/%m/%Y}" if at else "", "publish_time": f"{at:%H:%M}" if at else MORNING,
        "picture_alt": "", "unit": str(sheet.unit or ""),
    }  # fmt: skip


def as_before(typed: Typed, unit: int) -> dict[str, str]:
    """The same without units that are still being looked for, so that the rest can be saved: it stays in ``unit``."""
    chosen, words, searched = (typed[field] for field in choosing.fields())
    typed = addressing.settled(typed)
    if chosen and (not words or words == searched):
        return typed
    return {**typed, **dict.fromkeys(choosing.fields(), ""), "unit": str(unit)}


async def offered(request: AnyRequest, values: Typed, sheet: Sheet | None, *, is_told: bool) -> dict[str, Any]:
    """What the form lets one choose from; ``is_told``: whether members have been told of it already."""
    language = visit_of(request).language
    names = await topic_names(language)

    async def foretell(audience: Collection[str]) -> list[str]:
        return [] if is_told else await foretold_news(audience, values.get("topic", ""), language)

    return {
        "units": await choosing.offer(request, values, now=sheet.unit if sheet else None, purpose=WRITE),
        "topics": [("", say("news-desk-no-topic", language)), *names.items()],
        "offer": await addressing.offer(request, sheet.audience if sheet else (), values, foretell=foretell),
        "lengths": LENGTHS, "megabytes": pictures.MAX_BYTES // 2**20,
    }  # fmt: skip


def moment_of(typed: Typed) -> datetime | None:
    """Day and time on a Vietnamese clock, in the morning when no time is said; None for no day."""
    day = forms.date_of(typed["publish_day"], "publish_day")
    if day is None:
        return None
    return forms.moment_of(day, typed["publish_time"] or MORNING, "publish_time")


@contextmanager
def gathered(wrong: list[FieldError]) -> Iterator[None]:
    """Note what is wrong with a field and go on, so that everything is told at once."""
    try:
        yield
    except InvalidError as error:
        wrong.extend(error.fields or (FieldError("", error.key, error.values),))


async def _kept(request: AnyRequest, name: str) -> str:
    file = (await request.form()).get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return ""
    try:
        return await pictures.keep(await file.read())
    except pictures.PictureError as error:
        raise InvalidError.of(name, error.key, **error.values) from None


async def _unit(request: AnyRequest, typed: Typed) -> int:
    """The unit in whose name is written: one that the reader is editor of."""
    unit = await choosing.chosen(request, typed, purpose=WRITE)
    if EDITOR not in await roles.over(reader_of(request), unit):
        raise InvalidError.of("unit", "pages-unit-missing")
    return unit


def _with_picture(typed: Typed, files: Brought) -> str:
    """The body, with the picture that was just brought as a paragraph where the caret stood, else at the end."""
    body = typed["body"]
    if not files.inside:
        return body
    caret = typed["caret"]
    at = int(caret) if caret.isascii() and caret.isdecimal() and len(caret) < 9 else len(body)
    words = typed["picture_alt"].translate({ord("["): "(", ord("]"): ")", ord("\n"): " "})
    line = f"![{words}]({PLACE}{files.inside})"
    before, after = body[:at].rstrip(), body[at:].lstrip()
    return "\n\n".join(filter(None, (before, line, after)))
