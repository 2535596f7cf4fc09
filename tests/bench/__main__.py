"""``make bench``: every benchmark, or those named (reads, import, crowd); tables in Markdown for docs/benchmarks.md."""

import argparse
import os
import platform
import sys

from tests.bench import crowd, imports, reads
from tests.bench.stage import ROUNDS, SECONDS, Target

BENCHES = ("reads", "import", "crowd")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="reads, import, crowd; all when none is given")
    parser.add_argument("--members", type=int, default=crowd.MEMBERS, help="members for the crowd")
    parser.add_argument("--documents", type=int, default=100, help="documents to import")
    asked = parser.parse_args()
    wrong = set(asked.names) - set(BENCHES)
    if wrong:
        parser.error(f"there is no benchmark called {', '.join(sorted(wrong))}")
    names = asked.names or BENCHES
    say(f"Python {platform.python_version()}, {os.cpu_count()} processors; {ROUNDS} rounds of {SECONDS:g} s, medians")
    if "reads" in names:
        for engine in ("sqlite", "postgres"):
            for with_redis in (False, True):
                title = f"{engine}, {'with' if with_redis else 'without'} Redis"
                show(title, reads.run(engine, with_redis=with_redis))
    if "import" in names:
        for engine in ("sqlite", "postgres"):
            rate = imports.run(engine, asked.documents)
            say(f"\nimport, {engine}: {rate:.0f} documents of 20,000 characters a minute")
    if "crowd" in names:
        took, targets = crowd.run(asked.members)
        show(f"postgres, {asked.members:,} members (filled in {took:.0f} s)", targets)


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
