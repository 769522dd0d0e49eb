"""Processes of the demo: found again, and ended with all they started, never somebody else's."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from operations.demo import processes
from operations.demo.processes import Process

_PARENT = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
_CHILD = "import os, time; os.setsid(); print('child', os.getpid(), flush=True); time.sleep(60)"


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Process]:
    """A process with a child in a session of its own, as a worker has in a flow."""
    command = [sys.executable, "-u", "-c", _PARENT.format(child=_CHILD)]
    process = processes.spawn(command, dict(os.environ), tmp_path / "log", folder=tmp_path, about="test")
    processes.remember(process, tmp_path / "process.json")
    _until(lambda: "child" in (tmp_path / "log").read_text())
    yield process
    processes.end(tmp_path / "process.json")


def test_a_process_is_found_again(started: Process, tmp_path: Path) -> None:
    """Its file is enough to know it by."""
    assert processes.recall(tmp_path / "process.json") == started
    assert processes.recall(tmp_path / "another.json") is None


def test_ending_a_process_ends_what_it_started(started: Process, tmp_path: Path) -> None:
    """Also a child that has left its session; and ending it twice does no harm."""
    child = int((tmp_path / "log").read_text().split()[1])
    assert psutil.pid_exists(child)
    assert processes.end(tmp_path / "process.json")
    assert not processes.end(tmp_path / "process.json")
    assert not started.alive
    _until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)


def test_a_process_that_only_has_the_same_id_is_left_alone(started: Process, tmp_path: Path) -> None:
    """A number that the system gave to somebody else since is not ours to end."""
    processes.remember(replace(started, born="another time"), tmp_path / "stale.json")
    assert not processes.end(tmp_path / "stale.json")
    assert started.alive


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline, "it did not happen within 10 s"
        time.sleep(0.02)
