"""The commands on previews: preview create, preview list, preview drop."""

import json as json_text
from datetime import UTC, datetime
from typing import Annotated

import typer

from operations import previewing
from operations.cli.carrying import carried, carry
from operations.cli.codes import code_of_record
from operations.cli.commands import add
from operations.cli.options import Allow, Json, Yes
from operations.cli.showing import ask
from operations.record import Ending
from operations.settings.settings import load
from schema_sync.previews import Bounds, Preview

_Name = Annotated[str, typer.Argument(metavar="NAME", help="What to call it, such as pr-123.")]


def create(name: _Name, allow: Allow = None, json: Json = False) -> None:
    """Make a database for a pull request.

    It is a clone of the golden, beside staging, with staging's owner, settings and grants on the database. Its URL,
    without the password, is the last line. Staging is not touched.

    Examples:
      greenroom preview create pr-123
      greenroom preview create pr-123 --json
    """
    settings = load(allow=allow)
    place = settings.staging().preview(name)  # a name that does not fit is no run
    record = carried("preview create", settings, lambda run: previewing.create(run, name), as_json=json)
    if record.ending is Ending.DONE and not json:
        typer.echo(place.shown_url)
    raise typer.Exit(code_of_record(record))


def list_all(json: Json = False) -> None:
    """List the previews of staging, the oldest first.

    Each with its age, who made it, and from which run's golden.

    Example:
      greenroom preview list
    """
    settings = load()
    found, bounds, now = previewing.look(settings), settings.preview_bounds(), datetime.now(UTC)
    if json:
        typer.echo(json_text.dumps([_values(preview, bounds, now) for preview in found], indent=2))
        return
    for preview in found:
        typer.echo(_line(preview, bounds, now))
    if not found:
        typer.echo("there is no preview yet; to make one: greenroom preview create NAME")


def drop(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The preview to drop.")] = "",
    expired: Annotated[bool, typer.Option("--expired", help="Drop all that are past their age instead.")] = False,
    allow: Allow = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Drop a preview, ending who is on it.

    Only a preview of this staging is ever dropped: never staging, the golden, or a database that is not ours.

    Examples:
      greenroom preview drop pr-123
      greenroom preview drop --expired
    """
    if bool(name) == expired:
        raise typer.BadParameter("give the name of a preview, or --expired")
    settings = load(allow=allow)
    if expired:
        carry("preview drop", settings, previewing.drop_all_expired, as_json=json)
    place = settings.staging().preview(name)
    ask(f'Drop "{place.database}" with everything in it?', yes=yes)
    carry("preview drop", settings, lambda run: previewing.drop_one(run, name), as_json=json)


def _line(preview: Preview, bounds: Bounds, now: datetime) -> str:
    made, marker = preview.created_at, preview.marker
    since = f"{made:%Y-%m-%d %H:%M} UTC" if made else "at a time unknown"
    told = f"{preview.name}  {preview.at.shown_url}  {preview.size >> 20} MiB  made {since} by {marker.created_by}"
    past = "  past its age" if preview.is_expired(bounds, now) else ""
    return f"{told}  from the golden of run {marker.golden}{past}"


def _values(preview: Preview, bounds: Bounds, now: datetime) -> dict[str, object]:
    marker, ends_at = preview.marker, preview.ends_at(bounds)
    return {
        "name": preview.name,
        "database": preview.at.database,
        "url": preview.at.shown_url,
        "bytes": preview.size,
        "created_at": marker.created_at,
        "created_by": marker.created_by,
        "golden": marker.golden,
        "seed": marker.seed,
        "profile": marker.profile,
        "anchor": marker.anchor,
        "ends_at": ends_at.isoformat() if ends_at else None,
        "expired": preview.is_expired(bounds, now),
    }


def add_to(app: typer.Typer, _backups: typer.Typer) -> None:
    """Add these commands to the program, in a group of their own."""
    group = typer.Typer(
        help="Make, list and drop databases for pull requests, clones of the golden.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    add(group, "create", create)
    add(group, "list", list_all)
    add(group, "drop", drop)
    app.add_typer(group, name="preview")
