"""The commands that say what there is: status, backups list."""

import json as json_text
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from shutil import get_terminal_size
from typing import Annotated

import typer

from backups.listing import Listing
from backups.proof import Backup
from catalog.errors import GreenroomError
from operations.backup.rate import in_bytes
from operations.backup.stores import is_ours_to_make, listed, stores_of
from operations.cli.codes import ATTENTION, DONE, FAILED
from operations.cli.commands import add
from operations.cli.options import Json
from operations.cli.status_lines import fitted, status_lines
from operations.notices.incident import Incident
from operations.settings.settings import Settings, load
from operations.standing import status as standing
from operations.standing.attention import OUT_OF_REACH, attention, limits_of, unusable

Tell = Annotated[
    bool,
    typer.Option("--tell", help="Tell whoever the settings name, if anything is new; for a timer, once an hour, say."),
]


def status(tell: Tell = False, json: Json = False) -> None:
    """Say where staging stands, on one screen, and whether anything wants attention.

    What staging holds and how old it is, what is kept beside it, the backups and their tests, the last runs, what runs
    next, and what wants attention: then the exit code is 9, for monitors. It is 0 if all is well. With --tell it is 4
    if not everybody could be told.

    Examples:
      greenroom status
      greenroom status --tell
    """
    now = datetime.now(UTC)
    with _told_if_refused(now, tell=tell):
        settings = load()
        settings.staging()
    with _told_if_refused(now, settings, tell=tell):
        found = standing.look(settings)
    incidents = attention(found, limits_of(settings), now)
    if json:
        wanted = [{"about": item.about, "severity": str(item.severity), "what": item.line} for item in incidents]
        typer.echo(json_text.dumps(standing.to_values(found) | {"attention": wanted}, indent=2))
    else:
        for line in status_lines(found, incidents, now):
            typer.echo(fitted(line, get_terminal_size().columns) if sys.stdout.isatty() else line)
    if tell and not _told(settings, incidents, now):
        raise typer.Exit(FAILED)
    raise typer.Exit(ATTENTION if incidents else DONE)


@contextmanager
def _told_if_refused(now: datetime, settings: Settings | None = None, *, tell: bool) -> Iterator[None]:
    """Tell what keeps staging from being looked at: what is wrong with the settings, unless there are settings."""
    try:
        yield
    except GreenroomError as error:
        if tell and not _told(settings, (OUT_OF_REACH if settings else unusable(error),), now):
            typer.echo(error, err=True)
            raise typer.Exit(FAILED) from error
        raise


def _told(settings: Settings | None, incidents: Sequence[Incident], now: datetime) -> bool:
    """Whether everybody was told, by the settings or, without them, by what holds of them; if not, says who was not."""
    from operations.notices.audience import audience_of
    from operations.notices.what_holds import audience_that_holds
    from operations.standing.telling import tell_standing

    untold = tell_standing(audience_of(settings) if settings else audience_that_holds(), incidents, now)
    if untold:
        typer.echo(f"not everybody was told: {'; '.join(untold)}", err=True)
    return not untold


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


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program, and to its group `backups`."""
    add(app, "status", status)
    add(backups, "list", list_all)
