"""The numbers as Prometheus reads them: written from what a run measured, and read back from a file."""

from collections.abc import Iterable
from pathlib import Path

from prometheus_client import CollectorRegistry
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


def registry_of(samples: Samples) -> CollectorRegistry:
    """The numbers as the Prometheus client takes them."""
    registry = CollectorRegistry()
    registry.register(_Collector(samples))
    return registry


def read_numbers(path: Path) -> Samples:
    """The numbers in a file; none if there is no file yet. Raises OSError, or Failure if it holds what is not ours."""
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
