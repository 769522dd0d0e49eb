"""Processes that outlive the command that started them, found again and ended by their id, never somebody else's."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from operations.demo.places import write_private

_ERROR = re.compile(r"[\w.]*(Error|Exception|Refusal|Failure|Ended)\b.*: .")
_GRACE, _GRACE_OF_FIRST = 15.0, 5.0  # seconds: for what it started to tidy up, then for the process itself
_PROC = Path("/proc/self/stat")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of ours: its id, and when it was born, which no later process of the same id shares.

    `about` is what its starter wants to remember of it.
    """

    pid: int
    born: str
    about: str

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return born(self.pid) == self.born


def spawn(command: Sequence[str], environment: Mapping[str, str], log: Path, *, folder: Path, about: str) -> Process:
    """Start a program in a session of its own, so that Ctrl-C is not for it.

    What it prints goes to `log`; what the one before printed is kept beside it, as `.before`.
    """
    if log.exists():
        log.replace(log.with_suffix(".before"))
    with log.open("wb") as output:
        started = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    started.returncode = 0  # it outlives this object, which would otherwise warn of it
    return Process(started.pid, born(started.pid), about)


def remember(process: Process, path: Path) -> None:
    """Keep in a file what it takes to find the process again."""
    write_private(path, json.dumps({"pid": process.pid, "born": process.born, "about": process.about}))


def recall(path: Path) -> Process | None:
    """The process that the file tells of, if it still runs."""
    if not path.exists():
        return None
    process = Process(**json.loads(path.read_text()))
    return process if process.alive else None


def end(path: Path) -> bool:
    """End the process that the file tells of, and all that descend from it; says whether there was one to end.

    Its descendants go first: a worker that is told to end leaves its flows no time to tidy up.
    """
    process = recall(path)
    if process:
        descendants = _descendants(process)
        _end_all(descendants, _GRACE)
        _end_all((process,), _GRACE_OF_FIRST)
    path.unlink(missing_ok=True)
    return process is not None


def _end_all(members: Sequence[Process], grace: float) -> None:
    _signal(members, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while any(member.alive for member in members) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal(members, signal.SIGKILL)


def _signal(members: Sequence[Process], number: signal.Signals) -> None:
    for member in members:
        with suppress(ProcessLookupError):
            if member.alive:
                os.kill(member.pid, number)


def _descendants(process: Process) -> tuple[Process, ...]:
    """Those it started, then those they started, and so on."""
    parents, family = _parents(), [process]
    for member in family:  # which grows meanwhile
        children = [pid for pid, parent in parents.items() if parent == member.pid]
        family += [Process(pid, born(pid), "") for pid in children]
    return tuple(family[1:])


def _parents() -> dict[int, int]:
    """Of every process, the one that started it."""
    if not _PROC.exists():
        listed = _ps("-A", "-o", "pid=,ppid=").split()
        return dict(zip(map(int, listed[::2]), map(int, listed[1::2]), strict=True))
    pids = [int(entry.name) for entry in _PROC.parent.parent.iterdir() if entry.name.isdigit()]
    return {pid: int(fields[1]) for pid in pids if (fields := _stat(pid))}


def born(pid: int) -> str:
    """When a running process was born, in the system's own terms; nothing if there is none."""
    if not _PROC.exists():
        return _ps("-o", "lstart=", "-p", str(pid))
    fields = _stat(pid)
    return "" if not fields or fields[0] in "ZX" else fields[19]


def _stat(pid: int) -> list[str]:
    """What Linux says of a process, from the third field on (proc(5)): its state, its parent, and more."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return (_PROC.parent.parent / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return []


def _ps(*options: str) -> str:
    return subprocess.run(["/bin/ps", *options], capture_output=True, text=True, check=False).stdout.strip()


def last_line(log: Path) -> str:
    """The last line with something in it, for an error's sentence."""
    return next((line for line in _from_the_end(log) if line), "it printed nothing")


def last_error(log: Path) -> str:
    """The last exception that it tells of, or else its last line."""
    return next((line for line in _from_the_end(log) if _ERROR.match(line)), last_line(log))


def _from_the_end(log: Path) -> list[str]:
    text = log.read_text(errors="replace") if log.exists() else ""
    return [line.strip() for line in reversed(text.split("\n"))]
