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
_PEOPLE = 5

Cell = tuple[str, str]
Line = tuple[Cell, ...]


def print_record(console: Console, record: RunRecord) -> None:
    """Print how the run ended, its numbers, what went wrong or wants reading, whom to sign in as, where things are.

    Not what its steps and the report say already: the steps that ended well, the checks that passed.
    """
    _print_verdict(console, record)
    _print_lines(console, "Steps that did not end well", _steps(record), right=1)
    _print_checks(console, record.findings)
    _print_lines(console, "Rehearsal of the next release", _rehearsal(record))
    _print_shape(console, record)
    _print_lines(console, "Sign in as", _people(record), whole=2)
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
            (step.ending, _STYLES[step.ending]),
            (step.note, _DIM),
        )
        for step in record.steps
        if step.ending is not Ending.DONE
    ]


def _print_checks(console: Console, findings: tuple[Finding, ...]) -> None:
    """Print how many there were of which kind, and those that did not pass."""
    if findings:
        console.print()
        console.print(Text(f"Checks: {figures.tally(findings)}", "bold"))
        worth = (item for item in figures.by_urgency(findings) if item.outcome is not Outcome.PASSED)
        lines = [line for item in worth for line in _check(item)]
        if lines:
            console.print(Padding(_grid(console, lines, None, None), _INDENT))


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


def _print_shape(console: Console, record: RunRecord) -> None:
    """Print what changed in one paragraph: the kinds, and how many of each went which way."""
    if record.changes:
        told = "; ".join(f"{group.kind} {shape.counts(group.differences)}" for group in shape.by_kind(record.changes))
        console.print()
        console.print(Text(f"What changed in production's shape: {shape.counts(record.changes)}", "bold"))
        console.print(Padding(_text(console, told, _DIM), _INDENT))


def _people(record: RunRecord) -> list[Line]:
    """The first few, a line each, and how to see the others."""
    shown, more = record.personas[:_PEOPLE], len(record.personas) - _PEOPLE
    lines = [_line(persona.name, persona.role, persona.email) for persona in shown]
    return [*lines, *([_line(f"{more} more", "", "greenroom personas")] if more > 0 else [])]


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
