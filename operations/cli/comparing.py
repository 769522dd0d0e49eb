"""The command that says what differs: drift."""

import json as json_text

import typer

from catalog.errors import Misuse
from operations.carrying_out import carry_out
from operations.cli.codes import code_of_drift
from operations.cli.commands import add
from operations.cli.drift_lines import beyond_lines, difference_lines, difference_values
from operations.cli.interruption import interruptible
from operations.cli.options import Allow, From, Json, choices
from operations.cli.showing import Shown, show_record
from operations.record import Ending, RunRecord
from operations.run import Run, plainly
from operations.settings.settings import load
from operations.shape import drift_jobs
from operations.shape.shape_from import Kind
from schema_sync.drift import DOUBTS, LEFT_UNFILLED, NOT_COMPARED, by_rehearsal


def drift(
    snapshot: str = typer.Option(
        "", metavar="RUN", help="Compare with the snapshot that this run kept; production is not asked."
    ),
    head: bool = typer.Option(False, "--head", help="Compare with what the application's Alembic history makes."),
    shape: From = None,
    production: bool = typer.Option(
        False, "--production", help="With --head or --from: compare production with that, and not staging."
    ),
    allow: Allow = None,
    json: Json = False,
) -> None:
    """Say what differs between production and staging.

    Every kind of object that a schema may hold is compared with what a refresh would make. Staging is not touched:
    production's shape is restored into a shadow beside it, which is dropped again. What cannot be compared is said.
    The exit code is 0 if nothing differs, or nothing but what a rehearsed release changed on staging, and 6 if
    something else does. With --head or --from, staging is compared with the shape that comes from there, and with
    --production as well, production is.

    Examples:
      greenroom drift
      greenroom drift --json
      greenroom drift --snapshot 20261122T230000Z-3f9c2a
      greenroom drift --head
      greenroom drift --head --production
      greenroom drift --from s3://shapes.example.com/app.dump
    """
    _refuse_contradictions(snapshot, head, shape, production)
    settings = load(**choices(None, None, None, False, allow), shape="alembic:head" if head else shape)
    elsewhere = settings.shape if head or (shape and settings.shape.kind is not Kind.PRODUCTION) else None
    source = elsewhere or snapshot or settings.production()
    with Shown(quiet=json) as shown, interruptible():
        run = Run("drift", settings, settings.staging(), shown)
        if production:
            record = carry_out(run, lambda: drift_jobs.find_productions_drift(run, plainly, settings.shape))
        else:
            record = carry_out(run, lambda: drift_jobs.find_drift(run, plainly, source))
    whose = ("that schema" if elsewhere else "production", "production" if production else "staging")
    _show(record, whose, as_json=json)
    raise typer.Exit(code_of_drift(record))


def _refuse_contradictions(snapshot: str, head: bool, shape: str | None, production: bool) -> None:
    if sum(map(bool, (snapshot, head, shape))) > 1:
        raise Misuse("--snapshot, --head and --from are three places to compare with", todo="Give one of them.")
    if production and not head and shape in (None, str(Kind.PRODUCTION)):
        raise Misuse("production is to be compared with itself", todo="Give --head, or --from PLACE, as well.")


def _show(record: RunRecord, whose: tuple[str, str], *, as_json: bool) -> None:
    if record.ending is not Ending.DONE:
        show_record(record, as_json=as_json)
        return
    beyond = [finding for finding in record.findings if finding.check in (*NOT_COMPARED, LEFT_UNFILLED, *DOUBTS)]
    if as_json:
        told = {
            "format": "greenroom-drift/1",
            "run": record.run,
            "database": record.database,
            "compared": list(whose),
            "differences": difference_values(record.changes),
            "rehearsed": by_rehearsal(record.changes, record.findings),
            "not_compared": [finding.what for finding in beyond],
            "kept_out": [list(pair) for pair in record.dropped],
        }
        typer.echo(json_text.dumps(told, indent=2))
        return
    typer.echo(record.sentence)
    for line in (*difference_lines(record.changes, *whose), "", *beyond_lines(beyond)):
        typer.echo(line)
    for label, value in record.facts:
        typer.echo(f"{label}: {value}")


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add this command to the program."""
    add(app, "drift", drift)
