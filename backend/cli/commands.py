"""The tree of commands."""

import sys

import typer

from backend.cli import auditing, importing, members, operating, pushing, searching
from backend.cli.terminal import t

app = typer.Typer(
    help=t("help"), no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip

app.command("serve", help=t("serve-help"))(operating.serve)
app.command("work", help=t("work-help"))(operating.work)
app.command("migrate", help=t("migrate-help"))(operating.migrate)
app.command("sample", help=t("sample-help"))(operating.sample)
app.command("doctor", help=t("doctor-help"))(operating.doctor)
app.command("import", help=t("import-help"))(importing.documents)
app.command("reindex", help=t("reindex-help"))(searching.reindex)
app.add_typer(searching.app, name="search", help=t("search-help"))

units = typer.Typer(help=t("units-help"), no_args_is_help=True)
units.command("import", help=t("units-import-help"))(importing.units)
app.add_typer(units, name="units")

roster = typer.Typer(help=t("members-help"), no_args_is_help=True)
roster.command("import", help=t("members-import-help"))(importing.members)
app.add_typer(roster, name="members")

app.add_typer(members.app, name="member", help=t("member-help"))

app.add_typer(pushing.app, name="push", help=t("push-help"))

audit = typer.Typer(help=t("audit-help"), no_args_is_help=True)
audit.command("verify", help=t("audit-verify-help"))(auditing.verify)
app.add_typer(audit, name="audit")


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
