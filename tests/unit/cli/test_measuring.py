"""`greenroom metrics`, as the program itself: printed, served, and ended by its service manager."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from operations.metrics import Samples, publish

PROGRAM = Path(sys.executable).parent / "greenroom"
NUMBERS: Samples = {("greenroom_drift_items", ("app",)): 3.0}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    publish(tmp_path / "greenroom.prom", lambda _: NUMBERS)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
    return ours | {"GREENROOM_METRICS_FILE": str(tmp_path / "greenroom.prom")}


def run(tmp_path: Path, environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(PROGRAM), "metrics", *arguments]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_what_runs_left_is_printed(tmp_path: Path, environment: dict[str, str]) -> None:
    """As Prometheus reads it; and where no run leaves numbers, that is refused."""
    printed = run(tmp_path, environment)
    assert (printed.returncode, printed.stdout) == (0, (tmp_path / "greenroom.prom").read_text())
    nowhere = run(tmp_path, environment | {"GREENROOM_METRICS_FILE": ""})
    assert nowhere.returncode == 3
    assert nowhere.stderr.startswith("refused: no run leaves numbers; nothing was changed.")
    assert run(tmp_path, environment, "--listen", "nonsense").returncode == 2


def test_what_is_served_ends_when_it_is_told_to(tmp_path: Path, environment: dict[str, str]) -> None:
    """By SIGTERM, with exit code 0, as a service manager wants it."""
    command = [str(PROGRAM), "metrics", "--listen", "127.0.0.1:39464"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert "serving" in process.stderr.readline()
        assert 'database="app"' in httpx.get("http://127.0.0.1:39464/metrics").text
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
