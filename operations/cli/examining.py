"""The command that says whether a run could begin: doctor."""

import json as json_text

import typer
from rich.console import Console

from catalog.findings import Finding, Outcome
from operations import doctor
from operations.backup.probing import probe_stores
from operations.cli.codes import DONE, REFUSED
from operations.cli.commands import add
from operations.cli.options import Allow, From, Json, Probe
from operations.settings.settings import load

_MARKS = {
    Outcome.PASSED: "[green]✓[/]",
    Outcome.ALLOWED: "[yellow]![/]",
    Outcome.NOTED: "[yellow]·[/]",
    Outcome.REFUSED: "[red]✗[/]",
}


def examine(shape: From = None, probe: Probe = False, allow: Allow = None, json: Json = False) -> None:
    """Check everything a run would need; change nothing.

    Settings, servers, privileges, marker, programs, store and keys are looked at, and Redis and the services of what
    follows a refresh. Exit code 0 if a refresh could run, 3 if something would refuse it. With --probe it is tried out,
    by writing to the stores, whether they refuse to overwrite, verify checksums and hold to a lock, and what this key
    may do.

    Examples:
      greenroom doctor
      greenroom doctor --probe
    """
    settings = load(allow=allow, shape=shape)
    findings = (*doctor.examine(settings), *(probe_stores(settings) if probe else ()))
    if json:
        values = [
            {"check": item.check, "outcome": item.outcome, "what": item.what, "todo": item.todo} for item in findings
        ]
        typer.echo(json_text.dumps(values, indent=2))
    else:
        _print_findings(findings)
    raise typer.Exit(DONE if all(item.good for item in findings) else REFUSED)


def _print_findings(findings: tuple[Finding, ...]) -> None:
    console = Console(highlight=False)
    for item in findings:
        console.print(f"{_MARKS[item.outcome]} {item.check:<22}", end="")
        console.print(item.what, markup=False, soft_wrap=True)
        if item.todo and item.outcome is not Outcome.PASSED:
            console.print(f"  {'':<22}→ {item.todo}", markup=False, style="dim", soft_wrap=True)


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add this command to the program."""
    add(app, "doctor", examine)
