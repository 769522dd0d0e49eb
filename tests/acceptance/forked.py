"""The program in a process of its own, whose imports were done once for all: they are half of what a command costs.

A server process imports the program, then forks for each command. Each has its own environment, folder, streams and
exit code, as if it had been started from a shell, and is killed and waited for in the same way.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory

PROGRAM = Path(sys.executable).parent / "greenroom"
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.acceptance.warm"])


class Forked:
    """A command that was begun; what tests ask of it, by the names that `subprocess.Popen` has for it."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._streams = TemporaryDirectory()
        self._paths = [Path(self._streams.name) / stream for stream in ("out", "err")]
        for path in self._paths:
            path.touch(0o600)
        self._process: ForkServerProcess = _FORKS.Process(
            target=_program, args=(tuple(arguments), folder, dict(environment), self._paths)
        )
        self._process.start()

    @property
    def returncode(self) -> int:
        """How it ended; minus the signal that killed it."""
        code = self.poll()
        assert code is not None
        return code

    def poll(self) -> int | None:
        """How it ended, None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to it, unless it has ended."""
        if self.poll() is None:
            assert self._process.pid is not None
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it wrote to its two streams, once it has ended."""
        self._process.join(timeout)
        if self.poll() is None:
            raise TimeoutExpired(str(PROGRAM), timeout or 0)
        out, err = (path.read_text() for path in self._paths)
        return out, err

    def end(self) -> None:
        """Kill it if it still runs, and leave nothing of it."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._streams.cleanup()


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str, str]:
    """The exit code of `greenroom` with these arguments, and what it wrote to its two streams."""
    process = Forked(arguments, folder, environment)
    try:
        out, err = process.communicate(seconds)
        return process.returncode, out, err
    finally:
        process.end()


def _program(arguments: tuple[str, ...], folder: Path, environment: dict[str, str], streams: list[Path]) -> None:
    from operations.cli import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for descriptor, path in enumerate(streams, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), descriptor)
    sys.argv = [str(PROGRAM), *arguments]
    main()
