"""Running the web processes and the worker under one command, and ending them all together."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn

from backend.door import streams
from base import logs
from base.settings import Settings, settings

GRACE_S = 3
"""How long requests under way may take once the server was told to stop."""

PATIENCE_S = 4.5
"""How long processes may take to end by themselves before they are killed."""

RESTART_PAUSE_S = 1.0
"""Pause before a process that died is started again, so that a hopeless one does not spin."""

ROOT = Path(__file__).parent.parent

log = logs.get(__name__)


class PortTakenError(Exception):
    """Something else listens at the address already."""


class Family:
    """The processes of one ``sotay serve``; a process that dies is started again."""

    def __init__(self, listening: socket.socket, chosen: Settings) -> None:
        self._fd = listening.fileno()
        web_process = ["backend.serving", str(self._fd)]
        self._commands = [web_process] * chosen.processes + [["backend.worker"]]
        self._running: list[subprocess.Popen[bytes]] = []
        self._stopping = False

    def run(self) -> NoReturn:
        """Start all, keep them running until a signal says stop, end them, and be gone with them."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        self._running = [self._start(command) for command in self._commands]
        while not self._stopping:
            time.sleep(0.2)
            self._revive()
        self._end()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)  # nothing is open here any more, and taking the interpreter apart would take a second

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches only this process, which then ends the others in order.
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", *command],
            pass_fds=[self._fd], start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def _revive(self) -> None:
        for index, process in enumerate(self._running):
            if process.poll() is not None and not self._stopping:
                log.error("serving.died", command=self._commands[index][0], code=process.returncode)
                time.sleep(RESTART_PAUSE_S)
                self._running[index] = self._start(self._commands[index])

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _end(self) -> None:
        for process in self._running:
            process.terminate()
        end = time.monotonic() + PATIENCE_S
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, end - time.monotonic()))
            process.kill()
            process.wait()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket that the web processes share; raises PortTakenError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise PortTakenError(str(error)) from error
    listening.set_inheritable(True)
    return listening


def web(fd: int) -> None:
    """Be one web process on a socket that the family's head opened."""
    chosen = settings()
    config = uvicorn.Config(
        "backend.app:create_app", factory=True, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE_S, proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=chosen.trusted_proxies or None, lifespan="on",
    )  # fmt: skip
    server = _Server(config)
    asyncio.run(_serve(server, socket.socket(fileno=fd), os.getppid()))


class _Server(uvicorn.Server):
    """uvicorn, which waits at the end for every answer that is under way: those without an end are ended first."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        streams.end_all()
        await super().shutdown(sockets)


async def _serve(server: uvicorn.Server, listening: socket.socket, parent: int) -> None:
    """Serve, and stop also when the family's head was killed and could not say so."""
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not serving.done():
        await asyncio.wait({serving}, timeout=1)
        if os.getppid() != parent:
            server.should_exit = True
    await serving


def _main() -> None:
    chosen = settings()
    logs.configure(chosen.log_level, chosen.log_format)
    web(int(sys.argv[1]))


if __name__ == "__main__":
    _main()
