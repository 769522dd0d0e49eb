"""A killed test run: the next one ends what it started and deletes its folder, and leaves alone what still lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests import left_behind


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by what Linux says of them")
def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """While it lives, nothing is; and a folder of which nobody knows whose it is stays."""
    nobodys = tmp_path / f"{left_behind.PREFIX}of-nobody"
    nobodys.mkdir()
    run, folder, server = begun(tmp_path)
    left_behind.clear((tmp_path,))
    assert folder.is_dir()
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)
    assert psutil.pid_exists(server)
    left_behind.clear((tmp_path,))
    assert not psutil.pid_exists(server)
    assert list(tmp_path.iterdir()) == [nobodys]


def begun(place: Path) -> tuple[int, Path, int]:
    """A run that never ends, its folder, and what it has started there: process ids of both."""
    reads, writes = os.pipe()
    run = os.fork()
    if run == 0:
        with left_behind.owned(place) as folder:
            started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], cwd=folder)
            os.write(writes, f"{folder} {started.pid}\n".encode())
            signal.pause()
    os.close(writes)
    with os.fdopen(reads) as said:
        where, _, server = said.readline().rpartition(" ")
    return run, Path(where), int(server)
