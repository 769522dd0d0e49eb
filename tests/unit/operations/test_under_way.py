"""Whether a run lives: by its process, and never by a time."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from operations.under_way import Begun, killed, under_way

AT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
_RUN = """
import sys, time
from datetime import datetime
from pathlib import Path
from operations.under_way import Begun, under_way
with under_way(Path(sys.argv[1]), Begun("run-1", "refresh-staging", "app", datetime.fromisoformat(sys.argv[2]))):
    print("under way", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def another(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process with a refresh under way."""
    command = [sys.executable, "-c", _RUN, str(tmp_path), AT.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "under way\n"
        yield process
        process.kill()


def test_a_run_that_was_killed_is_known(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """While its process lives there is nothing to say of it; once it is killed, the run is told by its plain name."""
    assert killed(tmp_path, "app") == ()
    another.kill()
    another.wait()
    assert killed(tmp_path, "app") == (Begun("run-1", "refresh", "app", AT),)
    assert killed(tmp_path, "another") == ()


def test_a_run_that_ends_ends_the_claim(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """One of the same job on the same database, however it ends; it is told until then."""
    another.kill()
    another.wait()
    for other in (Begun("run-2", "backup", "app", AT), Begun("run-3", "refresh", "another", AT)):
        with under_way(tmp_path, other):
            pass
        assert [begun.run for begun in killed(tmp_path, "app")] == ["run-1"]
    with pytest.raises(KeyError):
        _fail_under_way(tmp_path, Begun("run-4", "refresh", "app", AT))
    assert killed(tmp_path, "app") == ()
    assert not list((tmp_path / "under-way").iterdir())


def _fail_under_way(home: Path, begun: Begun) -> None:
    with under_way(home, begun):
        raise KeyError


def test_what_is_no_file_of_a_run_is_passed_over(tmp_path: Path) -> None:
    """Half a file says nothing, and ends no status."""
    (tmp_path / "under-way").mkdir()
    (tmp_path / "under-way" / "run-1.json").write_text('{"job": "refresh"')
    assert killed(tmp_path, "app") == ()
