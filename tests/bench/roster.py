"""Looking somebody up among all members: at sign-in, and in the roster of a commune, a province and the country."""

import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote

import httpx

from backend.accounts import roster, sessions
from backend.accounts.authority import ADMIN
from base import database
from tests.bench import country
from tests.bench.reads import Scene
from tests.bench.stage import process

LOGINS = 500
PLACES = {"commune": ("P7-12", 40), "province": ("P7", 40), "country": ("TW", 10)}
"""For which units there is an administrator to look as, by code, and how often each looks."""


@dataclass(slots=True)
class Look:
    """One kind of looking-up and how long each took."""

    name: str
    times_ms: list[float] = field(default_factory=list)

    @property
    def p50_ms(self) -> float:
        return quantiles(self.times_ms, n=20)[9]

    @property
    def p95_ms(self) -> float:
        return quantiles(self.times_ms, n=20)[18]


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes that the web process held when it began to listen, once it knew the units, at the end, and at most."""

    begun: int
    units: int
    ended: int
    most: int


async def appoint() -> dict[str, str]:
    """Administrators of PLACES, each with a passkey's session: cookies by place."""
    cookies = {}
    people = await database.fetch("SELECT member FROM membership ORDER BY id LIMIT {}", len(PLACES))
    for (place, (code, _)), row in zip(PLACES.items(), people, strict=True):
        async with database.transaction():
            await database.execute(
                "INSERT INTO role_grant (id, member, role, unit, from_on) "
                f"SELECT {{}}, {{}}, '{ADMIN}', id, valid_from FROM unit WHERE code = {{}}",
                uuid.uuid4(), row["member"], code,
            )  # fmt: skip
            cookies[place] = (await sessions.begin(row["member"], method="passkey")).cookie
    return cookies


async def sign_in(count: int) -> Look:
    """The look for a login's member that every sign-in begins with; each login once."""
    look = Look("sign-in, the member of a login")
    for number in random.Random(2).sample(range(count), min(count, LOGINS)):
        with _timed(look):
            await roster.by_login(f"dv{number:07}")
    return look


def press(scene: Scene, cookies: dict[str, str]) -> tuple[list[Look], Memory]:
    """Every look through the door of one web process, one after another, and that process's memory."""
    looks = []
    with process("backend.app:create_app", factory=True, env=scene.env) as (port, pid):
        begun, units = _megabytes(pid), 0
        for place, cookie in cookies.items():
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", cookies={"session": cookie}, timeout=300) as client:
                client.get("/desk").raise_for_status()
                units = units or _megabytes(pid)
                looks += [_look(client, place, name) for name in KINDS]
        return looks, Memory(begun, units, _megabytes(pid), _megabytes(pid, "VmHWM"))


def _look(client: httpx.Client, place: str, name: str) -> Look:
    """The first answer is left out: it fills what the process and the database remember."""
    look = Look(f"{place}, {name}")
    for typed in islice(KINDS[name](), PLACES[place][1] + 1):
        with _timed(look):
            client.get(f"/desk/roster?search={quote(typed)}" if typed else "/desk/roster").raise_for_status()
    del look.times_ms[0]
    return look


def _nothing() -> Iterator[str]:
    while True:
        yield ""


def _given() -> Iterator[str]:
    yield from random.Random(3).sample(country.GIVEN, len(country.GIVEN))


def _whole() -> Iterator[str]:
    yield from (person.name for person in country.people(LOGINS, [0], seed=4))


def _cards() -> Iterator[str]:
    yield from (person.card for person in country.people(LOGINS, [0]))


KINDS: dict[str, Callable[[], Iterator[str]]] = {
    "first page": _nothing,
    "search, given name": _given,
    "search, whole name": _whole,
    "search, card number": _cards,
}


@contextmanager
def _timed(look: Look) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    look.times_ms.append((time.perf_counter() - begin) * 1000)


def _megabytes(pid: int, what: str = "VmRSS") -> int:
    """What the kernel says of a process's memory."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) // 1024
