"""Reading what strangers made, where it can do no harm: in a process of its own, with little time and memory.

A guard against weight and crashes, with the nearest doors shut (network, programs, secrets in the environment); not a
prison for hostile machine code.
"""

import asyncio
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import Any, TypeVar, cast

import pebble

from base import logs
from base.errors import TooHeavyError, TooLongError, UnavailableError

R = TypeVar("R")

WORKERS = min(4, os.cpu_count() or 1)
"""Processes kept ready from the first task on."""

TASKS_EACH = 200
"""Tasks after which a process is replaced, so that what a library leaks goes with it."""

QUEUE_S = 20
"""How long a task may wait until a process is free, in seconds."""

GRACE_S = 2
"""Seconds after its limit at which a process ends by itself, should the one that watches it be gone."""

KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR")
"""Variables of the environment that a confined process may see."""

SHUT = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.", "os.exec", "os.fork", "os.system")
"""What a confined process may not do, as Python's audit events are called."""

log = logs.get(__name__)
_pools: list[pebble.ProcessPool] = []
_opening = threading.Lock()


async def run(function: Callable[..., R], /, *args: Any, seconds: float, megabytes: int) -> R:
    """What ``function``, found by its name in a module, makes of ``args``, worked out in a confined process.

    Arguments and result are pickled. Its own errors come through. Raises TooLongError after ``seconds``, TooHeavyError
    when it needs more than ``megabytes`` or its process dies, UnavailableError when no process becomes free in time.
    """
    task = _submit(function, args, seconds, megabytes)
    heard = asyncio.wrap_future(task)
    heard.add_done_callback(_heed)
    with _sentences(task, seconds):
        answer = await asyncio.wait_for(asyncio.shield(heard), seconds + QUEUE_S)
    return cast("R", _unpacked(answer))


def run_now(function: Callable[..., R], /, *args: Any, seconds: float, megabytes: int) -> R:
    """The same where there is no event loop."""
    task = _submit(function, args, seconds, megabytes)
    with _sentences(task, seconds):
        answer = task.result(seconds + QUEUE_S)
    return cast("R", _unpacked(answer))


def close() -> None:
    """End the processes, whatever they are at; the next task starts new ones."""
    with _opening:
        while _pools:
            pool = _pools.pop()
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _submit(function: Callable[..., Any], args: tuple[Any, ...], seconds: float, megabytes: int) -> Any:
    try:
        return _pool().schedule(_confined, args=(function, args, seconds, megabytes), timeout=seconds)
    except RuntimeError as error:  # it broke between the look and the task
        raise UnavailableError from error


def _pool() -> pebble.ProcessPool:
    with _opening:
        if _pools and not _pools[0].active:
            log.warning("confined.broken")
            _pools.clear()
        if not _pools:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([__name__])
            with _bare_environment():
                forkserver.ensure_running()
            _pools.append(pebble.ProcessPool(WORKERS, TASKS_EACH, _shut_doors, context=context))
        return _pools[0]


@contextmanager
def _bare_environment() -> Iterator[None]:
    """Without the variables that hold passwords: the process from which all others are forked starts here."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name not in KEPT}
    try:
        yield
    finally:
        os.environ.update(hidden)


@contextmanager
def _sentences(task: Any, seconds: float) -> Iterator[None]:
    """Turn what became of a task into a rule with a sentence."""
    try:
        yield
    except TimeoutError:
        if task.done() or task.running():
            raise TooLongError(seconds=round(seconds)) from None
        raise UnavailableError from None
    except pebble.ProcessExpired as error:
        log.warning("confined.died", code=error.exitcode)
        raise TooHeavyError from None
    except BrokenProcessPool as error:
        raise UnavailableError from error


def _unpacked(answer: bytes | None) -> Any:
    if answer is None:
        raise TooHeavyError
    done, value = pickle.loads(answer)  # noqa: S301 - packed by _confined
    if done:
        return value
    raise value


def _heed(heard: asyncio.Future[Any]) -> None:
    """Look at the end of a task whose caller may have gone."""
    if not heard.cancelled():
        heard.exception()


# In the confined process


def _shut_doors() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Python's handler would wait for a library's C code to return
    sys.addaudithook(_refuse)


def _refuse(event: str, _args: object) -> None:
    if event.startswith(SHUT):
        raise PermissionError(f"a confined process may not: {event}")


def _confined(function: Callable[..., Any], args: tuple[Any, ...], seconds: float, megabytes: int) -> bytes | None:
    """The result or error packed, so that nothing odd ever troubles the pool's own line; None for too heavy."""
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, most))
    try:
        return _packed(function, args)
    except MemoryError:
        gc.collect()
        return None
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _packed(function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps((True, function(*args)))
    except MemoryError:
        raise
    except Exception as error:  # the function's own, for its caller to hear
        packed = pickle.dumps((False, error))
        pickle.loads(packed)  # noqa: S301 - what cannot be unpacked must fail here
        return packed
