"""Running a command line of PostgreSQL's programs, and what it said if it failed."""

import fcntl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO

from catalog.errors import Failure
from database.programs.commands import Command

_OTHERS = "replace"  # what a database in SQL_ASCII says may be in any encoding
_LAST_LINES = 5
_PIPE = 1 << 20  # what a user's pipe may hold
_LONGEST = 300  # of a line: pg_dump repeats a query that names every table
_SIGNS = ("error:", "fatal:", "pg_dump: detail:", "pg_restore: detail:")
_MAY_HOLD_ROWS = ("DETAIL:", "CONTEXT:", "COPY ")  # what a server adds to an error, values of rows included
_FULL = "No space left on device"
_MAKE_ROOM = 'Make room on the server\'s disk (docs/runbook.md, "Making room"), then run again.'
_ITS_OWN = 1  # the exit code with which PostgreSQL's programs say that they cannot go on; others come from the system


class Complained(Failure):
    """A program of PostgreSQL's says itself that it cannot go on; it was not killed, and could be started."""


def run(command: Command, *, handles: tuple[int, ...] = ()) -> str:
    """What the program printed; it inherits the open `handles`. Raises Failure with its last words if it failed."""
    ran = subprocess.run(command.argv, env=command.environment, capture_output=True, check=False, pass_fds=handles)
    if ran.returncode:
        raise _failure(command, ran.returncode, ran.stderr.decode(errors=_OTHERS))
    return ran.stdout.decode(errors=_OTHERS)


@contextmanager
def streaming(command: Command, seconds: float | None = None) -> Iterator[IO[bytes]]:
    """The program's standard output as a stream; on leaving, raises Failure if the program failed.

    After so many seconds, if a number is given, it is ended: a server may be reached and never answer.
    """
    with TemporaryFile("w+", encoding="utf-8", errors=_OTHERS) as complaints:
        process = subprocess.Popen(command.argv, env=command.environment, stdout=subprocess.PIPE, stderr=complaints)
        assert process.stdout is not None  # asked for by PIPE
        _widen(process.stdout)
        late = Event()

        def end() -> None:
            late.set()
            process.kill()

        overdue = Timer(seconds or 0, end)
        if seconds:
            overdue.start()
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()
            overdue.cancel()
        if late.is_set() and process.wait():
            raise Failure(f"{Path(command.argv[0]).name} was not done within {seconds:g} s")
        _settle(command, process, complaints)


@contextmanager
def feeding(command: Command) -> Iterator[IO[bytes]]:
    """The program's standard input as a stream; on leaving, raises Failure if the program failed."""
    with TemporaryFile("w+", encoding="utf-8", errors=_OTHERS) as complaints:
        process = subprocess.Popen(command.argv, env=command.environment, stdin=subprocess.PIPE, stderr=complaints)
        assert process.stdin is not None  # asked for by PIPE
        _widen(process.stdin)
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            _settle(command, process, complaints)
            raise
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            with suppress(BrokenPipeError):  # the program is gone already, and said why
                process.stdin.close()
        _settle(command, process, complaints)


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more than the usual 64 KiB, at which both ends keep waiting for each other; Linux alone can."""
    with suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _settle(command: Command, process: subprocess.Popen[bytes], complaints: IO[str]) -> None:
    code = process.wait()
    if code:
        complaints.seek(0)
        raise _failure(command, code, complaints.read())


def _failure(command: Command, code: int, complaints: str) -> Failure:
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    harmless = [line for line in lines if not line.startswith(_MAY_HOLD_ROWS)]
    errors = [line for line in harmless if any(sign in line.lower() for sign in _SIGNS)]
    ended = f"signal {-code}" if code < 0 else f"exit code {code}"
    why = " | ".join(map(_short, (errors or harmless)[-_LAST_LINES:])) or "it said nothing"
    kind = Complained if code == _ITS_OWN else Failure
    todo = _MAKE_ROOM if _FULL in why else ""
    return kind(f"{Path(command.argv[0]).name} ended with {ended}", why=why, todo=todo)


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} ..."
