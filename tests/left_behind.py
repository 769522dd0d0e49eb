"""What a killed test run leaves: servers nobody stops, and their data in memory; found by who owned it, and cleared."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import psutil

from operations.demo.processes import Process, born, recall, remember

PREFIX = "greenroom-tests-"
MARK = "OWNED_BY_TESTS"
"""The variable by which all that a run starts says whose it is: the file that tells of the run's own process."""

_ELSEWHERE = Path("/var/tmp")  # noqa: S108 - where servers of root keep their data if their own folder is out of reach


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


def clear(places: Iterable[Path]) -> None:
    """End what dead runs have started, and delete their folders in these places; of a run that lives, touch nothing."""
    dead = {folder / "owner" for place in places for folder in place.glob(f"{PREFIX}*") if _is_dead(folder / "owner")}
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if Path(process.environ().get(MARK, "/")) in dead:
                _end(process)
    for owner in dead:
        shutil.rmtree(owner.parent, ignore_errors=True)


def _is_dead(owner: Path) -> bool:
    """Whether the run that the file tells of is over; of one without a file, or in another container, nobody knows."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        if owner.stat().st_uid == os.geteuid() and _namespace() in owner.read_text():
            return recall(owner) is None
    return False


def _end(process: psutil.Process) -> None:
    """Kill it, and delete the data that it worked in, if that is where servers of root keep theirs."""
    folder = Path(process.cwd()).parent
    process.kill()
    process.wait(10)
    if folder.parent == _ELSEWHERE and folder.name.startswith("greenroom-"):
        shutil.rmtree(folder, ignore_errors=True)


def _namespace() -> str:
    with suppress(OSError):  # no Linux
        return str(Path("/proc/self/ns/pid").readlink())
    return "the only one"
