"""Looking at everything the handbook needs: settings, database, Redis, worker, disk, clock; and saying what to do."""

import shutil
import tempfile
from collections.abc import Awaitable, Callable

import msgspec

from backend.api.health import WORKER, WORKER_PATIENCE
from backend.cli.terminal import language, t
from base import catalogue, clock, database, leases, migrations, redis
from base.errors import RuleError
from base.settings import settings
from notifications import channels, trusting
from notifications.channels import signing
from notifications.trusting import Denial

DISK_FLOOR = 1024**3
"""Free bytes below which somebody should act: SQLite's log and pictures need room."""

CLOCK_TOLERANCE_S = 60
"""How far this clock may be from the database's; sign-in codes and passkeys expire by the minute."""


class Finding(msgspec.Struct):
    """One thing that was looked at; ``advice`` says what to do, or what was found."""

    what: str
    fine: bool
    advice: str


async def examine() -> list[Finding]:
    """Every finding, in the order in which trouble should be looked for."""
    steps: list[Callable[[], Awaitable[Finding]]] = [
        _folder, _disk, _database, _clock, _worker, _redis, _webpush, _fcm, _denied,
    ]  # fmt: skip
    findings = [Finding(t("doctor-settings"), True, settings().origin)]
    for step in steps:
        findings.append(await step())
    await redis.close()
    await database.close()
    return findings


async def _folder() -> Finding:
    folder = settings().data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(t("doctor-folder"), True, str(folder.resolve()))
    except OSError:
        return Finding(t("doctor-folder"), False, t("doctor-folder-advice", folder=str(folder)))


async def _disk() -> Finding:
    folder = settings().data_dir
    if not folder.exists():
        return Finding(t("doctor-disk"), False, t("doctor-folder-advice", folder=str(folder)))
    free = shutil.disk_usage(folder).free
    shown = f"{free / 1024**3:.1f} GB"
    fine = free > DISK_FLOOR
    return Finding(t("doctor-disk"), fine, shown if fine else t("doctor-disk-advice", free=shown))


async def _database() -> Finding:
    what = t("doctor-database")
    try:
        await database.connect(settings().database, pool=1)
        waiting = await migrations.pending()
    except Exception as error:  # whatever the engine raises: it cannot be used
        reason = str(error) if isinstance(error, database.NotConnectedError) else type(error).__name__
        return Finding(what, False, t("doctor-database-advice", reason=reason))
    kind = "PostgreSQL" if database.is_postgres() else "SQLite"
    return Finding(what, not waiting, t("not-migrated") if waiting else kind)


async def _clock() -> Finding:
    what = t("doctor-clock")
    try:
        sql = "SELECT now() AS at" if database.is_postgres() else "SELECT CAST(strftime('%s', 'now') AS INTEGER) AS at"
        theirs = (await database.fetch(sql))[0]["at"]
    except Exception:  # said already by the line about the database
        return Finding(what, False, t("doctor-unknown"))
    seconds = theirs if isinstance(theirs, int) else theirs.timestamp()
    apart = abs(seconds - clock.now().timestamp())
    shown = clock.local(clock.now()).strftime("%d/%m/%Y %H:%M")
    fine = apart <= CLOCK_TOLERANCE_S
    return Finding(what, fine, shown if fine else t("doctor-clock-advice", seconds=str(round(apart))))


async def _worker() -> Finding:
    try:
        beat = await leases.last_beat(WORKER)
    except Exception:  # said already by the line about the database
        return Finding(t("doctor-worker"), False, t("doctor-unknown"))
    alive = beat is not None and clock.now() - beat <= WORKER_PATIENCE
    return Finding(t("doctor-worker"), alive, t("doctor-worker-alive") if alive else t("doctor-worker-advice"))


async def _redis() -> Finding:
    store = redis.connection()
    if store is None:
        return Finding("Redis", True, t("doctor-redis-none"))
    try:
        await store.ping()
    except redis.Unreachable as error:
        return Finding("Redis", False, t("doctor-redis-advice", reason=type(error).__name__))
    return Finding("Redis", True, t("doctor-redis-fine"))


async def _webpush() -> Finding:
    what, file = "Web Push", signing.file()
    try:
        is_there = channels.public_key() is not None
    except RuleError as error:
        return Finding(what, False, catalogue.say(error.key, language(), **error.values))
    if not is_there:
        alone = settings().on_loopback
        return Finding(what, alone, t("doctor-webpush-none" if alone else "doctor-webpush-advice"))
    if not signing.subject():
        return Finding(what, False, t("doctor-webpush-subject"))
    if not settings().push_key.get_secret_value() and file.stat().st_mode & 0o077:
        return Finding(what, False, t("doctor-webpush-open", file=str(file)))
    return Finding(what, True, t("doctor-webpush-fine", subject=signing.subject()))


async def _fcm() -> Finding:
    account = settings().fcm_credentials
    return Finding("FCM", True, t("doctor-fcm-fine", file=str(account)) if account else t("doctor-fcm-none"))


async def _denied() -> Finding:
    what = t("doctor-push")
    try:
        found = await trusting.denials(channels.credentials())
    except Exception:  # said already by the lines about the database and the key
        return Finding(what, False, t("doctor-unknown"))
    return Finding(what, not found, " ".join(map(_told, found)) or t("doctor-push-fine"))


def _told(one: Denial) -> str:
    few = t("doctor-push-few", members=str(one.members))
    since = clock.local(one.since).strftime("%d/%m/%Y %H:%M")
    advice = t("doctor-push-ours") if one.is_ours else few
    return t("doctor-push-denied", host=one.host, since=since, said=one.said, advice=advice)
