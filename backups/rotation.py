"""Which backups are due for a restore test: the newest, and one of the older ones, each in its turn."""

from collections.abc import Sequence

from backups.proof import Backup, ProofKind


def due(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """Of one database's backups, newest first: the newest, and the older one whose last test is longest ago."""
    return (*backups[:1], *sorted(backups[1:], key=_last_test)[:1])


def _last_test(backup: Backup) -> tuple[float, float]:
    proof = backup.last(ProofKind.RESTORE_TEST)
    return proof.at.timestamp() if proof else 0, -backup.taken_at.timestamp()
