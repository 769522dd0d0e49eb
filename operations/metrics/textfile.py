"""The file that node-exporter's textfile collector reads: written whole or not at all, and its own memory."""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from catalog.errors import Failure
from operations.metrics.measured import METRICS, Samples


class _Collector(Collector):
    """Gives the numbers to the registry in the order of their metrics."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Each metric that has a number."""
        for metric in METRICS:
            family = GaugeMetricFamily(metric.name, metric.meaning, labels=metric.labels)
            for (name, labels), value in sorted(self._samples.items()):
                if name == metric.name:
                    family.add_metric(labels, value)
            if family.samples:
                yield family


def publish(path: Path, renew: Callable[[Samples], Samples]) -> None:
    """Replace the file's numbers by what `renew` makes of them; one run after the other, and atomically.

    Raises Failure if it cannot be written, or holds what is not ours: it is then left as it is.
    """
    try:
        with _alone(path.parent):
            registry = CollectorRegistry()
            registry.register(_Collector(renew(_read(path))))
            write_to_textfile(str(path), registry)
    except OSError as error:
        raise Failure(f"the metrics could not be written to {path}", why=error.strerror or str(error)) from None


def _read(path: Path) -> Samples:
    """The numbers in the file; none if there is no file yet."""
    try:
        families = list(text_string_to_metric_families(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise Failure(f"{path} holds no metrics of ours", why="it cannot be read as Prometheus text") from None
    known = {metric.name: metric for metric in METRICS}
    samples = [sample for family in families for sample in family.samples]
    if other := next((sample.name for sample in samples if sample.name not in known), ""):
        raise Failure(f"{path} holds no metrics of ours", why=f"it holds {other}")
    return {(s.name, tuple(s.labels.get(label, "") for label in known[s.name].labels)): s.value for s in samples}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder while inside: the file itself is replaced, so that a lock on it would be lost."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
