"""The commands that say what a refresh would build: plan, sample."""

import json as json_text

import typer
from rich.console import Console
from rich.table import Table

from catalog.errors import Refusal
from factories.plan import SeedPlan, TablePlan
from factories.seed import sample as sample_rows
from operations import jobs
from operations.cli.commands import add
from operations.cli.interruption import interruptible
from operations.cli.options import Allow, Anchor, Json, Rows, Seed, Strict, Volume, choices
from operations.cli.showing import Shown
from operations.run import Run, plainly
from operations.settings import Settings, load


def plan(
    table: str = typer.Option("", metavar="NAME", help="Show this table alone, column by column."),
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    strict: Strict = False,
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Say what a refresh would build; staging is not touched.

    What differs, which tables get how many rows, and each column's generator. A shadow beside staging is made and
    dropped.

    Examples:
      greenroom plan
      greenroom plan --table users
    """
    run, drawn = _look_ahead(load(**choices(seed, profile, anchor, strict, allow, rows)), json)
    if json:
        typer.echo(json_text.dumps(_plan_values(run, drawn, _table(drawn, table) if table else ""), indent=2))
    elif table:
        _print_columns(drawn, table)
    else:
        _print_plan(run, drawn)


def sample(
    table: str = typer.Argument(metavar="TABLE", help="A table, as NAME or SCHEMA.NAME."),
    rows: int = typer.Option(5, metavar="N", min=1, max=1000, help="How many rows."),
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Show a few rows of a table as they would be seeded.

    Staging is not touched.

    Example:
      greenroom sample users --rows 3
    """
    _, drawn = _look_ahead(load(**choices(seed, profile, anchor, False, allow)), json)
    found = sample_rows(drawn, _table(drawn, table), rows)
    if json:
        typer.echo(json_text.dumps([dict(row) for row in found], indent=2, default=str))
        return
    for number, row in enumerate(found):
        typer.echo(f"row {number}")
        for column, value in row.items():
            typer.echo(f"  {column}: {'NULL' if value is None else value}")


def _look_ahead(settings: Settings, quiet: bool) -> tuple[Run, SeedPlan]:
    production = settings.production() if settings.production_database_url else None
    with Shown(quiet=quiet) as shown, interruptible():
        run = Run("plan", settings, settings.staging(), shown)
        _, drawn = jobs.look_ahead(run, plainly, production)
    return run, drawn


def _table(drawn: SeedPlan, wanted: str) -> str:
    names = [str(table.name) for table in drawn.tables]
    plain = wanted.replace('"', "")  # as SQL quotes it, too
    fitting = [name for name in names if plain in (name, name.partition(".")[2])]
    if not fitting:
        raise Refusal(f'there is no table "{wanted}"', todo=f"There are: {', '.join(names)}")
    return fitting[0]


def _print_plan(run: Run, drawn: SeedPlan) -> None:
    console = Console(highlight=False)
    console.print(f"{len(run.story.changes)} objects differ from staging", markup=False)
    for change in run.story.changes:
        console.print(f"  {change}", markup=False, soft_wrap=True)
    grid = Table("table", "rows", "remark", box=None, pad_edge=False)
    for table in drawn.tables:
        grid.add_row(str(table.name), str(table.rows), table.remark)
    console.print(grid)


def _print_columns(drawn: SeedPlan, wanted: str) -> None:
    name = _table(drawn, wanted)
    table = next(table for table in drawn.tables if str(table.name) == name)
    console = Console(highlight=False)
    console.print(f"{name}: {table.rows} rows {table.remark}", markup=False)
    grid = Table("column", "generator", "why", box=None, pad_edge=False)
    for column in table.columns:
        grid.add_row(column.name, column.generator, column.reason)
    console.print(grid)


def _plan_values(run: Run, drawn: SeedPlan, only: str) -> dict[str, object]:
    changes = [str(change) for change in run.story.changes]
    tables = [table for table in drawn.tables if only in ("", str(table.name))]
    return {"changes": changes, "tables": [_table_values(table) for table in tables]}


def _table_values(table: TablePlan) -> dict[str, object]:
    columns = [{"name": item.name, "generator": item.generator, "why": item.reason} for item in table.columns]
    return {
        "name": str(table.name),
        "rows": table.rows,
        "reason": table.reason,
        "notes": list(table.notes),
        "columns": columns,
    }


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    add(app, "plan", plan)
    add(app, "sample", sample)
