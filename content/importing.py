"""Taking files into the handbook: new documents, new editions of known ones, and a plain word about each refusal."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from base import confined, logs
from content import duplicates, editions, extracting
from content.duplicates import Asker
from content.editions import Placement
from content.extracting import Extract
from content.outcomes import ImportRow, Refusal, Told, written
from content.scopes import Resolve

Progress = Callable[[int, int, ImportRow], None]
"""Called after each file with how many are done, how many there are, and what became of it."""

Read = Extract | ImportRow | Refusal
"""What reading a file comes to: its parts, a row saying that it was here before, or why it cannot be taken."""

EVERYTHING = Asker()
"""Whoever sits at the command line sees every document."""

AHEAD = 2 * confined.WORKERS
"""So many files are read ahead while the one before is stored."""

log = logs.get(__name__)


async def import_files(
    paths: Iterable[Path | str],
    *,
    by: str,
    audience: frozenset[str] = frozenset({"public"}),
    owner_unit: int | None = None,
    offline: bool = True,
    resolve: Resolve | None = None,
    asker: Asker = EVERYTHING,
    progress: Progress | None = None,
) -> list[ImportRow]:
    """Take files, and all files of known kinds in folders, in the order of their names; one row for each.

    A file or text taken before changes nothing, nor does an earlier print; other text under the same issuer, type,
    number and date is a new edition. The same text under another number is not taken unless the ``asker`` wants it;
    documents that the asker may not read are neither named nor changed. Front matter overrides ``audience``,
    ``owner_unit`` and ``offline``; ``resolve`` turns its unit codes into ids.
    """
    files = found(paths)
    placement = Placement(by, audience, owner_unit, offline, resolve, asker)
    rows: list[ImportRow] = []
    async for file, extract in _extracted(files, asker):
        rows.append(await _taken(file, extract, placement))
        if progress:
            progress(len(rows), len(files), rows[-1])
    return rows


def found(paths: Iterable[Path | str]) -> list[Path]:
    """The files meant by ``paths``: those named, and in folders those whose kind can be read, each once."""
    files: dict[Path, None] = {}
    for path in map(Path, paths):
        inside = (
            [each for each in path.rglob("*") if each.suffix.lower() in extracting.READERS] if path.is_dir() else [path]
        )
        for file in sorted(inside, key=lambda each: (each.parent, each.stem)):
            files[file] = None
    return list(files)


async def _taken(file: Path, extract: Read, placement: Placement) -> ImportRow:
    if isinstance(extract, ImportRow):
        return extract
    try:
        if isinstance(extract, Refusal):
            raise extract
        return await editions.take(file, extract, placement)
    except Refusal as refusal:
        return ImportRow(path=written(file), outcome="refused", error=refusal.told)
    except Exception:  # one bad file never stops the rest
        log.exception("import.failed", suffix=file.suffix)
        return ImportRow(path=written(file), outcome="refused", error=Told("content-import-failed"))


async def _extracted(files: list[Path], asker: Asker) -> AsyncIterator[tuple[Path, Read]]:
    """Each file with what it holds, in order; a few are read ahead while the one before is stored."""
    ahead: list[tuple[Path, asyncio.Task[Read]]] = []
    waiting = iter(files)
    free = asyncio.Semaphore(confined.WORKERS)
    try:
        while True:
            while len(ahead) <= AHEAD and (file := next(waiting, None)) is not None:
                ahead.append((file, asyncio.create_task(_read(file, free, asker))))
            if not ahead:
                return
            file, task = ahead.pop(0)
            yield file, await task
    finally:
        for _, task in ahead:
            task.cancel()


async def _read(file: Path, free: asyncio.Semaphore, asker: Asker) -> Read:
    try:
        data, digest = await asyncio.to_thread(extracting.load, file)
        known = await duplicates.same_file(file, digest, asker.scopes)
        if known:
            return known
        async with free:
            return await extracting.extract(data, digest, file.name)
    except Refusal as refusal:
        return refusal
    except Exception:
        log.exception("import.unreadable", suffix=file.suffix)
        return Refusal(Told("content-import-failed"))
