"""``sotay import``, ``units import``, ``members import``: documents, organisations and people from files."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.text import Text

from backend import sample
from backend.accounts import roster_import, unit_import
from backend.accounts.authority import CLI
from backend.cli.terminal import FAILED, fail, language, out, progress, run, sentences, show_json, t, table
from base.catalogue import say
from base.errors import InvalidError
from content import importing as content_importing
from content.duplicates import Asker
from content.extracting import READERS
from content.outcomes import ImportRow

Json = Annotated[bool, typer.Option("--json", help=t("json-help"))]
READ_S = 60
"""Seconds that reading a list of members may take: at the command line nobody else waits."""

BESIDE_FILE = 62
"""Columns of letters that a list of files needs for what became of them; names of files have the rest."""

LEFT_OUT = ("refused", "same-text")
"""What became of files that somebody has to look at."""

AUDIENCES = ("public", "members")


class Reported(msgspec.Struct):
    """What became of one file, as ``--report`` writes it."""

    path: str
    outcome: str
    number: str
    type: str
    issuer: str
    issued: date | None
    place: str
    title: str
    signer: str
    capacity: str
    signer_title: str
    urgency: str
    recipients: list[str]
    sources: dict[str, str]
    chuong: int
    muc: int
    dieu: int
    khoan: int
    diem: int
    warnings: list[str]
    slug: str
    edition: int | None


def documents(
    paths: Annotated[list[Path], typer.Argument(help=t("import-paths-help", kinds=", ".join(READERS)))],
    report: Annotated[Path | None, typer.Option(help=t("import-report-help"))] = None,
    audience: Annotated[str, typer.Option(help=t("import-audience-help"))] = "public",
    unit: Annotated[str, typer.Option(help=t("import-unit-help"))] = "",
    offline: Annotated[bool, typer.Option("--offline/--online-only", help=t("import-offline-help"))] = True,
    even_if_same: Annotated[bool, typer.Option("--even-if-same", help=t("import-same-help"))] = False,
    as_json: Json = False,
) -> None:
    """Import documents; a file imported before changes nothing, one bad file never stops the rest."""
    for path in paths:
        if not path.exists():
            fail(t("no-such-file", file=str(path)), 2)
    asker = Asker(even_if_same=even_if_same)
    rows = run(lambda: _import(paths, audience, unit, offline, asker))
    reported = [_reported(row) for row in rows]
    if report:
        with sentences():
            report.write_bytes(msgspec.json.format(msgspec.json.encode(reported)) + b"\n")
    if as_json:
        show_json(reported)
    else:
        _show(reported)
    raise typer.Exit(FAILED if any(row.outcome in LEFT_OUT for row in rows) else 0)


def units(
    file: Annotated[Path, typer.Argument(help=t("units-file-help"))],
    as_json: Json = False,
) -> None:
    """Import the tree of organisations: all of the file or, when anything is wrong, nothing."""

    async def act() -> unit_import.Report:
        with progress(t("units-import-help")) as bar:
            return await unit_import.import_units(file.read_bytes(), by=CLI, progress=bar)

    found = run(act)
    if as_json:
        show_json(found)
    else:
        for problem in found.problems:
            out.print(say(problem.key, language(), **problem.values), style="red", highlight=False)
        out.print(t("units-imported", created=found.created, corrected=found.corrected, unchanged=found.unchanged))
    raise typer.Exit(FAILED if found.problems else 0)


def members(
    file: Annotated[Path, typer.Argument(help=t("members-file-help"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("members-dry-run-help"))] = False,
    rename: Annotated[bool, typer.Option("--rename", help=t("members-rename-help"))] = False,
    as_json: Json = False,
) -> None:
    """Import members; ``--dry-run`` only says what would happen, row by row."""

    async def act() -> roster_import.Report:
        with progress(t("members-import-help")) as bar:
            return await roster_import.import_roster(
                file.read_bytes(), by=CLI, dry_run=dry_run, rename=rename, seconds=READ_S, progress=bar
            )

    found = run(act)
    if as_json:
        show_json(found)
    else:
        _show_roster(found, asked=rename)
    raise typer.Exit(FAILED if any(row.problems for row in found.rows) else 0)


async def _import(paths: list[Path], audience: str, unit: str, offline: bool, asker: Asker) -> list[ImportRow]:
    owner = await sample.unit_of(unit) if unit else None
    if unit and owner is None:
        raise InvalidError.of("unit", "cli-no-such-unit", unit=unit)
    with progress(t("import-help")) as bar:
        return await content_importing.import_files(
            paths, by=CLI, audience=await _audience(audience), owner_unit=owner, offline=offline,
            resolve=sample.unit_of, asker=asker, progress=lambda done, total, _row: bar(done, total),
        )  # fmt: skip


async def _audience(written: str) -> frozenset[str]:
    """``public``, ``members``, ``org:CODE`` or ``at:CODE``, several separated by commas."""
    scopes = set()
    for word in (part.strip() for part in written.split(",")):
        kind, _, code = word.partition(":")
        if word in AUDIENCES:
            scopes.add(word)
            continue
        unit = await sample.unit_of(code) if kind in ("org", "at") and code else None
        if unit is None:
            raise InvalidError.of("audience", "cli-no-such-audience", audience=word)
        scopes.add(f"{kind}:{unit}")
    return frozenset(scopes)


def _reported(row: ImportRow) -> Reported:
    told = [*([row.error] if row.error else []), *row.warnings]
    counts = {name: row.counts.get(name, 0) for name in ("chuong", "muc", "dieu", "khoan", "diem")}
    shown: dict[str, Any] = {name: getattr(row, name) for name in Reported.__struct_fields__ if name not in counts}
    said = [say(one.key, language(), **one.values) for one in told]
    return Reported(**{**shown, **counts, "recipients": list(row.recipients), "warnings": said})


def _show(rows: list[Reported]) -> None:
    shown = table("outcome", "number", "type", "issued", "articles", "file")
    for row in rows:
        issued = row.issued.strftime("%d/%m/%Y") if row.issued else "–"
        shown.add_row(t(f"outcome-{row.outcome}"), row.number, row.type, issued, str(row.dieu), Path(row.path).name)
    shown.columns[1].no_wrap = True
    shown.columns[-1].no_wrap, shown.columns[-1].overflow = True, "ellipsis"
    shown.columns[-1].max_width = max(16, out.width - BESIDE_FILE)
    out.print(shown)
    for row in rows:
        for warning in row.warnings:
            out.print(Text(f"{Path(row.path).name}: {warning}", style="yellow"))
    counts = Counter(row.outcome for row in rows)
    kinds = ("new", "edition", "unchanged", "older", "refused")
    out.print(t("imported", same=counts["same-text"], **{kind: counts[kind] for kind in kinds}))


def _show_roster(found: roster_import.Report, *, asked: bool) -> None:
    shown = table("row", "outcome", "login", "name", "note")
    for row in found.rows:
        notes = [say(p.key, language(), **p.values) for p in row.problems]
        if row.outcome == "renamed":
            notes.append(say("roster-renamed", language(), was=row.was, name=row.name))
        if row.outcome == "renamed" and found.dry and not asked:
            notes.append(t("members-rename-asked-for"))
        shown.add_row(str(row.line), t(f"outcome-{row.outcome}"), row.login, row.name, "; ".join(notes))
    out.print(shown)
