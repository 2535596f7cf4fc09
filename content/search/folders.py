"""Where the index lies: one folder for each time it was built, and a file that says which of them is read.

A new index is built beside the one that is read and takes its place in one step.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from base.settings import settings
from content.search.engine import BrokenIndexError

FORMAT = 2
"""Version of what is written; an index of another is not opened but built anew."""

CURRENT = "current"


def root() -> Path:
    """The folder of everything about search; derived data, which may be deleted at any time."""
    return settings().data_dir / "search"


def current() -> Path:
    """The index that is read; raises BrokenIndexError when there is none of this format."""
    try:
        name = (root() / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenIndexError("none") from error
    if not name.startswith(f"{FORMAT}-") or Path(name).name != name:
        raise BrokenIndexError("format")
    return root() / name


def fresh() -> Path:
    """A new empty folder to build in."""
    made = root() / f"{FORMAT}-{secrets.token_hex(6)}"
    made.mkdir(parents=True)
    return made


def put_in_place(folder: Path) -> None:
    """Let readers read ``folder`` from now on, and remove every other; whoever still reads one keeps its files open."""
    draft = root() / f"{CURRENT}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root() / CURRENT)
    for other in root().iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def distrust(folder: Path) -> None:
    """Let nobody read an index that turned out to be damaged; the worker builds another."""
    with contextlib.suppress(OSError):
        if (root() / CURRENT).read_text(encoding="utf-8").strip() == folder.name:
            (root() / CURRENT).unlink()


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Whether this process alone does ``what`` ("writing", "building") to this machine's index while the block runs.

    The lock is the system's: it ends with the process, however that ends.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / f"{what}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
