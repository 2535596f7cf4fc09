"""``sotay audit``: whether the journal is as it was written."""

from typing import Annotated

import typer

from backend.cli.terminal import FAILED, out, run, show_json, t
from base import audit


def verify(as_json: Annotated[bool, typer.Option("--json", help=t("json-help"))] = False) -> None:
    """Walk the journal; exit code 1 when something does not fit."""
    verdict = run(audit.verify)
    if as_json:
        show_json(verdict)
    elif verdict.finding:
        found = verdict.finding
        out.print(t(f"audit-{found.kind}", number=str(found.number), entry=found.entry or "–"), style="red")
    else:
        out.print(t("audit-fine", count=verdict.checked))
    raise typer.Exit(FAILED if verdict.finding else 0)
