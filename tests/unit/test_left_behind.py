"""A killed test run: the next one ends what it started and deletes its folder, and leaves alone what still lives."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from database.servers.data_folder import OF
from tests import left_behind


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by what Linux says of them")
def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """While it lives, nothing is; and a folder of which nobody knows whose it is stays."""
    nobodys = tmp_path / f"{left_behind.PREFIX}of-nobody"
    nobodys.mkdir()
    run, folder, marked, unmarked = begun(tmp_path)
    left_behind.clear((tmp_path,))
    assert folder.is_dir()
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)
    assert psutil.pid_exists(marked)
    assert psutil.pid_exists(unmarked)
    left_behind.clear((tmp_path,))
    assert not psutil.pid_exists(marked)
    assert not psutil.pid_exists(unmarked)
    assert list(tmp_path.iterdir()) == [nobodys]


@pytest.mark.parametrize(
    ("of", "locked_by", "stays"),
    [
        ("pytest-of-root/pytest-7/demo0/production", "nobody", False),
        ("pytest-of-root/pytest-7/demo0/production", "us", True),
        ("greenroom/.greenroom/demo/production", "nobody", True),
    ],
)
def test_data_that_root_keeps_elsewhere_goes_with_its_run(tmp_path: Path, of: str, locked_by: str, stays: bool) -> None:
    """A run that lives holds pytest's lock on its folders; a demo that is no test's is somebody's."""
    wanted = tmp_path / of
    wanted.parent.mkdir(parents=True)
    if locked_by == "us":
        (wanted.parents[1] / ".lock").write_text(str(os.getpid()))
    data = tmp_path / "greenroom-abc"
    data.mkdir()
    (data / OF).write_text(str(wanted))
    left_behind.clear((), tmp_path)
    assert data.exists() == stays


@pytest.mark.parametrize(("days", "stays"), [(0, True), (2, False)])
def test_data_of_a_run_that_is_not_to_be_seen_goes_when_it_is_old(tmp_path: Path, days: int, stays: bool) -> None:
    """A container may share the place of the data and not that of the tests, whose lock is then another's to see."""
    data = tmp_path / "greenroom-abc"
    data.mkdir()
    (data / OF).write_text(str(tmp_path / "pytest-of-root/pytest-7/demo0/production"))
    then = time.time() - days * 24 * 3600
    os.utime(data / OF, (then, then))
    left_behind.clear((), tmp_path)
    assert data.exists() == stays


def test_somebody_who_looks_at_what_is_left_is_left_alone(tmp_path: Path) -> None:
    """A shell in the folder of a dead run has a terminal, and none of the run's variables."""
    run, folder, *_ = begun(tmp_path)
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)
    shell, terminal = pty.fork()
    if shell == 0:
        os.chdir(folder / "data")
        os.write(1, b"here")
        os.read(0, 1)
        os._exit(0)
    assert b"here" in os.read(terminal, 100)
    left_behind.clear((tmp_path,))
    assert not folder.exists()
    os.write(terminal, b"\n")
    assert os.waitpid(shell, 0)[1] == 0
    os.close(terminal)


def begun(place: Path) -> tuple[int, Path, int, int]:
    """A run that never ends, its folder, and what it has started, with its variables and without, by process ids."""
    reads, writes = os.pipe()
    run = os.fork()
    if run == 0:
        with left_behind.owned(place) as folder:
            (data := folder / "data").mkdir()
            sleeping = sys.executable, "-c", "import time; time.sleep(600)"
            marked = subprocess.Popen(sleeping, cwd="/")
            unmarked = subprocess.Popen(sleeping, cwd=data, env={}, start_new_session=True)  # as a server is
            os.write(writes, f"{folder} {marked.pid} {unmarked.pid}\n".encode())
            signal.pause()
    os.close(writes)
    with os.fdopen(reads) as said:
        where, marked_id, unmarked_id = said.readline().split()
    return run, Path(where), int(marked_id), int(unmarked_id)
