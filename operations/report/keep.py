"""Keep a run's page and JSON in the folder of reports, and read them back."""

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from operations.record import RunRecord
from operations.report.as_json import from_json, to_json
from operations.report.page import render, render_index

INDEX = "index.html"
NEWEST = 100
_MODE = 0o644
_DAY = 86_400
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class History:
    """The runs that a folder holds, newest first, and the names of the files that are not a run."""

    runs: tuple[tuple[Path, RunRecord], ...]
    unreadable: tuple[str, ...]

    @property
    def records(self) -> tuple[RunRecord, ...]:
        """The runs without their files."""
        return tuple(record for _, record in self.runs)


def write(record: RunRecord, folder: Path) -> Path:
    """The path of the page, written beside the run's JSON; the folder is made if missing, its index brought up to date.

    Each file appears whole or not at all. Reports hold no secret, so anyone on the machine may read them (0644).
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = file_name(record.run)
    replace(folder / f"{name}.json", to_json(record))
    page, past = folder / f"{name}.html", history(folder)
    replace(page, render(record, linked(past)))
    _write_index(folder, past)
    return page


def history(folder: Path, newest: int = NEWEST) -> History:
    """The newest runs of a folder by their start, without their pictures; empty if there is no such folder."""
    recent = sorted(folder.glob("*.json"), key=_age)[:newest]
    runs, unreadable = [], []
    for path in recent:
        try:
            runs.append((path, from_json(path.read_bytes(), pictured=False)))
        except (ValueError, OSError):
            unreadable.append(path.name)
    return History(tuple(sorted(runs, key=lambda run: run[1].started, reverse=True)), tuple(unreadable))


def index(folder: Path) -> Path:
    """The path of the page that lists the folder's newest 100 runs, written anew."""
    return _write_index(folder, history(folder))


def _write_index(folder: Path, past: History) -> Path:
    page = folder / INDEX
    replace(page, render_index(linked(past), past.unreadable))
    return page


def linked(past: History) -> list[tuple[str, RunRecord]]:
    """The runs, each with the link to its page, from beside it."""
    return [(quote(path.with_suffix(".html").name), record) for path, record in past.runs]


def let_go(folder: Path, days: int, fewest: int) -> int:
    """Delete the pages and the JSON of runs that are older than so many days, but for the newest `fewest`; how many."""
    pages = sorted(folder.glob("*.json"), key=_age)[fewest:]
    old = [path for path in pages if time.time() - path.stat().st_mtime > days * _DAY]
    for path in old:
        path.with_suffix(".html").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    return len(old)


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def file_name(run: str) -> str:
    """What the files of a run are called, without their ending: letters, digits, dots, lines, and not too long."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", run).strip(".-")[:_LONGEST_NAME]
    return plain if plain and plain != Path(INDEX).stem else f"run-{plain}"


def replace(path: Path, text: str) -> None:
    """Have the file hold the text, whole or not at all."""
    data = text.encode("utf-8", "backslashreplace")
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}.", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(_MODE)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
