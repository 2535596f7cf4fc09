"""What the commands share: words from the catalogue, tables, progress, errors as sentences, exit codes."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from backend.serving import PortTakenError
from base import catalogue, confined, database, logs, migrations, redis, revisions
from base.errors import InvalidError, RuleError
from base.settings import SettingsError, load, settings, use

FAILED = 1
"""Exit code: the handbook's rules, or the machine, did not allow it."""

MISUSED = 2
"""Exit code: the command or a setting was given something it does not take."""

out = Console(markup=False)
err = Console(stderr=True, markup=False)
"""Brackets in names of files and in what was typed are text."""


def language() -> str:
    """The language of the command line, from SOTAY_LANGUAGE; Vietnamese by default."""
    chosen = os.environ.get("SOTAY_LANGUAGE", "vi")
    return chosen if chosen in catalogue.LANGUAGES else "vi"


def t(key: str, **values: Any) -> str:
    """A text of the command line."""
    return catalogue.say(f"cli-{key}", language(), **values)


def fail(sentence: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong on stderr and end with ``code``."""
    err.print(sentence, style="red", highlight=False)
    raise typer.Exit(code)


def run(act: Callable[[], Coroutine[Any, Any, Any]], *, migrated: bool = True) -> Any:
    """Run ``act`` with the database open; every foreseeable failure becomes a sentence and an exit code."""
    with sentences():
        return asyncio.run(_with_database(act, migrated))


@contextmanager
def sentences() -> Iterator[None]:
    """Turn foreseeable errors into one sentence each instead of a traceback."""
    try:
        use(load())
        logs.configure(settings().log_level, settings().log_format)
        yield
    except SettingsError as error:
        for name, got, takes in error.problems:
            err.print(t("wrong-setting", name=name, got=got, takes=takes), style="red", highlight=False)
        raise typer.Exit(MISUSED) from None
    except typer.Exit:
        raise
    except Exception as error:
        sentence, code = _sentence_for(error)
        if not sentence:
            raise
        fail(sentence, code)


def _sentence_for(error: Exception) -> tuple[str, int]:
    """What to say of a foreseeable error, and the exit code; nothing for one that nobody foresaw."""
    if isinstance(error, RuleError):
        return _told(error), FAILED
    if isinstance(error, PortTakenError):
        return t("port-taken", port=str(settings().port)), FAILED
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return t("file-problem", file=str(error.filename), reason=error.strerror or ""), FAILED
    if UnicodeEncodeError in (type(error), type(error.__cause__)):  # wrong bytes were typed; no database takes those
        return t("not-utf8"), MISUSED
    if isinstance(error, OSError) or database.is_lost(error):
        return t("machine-problem", reason=str(error) or type(error).__name__), FAILED
    return "", FAILED


def show_json(value: Any) -> None:
    """Print ``value`` for a program."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value)).decode() + "\n")


def table(*columns: str) -> Table:
    """A plain table with the catalogue's headings."""
    made = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(t(f"column-{column}"), overflow="fold")
    return made


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; nothing where output goes to a file. Call it with (done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        bar = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


async def _with_database(act: Callable[[], Awaitable[Any]], migrated: bool) -> Any:
    chosen = settings()
    try:
        await database.connect(chosen.database, pool=chosen.database_pool)
        if migrated and await migrations.pending():
            fail(t("not-migrated"))
        return await act()
    finally:
        await asyncio.to_thread(confined.close)
        await revisions.unwatch()
        await redis.close()
        await database.close()


def _told(error: RuleError) -> str:
    lines = [catalogue.say(error.key, language(), **error.values)]
    if isinstance(error, InvalidError):
        lines += [
            f"  {field.field}: {catalogue.say(field.key, language(), **field.values)}"
            for field in error.fields
            if field.key != error.key
        ]
    return "\n".join(lines)
