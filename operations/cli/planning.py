"""The commands that say what a refresh would build: plan, sample."""

import json as json_text
from collections.abc import Iterator
from shutil import get_terminal_size
from sys import stdout

import typer

from catalog.findings import Outcome
from factories.plan import SeedPlan, TablePlan
from factories.sampling import sample as sample_rows
from operations import jobs
from operations.carrying_out import on_the_trail
from operations.chosen import all_chosen, chosen
from operations.cli.commands import add
from operations.cli.interruption import interruptible
from operations.cli.options import Allow, Anchor, From, Json, KeepRows, Rows, Scenario, Seed, Strict, Volume, choices
from operations.cli.plan_lines import generators, kept_values, no_row, one_table, overview, values
from operations.cli.sample_lines import row_lines
from operations.cli.showing import Shown
from operations.run import Run, plainly
from operations.scenarios import fitting
from operations.settings.settings import Settings, load
from operations.shape import history
from schema_sync import literals

_NOTED = (history.CHECK, literals.CHECK, fitting.CHECK)  # findings that a plan tells beside its own notes


def plan(
    table: str = typer.Option(
        "", metavar="NAME", help="Show this table alone: columns, and how constraints are met; '*' shows all so."
    ),
    brief: bool = typer.Option(False, "--brief", help="Leave the columns out: what differs, a line for each table."),
    shape: From = None,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    keep_rows: KeepRows = False,
    strict: Strict = False,
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Say what a refresh would build; staging is not touched.

    Each column's generator and why it was chosen; then, at the end, what differs, how many rows each table gets and
    why, what is left empty and which factory would fill it. With --table, how each constraint is met, too. A shadow
    beside staging is made and dropped.

    Examples:
      greenroom plan
      greenroom plan --brief
      greenroom plan --table users
      greenroom plan --table '*'
      greenroom plan --keep-rows
      greenroom plan --scenario agency
    """
    if brief and table:
        raise typer.BadParameter("--brief leaves out what --table is to show; give one of them")
    choice = choices(seed, profile, anchor, strict, allow, rows, keep_rows)
    run, drawn = _look_ahead(load(**choice, shape=shape, scenario=scenario), json, table or "")
    named = all_chosen((item.name for item in drawn.tables), table or "*")
    told = tuple(item for item in drawn.tables if item.name in named)
    notes = (*drawn.notes, *drawn.unmet, *_noted(run))
    if json:
        changes = [str(change) for change in run.story.changes]
        tables = [values(item) for item in told]
        found = {"changes": changes, "kept": kept_values(run.story.kept), "notes": notes, "tables": tables}
        typer.echo(json_text.dumps(found, indent=2))
        return
    for line in _in_full(told) if table else _at_length(drawn, run, notes, brief=brief):
        typer.echo(line)


def _in_full(tables: tuple[TablePlan, ...]) -> Iterator[str]:
    for item in tables:
        yield from one_table(item)
        if item is not tables[-1]:
            yield ""


def _at_length(drawn: SeedPlan, run: Run, notes: tuple[str, ...], *, brief: bool) -> Iterator[str]:
    """What is longest comes first, so that a terminal ends with what matters most."""
    if not brief:
        yield from generators(drawn.tables)
    yield from overview(drawn, run.story.changes, notes, run.story.kept)


def sample(
    table: str = typer.Argument(metavar="TABLE", help="A table, as NAME or SCHEMA.NAME."),
    rows: int = typer.Option(5, metavar="N", min=1, max=1000, help="How many rows."),
    shape: From = None,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Show a few rows of a table as they would be seeded.

    Staging is not touched. Of a table that stays empty it says why.

    Example:
      greenroom sample users --rows 3
    """
    settings = load(**choices(seed, profile, anchor, False, allow), shape=shape, scenario=scenario)
    run, drawn = _look_ahead(settings, json, table)
    planned = chosen((item.name for item in drawn.tables), table)
    found = sample_rows(drawn, planned, rows)
    if json:
        typer.echo(json_text.dumps([dict(row) for row in found], indent=2, default=str))
        return
    if not found:
        typer.echo(no_row(next(told for told in run.story.tables if told.name == str(planned))))
    width = get_terminal_size().columns if stdout.isatty() else None
    for number, row in enumerate(found):
        for line in row_lines(number, row, width):
            typer.echo(line)


def _noted(run: Run) -> list[str]:
    found = [finding for finding in run.story.findings if finding.check in _NOTED]
    return [finding.what for finding in found if finding.outcome is Outcome.NOTED]


def _look_ahead(settings: Settings, quiet: bool, table: str) -> tuple[Run, SeedPlan]:
    with Shown(quiet=quiet) as shown, interruptible():
        run = Run("plan", settings, settings.staging(), shown)
        with on_the_trail(run):
            _, drawn = jobs.look_ahead(run, plainly, table)
    return run, drawn


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add these commands to the program."""
    add(app, "plan", plan)
    add(app, "sample", sample)
