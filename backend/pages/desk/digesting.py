"""The form in which a digest is written, beside a draft or above an issued text, and its points beside their parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.pages import forms
from backend.pages.shell import AnyRequest
from content import fragments, markup
from content.digests import proposing, showing
from content.digests.model import MOST_CHARS, MOST_POINTS, Digest, Line
from content.digests.placing import Names
from content.drafts.model import ChangedError

FEWEST_ROWS = 3
"""Rows that an empty form has."""

MOST_ROWS = 2 * MOST_POINTS
"""Rows that are read of a form; more than MOST_POINTS that say something are refused with a sentence."""

SHOWN_LINES = 60
"""So much of a part is laid beside the point that rests on it."""

BLANK = Line("", "")
HEADINGS, BEFORE, ADD, SUBMIT = "headings", "before", "add", "submit"
STARTS = {HEADINGS: proposing.headings, BEFORE: proposing.carried}
"""What an empty digest may begin with."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came: its rows, the version that was opened, and the button, "" for the one that only saves."""

    lines: tuple[Line, ...]
    version: str
    step: str

    @property
    def saves(self) -> bool:
        """Whether the rows are to be stored."""
        return self.step in ("", SUBMIT)

    @property
    def seen(self) -> int:
        """The version that was opened; raises InvalidError where the form does not say."""
        return forms.version_of(self.version)


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of the form show: ``started`` names what they were filled with and is not saved yet."""

    lines: Sequence[Line]
    version: int
    started: str = ""
    theirs: tuple[str, ...] | None = None


async def read(request: AnyRequest) -> Typed:
    """The form that was sent."""
    names = [f"{field}{at}" for at in range(1, MOST_ROWS + 1) for field in ("words", "part")]
    typed = await forms.read(request, "version", "step", *names)
    lines = [Line(typed[f"words{at}"], typed[f"part{at}"]) for at in range(1, MOST_ROWS + 1)]
    while lines and lines[-1] == BLANK:
        lines.pop()
    return Typed(tuple(lines), typed["version"], typed["step"])


async def stepped(digest: Digest, typed: Typed) -> Rows:
    """The rows after a button that saves nothing: one more, one moved up, or filled with what there is."""
    lines = list(typed.lines)
    up = re.fullmatch(r"up-(\d{1,2})", typed.step)
    if up and 2 <= (at := int(up[1])) <= len(lines):
        lines[at - 2 : at] = lines[at - 1], lines[at - 2]
    if typed.step in STARTS:
        return Rows(await STARTS[typed.step](digest.edition), typed.seen, typed.step)
    return Rows([*lines, *([BLANK] if typed.step == ADD else [])], typed.seen)


async def kept(digest: Digest) -> Rows:
    """The rows of what is stored."""
    names = await _names(digest)
    return Rows([Line(row.words, row.label) for row in showing.rows(digest.points, names)], digest.version)


async def refused(digest: Digest, typed: Typed, error: Exception) -> Rows:
    """The rows as they were typed; when somebody else was faster, with what they wrote, which then is seen."""
    if isinstance(error, ChangedError):
        return Rows(typed.lines, digest.version, theirs=tuple(point.words for point in digest.points))
    seen = typed.version if typed.version.isdecimal() else str(digest.version)
    return Rows(typed.lines, int(seen))


async def context(digest: Digest, rows: Rows) -> dict[str, Any]:
    """What the template of the form is given (macros/digest_form.html)."""
    count = min(max(len(rows.lines), FEWEST_ROWS), MOST_ROWS)
    names = await _names(digest)
    return {
        "digest": digest,
        "rows": rows,
        "numbers": range(1, count + 1),
        "typed": {
            name: words
            for at, line in enumerate(rows.lines, 1)
            for name, words in ((f"words{at}", line.words), (f"part{at}", line.part))
        },
        "options": list(names.offered()),
        "most": MOST_CHARS,
        "may_add": count < MOST_POINTS,
        "starts": [] if rows.lines else [name for name, propose in STARTS.items() if await propose(digest.edition)],
    }


async def beside(digest: Digest) -> list[dict[str, Any]]:
    """The points that are written, each with the words of its part, for whoever compares them."""
    names = await _names(digest)
    return [
        {"row": row, "lines": _lines(names.text(row.path)) if row.path else []}
        for row in showing.rows(digest.points, names)
    ]


def _lines(text: str) -> list[str]:
    words = [markup.plain(line) for line in text.splitlines()]
    return [line for line in words if line][:SHOWN_LINES]


async def _names(digest: Digest) -> Names:
    return Names(await fragments.pieces_of(digest.edition))
