"""Running a command of the team's, which is ended with all that it started when its time is up."""

import os
from collections.abc import Mapping, Sequence

from schema_sync.history.child import run_command

_PRODUCTIONS = ("PRODUCTION_DATABASE_URL", "PRODUCTION_REDIS_URL")


def carry_out(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> str:
    """Why a command did not end well, as a clause; nothing if it did. What it says is not told: it may hold rows."""
    try:
        ended = run_command(command, environment, seconds)
    except OSError as error:
        return f"could not be started: {error.strerror or type(error).__name__}"
    if ended.code is None:
        return f"did not end within {seconds:g} s"
    return f"ended with exit code {ended.code}" if ended.code else ""


def without_production(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment less production's URLs, in whatever case a variable is written: settings take it in any."""
    return {name: value for name, value in environment.items() if name.upper() not in _PRODUCTIONS}
