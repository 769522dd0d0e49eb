"""Runs a command as it stands; ends it, and whatever it started, as soon as whoever asked for it has died.

    python watched.py COMMAND [WORD ...]

Standard input is a pipe that the asking process keeps open and writes nothing to: its end is that process's end. This
one leads a process group of its own, which is what is ended.
"""

import os
import signal
import subprocess
import sys
import threading

_NOT_STARTED = 126  # what shells say of a file that is there and cannot be run


def main() -> None:
    """End as the command does: with its exit code, or by the signal that ended it."""
    threading.Thread(target=_end_with_asker, daemon=True).start()
    try:
        code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, check=False).returncode
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_NOT_STARTED)
    if code < 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the one that Python would turn into an exception
        os.kill(os.getpid(), -code)
    sys.exit(code)


def _end_with_asker() -> None:
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
