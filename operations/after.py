"""What follows a good refresh: the team's own command. None of it can undo the refresh."""

import os
import subprocess
from collections.abc import Mapping, Sequence

from catalog.findings import Finding, noted, passed
from operations.run import Run

_SECONDS = 300
_CHECK = "after-refresh"


def after_refresh(run: Run) -> None:
    """Run the command the settings name, with staging's URL in its environment and production's taken out.

    Its failure is told, never raised.
    """
    with run.step("after the refresh") as note:
        if not run.settings.after_refresh:
            note.text = "no command is set"
            return
        told = {"STAGING_DATABASE_URL": run.staging.url, "GREENROOM_RUN": run.id}
        finding = _carry_out(run.settings.after_refresh, without_production(os.environ) | told)
        run.story.findings.append(finding)
        note.text = finding.what


def without_production(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment less production's URL, in whatever case its variable is written: settings take it in any."""
    return {name: value for name, value in environment.items() if name.upper() != "PRODUCTION_DATABASE_URL"}


def _carry_out(command: Sequence[str], environment: dict[str, str]) -> Finding:
    todo = "Staging is refreshed all the same; run the command by hand once it is mended."
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except OSError as error:
        return noted(_CHECK, f"the command after the refresh could not be started: {error}", todo)
    except subprocess.TimeoutExpired:
        return noted(_CHECK, f"the command after the refresh did not end within {_SECONDS} s", todo)
    if done.returncode:
        return noted(_CHECK, f"the command after the refresh ended with exit code {done.returncode}", todo)
    return passed(_CHECK, "the command after the refresh ended well")
