"""``make bench``: every benchmark, or those named; tables in Markdown for docs/benchmarks.md."""

import argparse
import os
import platform
import sys

from tests.bench import (
    accepting,
    campaign,
    comparing,
    crowd,
    desk,
    discussion,
    imports,
    moderation,
    notices,
    phone,
    push,
    reads,
    roster,
    screening,
    search,
    steady,
)
from tests.bench.stage import ROUNDS, SECONDS, Target

ENGINES = ("sqlite", "postgres")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"{', '.join(BENCHES)}; all when none is given")
    parser.add_argument("--members", type=int, default=crowd.MEMBERS, help="members for the crowd")
    parser.add_argument("--documents", type=int, default=100, help="documents to import")
    parser.add_argument("--searched", type=int, default=search.DOCUMENTS, help="documents to search")
    parser.add_argument("--comments", type=int, default=10_000, help="comments on one document, and those sent")
    parser.add_argument("--held", type=int, default=moderation.HELD, help="comments that wait for moderators")
    parser.add_argument("--messages", type=int, default=push.MESSAGES, help="push messages to send")
    parser.add_argument("--devices", type=int, default=notices.DEVICES, help="devices a notice is expanded to")
    parser.add_argument("--campaign", type=int, default=notices.CAMPAIGN, help="devices it is sent to")
    parser.add_argument("--kills", type=int, default=notices.KILLS, help="workers killed meanwhile")
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
    say(f"\ndocuments of 20,000 characters a minute\n\n| engine | {' | '.join(imports.KINDS)} |\n|---|---|---|---|")
    for engine in ENGINES:
        rates = (imports.run(engine, asked.documents, kind) for kind in imports.KINDS)
        say(f"| {engine} | {' | '.join(f'{rate:,.0f}' for rate in rates)} |")


def _phone(_asked: argparse.Namespace) -> None:
    felt = phone.run()
    say(
        f"\nphone, 100,000 characters, processor 4 times slower: largest paint {felt.largest_paint:.0f} ms, "
        f"scroll frame p95 {felt.frame_p95:.0f} ms, contents open {felt.contents:.0f} ms"
    )


def _crowd(asked: argparse.Namespace) -> None:
    with crowd.standing(asked.members) as country:
        put = country.filling
        steps = ", ".join(f"{step} {seconds:.0f}" for step, seconds in put.took.items())
        say(f"\n{put.members:,} members in {put.units:,} units, filled in {put.seconds:.0f} s ({steps})")
        looks, held = roster.press(country.scene, country.cookies)
        say("\n| what | times | p50 ms | p95 ms |\n|---|---|---|---|")
        for look in (country.sign_in, *looks):
            say(f"| {look.name} | {len(look.times_ms)} | {look.p50_ms:,.1f} | {look.p95_ms:,.1f} |")
        say("\n| the web process's memory | MB |\n|---|---|")
        say(f"| listening | {held.begun} |\n| knowing the units | {held.units} |")
        say(f"| after all these looks | {held.ended} |\n| at most | {held.most} |")
        show(f"postgres, {put.members:,} members", reads.press(country.scene))


def _search(asked: argparse.Namespace) -> None:
    outcome = search.run(asked.searched)
    built = f"index built in {outcome.seconds:.0f} s, {outcome.megabytes:.0f} MB (FTS5: {outcome.fts5_seconds:.0f} s)"
    say(f"\n{outcome.documents:,} documents of {search.CHARACTERS:,} characters: {built}\n")
    say("| what | p50 ms | p95 ms |\n|---|---|---|")
    for name, took in outcome.took.items():
        say(f"| {name} | {took[len(took) // 2]:.1f} | {took[int(len(took) * 0.95)]:.1f} |")


def _compare(_asked: argparse.Namespace) -> None:
    say(f"\ntwo editions of {comparing.CHARACTERS:,} characters compared\n")
    say("| what | ms | parts told as |\n|---|---|---|")
    for name, took, found in comparing.run():
        counts = {kind: getattr(found.counts, kind) for kind in found.counts.__struct_fields__}
        told = ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)
        say(f"| {name} | {took:,.0f} | {told} |")


