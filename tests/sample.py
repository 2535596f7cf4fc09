"""A data folder with the sample in it, made once for each state of the code and copied wherever one is started."""

import fcntl
import os
import shutil
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

from base import clock

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "sample"
SOURCES = ("backend", "base", "content", "notifications")
"""What the sample is made from and by."""


def folder() -> Path:
    """The prepared folder; made by whoever comes first, while the others wait."""
    CACHE.mkdir(parents=True, exist_ok=True)
    made = CACHE / _state()
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            for old in CACHE.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _make(made)
    return made


def _make(goal: Path) -> None:
    beside = goal.with_name(f"{goal.name}.unfinished")
    beside.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOTAY_")}
    environment = {**kept, "SOTAY_DATA_DIR": str(beside)}
    for verb in ("migrate", "sample", "reindex"):
        command = [sys.executable, "-m", "backend.cli", verb]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{verb}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    beside.rename(goal)


def _state() -> str:
    """What the folder is made of: the code, and the day, from which the sample's coming meeting is counted."""
    digest = blake2b(clock.today().isoformat().encode(), digest_size=12)
    for name in SOURCES:
        for file in sorted((ROOT / name).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
