"""The commands that look after the backups: backups check, prune, hold, release, copy, policy."""

import json as json_text
from collections.abc import Callable
from datetime import UTC, datetime

import typer

from backups.stores.location import parse_bucket
from backups.stores.rights import Role, policy
from catalog.errors import Misuse, Refusal
from operations.backup import backup_jobs
from operations.cli.carrying import carry
from operations.cli.commands import add
from operations.cli.options import BackupName, DryRun, Every, For, Held, Json, Newest, ReadBack, Reason, Until
from operations.run import Do, Run, plainly
from operations.settings.settings import load


def check(name: BackupName = "", every: Every = False, newest: Newest = False, json: Json = False) -> None:
    """Re-read all of a backup, in each store, and say whether it is whole.

    Every hash is compared, every byte decrypted, the whole archive parsed; nothing is restored. Without an identity
    only the encrypted bytes are checked, which is said, and the exit code is 7. A damaged backup gives exit code 4.

    Examples:
      greenroom backups check
      greenroom backups check --all
      greenroom backups check 20261122T030000Z-3f9c2a
    """
    if (name != "") + every + newest > 1:
        raise Misuse("a name, --all and --newest exclude each other")
    _do("backups check", lambda run, do: backup_jobs.check_backups(run, do, name, every=every), json)


def prune(dry_run: DryRun = False, json: Json = False) -> None:
    """Let go of backups that are past their retention, in each store.

    Each is told with the reason. Never let go is the newest, the newest that is known to restore, what is on hold, and
    anything at all while backups fail. `greenroom backup` does the same after each backup, if its key may.

    Examples:
      greenroom backups prune --dry-run
      greenroom backups prune
    """
    _do("backups prune", lambda run, do: backup_jobs.prune_backups(run, do, dry=dry_run), json)


def hold(name: Held, reason: Reason, until: Until = None, json: Json = False) -> None:
    """Keep a backup whatever its age.

    The hold lies beside the backup, in each store that has it.

    Examples:
      greenroom backups hold 20261122T030000Z-3f9c2a --reason "before the migration"
      greenroom backups hold 20261122T030000Z-3f9c2a --reason "audit" --until 2027-03-31
    """
    end = _moment(until) if until else None
    _do("backups hold", lambda run, do: backup_jobs.hold_backup(run, do, name, reason, end), json)


def release(name: Held, json: Json = False) -> None:
    """Take a backup off hold.

    The next prune decides about it as about any other.

    Example:
      greenroom backups release 20261122T030000Z-3f9c2a
    """
    _do("backups release", lambda run, do: backup_jobs.release_backup(run, do, name), json)


def copy(json: Json = False) -> None:
    """Give each of two stores what the other has and it lacks.

    Backups are copied as they are, encrypted; no identity is needed.

    Example:
      greenroom backups copy
    """
    _do("backups copy", backup_jobs.copy_backups, json)


def print_policy(role: For, read_back: ReadBack = False) -> None:
    """Print the IAM policy that a key needs, and no more, for the store that the settings name.

    A writer may not delete, list or read what is there. With --read-back it may read, so that each backup is read back
    at once; it still opens none, as it holds no identity.

    Examples:
      greenroom backups policy --for writer --read-back
      greenroom backups policy --for pruner
    """
    place = load().store
    if "://" not in place:
        raise Refusal("a folder has no policy", why=f"the store is {place}", todo="Its rights are its owner and mode.")
    if read_back and role is not Role.WRITER:
        raise Misuse("--read-back is for a writer; a reader may read, and a pruner need not")
    typer.echo(json_text.dumps(policy(role, parse_bucket(place), read_back=read_back), indent=2))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f'--until "{text}" is no time', todo="Write it as 2026-12-24 or 2026-12-24T18:00:00Z.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment <= datetime.now(UTC):
        raise Misuse(f"--until {text} is over already", todo="Give a moment to come.")
    return moment


def _do(job: str, work: Callable[[Run, Do], str], as_json: bool) -> None:
    carry(job, load(), lambda run: work(run, plainly), as_json=as_json)


def add_to(_app: typer.Typer, backups: typer.Typer) -> None:
    """Add these commands to the program's group `backups`."""
    for name, command in (
        ("check", check),
        ("prune", prune),
        ("hold", hold),
        ("release", release),
        ("copy", copy),
        ("policy", print_policy),
    ):
        add(backups, name, command)
