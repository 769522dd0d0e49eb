"""What a run is in numbers, for Prometheus: a file that every run brings up to date; read, pushed or scraped."""

from operations.metrics.exposition import read_numbers, registry_of
from operations.metrics.measured import METRICS, Metric, Samples, measured
from operations.metrics.pushing import push
from operations.metrics.serving import served
from operations.metrics.textfile import publish

__all__ = ["METRICS", "Metric", "Samples", "measured", "publish", "push", "read_numbers", "registry_of", "served"]
