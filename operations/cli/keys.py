"""The commands about keys: keys new, keys list."""

from pathlib import Path
from typing import Annotated

import typer

from backups.cipher import Identity
from backups.keyring import Ring, ring
from backups.signing import SigningKey
from operations.backup.identities import has_identity, identities_here
from operations.backup.stores import listed, store_of
from operations.cli.commands import add
from operations.private_file import write_new
from operations.settings.settings import load


def new(
    signing: Annotated[
        Path | None,
        typer.Option("--signing", metavar="FILE", help="Make a key that signs backups instead, and keep it in FILE."),
    ] = None,
) -> None:
    """Make a key that opens backups, and show it once.

    The secret part is printed and kept nowhere: put it where it belongs at once. Make two, and keep them in two places.
    With --signing, make the key with which the host that takes backups signs them.

    Examples:
      greenroom keys new
      (umask 077; greenroom keys new > identity.txt)
      greenroom keys new --signing signing.pem
    """
    if signing is None:
        identity = Identity.new()
        typer.echo(f"# public key: {identity.recipient}\n{identity.secret}")
        typer.echo(f"Add the public key to GREENROOM_RECIPIENTS: {identity.recipient}", err=True)
        return
    key = SigningKey.new()
    write_new(signing, key.pem)
    typer.echo(f"{key.verify_key}")
    typer.echo(f"Set GREENROOM_SIGNING_KEY_FILE={signing.absolute()} where backups are taken,", err=True)
    typer.echo(f"and GREENROOM_VERIFY_KEYS={key.verify_key} wherever they are read.", err=True)


def list_all() -> None:
    """Say which key opens which backup.

    Keys in the settings that open no backup are named, and keys of backups that are in no setting.

    Example:
      greenroom keys list
    """
    settings = load()
    held = identities_here(settings) if has_identity(settings) else ()
    listing = listed(store_of(settings, make=False), settings)
    for key in ring(listing.backups, settings.recipients, [identity.recipient for identity in held]):
        typer.echo(_line(key))


def _line(key: Ring) -> str:
    notes = [
        "new backups open with it" if key.current else "in no setting: new backups do not open with it",
        "its identity is at hand" if key.held else "",
        f"opens {len(key.opens)} backups" + (f": {', '.join(key.opens)}" if key.opens else ""),
    ]
    return f"{key.recipient}  {'; '.join(note for note in notes if note)}"


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add the group `keys` to the program."""
    keys = typer.Typer(help="Make and look after the keys of backups.", no_args_is_help=True, rich_markup_mode=None)
    add(keys, "new", new)
    add(keys, "list", list_all)
    app.add_typer(keys, name="keys")
