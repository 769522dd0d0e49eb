"""What guards ask of a server and its databases, read as values; reads only."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from database.endpoints import Endpoint
from database.queries import query
from database.session import Connection


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """One session's view of its server.

    `direct` says whether what we started it with came through, as a pooler may not let it. `free_bytes` is None where
    the server's disk cannot be seen from here.
    """

    at: Endpoint
    system_identifier: str
    version: int
    standby: bool
    read_only: bool
    direct: bool
    encrypted: bool
    role: str
    superuser: bool
    may_create_databases: bool
    reads_all_data: bool
    free_bytes: int | None

    @property
    def major(self) -> int:
        """The major version, such as 18."""
        return self.version // 10_000


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """One database as its server describes it; `size` in bytes, 0 if hidden from us; `sessions` without the asking one.

    `acts_as_owner` says whether the asking role may do what the owner may, `opened` whether it takes connections.
    """

    oid: int
    name: str
    owner: str
    size: int
    comment: str
    connection_limit: int
    is_template: bool
    sessions: int
    prepared_transactions: int
    replication_slots: int
    acts_as_owner: bool = True
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """What holds a database, so that it cannot be dropped; `replication_slots` are those in use."""

    database: str
    prepared_transactions: int
    replication_slots: int
    subscriptions: int

    def __str__(self) -> str:
        counts = (
            (self.prepared_transactions, "prepared transactions"),
            (self.replication_slots, "replication slots in use"),
            (self.subscriptions, "subscriptions"),
        )
        return f'"{self.database}" by ' + " and ".join(f"{count} {what}" for count, what in counts if count)


@dataclass(frozen=True, slots=True)
class ProductionFacts:
    """What the production role may do there.

    `readable` names every table, view and sequence that it could read, `unlockable` every table that pg_dump could not
    lock as it, with whether that is for want of USAGE on the schema.
    """

    server: ServerFacts
    database: DatabaseFacts
    readable: tuple[str, ...]
    unlockable: tuple[tuple[str, bool], ...] = ()


def server_facts(connection: Connection, at: Endpoint) -> ServerFacts:
    """What this session can see of its server and may do there."""
    row = connection.execute(query("server")).fetchone()
    assert row is not None  # current_user always has its row in pg_roles
    identity, version, standby, read_only, direct, *role, folder = row
    encrypted = bool(connection.pgconn.ssl_in_use)  # the server's own view may be of a pooler's session
    seen: tuple[Any, ...] = (identity, version, standby, read_only, direct, encrypted, *role, _free(at, folder))
    return ServerFacts(at, *seen)


def database_facts(connection: Connection, name: str) -> DatabaseFacts | None:
    """What the server says of the database of that name, None if there is none."""
    row = connection.execute(query("database"), {"name": name}).fetchone()
    return DatabaseFacts(*row) if row else None


def production_facts(connection: Connection, at: Endpoint) -> ProductionFacts:
    """What guards ask about production; the readable relations are asked for, never read."""
    database = database_facts(connection, connection.info.dbname)
    assert database is not None  # we are connected to it
    readable = tuple(str(row[0]) for row in connection.execute(query("readable")))
    unlockable = tuple((str(name), bool(unused)) for name, unused in connection.execute(query("unlockable")))
    return ProductionFacts(server_facts(connection, at), database, readable, unlockable)


def held_databases(connection: Connection, names: Sequence[str]) -> tuple[Held, ...]:
    """Those of the databases of these names that something holds, so that they could not be dropped."""
    found = (Held(*row) for row in connection.execute(query("held"), {"names": list(names)}))
    return tuple(held for held in found if held.prepared_transactions or held.replication_slots or held.subscriptions)


def databases_of_others(connection: Connection, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those of the databases of these names whose owner the asking role may not act as, each with the owner."""
    return tuple((str(name), str(owner)) for name, owner in connection.execute(query("others"), {"names": list(names)}))


def policy_roles(connection: Connection) -> tuple[str, ...]:
    """The roles that row-level security policies name."""
    return tuple(str(row[0]) for row in connection.execute(query("policy_roles")))


def _free(at: Endpoint, folder: str | None) -> int | None:
    if not folder or not at.is_local or not Path(folder).is_dir():
        return None
    return shutil.disk_usage(folder).free
