"""The command line, `greenroom`."""

from operations.cli.program import main

__all__ = ["main"]
