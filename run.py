#!/usr/bin/env python3
"""Builds what the handbook needs, then runs it: `python3 run.py serve`, and the other verbs listed by `--help`.

Uses the standard library only, and syntax that Python 3.8 reads, so that an old Python gets a sentence
and not a traceback. What is built stays in .venv (the packages) and .venv-tools (uv, which installs them).
"""

from __future__ import annotations

import glob
import hashlib
import os
import shlex
import shutil
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, ".venv-tools")
PYTHON = os.path.join(ENVIRONMENT, "bin", "python")
UNFINISHED = ".unfinished"
"""A file in a folder that is being built; found at the start of a run, the folder is built anew."""

OLDEST = (3, 11)
FAMILIAR = ("3.13", "3.12", "3.11", "3.14")
"""Pythons to look for when the one that runs this file is too old, the best tried first."""

GENERATED = (
    ".venv", ".venv-tools", ".cache", "node_modules", "screens", "test-results", ".pytest_cache",
    ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", ".schemathesis",
)  # fmt: skip

HELP = """usage: python3 run.py VERB [ARGUMENT…]

  serve           build the environment, migrate, load the sample once, start on http://127.0.0.1:8000
  test [PATH…]    everything that is checked and tested; with arguments, only pytest with them
                  (--part check|sqlite|postgres|browser|contract runs one part)
  check           formatting, types, imports, templates, JavaScript
  bench           the benchmarks
  screens         screenshots of every page into screens/ (--only NAME)
  sotay …         the handbook's own command line (`python3 run.py sotay --help`)
  lock            compile requirements/*.in and package.json into their pinned lists
  clean           remove what the others built (--data removes the handbook's data too)
"""


class Problem(Exception):
    """Something to tell in one sentence; the program then ends with exit code 1."""


def main(arguments: list[str]) -> int:
    """Run the verb in ``arguments``; the exit code for the shell."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0 if arguments else 2
    verbs = {
        "serve": lambda: hand_over(["run"], ["-m", "backend.cli", "serve", "--sample", *rest], ROOT),
        "sotay": lambda: hand_over(["run"], ["-m", "backend.cli", *rest], os.getcwd()),
        "test": lambda: hand_over(["run", "test"], ["-m", "tests.suite", *rest], ROOT),
        "check": lambda: hand_over(["run", "test"], ["-m", "tests.checks", *rest], ROOT),
        "bench": lambda: hand_over(["run", "test"], ["-m", "tests.bench", *rest], ROOT),
        "screens": lambda: hand_over(["run", "test"], ["-m", "tests.screens", *rest], ROOT),
        "lock": lock,
        "clean": lambda: clean(data="--data" in rest),
    }
    if verb not in verbs:
        raise Problem("there is no verb %r; `python3 run.py --help` lists them." % verb)
    return verbs[verb]() or 0


def hand_over(groups: list[str], command: list[str], folder: str) -> None:
    """Become ``command`` in the environment, so that signals and the exit code are its own."""
    if not built(groups):
        need_new_enough_python()
        with building():
            if not built(groups):
                build(groups)
    os.chdir(folder)
    sys.stdout.flush()
    # Compiled once and kept: otherwise each process that is started takes three times as long until it can answer.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(PYTHON, [PYTHON, *command])


# The environment


def built(groups: list[str]) -> bool:
    """Whether the environment holds exactly what these requirement files ask for."""
    if not os.access(PYTHON, os.X_OK) or os.path.exists(os.path.join(ENVIRONMENT, UNFINISHED)):
        return False
    return all(read(stamp(group)) == digest(group) for group in groups)


def stamp(group: str) -> str:
    """The file that tells which requirements were installed last."""
    return os.path.join(ENVIRONMENT, ".installed-" + group)


def digest(group: str) -> str:
    """What an environment depends on: the pinned packages and the place where it lies."""
    return hashlib.sha256((ROOT + read(requirements(group))).encode()).hexdigest()


def requirements(group: str) -> str:
    """The pinned list of a group: run, test or tools."""
    return os.path.join(ROOT, "requirements", group + ".txt")


def build(groups: list[str]) -> None:
    """Make the environment, or bring it up to date, and mark it whole only at the end."""
    tell("Building the environment in .venv (only when requirements change; a minute or two the first time) …")
    uv, settings = fetch_uv(), uv_settings()
    mark = os.path.join(ENVIRONMENT, UNFINISHED)
    if not os.access(PYTHON, os.X_OK) or os.path.exists(mark):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        run([uv, "venv", "-q", "--no-project", "--python", sys.executable, ENVIRONMENT], settings, "make .venv")
    write(mark, "")
    files = [word for group in groups for word in ("-r", requirements(group))]
    install = [uv, "pip", "install", "-q", "--require-hashes", "--python", PYTHON, *files]
    run(install, settings, "install the packages")
    place_the_command()
    for group in groups:
        write(stamp(group), digest(group))
    os.remove(mark)


def place_the_command() -> None:
    """Let the environment's Python find the project from any folder, and give it the command `sotay`."""
    library = glob.glob(os.path.join(ENVIRONMENT, "lib", "python3*", "site-packages"))[0]
    write(os.path.join(library, "so-tay.pth"), ROOT + "\n")
    command = os.path.join(ENVIRONMENT, "bin", "sotay")
    write(command, '#!/bin/sh\nexec %s -m backend.cli "$@"\n' % shlex.quote(PYTHON))
    os.chmod(command, 0o755)