def _desk(_asked: argparse.Namespace) -> None:
    felt = desk.run()
    say(
        f"\ndesk, a .docx of {desk.CHARACTERS:,} characters: from drop to preview {felt.preview:.1f} s; "
        f"from issuing to reading {felt.readable:.2f} s, to finding {felt.findable:.1f} s"
    )


def _screening(_asked: argparse.Namespace) -> None:
    halves = screening.run()
    if halves is None:
        say(f"\nscreening: skipped, there are no real comments at {screening.COMMENTS}")
    else:
        say("\n| half | label | comments | held | of them for offence |\n|---|---|---|---|---|")
        for name, half in halves.items():
            for label, count in sorted(half.total.items()):
                held, offence = (f"{counted[label] / count:.2%}" for counted in (half.held, half.offence))
                say(f"| {name} | {label} | {count:,} | {held} | {offence} |")
            bad = sum(half.total[label] for label in screening.OFFENDING)
            found = sum(half.offence[label] for label in screening.OFFENDING)
            say(f"| {name} | offensive, all | {bad:,} | | {found / bad:.2%} |")
    say(f"\nscreening {screening.CHARACTERS:,} characters: {screening.pace():.2f} ms of processor time")


def _discussion(asked: argparse.Namespace) -> None:
    few, page, many = *discussion.SIZES[:-1], asked.comments
    say(f"\nreading documents with {few}, {page} and {many:,} comments; p50 ms, and answers/s of many to few\n")
    say(f"| engine | what | {few} | {page} | {many:,} | answers/s of {few} |\n|---|---|---|---|---|---|")
    for engine in ENGINES:
        for name, targets in discussion.run(engine, most=many).items():
            cells = " | ".join(f"{target.results[-1].p50_ms:.1f}" for target in targets)
            say(f"| {engine} | {name} | {cells} | {targets[-1].rate / targets[0].rate:.2f} |")


def _accepting(asked: argparse.Namespace) -> None:
    say(f"\n{asked.comments:,} comments sent, {accepting.EACH} of each member\n")
    say(
        "| engine | accepted/s | p50 ms | p95 ms | processor ms each, web + worker | statuses | rows "
        "| journal entries | held |\n" + "|---" * 9 + "|"
    )
    for engine in ENGINES:
        for with_redis in (False, True):
            taken = accepting.run(engine, asked.comments, with_redis=with_redis)
            heard, name = taken.heard, f"{engine}, {'with' if with_redis else 'without'} Redis"
            statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(heard.statuses.items()))
            say(
                f"| {name} | {heard.rate * heard.statuses.get(201, 0) / sum(heard.statuses.values()):,.0f} "
                f"| {heard.p50_ms:.0f} | {heard.p95_ms:.0f} "
                f"| {taken.web_ms:.1f} + {taken.worker_ms:.1f} | {statuses} | {taken.comments:,} | {taken.entries:,} "
                f"| {taken.waiting:,} |"
            )


def _moderation(asked: argparse.Namespace) -> None:
    say(f"\nthe moderators' queue with {asked.held:,} comments that wait\n")
    say("| engine | whose | p50 ms | p95 ms |\n|---|---|---|---|")
    for engine in ENGINES:
        for look in moderation.run(engine, asked.held):
            say(f"| {engine} | {look.name} | {look.p50_ms:.0f} | {look.p95_ms:.0f} |")


def _push(asked: argparse.Namespace) -> None:
    say(f"\nmessages of one process to services on this machine, {push.STEP} a step, {push.CHUNKS} steps at a time\n")
    say("| channel | messages/s | processor ms each | taken | looked into | how they ended |\n" + "|---" * 6 + "|")
    for pace in push.run(asked.messages):
        ends = ", ".join(f"{name}: {count:,}" for name, count in pace.verdicts.items())
        say(f"| {pace.name} | {pace.rate:,.0f} | {pace.cpu_ms:.2f} | {pace.taken:,} | {pace.checked:,} | {ends} |")


