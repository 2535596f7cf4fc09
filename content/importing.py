"""Taking files into the handbook: new documents, new editions of known ones, and a plain word about each refusal."""

import asyncio
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from base import logs
from content import editions, extracting
from content.editions import Placement
from content.extracting import Extract, Refusal
from content.outcomes import ImportRow, Told, written
from content.scopes import Resolve

Progress = Callable[[int, int, ImportRow], None]
"""Called after each file with how many are done, how many there are, and what became of it."""

Read = Extract | ImportRow | Refusal
"""What reading a file comes to: its parts, a row saying that it was here before, or why it cannot be taken."""

FEW = 4
"""So few files are read without starting processes for them."""

log = logs.get(__name__)


async def import_files(
    paths: Iterable[Path | str],
    *,
    by: str,
    audience: frozenset[str] = frozenset({"public"}),
    owner_unit: int | None = None,
    offline: bool = True,
    resolve: Resolve | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> list[ImportRow]:
    """Take files, and all files of known kinds in folders, in the order of their names; one row for each.

    A file taken before changes nothing; other text under the same issuer, type, number and date is a new edition.
    Front matter overrides ``audience``, ``owner_unit`` and ``offline``; ``resolve`` turns its unit codes into ids.
    ``processes`` read files in parallel (as many as there are processors); 0 reads them in threads of this one.
    """
    files = found(paths)
    placement = Placement(by=by, audience=audience, owner_unit=owner_unit, offline=offline, resolve=resolve)
    rows: list[ImportRow] = []
    with _readers(len(files), processes) as readers:
        async for file, extract in _extracted(files, readers):
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


async def _extracted(files: list[Path], readers: "_Readers") -> AsyncIterator[tuple[Path, Read]]:
    """Each file with what it holds, in order; a few are read ahead while the one before is stored."""
    ahead: list[tuple[Path, asyncio.Task[Read]]] = []
    waiting = iter(files)
    try:
        while True:
            while len(ahead) <= 2 * readers.count and (file := next(waiting, None)) is not None:
                ahead.append((file, asyncio.create_task(_read(file, readers))))
            if not ahead:
                return
            file, task = ahead.pop(0)
            yield file, await task
    finally:
        for _, task in ahead:
            task.cancel()


async def _read(file: Path, readers: "_Readers") -> Read:
    try:
        if file.suffix.lower() not in extracting.READERS:
            raise Refusal(Told("content-import-unknown-kind", {"kinds": ", ".join(sorted(extracting.READERS))}))
        data, digest = await asyncio.to_thread(extracting.load, file)
        known = await editions.known(file, digest)
        return known or await readers.extract(data, digest, file)
    except Refusal as refusal:
        return refusal
    except Exception:
        log.exception("import.unreadable", suffix=file.suffix)
        return Refusal(Told("content-import-failed"))


class _Readers:
    """Where files are read into parts; when a file kills its process, the rest go on in a new one."""

    def __init__(self, make: Callable[[], Executor], count: int) -> None:
        self.count = count
        self._make = make
        self.pool = make()

    async def extract(self, data: bytes, digest: str, file: Path) -> Extract:
        for last in (False, True):
            pool = self.pool
            try:
                return await asyncio.get_running_loop().run_in_executor(
                    pool, extracting.extract, data, digest, file.name
                )
            except BrokenProcessPool:
                if pool is self.pool:  # the first of those that were being read to notice
                    self.pool = self._make()
                if last:
                    raise Refusal(Told("content-import-failed")) from None
        raise AssertionError


@contextmanager
def _readers(files: int, processes: int | None) -> Iterator[_Readers]:
    count = (os.cpu_count() or 1) if processes is None else processes
    alone = count == 0 or (processes is None and files <= FEW)

    def make() -> Executor:
        if alone:
            return ThreadPoolExecutor(1)
        return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))

    readers = _Readers(make, max(1, count))
    try:
        yield readers
    finally:
        readers.pool.shutdown(wait=True, cancel_futures=True)
