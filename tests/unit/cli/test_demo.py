"""`greenroom demo` has settings of its own: those around it, good or bad, have no say in it."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "greenroom"


def test_bad_settings_keep_nobody_from_stopping_the_demo(tmp_path: Path) -> None:
    """A greenroom.toml that is no TOML, an `.env` and a variable that nobody knows: a real run is refused for each."""
    (tmp_path / "greenroom.toml").write_text("home = [")
    (tmp_path / ".env").write_text("GREENROOM_UNKNOWN=1")
    around = {name: value for name, value in os.environ.items() if not name.startswith("GREENROOM_")}
    around |= {"GREENROOM_HOME": "there", "GREENROOM_UNKNOWN_TOO": "1"}
    refused, stopped = (
        subprocess.run([PROGRAM, *said], cwd=tmp_path, env=around, capture_output=True, text=True, check=False)
        for said in (("status",), ("demo", "--stop"))
    )
    assert (refused.returncode, stopped.returncode) == (3, 0), refused.stderr + stopped.stderr
    assert stopped.stdout == "nothing was running\n"
    (tmp_path / "there" / "demo").mkdir(parents=True)
    again = subprocess.run([PROGRAM, "demo", "--stop"], cwd=tmp_path, env=around, capture_output=True, check=False)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "there" / "demo" / "lock").exists()
