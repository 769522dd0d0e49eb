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
_GRACE = 10.0  # seconds to end by itself


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
        return _born(self.pid) == self.born


def spawn(command: Sequence[str], environment: Mapping[str, str], log: Path, *, folder: Path, about: str) -> Process:
    """Start a program in a session of its own, so that Ctrl-C is not for it; what it prints goes to `log`."""
    with log.open("ab") as output:
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
    return Process(started.pid, _born(started.pid), about)


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
    """End the process that the file tells of, with all it started; says whether there was one to end."""
    process = recall(path)
    if process:
        _end_group(process)
    path.unlink(missing_ok=True)
    return process is not None


def _end_group(process: Process) -> None:
    """It leads a session and group of its own: ask, wait, then insist, also with what it left in the group."""
    os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE
    while process.alive and time.monotonic() < deadline:
        time.sleep(0.05)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _born(pid: int) -> str:
    """When a running process was born, in the system's own terms; nothing if there is none."""
    stat = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        command = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    with suppress(FileNotFoundError, ProcessLookupError):
        state, *fields = stat.read_text().rpartition(")")[2].split()  # proc(5): the third field and those that follow
        return "" if state in "ZX" else fields[18]
    return ""


def last_line(log: Path) -> str:
    """The last line with something in it, for an error's sentence."""
    return next((line for line in _from_the_end(log) if line), "it printed nothing")


def last_error(log: Path) -> str:
    """The last exception that it tells of, or else its last line."""
    return next((line for line in _from_the_end(log) if _ERROR.match(line)), last_line(log))


def _from_the_end(log: Path) -> list[str]:
    text = log.read_text(errors="replace") if log.exists() else ""
    return [line.strip() for line in reversed(text.split("\n"))]
