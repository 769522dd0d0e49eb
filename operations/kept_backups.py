"""What the store has of staging: the newest backup and the last restore test, as those outside are told of them."""

from dataclasses import dataclass

from backups.listing import list_backups
from backups.proof import Backup, Proof, ProofKind
from catalog.errors import GreenroomError
from operations import backing_up
from operations.settings import Settings


@dataclass(frozen=True, slots=True)
class KeptBackups:
    """The newest backup of staging, and the newest restore test of any of them; None where there is none."""

    newest: Backup | None = None
    tested: Proof | None = None


def look_at_backups(settings: Settings, database: str) -> KeptBackups | None:
    """What there is of a database; None if the store does not say."""
    if backing_up.is_ours_to_make(settings):
        return KeptBackups()
    try:
        store = backing_up.store_of(settings, make=False)
        store.reach()
        backups = [item for item in list_backups(store).backups if item.manifest.database == database]
    except (GreenroomError, OSError):
        return None
    tests = [proof for item in backups if (proof := item.last(ProofKind.RESTORE_TEST))]
    return KeptBackups(next(iter(backups), None), max(tests, key=lambda proof: proof.at, default=None))
