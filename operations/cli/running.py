"""The commands that do a job: refresh, reseed, rollback, restore."""

from collections.abc import Callable

import typer

from operations import jobs
from operations.backup import restoring
from operations.cli.carrying import carry
from operations.cli.commands import add
from operations.cli.options import (
    Allow,
    Anchor,
    At,
    BackupName,
    BeforeRefresh,
    From,
    FromGolden,
    Json,
    KeepRows,
    NoBackup,
    OfDatabase,
    Revision,
    Rows,
    Scenario,
    Seed,
    Strict,
    Volume,
    Yes,
    choices,
)
from operations.cli.showing import ask
from operations.run import Do, Run, plainly
from operations.settings.settings import Settings, load
from operations.shape.sources import production_of
from schema_sync.golden import refuse_choices


def refresh(
    shape: From = None,
    revision: Revision = None,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    keep_rows: KeepRows = False,
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
      greenroom refresh --keep-rows
      greenroom refresh --allow same-server --no-backup
      greenroom refresh --from s3://shapes.example.com/app.dump --revision 9f1c2ab34d56
    """
    settings = load(
        **choices(seed, profile, anchor, strict, allow, rows, keep_rows),
        shape=shape,
        scenario=scenario,
        revision=revision,
    )
    production_of(settings)
    ask(f'Replace "{settings.staging().database}" with a fresh database?', yes=yes)
    _do("refresh", settings, lambda run, do: jobs.refresh(run, do, backup=not no_backup), json)


def reseed(
    from_golden: FromGolden = False,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    rows: Rows = None,
    keep_rows: KeepRows = False,
    no_backup: NoBackup = False,
    strict: Strict = False,
    allow: Allow = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Rebuild staging in its own shape, with fresh test data.

    Production is asked for nothing but whether it is another database. With --from-golden nothing is seeded: staging
    becomes a fresh copy of what was promoted last, in seconds.

    Examples:
      greenroom reseed --seed 7
      greenroom reseed --scenario agency
      greenroom reseed --profile load --yes
      greenroom reseed --from-golden
      greenroom reseed --keep-rows
    """
    settings = load(**choices(seed, profile, anchor, strict, allow, rows, keep_rows), scenario=scenario)
    if from_golden:
        asked = {"--seed": seed, "--profile": profile, "--anchor": anchor, "--rows": rows, "--strict": strict}
        refuse_choices(asked | {"--keep-rows": keep_rows, "--scenario": scenario})
    ask(f'Replace "{settings.staging().database}" with a fresh database?', yes=yes)
    job = jobs.reseed_from_golden if from_golden else jobs.reseed
    _do("reseed", settings, lambda run, do: job(run, do, backup=not no_backup), json)


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


def restore(
    name: BackupName = "",
    at: At = "",
    before_refresh: BeforeRefresh = False,
    from_database: OfDatabase = "",
    allow: Allow = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Make a backup staging.

    It is restored beside staging, compared with its manifest, and then promoted. A restore that fails leaves staging
    as it is. Another database's backup is taken only if that database is named.

    Examples:
      greenroom restore
      greenroom restore 20261122T030000Z-3f9c2a --yes
      greenroom restore --at 2026-11-22T12:00:00Z
      greenroom restore --before-refresh
    """
    settings = load(allow=allow)
    wanted = restoring.wanted(settings, name, at, from_database, before_refresh=before_refresh)
    ask(f'Replace "{settings.staging().database}" with a backup?', yes=yes)
    _do("restore", settings, lambda run, do: jobs.restore(run, do, wanted), json)


def _do(job: str, settings: Settings, work: Callable[[Run, Do], str], as_json: bool) -> None:
    carry(job, settings, lambda run: work(run, plainly), as_json=as_json)


def add_to(app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program."""
    for name, command in (
        ("refresh", refresh),
        ("reseed", reseed),
        ("rollback", rollback),
        ("restore", restore),
    ):
        add(app, name, command)
