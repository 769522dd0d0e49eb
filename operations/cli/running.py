"""The commands that do a job: refresh, reseed, rollback, backup, restore, restore-test."""

from collections.abc import Callable

import typer

from operations import jobs
from operations.carrying_out import carry_out
from operations.cli.codes import code_of_record
from operations.cli.commands import add
from operations.cli.interruption import interruptible
from operations.cli.options import (
    Allow,
    Anchor,
    BackupName,
    From,
    Json,
    NoBackup,
    Rows,
    Seed,
    Strict,
    Volume,
    Yes,
    choices,
)
from operations.cli.showing import Shown, ask, show_record
from operations.run import Do, Run, plainly
from operations.settings import Settings, load
from operations.sources import production_of


def refresh(
    shape: From = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    no_backup: NoBackup = False,
    strict: Strict = False,
    allow: Allow = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Rebuild staging in production's shape, with test data.

    Nothing is changed before every guard has agreed, nothing is promoted that was not proven, and the database that
    was staging stays on the server as NAME__prev.

    Examples:
      greenroom refresh
      greenroom refresh --seed 7 --profile smoke --yes
      greenroom refresh --allow same-server --no-backup
      greenroom refresh --from s3://shapes.example.com/app.dump
    """
    settings = load(**choices(seed, profile, anchor, strict, allow, rows), shape=shape)
    production_of(settings)
    ask(f'Replace "{settings.staging().database}" with a fresh database?', yes=yes)
    _do("refresh", settings, lambda run, do: jobs.refresh(run, do, backup=not no_backup), json)


def reseed(
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    no_backup: NoBackup = False,
    strict: Strict = False,
    allow: Allow = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Rebuild staging in its own shape, with fresh test data.

    Production is asked for nothing but whether it is another database.

    Examples:
      greenroom reseed --seed 7
      greenroom reseed --profile load --yes
    """
    settings = load(**choices(seed, profile, anchor, strict, allow, rows))
    ask(f'Replace "{settings.staging().database}" with a fresh database?', yes=yes)
    _do("reseed", settings, lambda run, do: jobs.reseed(run, do, backup=not no_backup), json)


def rollback(allow: Allow = None, yes: Yes = False, json: Json = False) -> None:
    """Make the previous database staging again.

    Its data comes back with it. Doing it twice returns to where you were.

    Example:
      greenroom rollback --yes
    """
    settings = load(allow=allow)
    staging = settings.staging()
    ask(f'Make "{staging.previous.database}" staging again?', yes=yes)
    _do("rollback", settings, jobs.roll_back, json)


def backup(allow: Allow = None, json: Json = False) -> None:
    """Back staging up, encrypted, and let old backups go.

    Example:
      greenroom backup
    """
    _do("backup", load(allow=allow), jobs.back_up, json)


def restore(name: BackupName = "", allow: Allow = None, yes: Yes = False, json: Json = False) -> None:
    """Make a backup staging.

    It is restored beside staging, compared with its manifest, and then promoted. A restore that fails leaves staging
    as it is.

    Examples:
      greenroom restore
      greenroom restore 20261122T030000Z-3f9c2a --yes
    """
    settings = load(allow=allow)
    ask(f'Replace "{settings.staging().database}" with a backup?', yes=yes)
    _do("restore", settings, lambda run, do: jobs.restore(run, do, name), json)


def restore_test(name: BackupName = "", allow: Allow = None, json: Json = False) -> None:
    """Prove that a backup restores, and time it.

    It is restored into a scratch database, compared with its manifest, and dropped.

    Example:
      greenroom restore-test
    """
    _do("restore-test", load(allow=allow), lambda run, do: jobs.restore_test(run, do, name), json)


def check_backup(name: BackupName = "", json: Json = False) -> None:
    """Re-read all of a backup, and say whether it is whole.

    Every hash is compared, every byte decrypted, the whole archive parsed; nothing is restored.

    Example:
      greenroom backups check
    """
    _do("backups check", load(), lambda run, do: jobs.check_backup(run, do, name), json)


def _do(job: str, settings: Settings, work: Callable[[Run, Do], str], as_json: bool) -> None:
    with Shown(quiet=as_json) as shown, interruptible():
        run = Run(job, settings, settings.staging(), shown)
        record = carry_out(run, lambda: work(run, plainly))
    show_record(record, as_json=as_json)
    raise typer.Exit(code_of_record(record))


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program, and to its group `backups`."""
    add(backups, "check", check_backup)
    for name, command in (
        ("refresh", refresh),
        ("reseed", reseed),
        ("rollback", rollback),
        ("backup", backup),
        ("restore", restore),
        ("restore-test", restore_test),
    ):
        add(app, name, command)
