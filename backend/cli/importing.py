"""``sotay import``, ``units import``, ``members import``: documents, organisations and people from files."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

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
from content.outcomes import ImportRow

Json = Annotated[bool, typer.Option("--json", help=t("json-help"))]
AUDIENCES = ("public", "members")


class Reported(msgspec.Struct):
    """What became of one file, as ``--report`` writes it."""

    path: str
    outcome: str
    number: str
    type: str
    issuer: str
    issued: date | None
    title: str
    signer: str
    chuong: int
    muc: int
    dieu: int
    khoan: int
    diem: int
    warnings: list[str]
    slug: str
    edition: int | None


def documents(
    paths: Annotated[list[Path], typer.Argument(help=t("import-paths-help"))],
    report: Annotated[Path | None, typer.Option(help=t("import-report-help"))] = None,
    audience: Annotated[str, typer.Option(help=t("import-audience-help"))] = "public",
    unit: Annotated[str, typer.Option(help=t("import-unit-help"))] = "",
    offline: Annotated[bool, typer.Option("--offline/--online-only", help=t("import-offline-help"))] = True,
    as_json: Json = False,
) -> None:
    """Import documents; a file imported before changes nothing, one bad file never stops the rest."""
    for path in paths:
        if not path.exists():
            fail(t("no-such-file", file=str(path)), 2)
    rows = run(lambda: _import(paths, audience, unit, offline))
    reported = [_reported(row) for row in rows]
    if report:
        with sentences():
            report.write_bytes(msgspec.json.format(msgspec.json.encode(reported)) + b"\n")
    if as_json:
        show_json(reported)
    else:
        _show(reported)
    raise typer.Exit(FAILED if any(row.outcome == "refused" for row in rows) else 0)


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
    as_json: Json = False,
) -> None:
    """Import members; ``--dry-run`` only says what would happen, row by row."""

    async def act() -> roster_import.Report:
        with progress(t("members-import-help")) as bar:
            return await roster_import.import_roster(file.read_bytes(), by=CLI, dry_run=dry_run, progress=bar)

    found = run(act)
    if as_json:
        show_json(found)
    else:
        _show_roster(found)
    raise typer.Exit(FAILED if any(row.problems for row in found.rows) else 0)


async def _import(paths: list[Path], audience: str, unit: str, offline: bool) -> list[ImportRow]:
    owner = await sample.unit_of(unit) if unit else None
    if unit and owner is None:
        raise InvalidError.of("unit", "cli-no-such-unit", unit=unit)
    with progress(t("import-help")) as bar:
        return await content_importing.import_files(
            paths, by=CLI, audience=await _audience(audience), owner_unit=owner, offline=offline,
            resolve=sample.unit_of, progress=lambda done, total, _row: bar(done, total),
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
    return Reported(
        path=row.path, outcome=row.outcome, number=row.number, type=row.type, issuer=row.issuer, issued=row.issued,
        title=row.title, signer=row.signer, slug=row.slug, edition=row.edition, **counts,
        warnings=[say(one.key, language(), **one.values) for one in told],
    )  # fmt: skip


def _show(rows: list[Reported]) -> None:
    shown = table("outcome", "number", "type", "issued", "articles", "file")
    for row in rows:
        issued = row.issued.strftime("%d/%m/%Y") if row.issued else "–"
        shown.add_row(t(f"outcome-{row.outcome}"), row.number, row.type, issued, str(row.dieu), Path(row.path).name)
    shown.columns[1].no_wrap = True
    shown.columns[-1].no_wrap, shown.columns[-1].overflow = True, "ellipsis"
    out.print(shown)
    for row in rows:
        for warning in row.warnings:
            out.print(Text(f"{Path(row.path).name}: {warning}", style="yellow"))
    counts = Counter(row.outcome for row in rows)
    kinds = ("new", "edition", "unchanged", "refused")
    out.print(t("imported", **{kind: counts[kind] for kind in kinds}))


def _show_roster(found: roster_import.Report) -> None:
    shown = table("row", "outcome", "login", "name", "note")
    for row in found.rows:
        notes = "; ".join(say(p.key, language(), **p.values) for p in row.problems)
        shown.add_row(str(row.line), t(f"outcome-{row.outcome}"), row.login, row.name, notes)
    out.print(shown)
