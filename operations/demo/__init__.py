"""The demo: everything on this machine alone, started, run, proven and told."""

from operations.demo.running import run_demo

__all__ = ["run_demo"]
