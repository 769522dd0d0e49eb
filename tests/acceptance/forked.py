"""The program in a process of its own, whose imports were done once for all: they are half of what a command costs.

A server process imports the program, then forks for each command. Each has its own environment, folder, streams and
exit code, as if it had been started from a shell; what must be killed or watched is started from one (`Place.start`).
"""

import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from operations.cli.program import MODULES

PROGRAM = Path(sys.executable).parent / "greenroom"
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["operations.jobs", *(f"operations.cli.{module}" for module in MODULES)])


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str, str]:
    """The exit code of `greenroom` with these arguments, and what it wrote to its two streams."""
    with TemporaryDirectory() as name:
        streams = [Path(name) / stream for stream in ("out", "err")]
        process = _FORKS.Process(target=_program, args=(tuple(arguments), folder, dict(environment), streams))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
        out, err = (path.read_text() for path in streams)
        assert process.exitcode is not None
        return process.exitcode, out, err


def _program(arguments: tuple[str, ...], folder: Path, environment: dict[str, str], streams: list[Path]) -> None:
    from operations.cli import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for descriptor, path in enumerate(streams, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    sys.argv = [str(PROGRAM), *arguments]
    main()
