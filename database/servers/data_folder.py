"""Where an embedded server keeps its data: where it was asked for, or where its account can reach."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from database.servers.server_account import Account

ELSEWHERE = Path("/var/tmp")  # noqa: S108 - mkdtemp makes a folder of our own in it
OF = "of"
"""The file in such a folder that says for which data folder it is, also when nobody links to it any more."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A server's data folder, with the file beside it that keeps its superuser's password."""

    path: Path

    @property
    def exists(self) -> bool:
        """Whether a server's data is there, complete."""
        return (self.path / "PG_VERSION").is_file()

    @property
    def making(self) -> Path:
        """Where initdb works, so that a data folder under its own name is always complete."""
        return self.path.with_name(f"{self.path.name}.making")

    @property
    def password_file(self) -> Path:
        """Readable by us alone."""
        return self.path.with_name(f"{self.path.name}.password")

    @property
    def password(self) -> str:
        """The superuser's password, as it was generated."""
        return self.password_file.read_text().strip()


def data_folder(wanted: Path, account: Account | None) -> DataFolder:
    """The data folder for `wanted`: itself, or (through a symbolic link left there) one that `account` can reach.

    As root, with `wanted` under a private folder, the data goes to a new folder in /var/tmp: no permission of a
    folder that is not ours is changed.
    """
    wanted = wanted.absolute()
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if wanted.is_symlink() and wanted.readlink().parent.is_dir():
        return DataFolder(wanted.readlink())
    if account is None or account.can_reach(wanted.parent):
        return DataFolder(wanted)
    wanted.unlink(missing_ok=True)  # a link to data that is gone
    return DataFolder(_elsewhere(wanted, account))


def discard(wanted: Path) -> None:
    """Delete a data folder with its password, following the link; safe to run twice. The server must be stopped."""
    wanted = wanted.absolute()
    if wanted.is_symlink():
        target = wanted.readlink()
        if target.parent.parent == ELSEWHERE and target.parent.name.startswith("greenroom-"):
            shutil.rmtree(target.parent, ignore_errors=True)
        wanted.unlink()
        return
    folder = DataFolder(wanted)
    shutil.rmtree(folder.making, ignore_errors=True)
    shutil.rmtree(folder.path, ignore_errors=True)
    folder.password_file.unlink(missing_ok=True)


def write_password(folder: DataFolder) -> None:
    """Generate the superuser's password into its file, 0600."""
    folder.password_file.unlink(missing_ok=True)
    descriptor = os.open(folder.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(24) + "\n")


def hand_over(path: Path, account: Account | None) -> None:
    """Give a file or folder of ours to the server's account; does nothing if the server runs as us."""
    if account:
        os.chown(path, account.uid, account.gid)


def take_back(path: Path) -> None:
    """Make a file ours again, and ours alone."""
    os.chown(path, os.geteuid(), os.getegid())
    path.chmod(0o600)


def _elsewhere(wanted: Path, account: Account) -> Path:
    home = Path(mkdtemp(prefix="greenroom-", dir=ELSEWHERE))
    hand_over(home, account)
    (home / OF).write_text(str(wanted))
    wanted.symlink_to(home / wanted.name)
    return home / wanted.name
