"""Production's schema, captured once, as a value."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from database.grants import AnyGrant, ClosedRoutine, DefaultGrant, ObjectGrant

_GRANTS: tuple[type[ClosedRoutine] | type[ObjectGrant] | type[DefaultGrant], ...] = (
    ClosedRoutine,
    ObjectGrant,
    DefaultGrant,
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A schema-only archive and what is known of it.

    `archive_major` is the major version of the pg_dump that wrote it. `policy_roles` are the roles its row-level
    security names, `grants` what roles hold on its objects, `revisions` Alembic's current ones, empty where they
    cannot be read. `source` tells where it came from, without a secret. `stayed` is what of that is not in the archive,
    with the reason. `fingerprint` is the schema's, as a shadow showed it, empty until one has.
    """

    archive: Path
    source: str
    server_version: int
    archive_major: int
    taken_at: datetime
    policy_roles: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    has_public: bool = True
    grants: tuple[AnyGrant, ...] = ()
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

    @classmethod
    def from_values(cls, values: Mapping[str, Any], folder: Path) -> Self:
        """The snapshot that was described so; its archive lies in `folder`.

        Raises ValueError, KeyError or TypeError if the values are no such description.
        """
        kept = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        texts = {name: tuple(kept.get(name, ())) for name in ("policy_roles", "extensions", "revisions")}
        return cls(
            **kept
            | texts
            | {
                "archive": folder / Path(values["archive"]).name,
                "taken_at": datetime.fromisoformat(values["taken_at"]),
                "grants": tuple(map(_grant, values.get("grants", ()))),
                "stayed": tuple((what, why) for what, why in values.get("stayed", ())),
            }
        )


def _grant(values: Mapping[str, Any]) -> AnyGrant:
    kind = next(kind for kind in _GRANTS if {field.name for field in fields(kind)} == set(values))
    return kind(**values)
