"""The file that node-exporter's textfile collector reads: written whole or not at all, and its own memory."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import write_to_textfile

from catalog.errors import Failure
from operations.metrics.exposition import read_numbers, registry_of
from operations.metrics.measured import Samples


def publish(path: Path, renew: Callable[[Samples], Samples]) -> Samples:
    """Replace the file's numbers by what `renew` makes of them, and give those; one run after the other, atomically.

    Raises Failure if it cannot be written, or holds what is not ours: it is then left as it is.
    """
    try:
        with _alone(path.parent):
            samples = renew(read_numbers(path))
            write_to_textfile(str(path), registry_of(samples))
            return samples
    except OSError as error:
        raise Failure(f"the metrics could not be written to {path}", why=error.strerror or str(error)) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder while inside: the file itself is replaced, so that a lock on it would be lost."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
