"""Messages a second that one process hands to push services on the same machine, and what each costs it."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from firebase_admin import messaging

from base import settings as base_settings
from notifications.channels import fcm, webpush
from notifications.channels.channel import Channel, Message
from notifications.channels.signing import Signatures
from tests.bench import push_services
from tests.bench.stage import temporary

MESSAGES = 30_000
STEP, CHUNKS = 50, 4
"""As delivery does it: steps of 50, so many chunks at a time."""

BODY = json.dumps(
    {
        "web_push": 8030,
        "notification": {
            "title": "Có văn bản mới", "navigate": f"https://sotay.example.vn/notices/{uuid4()}",
            "tag": str(uuid4()), "lang": "vi",
        },
    },
    ensure_ascii=False,
).encode()  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How one channel went; ``taken`` is what the other end counted, ``checked`` what it opened."""

    name: str
    rate: float
    cpu_ms: float
    taken: int
    checked: int
    verdicts: dict[str, int]


@dataclass(frozen=True)
class Far:
    """The services' process and where they are."""

    process: subprocess.Popen[str]
    places: dict[str, Any]

    def tell(self, command: str = "tell") -> dict[str, int]:
        """What the services counted so far; after "mood" they are as push services can be."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        told: dict[str, int] = json.loads(self.process.stdout.readline())
        return told


def run(messages: int = MESSAGES) -> list[Pace]:
    """Web Push, then FCM with a third as many: it is slower."""
    with standing("push") as far:
        return [_webpush(far, messages), _fcm(far, messages // 3)]


@contextlib.contextmanager
def standing(name: str) -> Iterator[Far]:
    """Push services in a process of their own, which this one and those it starts trust."""
    folder = temporary(name)
    command = [sys.executable, "-m", "tests.bench.push_services", str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        places = json.loads(process.stdout.readline())
        os.environ["SSL_CERT_FILE"] = str(folder / "authority.pem")
        base_settings.use(base_settings.load(data_dir=folder, push_hosts=f"127.0.0.1:{places['webpush']}"))
        yield Far(process, places)
    finally:
        process.terminate()
        process.wait(30)
        os.environ.pop("SSL_CERT_FILE", None)


def _webpush(far: Far, messages: int) -> Pace:
    place = f"https://127.0.0.1:{far.places['webpush']}/push"
    keys = [one.keys for one in push_services.phones()]
    signatures = Signatures(ec.generate_private_key(ec.SECP256R1()), "mailto:a@example.vn")

    def message(number: int) -> Message:
        return Message(f"{place}/{number}", keys[number % len(keys)], str(uuid4()), "normal", 3600, BODY)

    rate, cpu_ms, verdicts = asyncio.run(_press(lambda: webpush.WebPush(signatures), message, messages))
    told = far.tell()
    return Pace("Web Push", rate, cpu_ms, told["webpush"], told["checked"], verdicts)


def _fcm(far: Far, messages: int) -> Pace:
    messaging._MessagingService.FCM_URL = far.places["fcm"]

    def message(number: int) -> Message:
        return Message(f"accepted:APA91b{number:0>130}", {}, str(uuid4()), "normal", 3600, BODY)

    rate, cpu_ms, verdicts = asyncio.run(_press(lambda: fcm.Fcm(Path(far.places["account"])), message, messages))
    told = far.tell()["fcm"]
    return Pace("FCM", rate, cpu_ms, told, told, verdicts)


async def _press(
    opening: Callable[[], Channel], message: Callable[[int], Message], messages: int
) -> tuple[float, float, dict[str, int]]:
    """Messages a second, processor time of each in ms, and how they ended; the first step only opens connections."""
    channel, verdicts = opening(), Counter[str]()
    await channel.send([message(number) for number in range(STEP)])
    begins = iter(range(STEP, messages, STEP))

    async def chunk() -> None:
        for begin in begins:
            outcomes = await channel.send([message(number) for number in range(begin, begin + STEP)])
            verdicts.update(f"{one.verdict} {one.reason}".strip() for one in outcomes)

    began, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*(chunk() for _ in range(CHUNKS)))
    took, cost = time.perf_counter() - began, time.process_time() - spent
    await channel.close()
    sent = verdicts.total()
    return sent / took, 1000 * cost / sent, dict(verdicts)
