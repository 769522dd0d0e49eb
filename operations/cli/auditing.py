"""The commands on the audit trail: audit, audit verify."""

import json as json_text
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from backups.stores import Store
from catalog.errors import Failure, Refusal
from operations.audit import AuditLine, AuditTrail
from operations.audit.copies import Verified, verify
from operations.backup.stores import is_ours_to_make, store_of
from operations.cli.audit_lines import run_lines, step_lines
from operations.cli.commands import add, add_alone
from operations.cli.options import Json
from operations.report.words import plural
from operations.settings.settings import Settings, load

_Run = Annotated[str, typer.Option("--run", metavar="RUN", help="Every line of this run, with versions and settings.")]
_Last = Annotated[int, typer.Option("--last", metavar="N", help="How many of the newest runs.", min=1)]


def show(context: typer.Context, run: _Run = "", last: _Last = 20, json: Json = False) -> None:
    """Say who did what, when, on which database, and how it ended, a run on each line, the newest last.

    Examples:
      greenroom audit
      greenroom audit --run 20261122T230000Z-3f9c2a
      greenroom audit verify
    """
    if context.invoked_subcommand:
        return
    lines = load().audit_trail().lines()
    chosen = tuple(line for line in lines if line.run == run) if run else _newest(lines, last)
    if run and not chosen:
        raise Refusal(f"the audit trail has no run {run}", todo="To see which there are: greenroom audit --last 100")
    if json:
        values = [asdict(line) | {"at": line.at.isoformat(), "about": dict(line.about)} for line in chosen]
        typer.echo(json_text.dumps(values, indent=2))
        return
    for text in (step_lines if run else run_lines)(chosen):
        typer.echo(text)


def check() -> None:
    """Find every line of the audit trail that was changed, removed, put in or moved since it was written.

    Reads the file and, where there is a store of backups, the copy in it. Changes nothing.

    Example:
      greenroom audit verify
    """
    settings = load()
    trail = settings.audit_trail()
    keys = settings.audit_keys()
    found = verify(trail, None if is_ours_to_make(settings) else _store(settings), keys)
    if found.wrong:
        raise Failure(
            f"the audit trail {trail.path} is not as it was written",
            why="; ".join(found.wrong),
            todo='Keep the file, and find out who changed it (docs/runbook.md, "The audit trail").',
        )
    typer.echo(_told(trail, found, key_file=settings.signing_key_file, checked=bool(keys)))


def _store(settings: Settings) -> Store:
    store = store_of(settings, make=False)
    store.reach()
    return store


def _newest(lines: Sequence[AuditLine], last: int) -> tuple[AuditLine, ...]:
    """The lines of the newest runs."""
    runs = list(dict.fromkeys(line.run for line in lines))[-last:]
    return tuple(line for line in lines if line.run in runs)


def _told(trail: AuditTrail, found: Verified, *, key_file: Path | None, checked: bool) -> str:
    """What was verified, and what could not be."""
    chain = found.chain
    if not chain.sealed:
        return f"there is no sealed line in {trail.path} yet"
    told = [f"{chain.last} lines are as they were written, since {chain.sealed[0].line.at:%Y-%m-%d %H:%M} UTC"]
    if chain.older:
        told.append(f"{chain.older} lines before that have no seal; they were not changed since the first seal")
    told.append(_told_of_signatures(found, key_file, checked=checked))
    if chain.halves:
        are = "is" if chain.halves == 1 else "are"
        told.append(f"{plural(chain.halves, 'half line')}, left by a crash, {are} passed over")
    same = f"the copy in the store is the same, up to line {found.copied}"
    told.append(same if found.copied else "there is no copy in the store yet, so that a cut end would not be seen")
    if trail.is_others_to_write:
        told.append(f"others than its owner may write to {trail.path}: chmod 600")
    if found.others:
        told.append(f"the store has copies of {plural(found.others, 'other trail')}, of other home folders or older")
    return "\n".join(told)


def _told_of_signatures(found: Verified, key_file: Path | None, *, checked: bool) -> str:
    if not found.signed and key_file:
        return "none of them is signed: no run since signing_key_file was set, or somebody took the signatures off"
    if not found.signed:
        return "none of them is signed, so that who may write the file could add to it: set signing_key_file"
    if not checked:
        return f"{found.signed} of them are signed, by whom was not looked at: set verify_keys"
    before = found.chain.sealed[-1].line.number - found.signed
    return f"{found.signed} of them are signed" + (f", all but the first {before}" if before else "")


def add_to(app: typer.Typer, _: typer.Typer) -> None:
    """Add these commands to the program, in a group of their own."""
    group = typer.Typer(rich_markup_mode=None)
    add_alone(group, show)
    add(group, "verify", check)
    app.add_typer(group, name="audit")
