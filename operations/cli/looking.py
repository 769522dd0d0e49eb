"""The commands that look and change nothing: doctor, status, backups list."""

import json as json_text

import typer
from rich.console import Console

from backups.listing import Listing, list_backups
from backups.stores import Store
from catalog.findings import Finding, Outcome
from database.marker import Marker
from operations import backing_up, doctor
from operations import status as standing
from operations.cli.codes import DONE, REFUSED
from operations.cli.commands import add
from operations.cli.options import Allow, Json
from operations.record import RunRecord
from operations.settings import load

_MARKS = {
    Outcome.PASSED: "[green]✓[/]",
    Outcome.ALLOWED: "[yellow]![/]",
    Outcome.NOTED: "[yellow]·[/]",
    Outcome.REFUSED: "[red]✗[/]",
}


def examine(allow: Allow = None, json: Json = False) -> None:
    """Check everything a run would need; change nothing.

    Settings, servers, privileges, marker, programs, store and keys are looked at. Exit code 0 if a refresh could
    run, 3 if something would refuse it.

    Example:
      greenroom doctor
    """
    findings = doctor.examine(load(allow=allow))
    if json:
        values = [
            {"check": item.check, "outcome": item.outcome, "what": item.what, "todo": item.todo} for item in findings
        ]
        typer.echo(json_text.dumps(values, indent=2))
    else:
        _print_findings(findings)
    raise typer.Exit(DONE if all(item.good for item in findings) else REFUSED)


def status(json: Json = False) -> None:
    """Say where staging stands.

    What it holds, what is kept beside it, the newest backup, the last runs.

    Example:
      greenroom status
    """
    found = standing.look(load())
    if json:
        typer.echo(json_text.dumps(found.to_values(), indent=2))
        return
    for line in _status_lines(found):
        typer.echo(line)


def list_all(json: Json = False) -> None:
    """List the backups in the store, newest first.

    What in the store cannot be used is named too.

    Example:
      greenroom backups list
    """
    settings = load()
    store = backing_up.store_of(settings, make=False)
    listing = Listing((), (), ()) if backing_up.is_ours_to_make(settings) else _listed(store)
    if json:
        values = [
            {
                "name": item.id,
                "taken_at": item.taken_at.isoformat(),
                "rows": item.manifest.rows,
                "bytes": item.manifest.cipher_bytes,
                "database": item.manifest.database,
            }
            for item in listing.backups
        ]
        typer.echo(json_text.dumps(values, indent=2))
        return
    for item in listing.backups:
        size = f"{item.manifest.rows} rows  {item.manifest.cipher_bytes} bytes"
        typer.echo(f"{item.id}  {item.taken_at:%Y-%m-%d %H:%M} UTC  {item.manifest.database}  {size}")
    for broken in listing.broken:
        typer.echo(f"{broken.name}  cannot be used: {broken.reason}")
    if not listing.backups:
        typer.echo(f"there is no backup in {store.place} yet; to take one: greenroom backup")


def _listed(store: Store) -> Listing:
    store.reach()
    return list_backups(store)


def _print_findings(findings: tuple[Finding, ...]) -> None:
    console = Console(highlight=False)
    for item in findings:
        console.print(f"{_MARKS[item.outcome]} {item.check:<22}", end="")
        console.print(item.what, markup=False, soft_wrap=True)
        if item.todo and item.outcome is not Outcome.PASSED:
            console.print(f"  {'':<22}→ {item.todo}", markup=False, style="dim", soft_wrap=True)


def _status_lines(found: standing.Status) -> list[str]:
    kept = [name for name, there in (("previous", found.previous), ("golden", found.golden)) if there]
    return [
        f"staging    {found.database}, {found.size >> 20} MiB, {'marked' if found.marker else 'NOT marked'}",
        f"holds      {_what_it_holds(found.marker)}",
        f"kept       {', '.join(kept) or 'nothing yet'}",
        f"backup     {_newest_backup(found.backup)}",
        *(f"run        {run.run}  {run.job}  {run.ending}{_proven(run)}" for run in found.runs),
    ]


def _proven(run: RunRecord) -> str:
    return f"  {run.proven} of {len(run.constraints)} constraints proven" if run.constraints else ""


def _what_it_holds(marker: Marker | None) -> str:
    if marker is None or not marker.run:
        return "rows that Greenroom did not make"
    if marker.seed is None:
        return f"a backup of {marker.built_at}"
    return f"rows of {marker.built_at}, seed {marker.seed}, profile {marker.profile}"


def _newest_backup(backup: standing.BackupStatus) -> str:
    tested = f"passed a restore test on {backup.tested:%Y-%m-%d}" if backup.tested else "not restore-tested yet"
    return f"{backup.name}, {tested}" if backup.name else backup.trouble


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program, and to its group `backups`."""
    add(app, "doctor", examine)
    add(app, "status", status)
    add(backups, "list", list_all)
