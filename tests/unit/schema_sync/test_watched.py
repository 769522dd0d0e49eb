"""A command of the application's ends as it ends, and never outlives whoever asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from schema_sync.history.child import run_command

_PATIENCE = 60
_ASKER = """
import os, sys
from schema_sync.history.child import run_command
run_command(["sh", "-c", "sleep 300 & echo $! > $0.new; mv $0.new $0; wait", sys.argv[1]], os.environ, 300)
"""


@pytest.mark.parametrize(("line", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", -15), ("kill -INT $$", -2)])
def test_a_command_ends_as_it_ends(line: str, code: int) -> None:
    """Its exit code, or the signal that ended it, and its last words."""
    ended = run_command(["sh", "-c", f"echo first; echo last; {line}"], os.environ, _PATIENCE)
    assert (ended.code, ended.words) == (code, "first\nlast")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("pass/word", "pass/word pass%2Fword".ljust(305, ".")),
        ("pass/word", "." * 3000 + "pass/word".ljust(295, ".")),
        ("p" * 400 + "q", ("p" * 400 + "q") * 100),  # a token that stands for a password may be so long
    ],
)
def test_no_half_of_a_password_stays_where_last_words_are_cut(password: str, said: str) -> None:
    """Plain or as in a URL, it is taken out first; also where the first byte that is looked at lies within it."""
    ended = run_command(["printf", "%s", said], os.environ, _PATIENCE, password)
    assert set(ended.words) <= set("* .")


def test_a_command_that_is_not_there_or_cannot_be_run_says_so(tmp_path: Path) -> None:
    """Nothing is started for a program that is not there; of a file that is no program, its exit code tells."""
    with pytest.raises(FileNotFoundError):
        run_command(["no-such-program-here"], os.environ, _PATIENCE)
    (tmp_path / "migrate").write_text("no interpreter is named here")
    (tmp_path / "migrate").chmod(0o755)
    ended = run_command([str(tmp_path / "migrate")], os.environ, _PATIENCE)
    assert (ended.code, "Exec format error" in ended.words) == (126, True)


def test_nothing_that_a_command_started_outlives_whoever_asked(tmp_path: Path) -> None:
    """Not even where that one is killed, and can tell nobody: a later run works in a database of the same name."""
    told = tmp_path / "started"
    asker = subprocess.Popen([sys.executable, "-c", _ASKER, str(told)])
    _wait(told.exists)
    started = int(told.read_text(encoding="utf-8"))
    assert psutil.pid_exists(started)
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    _wait(lambda: not psutil.pid_exists(started) or psutil.Process(started).status() == psutil.STATUS_ZOMBIE)


def _wait(for_this: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not for_this():
        assert time.monotonic() < deadline
        time.sleep(0.05)
