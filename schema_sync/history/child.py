"""The child process that runs an application's code: no secret on its command line, no longer than it may take."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from schema_sync.history import in_child, watched
from schema_sync.history.environment import hidden
from schema_sync.history.history import Ended

_LAST_WORDS = 300
_LOOKED_AT = 8 * _LAST_WORDS  # bytes for each line
_LAST_LINES = 12


def ask_child(
    python: str,
    config: Path,
    order: Mapping[str, Any],
    environment: Mapping[str, str],
    seconds: float,
    password: str = "",
) -> Ended:
    """How the child ended that was asked to do what the order says, in the folder of the configuration.

    Its last words do not have the password in them; what it answers may.

    It, and whatever it started, is killed when the time is up or this process is interrupted; it ends itself when this
    process is killed. Raises OSError if there is no such Python.
    """
    with TemporaryDirectory(prefix="greenroom-history-") as folder, TemporaryFile("w+b") as spoken:
        answer = Path(folder) / "answer.json"
        told = json.dumps({**order, "config": str(config), "answer": str(answer)})
        process = subprocess.Popen(
            [python, str(in_child.__file__)],
            cwd=config.parent,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=spoken,
            stderr=spoken,
            start_new_session=True,
        )
        code = _ended(process, told.encode() + b"\n", seconds)
        return Ended(_read(answer), code, _last_words(spoken, password))


def run_command(words: Sequence[str], environment: Mapping[str, str], seconds: float, password: str = "") -> Ended:
    """How a command of the application ended, run without a shell in the current folder.

    Its words are its last lines, without the password.

    It, and whatever it started, is killed when the time is up or this process is interrupted or killed. Raises OSError
    if there is no such program.
    """
    if shutil.which(words[0], path=environment.get("PATH")) is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), words[0])
    with TemporaryFile("w+b") as spoken:
        process = subprocess.Popen(
            [sys.executable, "-I", str(watched.__file__), *words],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=spoken,
            stderr=spoken,
            start_new_session=True,
        )
        code = _ended(process, b"", seconds)
        return Ended(None, code, _last_words(spoken, password, _LAST_LINES))


def _ended(process: "subprocess.Popen[bytes]", told: bytes, seconds: float) -> int | None:
    """The child's exit code; None if its time ran out. Its standard input stays open: by that it knows that we live."""
    try:
        if process.stdin:
            with suppress(BrokenPipeError):  # it is gone already, and its exit code says more
                process.stdin.write(told)
                process.stdin.flush()
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end_all(process)
        if process.stdin:
            with suppress(BrokenPipeError):
                process.stdin.close()


def _end_all(process: "subprocess.Popen[bytes]") -> None:
    """End the child if it is still there, and whatever of its group it has left running."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(answer: Path) -> Mapping[str, Any] | None:
    try:
        found: Mapping[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _last_words(spoken: IO[bytes], password: str, most: int = 1) -> str:
    """The last line that the child wrote, or so many of them, each cut where half a password could not stay."""
    end = spoken.seek(0, os.SEEK_END)
    begin = spoken.seek(max(0, end - _LOOKED_AT * most))
    text = hidden(spoken.read().decode(errors="replace"), password)
    if begin:
        text = text[len(quote(password, safe="")) :]  # at its beginning may be the end of one
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(line[-_LAST_WORDS:] for line in lines[-most:])