def _notices(asked: argparse.Namespace) -> None:
    for engine in ENGINES:
        devices = asked.devices if engine == "postgres" else min(asked.devices, notices.EMBEDDED)
        found = notices.run(engine, devices, asked.campaign, asked.kills)
        say(f"\n### {engine}, notices to {devices:,} devices\n\n| to | devices | chunks | s | database KB | KB |")
        say("|---|---|---|---|---|---|")
        for made in found.expanded:
            counts = f"{made.devices:,} | {made.chunks:,} | {made.seconds:.2f} | {made.grown_kb:,} | {made.memory_kb:,}"
            say(f"| {made.name} | {counts} |")
        claims = sorted(found.claims_ms)
        say(f"\nclaim p50 {claims[len(claims) // 2]:.1f} ms, p95 {claims[int(len(claims) * 0.95)]:.1f} ms")
        say(
            f"{found.rate:,.0f} a second and process to nobody, {found.cpu_us:.0f} µs of processor time each; "
            f"{notices.DEVICES:,} in {notices.WITHIN_S // 60} min: {found.processes:.1f} processes"
        )
        say(
            f"{asked.campaign:,} with {found.kills} kills of two workers: {found.seconds:.0f} s, "
            f"{found.missed} missed, {found.repeats:,} repeats of {found.allowed:,} allowed"
        )


def _campaign(asked: argparse.Namespace) -> None:
    say(f"\na notice to {asked.campaign:,} phones over Web Push, two workers, {steady.PER_SECOND} readers a second\n")
    say(
        "| engine | most a second | s | taken | phones | reading before, p50 / p95 ms | meanwhile | p95 of before "
        "| processor ms a message, workers + web | statuses |\n" + "|---" * 10 + "|"
    )
    for engine in ENGINES:
        for one in campaign.run(engine, asked.campaign):
            idle, busy = one.idle, one.meanwhile
            say(
                f"| {engine} | {one.rate or 'no limit'} | {one.seconds:.0f} | {one.taken:,} | {one.different:,} "
                f"| {idle.p50_ms:.1f} / {idle.p95_ms:.1f} | {busy.p50_ms:.1f} / {busy.p95_ms:.1f} "
                f"| {busy.p95_ms / idle.p95_ms:.2f} | {one.worker_ms:.2f} + {one.web_ms:.2f} "
                f"| {' '.join(map(str, sorted(busy.statuses)))} |"
            )
        for target in one.told:
            say(f"{engine}: {target.name}, {target.rate:,.0f} answers a second and process")


def _moody(asked: argparse.Namespace) -> None:
    say("\ntwo notices, to phones of which a tenth are dead, by a service that wants pauses of 2 s\n")
    say(
        "| engine | phones | s | answers 429 | of all | before their time | dead | asked again | devices left "
        "| messages |\n" + "|---" * 10 + "|"
    )
    for engine in ENGINES:
        one = campaign.moody(engine, asked.campaign // 2)
        told = one.second
        share = told["tired"] / told["webpush"]
        say(
            f"| {engine} | {one.devices:,} | {one.seconds:.0f} | {told['tired']:,} | {share:.1%} "
            f"| {told['early']:,} | {told['dead']:,} | {told['dead_again']:,} | {one.left:,} | {told['webpush']:,} |"
        )


BENCHES = {
    "reads": _reads, "import": _imports, "phone": _phone, "search": _search, "crowd": _crowd, "compare": _compare,
    "desk": _desk, "push": _push, "notices": _notices, "campaign": _campaign, "moody": _moody,
    "screening": _screening, "moderation": _moderation, "discussion": _discussion, "accepting": _accepting,
}  # fmt: skip


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
