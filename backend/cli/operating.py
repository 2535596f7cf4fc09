"""``sotay serve``, ``work``, ``migrate``, ``sample``, ``doctor``: running the handbook and looking after it."""

import asyncio
from typing import Annotated

import typer

from backend import sample as samples
from backend import worker
from backend.cli import checking
from backend.cli.terminal import FAILED, MISUSED, err, fail, out, run, sentences, show_json, t, table
from backend.serving import Family, listen
from base import migrations
from base.settings import load, settings, use


def serve(
    with_sample: Annotated[bool, typer.Option("--sample", help=t("serve-sample-help"))] = False,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help=t("serve-port-help"))] = None,
) -> None:
    """Start the web processes and the worker; Ctrl-C ends them within five seconds."""
    with sentences():
        if port:
            use(load(port=port))
        if not settings().on_loopback and not settings().cookies_secure:
            fail(t("https-needed"), MISUSED)
        listening = listen(settings().host, settings().port)
    if with_sample:
        run(migrations.up, migrated=False)
        with err.status(t("sample-loading")):
            run(samples.load)
    links = run(samples.entrances) if settings().on_loopback else []
    _announce(links)
    with sentences():
        Family(listening, settings()).run()


def work() -> None:
    """Be the worker alone, for installations that run their own web processes."""
    with sentences():
        asyncio.run(worker.work())


def migrate() -> None:
    """Bring the database up to date; safe to repeat."""
    ran = run(migrations.up, migrated=False)
    for name in ran:
        out.print(name, highlight=False)
    out.print(t("migrated", count=len(ran)))


def sample() -> None:
    """Load the sample handbook, once; a handbook that holds anything else is left alone."""
    with err.status(t("sample-loading")):
        loaded = run(samples.load)
    out.print(t("sample-loaded") if loaded else t("sample-there"))


def doctor(as_json: Annotated[bool, typer.Option("--json", help=t("json-help"))] = False) -> None:
    """Look at everything the handbook needs; exit code 1 when something has to be done."""
    with sentences():
        findings = asyncio.run(checking.examine())
    if as_json:
        show_json(findings)
    else:
        shown = table("what", "state", "advice")
        for finding in findings:
            shown.add_row(finding.what, t("fine") if finding.fine else t("not-fine"), finding.advice)
        out.print(shown)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else FAILED)


def _announce(links: list[samples.Entrance]) -> None:
    address = settings().origin
    out.print(t("serving", address=address), highlight=False)
    if links:
        out.print(t("entrances"), highlight=False)
        for link in links:
            way_in = f"{address}/account/enter/{link.token}"
            out.print(f"  {link.name} – {link.roles}\n    {way_in}", highlight=False, soft_wrap=True)
