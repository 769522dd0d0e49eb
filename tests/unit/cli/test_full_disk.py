"""A full disk behind standard output."""

import subprocess
import sys
from pathlib import Path

import pytest

from operations.cli.codes import FAILED

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_words_that_find_no_room_are_told_as_such() -> None:
    """On standard error, and not as something that nobody foresaw."""
    code = "from operations.cli.program import run; run()"
    with FULL.open("w") as nowhere:
        ran = subprocess.run(
            [sys.executable, "-c", code, "keys", "--help"],
            cwd=Path(__file__).parents[3],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == FAILED
    assert ran.stderr.startswith("failed: what there is to say could not be written: No space left on device")
