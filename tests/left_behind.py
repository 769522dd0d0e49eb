"""What a killed test run leaves: servers nobody stops, and their data in memory; found by who owned it, and cleared."""

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import psutil

from database.servers.data_folder import ELSEWHERE, OF
from operations.demo.processes import Process, born, recall, remember

PREFIX = "greenroom-tests-"
MARK = "OWNED_BY_TESTS"
"""The variable by which all that a run starts says whose it is: the file that tells of the run's own process."""

_A_DAY = 24 * 3600
_PYTESTS = re.compile(r".*/pytest-of-[^/]+/pytest-[0-9]+")


@contextmanager
def owned(place: Path) -> Iterator[Path]:
    """A folder of this run's own in a place, marked as such, and gone afterwards."""
    folder = Path(mkdtemp(prefix=PREFIX, dir=place))
    folder.chmod(0o755)  # a server that root starts runs as somebody else
    remember(Process(os.getpid(), born(os.getpid()), _namespace()), folder / "owner")
    before, os.environ[MARK] = os.environ.get(MARK), str(folder / "owner")
    try:
        yield folder
    finally:
        os.environ.pop(MARK)
        os.environ.update({MARK: before} if before else {})
        shutil.rmtree(folder, ignore_errors=True)


def clear(places: Iterable[Path], elsewhere: Path = ELSEWHERE) -> None:
    """End what dead runs have started, and delete their folders in these places; of a run that lives, touch nothing.

    Servers of root whose data folder was out of their reach have it in a folder `elsewhere`, which says of which it is.
    """
    dead = {folder for place in places for folder in place.glob(f"{PREFIX}*") if _is_dead(folder / "owner")}
    strayed = {folder for folder in elsewhere.glob("greenroom-*") if _has_strayed(folder / OF)}
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            marked = Path(process.environ().get(MARK, "/"))
            within = () if _has_terminal(process.pid) else Path(process.cwd()).parents
            if {marked.parent, *within} & (dead | strayed):
                process.kill()
                process.wait(10)
    for folder in dead | strayed:
        shutil.rmtree(folder, ignore_errors=True)


def _has_terminal(pid: int) -> bool:
    """Whether it is somebody's who looks, as a shell is: no server has a terminal (proc(5): the seventh field)."""
    with suppress(OSError):  # no Linux
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[4] != "0"
    return False


def _is_dead(owner: Path) -> bool:
    """Whether the run that the file tells of is over; of one without a file, or in another container, nobody knows."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        if owner.stat().st_uid == os.geteuid() and _namespace() in owner.read_text():
            return recall(owner) is None
    return False


def _has_strayed(of: Path) -> bool:
    """Whether the data is of a test's own folder, by pytest's naming, and pytest's lock on it is not held any more.

    Where that folder is not to be seen, it may be a living run's in another container, unless the data is a day old.
    """
    with suppress(OSError, ValueError):
        wanted, told = Path(of.read_text()), of.stat()
        base = next((folder for folder in wanted.parents if _PYTESTS.fullmatch(f"{folder}")), None)
        if base and told.st_uid == os.geteuid():
            if not base.exists():
                return time.time() - told.st_mtime > _A_DAY
            lock = base / ".lock"
            return not (lock.exists() and psutil.pid_exists(int(lock.read_text())))
    return False


def _namespace() -> str:
    with suppress(OSError):  # no Linux
        return str(Path("/proc/self/ns/pid").readlink())
    return "the only one"
