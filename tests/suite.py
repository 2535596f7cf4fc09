"""`python3 run.py test`: every part of the suite, timed, with one table at the end.

With arguments it is pytest with those arguments and nothing else; `--part NAME` runs one part (and hands
further arguments to its pytest).
"""

import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tests.browser import finding

FEW = 3
"""So many tests in a browser may be tried a second time; more that fail are no accident of the machine."""

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / ".cache" / "reports"
ELSEWHERE = ("not browser", "not contract")
"""What the two engine columns leave to the parts of those names."""


@dataclasses.dataclass(frozen=True)
class Part:
    """One part: a module to run and, when it is pytest, its arguments and environment."""

    name: str
    arguments: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass
class Outcome:
    """How a part went; counts are pytest's own."""

    name: str
    seconds: float
    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    second: tuple[str, ...] = ()
    """Tests that failed beside others and passed alone."""


TWO = ("-n", "2", "--dist", "worksteal")
PARTS = (
    Part("check"),
    Part("sqlite", (*TWO, "-m", " and ".join(ELSEWHERE)), (("SOTAY_TEST_ENGINE", "sqlite"),)),
    Part("postgres", (*TWO, "-m", " and ".join(ELSEWHERE)), (("SOTAY_TEST_ENGINE", "postgres"),)),
    Part("browser", (*TWO, "-m", "browser")),
    Part("contract", ("-m", "contract")),
)


def main(arguments: list[str]) -> int:
    """Run what ``arguments`` ask for; the exit code for the shell."""
    if "--part" in arguments:
        at = arguments.index("--part")
        names, rest = arguments[at + 1 : at + 2], arguments[:at] + arguments[at + 2 :]
        chosen = [part for part in PARTS if part.name in names]
        if not chosen:
            print(f"--part takes {', '.join(part.name for part in PARTS)}", file=sys.stderr)
            return 2
        began = time.monotonic()
        return _report([_run(part, rest) for part in chosen], began)
    if arguments:
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
    return _run_all()


def _run_all() -> int:
    """Each part by itself on both cores; only the last, which takes one, runs beside the first, which leaves one."""
    began = time.monotonic()
    *others, last = PARTS
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(1) as beside:
        task = beside.submit(_run, last, [], said)
        outcomes = [_run(part, []) for part in others[:1]]
        outcomes.append(task.result())
        said.seek(0)
        print(f"{_rule(last)}\n{said.read()}", flush=True)
    return _report(outcomes[:1] + [_run(part, []) for part in others[1:]] + outcomes[1:], began)


def _rule(part: Part) -> str:
    return f"\n── {part.name} {'─' * (76 - len(part.name))}"


def _run(part: Part, more: list[str], out: IO[str] | None = None) -> Outcome:
    """``out``: where what it says goes, when not to the terminal."""
    if out is None:
        print(_rule(part), flush=True)
    began = time.monotonic()
    if part.name == "check":
        code = subprocess.run([sys.executable, "-m", "tests.checks", *more], cwd=ROOT, check=False).returncode
        return Outcome(part.name, time.monotonic() - began, code, int(code == 0), int(code != 0))
    environment = {**os.environ, **dict(part.environment)}
    if part.name == "browser" and (browser := finding.browser(install=True, light=True)):
        environment[finding.VARIABLE] = browser
    report = REPORTS / f"{part.name}.xml"
    report.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *part.arguments, *more]
    code = subprocess.run(words, cwd=ROOT, env=environment, check=False, stdout=out, stderr=out).returncode
    outcome = _counted(Outcome(part.name, time.monotonic() - began, code), report)
    if part.name == "browser" and code == 1 and outcome.failed <= FEW:
        _try_again(outcome, report, environment)
        outcome.seconds = time.monotonic() - began
    return outcome


def _try_again(outcome: Outcome, report: Path, environment: dict[str, str]) -> None:
    """A browser and its server on a busy machine may miss a moment: those few tests once more, alone, and told."""
    failed = [case for case in ElementTree.parse(report).getroot().iter("testcase") if _is_failed(case)]
    names = [f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}" for case in failed]
    print(f"\nonce more, alone: {', '.join(names)}", flush=True)
    outcome.code = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *names], cwd=ROOT, env=environment, check=False
    ).returncode
    if outcome.code == 0:
        outcome.passed, outcome.failed, outcome.second = outcome.passed + outcome.failed, 0, tuple(names)


def _is_failed(case: ElementTree.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None


def _counted(outcome: Outcome, report: Path) -> Outcome:
    if outcome.code == 5:  # pytest: nothing was collected, so nothing was tested
        outcome.failed = 1
    if report.exists():
        suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
        number = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        outcome.failed = number["failures"] + number["errors"]
        outcome.skipped = number["skipped"]
        outcome.passed = number["tests"] - outcome.failed - outcome.skipped
    return outcome


def _report(outcomes: list[Outcome], began: float) -> int:
    print(f"\n{'part':<10} {'time':>8} {'passed':>7} {'failed':>7} {'skipped':>8}")
    for outcome in outcomes:
        minutes, seconds = divmod(round(outcome.seconds), 60)
        print(
            f"{outcome.name:<10} {minutes:>3} m {seconds:02} s {outcome.passed:>6} {outcome.failed:>7}"
            f" {outcome.skipped:>8}  {'ok' if outcome.code == 0 else 'FAILED'}"
        )
    passed, failed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped"))
    took = time.monotonic() - began
    for name in (name for outcome in outcomes for name in outcome.second):
        print(f"passed only at the second try: {name}")
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped in {took:.0f} s", flush=True)
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
