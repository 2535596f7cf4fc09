"""What the house-rule tests read: the project's own files."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("backend", "content", "notifications", "base")
"""Our packages, from the top of the house to its floor."""


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # unpacked from an archive, or no git
        hidden = (".venv", ".venv-tools", ".cache", "node_modules", "data", "screens", ".git")
        there = (path for path in ROOT.rglob("*") if path.relative_to(ROOT).parts[0] not in hidden)
        return tuple(path for path in there if path.is_file())
    return tuple(path for name in said.stdout.split("\0") if name and (path := ROOT / name).is_file())


def modules(*rooms: str) -> Iterator[Path]:
    """The Python modules of these rooms, or of all, without their migrations."""
    for path in files():
        room = path.relative_to(ROOT).parts[0]
        if path.suffix == ".py" and room in (rooms or ROOMS) and "piccolo_migrations" not in path.parts:
            yield path


def texts() -> Iterator[tuple[str, str]]:
    """(name, content) of every file that is text."""
    for path in files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def dotted(path: Path) -> str:
    """A module's name: backend/accounts/roles.py is backend.accounts.roles."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
