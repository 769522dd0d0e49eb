"""The jobs around backups that build no staging: as the other jobs, and in a third of their memory.

They import nothing of what makes rows: a backup is to take less than 200 MB.
"""

from backups.choosing import Wanted
from operations import backing_up, beginning, restoring
from operations.exclusion import exclusively
from operations.run import Do, Run


def back_up(run: Run, do: Do) -> str:
    """Back staging up, then let go of backups that are past their retention."""
    do(beginning.guard, run, None, backup=True, builds=0)
    with exclusively(run):
        manifest = do(backing_up.take_backup, run)
    do(backing_up.prune_old, run)
    return f"{manifest.id} is stored, {manifest.rows} rows"


def restore_test(run: Run, do: Do, name: str = "") -> str:
    """Restore the newest backup and an older one (or the one named) into a scratch database, compare, measure, drop."""
    do(beginning.guard, run, None, builds=1)
    with exclusively(run):
        named = (do(restoring.choose, run, Wanted(name)),) if name else ()
        proofs = [do(restoring.try_restore, run, backup) for backup in named or do(restoring.choose_due, run)]
    return "; ".join(f"{proof.backup} restores, in {proof.seconds:.1f} s" for proof in proofs)


def check_backup(run: Run, do: Do, name: str) -> str:
    """Re-read all of a backup, the newest if none is named, and say whether it is what was stored."""
    backup = do(restoring.choose, run, Wanted(name))
    do(restoring.check_backup, run, backup)
    return f"{backup.id} is whole"


def reencrypt(run: Run, do: Do, name: str) -> str:
    """Encrypt a backup, or every one that needs it if none is named, to the keys of today, in a copy beside it."""
    backing_up.require_keys(run.settings)
    copies = [do(restoring.reencrypt_backup, run, backup) for backup in do(restoring.choose_for_keys, run, name)]
    return f"{len(copies)} backups were encrypted anew; the old ones stay until retention lets them go"
