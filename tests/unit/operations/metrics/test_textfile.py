"""The file that Prometheus gets."""

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.errors import Failure
from operations.metrics import publish

ROOT = Path(__file__).parents[4]
DRIFT = ("greenroom_drift_items", ("app",))


def test_numbers_survive_from_run_to_run(tmp_path: Path) -> None:
    """What is written is read back to the last digit, odd names included."""
    path = tmp_path / "greenroom.prom"
    first = {
        ("greenroom_job_duration_seconds", ('a "b"\\c\nd', "refresh")): 1764284551.914215,
        DRIFT: 3.0,
    }
    publish(path, lambda before: first if before == {} else pytest.fail("there was no file"))
    publish(path, lambda before: before if before == first else pytest.fail(f"{before} was read"))


def test_the_file_is_what_prometheus_reads(tmp_path: Path) -> None:
    """Each metric with its meaning and type; everybody may read it; nothing else is left in the folder."""
    path = tmp_path / "greenroom.prom"
    publish(path, lambda _: {DRIFT: 3.0})
    assert path.read_text().splitlines() == [
        "# HELP greenroom_drift_items How many objects of staging differ from production, unexplained.",
        "# TYPE greenroom_drift_items gauge",
        'greenroom_drift_items{database="app"} 3.0',
    ]
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o444 == 0o444


@pytest.mark.parametrize(("text", "why"), [("node_load1 3\n", "it holds node_load1"), ("not { metrics", "cannot be")])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, text: str, why: str) -> None:
    """A file that somebody else writes is not replaced, and the failure says so."""
    path = tmp_path / "node.prom"
    path.write_text(text)
    with pytest.raises(Failure, match="holds no metrics of ours") as failed:
        publish(path, lambda before: before)
    assert why in failed.value.why
    assert path.read_text() == text


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    """In a sentence."""
    with pytest.raises(Failure, match="the metrics could not be written to") as failed:
        publish(tmp_path / "gone" / "greenroom.prom", lambda before: before)
    assert failed.value.why == "No such file or directory"


def test_a_folder_that_nobody_can_write_to_is_a_failure() -> None:
    """As root, no mode keeps anybody out; the kernel's own folder does."""
    with pytest.raises(Failure, match=r"the metrics could not be written to /sys/greenroom\.prom") as failed:
        publish(Path("/sys/greenroom.prom"), lambda before: before)
    assert failed.value.why in {"Permission denied", "Read-only file system", "Operation not permitted"}


ADD = """
import sys, time
from pathlib import Path
from operations.metrics import publish
key = "greenroom_drift_items", ("app",)
def one_more(before):
    time.sleep(0.01)  # as long as another run needs to come between
    return {key: before.get(key, 0) + 1}
print("ready", flush=True)
sys.stdin.readline()
for _ in range(20):
    publish(Path(sys.argv[1]), one_more)
"""


def test_two_runs_that_end_at_once_lose_nothing(tmp_path: Path) -> None:
    """One takes the numbers from the other."""
    path = tmp_path / "greenroom.prom"
    command = [sys.executable, "-c", ADD, str(path)]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as one,
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other,
    ):
        for writer in (one, other):
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
        for writer in (one, other):
            assert writer.stdin
            writer.stdin.write("go\n")
            writer.stdin.flush()
    assert (one.returncode, other.returncode) == (0, 0)
    assert path.read_text().endswith("} 40.0\n")
