"""``make bench``: every benchmark, or those named; tables in Markdown for docs/benchmarks.md."""

import argparse
import os
import platform
import sys

from tests.bench import crowd, imports, phone, reads
from tests.bench.stage import ROUNDS, SECONDS, Target

ENGINES = ("sqlite", "postgres")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"{', '.join(BENCHES)}; all when none is given")
    parser.add_argument("--members", type=int, default=crowd.MEMBERS, help="members for the crowd")
    parser.add_argument("--documents", type=int, default=100, help="documents to import")
    asked = parser.parse_args()
    if wrong := set(asked.names) - set(BENCHES):
        parser.error(f"there is no benchmark called {', '.join(sorted(wrong))}")
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors; {ROUNDS} rounds of {SECONDS:g} s, medians")
    for name in asked.names or BENCHES:
        BENCHES[name](asked)


def _reads(_asked: argparse.Namespace) -> None:
    for engine in ENGINES:
        for with_redis in (False, True):
            title = f"{engine}, {'with' if with_redis else 'without'} Redis"
            show(title, reads.run(engine, with_redis=with_redis))


def _imports(asked: argparse.Namespace) -> None:
    for engine in ENGINES:
        rate = imports.run(engine, asked.documents)
        say(f"\nimport, {engine}: {rate:.0f} documents of 20,000 characters a minute")


def _phone(_asked: argparse.Namespace) -> None:
    felt = phone.run()
    say(
        f"\nphone, 100,000 characters, processor 4 times slower: largest paint {felt.largest_paint:.0f} ms, "
        f"scroll frame p95 {felt.frame_p95:.0f} ms, contents open {felt.contents:.0f} ms"
    )


def _crowd(asked: argparse.Namespace) -> None:
    took, targets = crowd.run(asked.members)
    show(f"postgres, {asked.members:,} members (filled in {took:.0f} s)", targets)


BENCHES = {"reads": _reads, "import": _imports, "phone": _phone, "crowd": _crowd}


def show(title: str, targets: list[Target]) -> None:
    """One table: answers a second, the share of constant bytes, and how long an answer took."""
    say(f"\n### {title}\n\n| what | answers/s | of constant bytes | p50 ms | p95 ms | statuses |")
    say("|---|---|---|---|---|---|")
    for target in targets:
        last = target.results[-1]
        share = target.rate / targets[0].rate
        say(
            f"| {target.name} | {target.rate:,.0f} | {share:.2f} | {last.p50_ms:.1f} | {last.p95_ms:.1f} "
            f"| {' '.join(map(str, sorted(last.statuses)))} |"
        )


def say(line: str) -> None:
    """One line of the report, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
