"""``sotay search``, ``search evaluate``, ``reindex``: finding documents, judging how well, building the index anew."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from typer.core import TyperGroup

from backend.accounts import roster
from backend.accounts.scopes import EVERYONE, scopes_of
from backend.cli.terminal import MISUSED, err, fail, language, out, progress, run, sentences, show_json, t, table
from base.catalogue import say
from base.errors import InvalidError
from content import search as finding
from content.search import evaluating, indexing
from content.search.engine import Snippet

Json = Annotated[bool, typer.Option("--json", help=t("json-help"))]
DEFAULT = "words"


class WordsFirst(TyperGroup):
    """``search`` takes words to look for, unless the first is the name of a command."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Call the command that looks for words when no other is named."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=WordsFirst, no_args_is_help=True)


@app.command(DEFAULT, help=t("search-words-help"))
def words(
    query: Annotated[list[str], typer.Argument(help=t("search-query-help"))],
    limit: Annotated[int, typer.Option(min=1, max=100, help=t("search-limit-help"))] = 10,
    login: Annotated[str, typer.Option("--as", help=t("search-as-help"))] = "",
    as_json: Json = False,
) -> None:
    """Find documents as a visitor would, or as one member would."""

    async def act() -> finding.FoundPage:
        scopes = await scopes_of(await roster.by_login(login)) if login else EVERYONE
        return await finding.search(" ".join(query), scopes=scopes, limit=limit)

    found = run(act)
    if as_json:
        show_json(found)
        return
    shown = table("number", "type", "issued", "place", "text")
    for row in found.rows:
        document = row.document
        issued = document.issued.strftime("%d/%m/%Y") if document.issued else "–"
        shown.add_row(document.number, document.type, issued, row.label or document.title, _lit(row.snippet))
    out.print(shown)
    out.print(t("search-count", count=found.total))
    if found.meant:
        out.print(t("search-meant", meant=found.meant))


@app.command("evaluate", help=t("search-evaluate-help"))
def evaluate(
    corpus: Annotated[Path, typer.Option(help=t("search-corpus-help"))],
    queries: Annotated[Path, typer.Option(help=t("search-queries-help"))],
    field: Annotated[str, typer.Option(help=t("search-field-help", fields=", ".join(evaluating.FIELDS)))] = "query",
    engine: Annotated[
        str, typer.Option(help=t("search-engine-help", engines=", ".join(evaluating.ENGINES)))
    ] = "whoosh",
    as_json: Json = False,
) -> None:
    """Judge the search by questions with known answers, apart from the handbook's own documents."""
    for file in (corpus, queries):
        if not file.is_file():
            fail(t("no-such-file", file=str(file)), MISUSED)
    with sentences(), err.status(t("search-evaluating")):
        try:
            scores = evaluating.evaluate(corpus, queries, field=field, engine=engine)
        except InvalidError as error:
            fail(say(error.key, language(), **error.values), MISUSED)
    if as_json:
        show_json(scores)
        return
    shown = table("what", "state")
    for name, value in zip(("hit@1", "hit@10", "mrr@10", "p50 ms", "p95 ms"), _values(scores), strict=True):
        shown.add_row(name, value)
    out.print(shown)
    out.print(t("search-evaluated", count=scores.queries))


def reindex(as_json: Json = False) -> None:
    """Build the index anew beside the one that is read, then let it take its place."""

    async def act() -> int:
        with progress(t("reindex-title")) as bar:
            return await indexing.rebuild(bar)

    count = run(act)
    if as_json:
        show_json({"documents": count})
    else:
        out.print(t("reindexed", count=count))


def _values(scores: evaluating.Scores) -> list[str]:
    shares = (scores.hit_1, scores.hit_10, scores.mrr_10)
    return [*(f"{share:.3f}" for share in shares), *(f"{ms:.1f}" for ms in (scores.p50_ms, scores.p95_ms))]


def _lit(snippet: Snippet) -> Text:
    """The words around what was found, what was asked for in bold."""
    text = Text(snippet.text)
    for begin, end in snippet.marks:
        text.stylize("bold", begin, end)
    return text
