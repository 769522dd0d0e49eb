"""Production's schema, captured once, as a value."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from database.rights.grants import AnyGrant, grant_of
from database.shape.surroundings import Surroundings

_UNKNOWN = Surroundings()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A schema-only archive and what is known of it.

    `archive_major` is the major version of the pg_dump that wrote it. `policy_roles` are the roles its row-level
    security names, `surroundings` what it stands on, as far as that is known, `grants` what roles hold on its objects,
    `revisions` Alembic's current ones, empty where they cannot be read. `source` tells where it came from, without a
    secret. What the archive does not tell: `invalid` are the indexes that are left out, as they are not valid,
    `unfilled` the materialized views that cannot be read, `stayed` what of its source is not in it, with the reason.
    `fingerprint` is the schema's, as a shadow showed it, empty until one has.
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
    invalid: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    stayed: tuple[tuple[str, str], ...] = ()
    fingerprint: str = ""

    @property
    def server_major(self) -> int:
        """The major version of the server it came from."""
        return self.server_version // 10_000

    def to_json(self) -> str:
        """The snapshot's description as it is kept beside the archive."""
        values = asdict(self) | {"archive": self.archive.name, "taken_at": self.taken_at.isoformat()}
        return json.dumps(values, indent=2)


def snapshot_of(values: Mapping[str, Any], archive: Path) -> Snapshot:
    """The snapshot that was described so; ValueError, KeyError or TypeError if the values are no description."""
    told = _told(Snapshot, values)
    grants = tuple(grant_of(grant) for grant in values.get("grants", ()))
    taken_at = datetime.fromisoformat(values["taken_at"])
    surroundings = Surroundings(**_told(Surroundings, values.get("surroundings", {})))
    read = {"archive": archive, "taken_at": taken_at, "grants": grants, "surroundings": surroundings}
    return Snapshot(**told | read)


def _told(kind: type[Snapshot] | type[Surroundings], values: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(kind)}
    return {name: _frozen(value) for name, value in values.items() if name in known}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
