"""The audit trail as lines on a terminal: a table of runs, or one run from its first line to its last."""

from collections.abc import Iterator, Sequence

from operations.audit import AuditLine

_TITLES = ("when (UTC)", "run", "job", "outcome", "database", "operator", "deployment", "host")
_WHOLE = "run"  # the step by which a run tells its own beginning and end


def run_lines(lines: Sequence[AuditLine]) -> Iterator[str]:
    """A line for each run, in columns."""
    runs: dict[str, list[AuditLine]] = {}
    for line in lines:
        runs.setdefault(line.run, []).append(line)
    yield from _columns([_TITLES, *(_row(of_run) for of_run in runs.values())])


def step_lines(lines: Sequence[AuditLine]) -> Iterator[str]:
    """Everything the trail has of one run: each line, and beneath the first its versions and settings."""
    for line in lines:
        note = f"  {line.note}" if line.note else ""
        yield _plain(f"{line.at:%Y-%m-%d %H:%M:%S}  {line.moment:<8} {line.step}{note}")
        yield from (_plain(f"    {label} = {text}") for label, text in line.about)


def _row(lines: Sequence[AuditLine]) -> tuple[str, ...]:
    first, last = lines[0], lines[-1]
    over = [line for line in lines if line.step == _WHOLE and line.moment != "begin"]
    outcome = over[-1].moment if over else f"no end; last: {last.step}"
    when = f"{first.at:%Y-%m-%d %H:%M:%S}"
    return when, first.run, first.job, outcome, first.database, first.operator, first.deployment or "-", first.host


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    plain = [[_plain(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    for row in plain:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _plain(text: str) -> str:
    """The text without what could move a terminal's cursor or change its colour."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
