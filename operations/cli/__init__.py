"""The command line, `greenroom`."""

import sys


def main() -> None:
    """Run the program; interrupted before or after a job, it says so and leaves with 4."""
    try:
        from operations.cli.program import run

        run()
    except KeyboardInterrupt:
        print("failed: interrupted; staging is what the last line of the audit trail says.", file=sys.stderr)  # noqa: T201  # the program's own voice
        raise SystemExit(4) from None
