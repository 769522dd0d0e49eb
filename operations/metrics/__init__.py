"""What a run is in numbers, for Prometheus: a text file that node-exporter reads, brought up to date by every run."""

from operations.metrics.measured import METRICS, Metric, Samples, measured
from operations.metrics.textfile import publish

__all__ = ["METRICS", "Metric", "Samples", "measured", "publish"]
