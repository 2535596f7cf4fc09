"""What a confined process is given to do in tests: things that end well, badly, or never."""

import os
import socket
import time
from typing import Any

from base.errors import FieldError, InvalidError, TooManyError


def echo(value: Any) -> Any:
    return value


def process() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def spin_in_c() -> None:
    """Never comes back to Python, where a signal could be heard."""
    sum(range(10**12))


def eat(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def eat_and_hold(megabytes: int) -> int:
    held = []
    for _ in range(megabytes):
        held.append(b"x" * 2**20)
    return len(held)


def die() -> None:
    os.kill(os.getpid(), 9)


def refuse() -> None:
    raise InvalidError("error-invalid", fields=(FieldError("file", "error-invalid", {"line": 3}),), line=3)


def refuse_later() -> None:
    raise TooManyError(retry_after_s=90)


def fail() -> None:
    raise ValueError("nobody foresaw this")


def unpicklable() -> Any:
    return lambda: None


def call_home(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1)


def run_a_program() -> None:
    os.system("true")


def environment() -> tuple[dict[str, str], str]:
    """What the process knows of the environment, also by asking the system."""
    with open("/proc/self/environ", "rb") as file:
        return dict(os.environ), file.read().decode(errors="replace")


def dawdle(seconds: float) -> None:
    time.sleep(seconds)
