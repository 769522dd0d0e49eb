"""How the child process words what an application's code raised; like its script, it imports nothing of ours."""

import os
import sysconfig
import traceback
from pathlib import Path
from urllib.parse import quote

_LONGEST = 300
_LONGEST_STATEMENT = 4000


def why(error: BaseException) -> str:
    """The error in one line: what PostgreSQL said, or its kind and place in the code."""
    cause = getattr(error, "orig", None)
    if cause is not None:
        return _line(str(cause))
    if type(error).__name__ == "CommandError":
        return _line(str(error))
    not_theirs = (str(Path(__file__).parent), "<", sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if not frame.filename.startswith(not_theirs)]
    place = f" ({Path(theirs[-1].filename).name}, line {theirs[-1].lineno})" if theirs else ""
    return f"{type(error).__name__}: {_line(str(error))}{place}"


def statement(error: BaseException) -> str:
    """The statement that PostgreSQL did not take, without the values of its parameters; empty for any other error."""
    return _hidden(str(getattr(error, "statement", "") or "")).strip()[:_LONGEST_STATEMENT]


def _line(text: str) -> str:
    """The first line that says anything, cut where it grows long."""
    lines = [line.strip() for line in _hidden(text).splitlines() if line.strip()]
    return lines[0][:_LONGEST].rstrip(".") if lines else "no reason was given"


def _hidden(text: str) -> str:
    """The text without our database's password, before it is cut: whoever reads on would not know half of one."""
    password = os.environ.get("PGPASSWORD", "")
    for secret in filter(None, (password, quote(password, safe=""))):
        text = text.replace(secret, "***")
    return text
