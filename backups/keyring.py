"""Which key opens which backup."""

from collections.abc import Sequence
from dataclasses import dataclass

from backups.cipher import Recipient
from backups.proof import Backup


@dataclass(frozen=True, slots=True)
class Ring:
    """One recipient: whether new backups go to it, whether its identity is at hand, what it opens, newest first."""

    recipient: str
    current: bool
    held: bool
    opens: tuple[str, ...]


def ring(backups: Sequence[Backup], recipients: Sequence[Recipient], held: Sequence[Recipient]) -> tuple[Ring, ...]:
    """Every key that the settings or a backup name: those of the settings first."""
    current, at_hand = [recipient.key for recipient in recipients], {recipient.key for recipient in held}
    named = dict.fromkeys([*current, *(key for backup in backups for key in backup.manifest.recipients)])
    return tuple(
        Ring(key, key in current, key in at_hand, tuple(one.id for one in backups if key in one.manifest.recipients))
        for key in named
    )


def not_yet_for(backups: Sequence[Backup], recipients: Sequence[Recipient]) -> tuple[Backup, ...]:
    """The backups that are not encrypted to exactly these keys, and of which no copy is that is."""
    wanted = {recipient.key for recipient in recipients}
    done = {backup.manifest.copy_of for backup in backups if set(backup.manifest.recipients) == wanted}
    return tuple(one for one in backups if set(one.manifest.recipients) != wanted and one.id not in done)