def fetch_uv() -> str:
    """The path of uv, installed by pip into .venv-tools unless it is there already."""
    uv, mark = os.path.join(TOOLS, "bin", "uv"), os.path.join(TOOLS, ".installed-tools")
    if os.access(uv, os.X_OK) and read(mark) == digest("tools"):
        return uv
    shutil.rmtree(TOOLS, ignore_errors=True)
    install = pip_for_tools()
    if install is None:
        return uv_of_this_machine()
    quiet = ["-q", "--disable-pip-version-check", "--require-hashes"]
    run([*install, *quiet, "-r", requirements("tools")], {}, "fetch uv")
    write(mark, digest("tools"))
    return uv


def pip_for_tools() -> list[str] | None:
    """How to call a pip install into .venv-tools; None when this Python has neither venv nor pip."""
    if succeeds([sys.executable, "-m", "venv", TOOLS]):
        return [os.path.join(TOOLS, "bin", "python"), "-m", "pip", "install"]
    shutil.rmtree(TOOLS, ignore_errors=True)  # a Python without ensurepip leaves half of one
    if succeeds([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "install", "--target", TOOLS]
    return None


def uv_of_this_machine() -> str:
    """A uv on PATH, or the sentence that says what to install."""
    found = shutil.which("uv")
    if found is None:
        package = "python%d.%d-venv" % sys.version_info[:2]
        raise Problem(
            "this Python (%s) has no venv module to build an environment with. On Debian and Ubuntu:"
            " `apt install python3-venv` (or %s); elsewhere install uv." % (sys.executable, package)
        )
    return found


def uv_settings() -> dict[str, str]:
    """What pip is told on this machine (environment and pip.conf), in uv's words, unless uv is told itself."""
    words = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "no-index": "UV_NO_INDEX",
        "trusted-host": "UV_INSECURE_HOST",
        "cert": "SSL_CERT_FILE",
    }
    told = {}
    for pip in ([os.path.join(TOOLS, "bin", "python")], [sys.executable]):
        lines = output([*pip, "-m", "pip", "config", "list"]).splitlines()
        for line in lines:
            name, _, value = line.partition("=")
            word = words.get(name.rpartition(".")[2])
            if word and word not in os.environ:
                told[word] = " ".join(value.strip("'\"").replace("\\n", " ").split())
        if lines:
            break
    if "UV_INDEX" in told and "UV_INDEX_STRATEGY" not in os.environ:
        told["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip chooses among indexes; the hashes keep it safe
    return told


# Which Python


def need_new_enough_python() -> None:
    """Go on under a newer Python of this machine when this one is too old, or say so."""
    if sys.version_info >= OLDEST:
        return
    for python in other_pythons():
        version = output([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
        if version in FAMILIAR:
            os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])
    raise Problem(
        "the handbook needs Python 3.11 or newer; found %d.%d (%s). Install a newer one and run this again."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )


def other_pythons() -> list[str]:
    """Pythons by name on PATH and among those of pyenv."""
    homes = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    found = [shutil.which("python" + version) for version in FAMILIAR]
    for version in FAMILIAR:
        found += sorted(glob.glob(os.path.join(homes, "versions", version + ".*", "bin", "python")), reverse=True)
    return [path for path in found if path]


# The other verbs


def lock() -> int:
    """Pin what requirements/*.in and package.json ask for, with hashes and without download addresses."""
    need_new_enough_python()
    with building():
        uv, settings = fetch_uv() if os.path.exists(requirements("tools")) else uv_of_this_machine(), uv_settings()
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    hidden = ["--no-emit-index-url", "--no-emit-find-links"]
    for group in ("run", "test", "tools"):
        source = os.path.join("requirements", group + ".in")
        goal = os.path.join("requirements", group + ".txt")
        run([uv, "pip", "compile", "-q", *options, *hidden, *sys.argv[2:], source, "-o", goal], settings, "pin " + goal)
        tell("pinned " + goal)
    npm = shutil.which("npm")
    if npm:
        run([npm, "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], {}, "pin npm's")
        tell("pinned package-lock.json")
    return 0


def clean(*, data: bool) -> int:
    """Remove what was generated; the handbook's data only when asked."""
    for name in (*GENERATED, *(["data"] if data else [])):
        shutil.rmtree(os.path.join(ROOT, name), ignore_errors=True)
    for folder, names, _ in os.walk(ROOT):
        names[:] = [name for name in names if name not in (".git", "data")]
        if os.path.basename(folder) == "__pycache__":
            shutil.rmtree(folder, ignore_errors=True)
    return 0


# Small things


class building:
    """Holds other runs of this file back while the environment is being built."""

    def __enter__(self) -> None:
        """Wait for our turn."""
        if not os.access(ROOT, os.W_OK):
            raise Problem("%s is read-only, and .venv is built there: copy the handbook elsewhere." % ROOT)
        import fcntl  # noqa: PLC0415 - absent on Windows, where the rest can still say what is wrong

        os.makedirs(os.path.join(ROOT, ".cache"), exist_ok=True)
        self.file = open(os.path.join(ROOT, ".cache", "building"), "w")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            tell("Another run is building the environment; waiting for it …")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        """Let the next one in."""
        self.file.close()


def run(command: list[str], settings: dict[str, str], purpose: str) -> None:
    """Run a command quietly; what it said becomes the sentence when it fails."""
    import subprocess  # noqa: PLC0415 - not needed on the quick path

    env = dict(os.environ, **settings)
    done = subprocess.run(
        command, env=env, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()
        told = [line.strip()[:300] for line in said if not line.startswith("WARNING:")][-6:]
        advice = "Is the network reachable, and is there room on the disk?"
        raise Problem("could not %s. %s It said:\n  %s" % (purpose, advice, "\n  ".join(told)))


def output(command: list[str]) -> str:
    """What a command prints; empty when it cannot be run or fails."""
    import subprocess  # noqa: PLC0415

    try:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def succeeds(command: list[str]) -> bool:
    """Whether a command ends well."""
    import subprocess  # noqa: PLC0415

    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def read(path: str) -> str:
    """A text file's content; empty when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path: str, text: str) -> None:
    """Replace a text file's content."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def tell(sentence: str) -> None:
    """Say something to the person at the terminal, leaving standard output to the command."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except Problem as problem:
        tell("run.py: %s" % problem)
        code = 1
    except OSError as problem:
        tell("run.py: %s%s" % (problem.strerror, ": " + str(problem.filename) if problem.filename else ""))
        code = 1
    except KeyboardInterrupt:
        tell("")
        code = 130
    sys.exit(code)
