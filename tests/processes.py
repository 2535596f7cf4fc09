"""Which processes of this machine are still there."""

import os
from pathlib import Path


def of_session(session: int) -> list[str]:
    """Command lines of the living processes of a session, by the id of the process that began it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, _, _, its = (entry / "stat").read_text().rpartition(") ")[2].split()[:4]
                if int(its) == session and state != "Z":
                    found.append((entry / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
    return found


def children(pid: int) -> dict[str, int]:
    """The processes of a ``serve`` that ``pid`` started: web and worker."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
                command = (entry / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            if parent == pid:
                found["worker" if "backend.worker" in command else "web"] = int(entry.name)
    return found


def processor_s(pid: int) -> float:
    """Seconds of processor time that a process has taken so far."""
    spent = (Path("/proc") / str(pid) / "stat").read_text().rpartition(") ")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")
