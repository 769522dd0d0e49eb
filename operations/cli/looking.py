"""The commands that say what there is: status, backups list."""

import json as json_text
from collections.abc import Iterator
from datetime import UTC, datetime

import typer

from backups.listing import Listing
from backups.proof import Backup
from database.marker import Marker
from operations import status as standing
from operations.cli.commands import add
from operations.cli.options import Json
from operations.rate import in_bytes
from operations.record import RunRecord
from operations.settings import load
from operations.stores import is_ours_to_make, listed, stores_of


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
    """List the backups in each store, newest first.

    What is damaged or on hold is marked, and what in the store cannot be used is named too.

    Example:
      greenroom backups list
    """
    settings = load()
    if is_ours_to_make(settings):
        found = {settings.store: Listing((), (), ())}
    else:
        found = {store.place: listed(store, settings) for store in stores_of(settings)}
    if json:
        values = [_values(item, place) for place, listing in found.items() for item in listing.backups]
        typer.echo(json_text.dumps(values, indent=2))
        return
    for place, listing in found.items():
        if len(found) > 1:
            typer.echo(place)
        for line in backup_lines(listing, place, datetime.now(UTC)):
            typer.echo(line)


def _values(item: Backup, place: str) -> dict[str, object]:
    return {
        "name": item.id,
        "taken_at": item.taken_at.isoformat(),
        "rows": item.manifest.rows,
        "bytes": item.manifest.cipher_bytes,
        "database": item.manifest.database,
        "store": place,
        "damaged": item.damaged,
        "hold": str(item.hold) if item.hold else None,
    }


_HEADINGS = ("name", "taken (UTC)", "database", "rows", "size", "last proof", "remarks")


def backup_lines(listing: Listing, place: str, now: datetime) -> Iterator[str]:
    """What a store holds, a line for each backup: when, of what, how much, what is known of it; then what is broken."""
    cells = [_HEADINGS, *(_cells(item, now) for item in listing.backups)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells if listing.backups else ():
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    for broken in listing.broken:
        yield f"{broken.name}  cannot be used: {broken.reason}"
    if not listing.backups:
        yield f"there is no backup in {place} yet; to take one: greenroom backup"


def _cells(item: Backup, now: datetime) -> tuple[str, ...]:
    remarks = ["DAMAGED"] if item.damaged else []
    remarks += [str(item.hold)] if item.hold and item.hold.lasts(now) else []
    proof = max(item.proofs, key=lambda proof: proof.at, default=None)
    known = f"{proof.kind} {proof.at:%Y-%m-%d}, {'passed' if proof.passed else 'FAILED'}" if proof else "none"
    manifest = item.manifest
    size = in_bytes(manifest.cipher_bytes)
    when = f"{item.taken_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    return item.id, when, manifest.database, str(manifest.rows), size, known, "; ".join(remarks)


def _status_lines(found: standing.Status) -> list[str]:
    kept = [name for name, there in (("previous", found.previous), ("golden", found.golden)) if there]
    return [
        f"staging    {found.database}, {found.size >> 20} MiB, {'marked' if found.marker else 'NOT marked'}",
        f"holds      {_what_it_holds(found.marker)}",
        f"kept       {', '.join(kept) or 'nothing yet'}",
        f"previews   {found.previews or 'none'}",
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
    golden = f", cloned from the golden of run {marker.golden}" if marker.golden else ""
    return f"rows of {marker.built_at}, seed {marker.seed}, profile {marker.profile}{golden}"


def _newest_backup(backup: standing.BackupStatus) -> str:
    tested = f"passed a restore test on {backup.tested:%Y-%m-%d}" if backup.tested else "not restore-tested yet"
    return f"{backup.name}, {tested}" if backup.name else backup.trouble


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program, and to its group `backups`."""
    add(app, "status", status)
    add(backups, "list", list_all)
