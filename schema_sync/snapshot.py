"""Production's schema, captured once, as a value."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from database.grants import AnyGrant
from database.surroundings import Surroundings

_UNKNOWN = Surroundings()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A schema-only archive and what is known of it.

    `archive_major` is the major version of the pg_dump that wrote it. `policy_roles` are the roles its row-level
    security names, `surroundings` what it stands on, `grants` what roles hold on its objects, `revisions` Alembic's
    current ones, empty where they cannot be read. `source` tells where it came from, without a secret.
    """

    archive: Path
    source: str
    server_version: int
    archive_major: int
    taken_at: datetime
    policy_roles: tuple[str, ...] = ()
    surroundings: Surroundings = _UNKNOWN
    revisions: tuple[str, ...] = ()
    has_public: bool = True
    grants: tuple[AnyGrant, ...] = ()

    @property
    def server_major(self) -> int:
        """The major version of the server it came from."""
        return self.server_version // 10_000

    def to_json(self) -> str:
        """The snapshot's description as it is kept beside the archive."""
        values = asdict(self) | {"archive": self.archive.name, "taken_at": self.taken_at.isoformat()}
        return json.dumps(values, indent=2)
