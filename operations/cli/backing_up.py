"""The commands around backups that build no staging: backup, restore-test, backups reencrypt."""

from collections.abc import Callable

import typer

from operations.backup import backup_jobs
from operations.cli.carrying import carry
from operations.cli.commands import add
from operations.cli.options import Allow, AnyBackup, Json
from operations.run import Do, Run, plainly
from operations.settings.settings import Settings, load


def backup(allow: Allow = None, json: Json = False) -> None:
    """Back staging up, encrypted, and let old backups go.

    Example:
      greenroom backup
    """
    _do("backup", load(allow=allow), backup_jobs.back_up, json)


def restore_test(name: AnyBackup = "", allow: Allow = None, json: Json = False) -> None:
    """Prove that a backup restores, and time it.

    It is restored into a scratch database, compared with its manifest, and dropped. Without a name the newest is
    tested, and of the older ones the one whose last test is longest ago.

    Example:
      greenroom restore-test
    """
    _do("restore-test", load(allow=allow), lambda run, do: backup_jobs.restore_test(run, do, name), json)


def reencrypt_backups(name: AnyBackup = "", json: Json = False) -> None:
    """Encrypt kept backups to the keys of today.

    Each gets a copy under a new name; the old one stays until retention lets it go. Without a name, every backup of
    staging that is encrypted to other keys than the settings have. It needs an identity that opens the old one.

    Example:
      greenroom backups reencrypt
    """
    _do("backups reencrypt", load(), lambda run, do: backup_jobs.reencrypt(run, do, name), json)


def _do(job: str, settings: Settings, work: Callable[[Run, Do], str], as_json: bool) -> None:
    carry(job, settings, lambda run: work(run, plainly), as_json=as_json)


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program, and to its group `backups`."""
    add(backups, "reencrypt", reencrypt_backups)
    add(app, "backup", backup)
    add(app, "restore-test", restore_test)
