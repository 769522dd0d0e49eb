"""A run in a few lines on a terminal, for people."""

from collections.abc import Iterable, Iterator

from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from catalog.findings import Finding, Outcome
from operations.record import Ending, MigrationRecord, RunRecord
from operations.report import figures, rehearsal, shape
from operations.report.words import duration, headline, visible

_INDENT = (0, 0, 0, 2)
_STYLES = {
    Ending.DONE: "bold green",
    Ending.REFUSED: "bold yellow",
    Ending.FAILED: "bold red",
    Outcome.PASSED: "green",
    Outcome.ALLOWED: "yellow",
    Outcome.NOTED: "cyan",
    Outcome.REFUSED: "bold red",
}
_DIM = "dim"

Cell = tuple[str, str]
Line = tuple[Cell, ...]


def print_record(console: Console, record: RunRecord) -> None:
    """Print how the run ended, its numbers, its steps, what its checks found, the personas, and where things are."""
    _print_verdict(console, record)
    _print_lines(console, "Steps", _steps(record), right=1)
    _print_lines(console, f"Checks: {figures.tally(record.findings)}", _checks(record.findings))
    _print_lines(console, "Rehearsal of the next release", _rehearsal(record))
    _print_lines(console, "What changed in production's shape", _shape(record))
    people = [_line(p.name, p.role, p.email, p.about or p.how) for p in record.personas]
    _print_lines(console, "Sign in as", people, whole=2)
    _print_facts(console, figures.facts(record))
    _print_lines(console, "Left behind", [_line(item) for item in record.left])


def _print_verdict(console: Console, record: RunRecord) -> None:
    said = headline(record)
    opening = Text.assemble((said.word, _STYLES[record.ending]), ": ", _text(console, said.sentence))
    console.print(opening, soft_wrap=True)
    for line in said.rest.splitlines():
        console.print(_text(console, line), soft_wrap=True)
    numbers = ", ".join(f"{figure.value} {figure.label}" for figure in figures.key_figures(record))
    console.print(_text(console, numbers, _DIM), soft_wrap=True)


def _steps(record: RunRecord) -> list[Line]:
    return [
        (
            (step.name, ""),
            (duration(step.seconds), ""),
            ("" if step.ending is Ending.DONE else step.ending, _STYLES[step.ending]),
            (step.note, _DIM),
        )
        for step in record.steps
    ]


def _checks(findings: tuple[Finding, ...]) -> list[Line]:
    return [line for item in figures.by_urgency(findings) for line in _check(item)]


def _check(item: Finding) -> Iterator[Line]:
    first, *rest = item.todo.splitlines() or [""]
    yield (
        (item.outcome, _STYLES[item.outcome]),
        (item.check, ""),
        (f"{item.what}. {first}" if first else item.what, _DIM),
    )
    yield from ((("", ""), ("", ""), (line, _DIM)) for line in rest)


def _rehearsal(record: RunRecord) -> list[Line]:
    if record.rehearsal is None:
        return []
    ended = Ending.DONE if record.rehearsal.promoted else Ending.FAILED
    whole: Line = ((record.rehearsal.of, ""), ("", ""), (record.rehearsal.ended, _STYLES[ended]))
    return [whole, *(line for item in record.rehearsal.migrations for line in _migration(item))]


def _migration(item: MigrationRecord) -> Iterator[Line]:
    style = _STYLES[Ending.FAILED] if item.failed else _DIM
    first, *rest = rehearsal.notes(item) or ("",)
    yield ((rehearsal.title(item), ""), (duration(item.seconds), ""), (first, style))
    yield from ((("", ""), ("", ""), (note, _DIM)) for note in rest)


def _shape(record: RunRecord) -> list[Line]:
    return [((group.kind, ""), (shape.counts(group.differences), _DIM)) for group in shape.by_kind(record.changes)]


def _line(*texts: str) -> Line:
    return tuple((text, "") for text in texts)


def _print_facts(console: Console, facts: Iterable[tuple[str, str]]) -> None:
    """Print a line for each fact; paths and URLs are not broken, so that they can be copied."""
    told = list(facts)
    if not told:
        return
    console.print()
    console.print(Text("Worth knowing", "bold"))
    wide = max(len(label) for label, _ in told)
    for label, value in told:
        line = Text.assemble("  ", _text(console, label.ljust(wide), _DIM), "  ", _text(console, value))
        console.print(line, soft_wrap=True)


def _print_lines(
    console: Console, title: str, lines: Iterable[Line], right: int | None = None, whole: int | None = None
) -> None:
    rows = list(lines)
    if not rows:
        return
    console.print()
    console.print(Text(title, "bold"))
    console.print(Padding(_grid(console, rows, right, whole), _INDENT))


def _grid(console: Console, rows: list[Line], right: int | None, whole: int | None) -> Table:
    """The lines in columns; `right` is set to the right, and `whole` is not broken where it fits into half a line."""
    grid = Table.grid(padding=(0, 2))
    for column in range(len(rows[0])):
        fits = max(len(row[column][0]) for row in rows) <= console.width // 2
        justify: JustifyMethod = "right" if column == right else "left"
        grid.add_column(justify=justify, overflow="fold", no_wrap=column == whole and fits)
    for row in rows:
        grid.add_row(*(_text(console, text, style) for text, style in row))
    return grid


def _text(console: Console, text: str, style: str = "") -> Text:
    """The text as this terminal can show it; never read as markup."""
    shown = visible(text).encode(console.encoding, "backslashreplace").decode(console.encoding)
    return Text(shown, style)
