"""The jobs around backups that build no staging: as the other jobs, and in a third of their memory.

They import nothing of what makes rows: a backup is to take less than 200 MB.
"""

from datetime import datetime

from operations import beginning
from operations.backup import backing_up, keeping_backups, restoring
from operations.exclusion import exclusively
from operations.run import Do, Run


def back_up(run: Run, do: Do) -> str:
    """Back staging up, then let go of backups that are past their retention."""
    do(beginning.guard, run, None, backup=True, builds=0)
    with exclusively(run):
        manifest = do(backing_up.take_backup, run)
    do(keeping_backups.prune_old, run)
    return f"{manifest.id} is stored, {manifest.rows} rows"


def restore_test(run: Run, do: Do, name: str = "") -> str:
    """Restore the newest backup and an older one (or the one named) into a scratch database, compare, measure, drop."""
    elsewhere = run.settings.scratch_server()
    do(beginning.guard, run, None, builds=0 if elsewhere else 1)
    if elsewhere:
        do(restoring.guard_scratch_server, run, elsewhere)
    with exclusively(run):
        proofs = [do(restoring.try_restore, run, backup) for backup in do(restoring.choose_due, run, name)]
    return "; ".join(f"{proof.backup} restores, in {proof.seconds:.1f} s" for proof in proofs)


def check_backups(run: Run, do: Do, name: str, *, every: bool) -> str:
    """Re-read all of a backup, the newest if none is named, or every one; say whether it is what was stored."""
    return do(keeping_backups.check_backups, run, name, every=every)


def prune_backups(run: Run, do: Do, *, dry: bool) -> str:
    """Let go of what is past its retention in each store, or only say what would go."""
    do(keeping_backups.prune_old, run, dry=dry)
    return "nothing was let go: this was a dry run" if dry else run.story.steps[-1].note


def hold_backup(run: Run, do: Do, name: str, reason: str, until: datetime | None) -> str:
    """Keep a backup whatever its age."""
    do(keeping_backups.hold_backup, run, name, reason, until)
    return f"{name} is on hold"


def release_backup(run: Run, do: Do, name: str) -> str:
    """Let retention decide again about a backup."""
    do(keeping_backups.release_backup, run, name)
    return f"{name} is no longer on hold"


def copy_backups(run: Run, do: Do) -> str:
    """Give each store what the other has and it lacks."""
    return do(keeping_backups.copy_missing, run)


def reencrypt(run: Run, do: Do, name: str) -> str:
    """Encrypt a backup, or every one that needs it if none is named, to the keys of today, in a copy beside it."""
    backing_up.require_keys(run.settings)
    copies = [do(restoring.reencrypt_backup, run, backup) for backup in do(restoring.choose_for_keys, run, name)]
    return f"{len(copies)} backups were encrypted anew; the old ones stay until retention lets them go"
