"""A list of members from a spreadsheet: first a report row by row, then, confirmed, the same for good."""

import base64
import binascii
from functools import partial
from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile

from backend.accounts import roster_import
from backend.accounts.roster_import import Report
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.administering import administrator
from backend.pages.shell import AnyRequest, page_at, personal, see_other
from base.catalogue import say
from base.errors import InvalidError, RuleError

FORM = "desk/import.html"
REPORT = "desk/import_report.html"
MOST_BYTES = 2 * 1024 * 1024
"""Size of a file that goes through a page; longer lists go through the command line."""

SHOWN = 500
"""Rows shown in the report."""

FIRST = ("wrong", "skipped", "renamed")
"""Outcomes that are looked at first."""

upload_at = partial(post, status_code=200, include_in_schema=False, request_max_body_size=2 * MOST_BYTES)


@page_at("/desk/roster/import")
async def shown(request: AnyRequest) -> Page:
    """Where a file is chosen."""
    return forms.fresh(request, FORM, **await _facts(request))


@upload_at("/desk/roster/import")
async def look(request: AnyRequest) -> Page:
    """What the file would do; nothing is written."""
    reader = await administrator(request)
    try:
        content = await _content(request)
        report = await roster_import.import_roster(content, by=reader.member_id, dry_run=True)
    except RuleError as error:
        return forms.again(request, FORM, error, {}, **await _facts(request))
    carried = base64.b64encode(content).decode()
    return personal(request, REPORT, **{**_told(report, visit_of(request).language), "content": carried})


@upload_at("/desk/roster/import/confirmation")
async def take_in(request: AnyRequest) -> Page | Response[bytes]:
    """The same for good, and which rows were left out. Sent again it finds everything unchanged."""
    reader = await administrator(request)
    form = await request.form()
    try:
        content = base64.b64decode(str(form.get("content") or "").encode(), validate=True)
        report = await roster_import.import_roster(
            content, by=reader.member_id, dry_run=False, rename=form.get("rename") == "1"
        )
    except binascii.Error:
        return forms.again(request, FORM, InvalidError("pages-form-old"), {}, **await _facts(request))
    except RuleError as error:
        return forms.again(request, FORM, error, {}, **await _facts(request))
    if any(row.problems for row in report.rows):
        return personal(request, REPORT, **_told(report, visit_of(request).language))
    return see_other("/desk/roster?done=members-imported")


async def _facts(request: AnyRequest) -> dict[str, Any]:
    """The codes that the file must name units by: all when they are few, else what is looked for."""
    return {"units": await choosing.codes(request, request.query_params.get("words") or "")}


async def _content(request: AnyRequest) -> bytes:
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise InvalidError.of("file", "pages-file-missing")
    content: bytes = await file.read()
    if len(content) > MOST_BYTES:
        raise InvalidError.of("file", "roster-file-too-big", most_mib=MOST_BYTES // 2**20)
    return content


def _told(report: Report, language: str) -> dict[str, Any]:
    """The report in words: every row before, only those left out afterwards."""
    looked_at = [row for row in report.rows if report.dry or row.problems]
    rows = sorted(looked_at, key=lambda row: (*(row.outcome != outcome for outcome in FIRST), row.line))
    lines = [
        {
            "line": row.line, "name": row.name, "login": row.login, "outcome": row.outcome, "was": row.was,
            "moves": row.moves,
            "problems": [say(wrong.key, language, **wrong.values) for wrong in row.problems],
        }
        for row in rows[:SHOWN]
    ]  # fmt: skip
    counts = report.counts
    changes = sum(counts[outcome] for outcome in ("new", "moved", "renamed", "corrected"))
    return {
        "rows": lines, "counts": counts, "may_import": report.dry and changes > 0, "content": "", "dry": report.dry,
        "hidden_rows": max(0, len(rows) - SHOWN),
    }  # fmt: skip
