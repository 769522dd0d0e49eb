"""The guards: each a pure function on facts, each giving one finding in a tested sentence."""

from collections.abc import Collection, Sequence

from catalog.findings import Finding, noted, overrulable, passed, refused
from database.attempts import Attempt
from database.endpoints import BESIDE, PREVIEW
from database.facts import DatabaseFacts, Held, ProductionFacts, ServerFacts
from database.wholes.marker import read_marker

ALLOWABLE = ("same-server", "readable-production", "no-tls")
"""The guards an operator may overrule, by the names that `--allow` and the settings take."""

_OUR_ROLES = tuple(f"__{role}" for role in BESIDE)
_SHARED = ("postgres", "template0", "template1")
_GRANT = "Run the output of `greenroom grant-sql` on production and use the role it makes (docs/security.md)."
_OLD = (
    "Before PostgreSQL 17 pg_dump locks a table only for a role that can read it (docs/security.md): upgrade it,"
    " or let it publish its shape (docs/runbook.md)."
)


def not_same_database(production: ProductionFacts, server: ServerFacts, staging: DatabaseFacts) -> Finding:
    """Production and staging must never be one database, however their URLs are spelt."""
    same_server = production.server.system_identifier == server.system_identifier
    if same_server and production.database.oid == staging.oid:
        what = f'production and staging are the same database, "{staging.name}"'
        return refused("same-database", what, "Correct PRODUCTION_DATABASE_URL or STAGING_DATABASE_URL.")
    if same_server and production.database.name.startswith(f"{staging.name}__"):
        what = f'production\'s database "{production.database.name}" has a name that is dropped beside "{staging.name}"'
        return refused("same-database", what, "Give staging another name, or better a server of its own.")
    return passed("same-database", "production and staging are two databases")


def not_same_server(production: ProductionFacts, server: ServerFacts, allow: Collection[str]) -> Finding:
    """Production and staging should be two clusters, told apart by system identifier (a replica shares it)."""
    if production.server.system_identifier == server.system_identifier:
        what = f"production and staging are on the same server (system identifier {server.system_identifier})"
        return overrulable("same-server", what, "Move staging to a server of its own.", allow)
    return passed("same-server", "production and staging are on two servers")


def not_tried_on_production(production: ProductionFacts, server: ServerFacts) -> Finding:
    """Where backups are tried, databases and roles are made: never on production's server, however its URL is spelt."""
    if production.server.system_identifier == server.system_identifier:
        what = f"backups would be tried on production's server (system identifier {server.system_identifier})"
        return refused("scratch-server", what, "Name another server in restore_test_database_url, or leave it out.")
    return passed("scratch-server", "the server on which backups are tried is not production's")


def marked(staging: DatabaseFacts) -> Finding:
    """Only a database that carries the staging marker is ours to replace."""
    if read_marker(staging.comment) is None:
        what = f'"{staging.name}" does not carry the staging marker'
        todo = f"To mark a staging database: greenroom mark-staging --database {staging.name} (docs/runbook.md)"
        return refused("staging-marker", what, todo)
    return passed("staging-marker", f'"{staging.name}" carries the staging marker')


def production_not_marked(production: ProductionFacts) -> Finding:
    """A production that carries the staging marker means that the URLs were swapped."""
    name = production.database.name
    if read_marker(production.database.comment) is not None:
        what = f'production\'s database "{name}" carries the staging marker'
        return refused("production-unmarked", what, "Check that the production and staging URLs are not swapped.")
    return passed("production-unmarked", f'production\'s "{name}" carries no staging marker')


def read_only(production: ProductionFacts) -> Finding:
    """The production session must be one in which PostgreSQL refuses writes."""
    if not production.server.read_only:
        return refused("read-only", "the production session is not read-only", "Connect without a pooler in between.")
    return passed("read-only", "PostgreSQL refuses writes in the production session")


def direct(server: ServerFacts, name: str) -> Finding:
    """What a session is started with must reach it: a pooler would share it with others, and lose the run's lock."""
    if not server.direct:
        what = f"the {name} session does not have what it was started with: a pooler stands in between"
        return refused("pooler", what, "Name the server itself in the database URL.")
    return passed("pooler", f"the {name} session is with the server itself")


def cannot_read_rows(production: ProductionFacts, allow: Collection[str]) -> Finding:
    """The production role must not be able to read a row, nor become a role that is."""
    server = production.server
    todo = _GRANT if server.major >= 17 else _OLD  # before that, the role that grant-sql makes reads rows as well
    if server.superuser:
        return overrulable("readable-production", f'"{server.role}" is a superuser of production', todo, allow)
    if server.reads_all_data:
        what = f'"{server.role}" is a member of pg_read_all_data on production'
        return overrulable("readable-production", what, todo, allow)
    if production.readable:
        what = f'"{server.role}" can read {_some(production.readable)} on production'
        return overrulable("readable-production", what, todo, allow)
    return passed("readable-production", f'"{server.role}" cannot read a row of production')


def denied_rows(attempts: Sequence[Attempt], role: str) -> Finding:
    """What the privileges say has to show: a SELECT that was tried on production must have been denied."""
    tried = ", ".join(attempt.relation for attempt in attempts)
    for attempt in attempts:
        if not attempt.denied and not attempt.said:
            what = f'"{role}" was let do a SELECT on {attempt.relation} of production, though its privileges say no'
            return refused("denied-rows", what, f"Nothing was read. {_GRANT}")
    if odd := next((attempt for attempt in attempts if not attempt.denied), None):
        what = f"whether a SELECT on {odd.relation} of production is denied could not be told: {odd.said}"
        return noted("denied-rows", what, "Run the doctor again.")
    if not attempts:
        return noted("denied-rows", "production has no table on which a SELECT could be tried")
    return passed("denied-rows", f'a SELECT as "{role}" was tried, and denied: {tried}')


def lockable(production: ProductionFacts) -> Finding:
    """pg_dump locks every table, also for the shape alone; one that it cannot lock fails the whole dump."""
    role, closed = production.server.role, production.unlockable
    if not closed:
        return passed("lockable", f'pg_dump can lock every table of production as "{role}"')
    names = tuple(f"{name} (no USAGE on its schema)" if unused else name for name, unused in closed)
    todo = "Run the output of `greenroom grant-sql` there again, with every --schema: it also opens what is new."
    return refused("lockable", f'"{role}" may not lock {_some(names)} on production, and pg_dump has to', todo)


def encrypted(server: ServerFacts, name: str, allow: Collection[str]) -> Finding:
    """A session that leaves this machine must be encrypted."""
    if server.at.is_local or server.encrypted:
        how = "encrypted" if server.encrypted else "local"
        return passed("no-tls", f"the {name} session is {how}")
    what = f"the {name} session to {server.at.host} is not encrypted"
    return overrulable("no-tls", what, "Add ?sslmode=require (better: verify-full) to the URL.", allow)


def primary(staging: ServerFacts) -> Finding:
    """Staging must be writable, not a standby."""
    if staging.standby:
        return refused("primary", "the staging server is a standby", "Point STAGING_DATABASE_URL at the primary.")
    return passed("primary", "the staging server accepts writes")


def may_create(staging: ServerFacts) -> Finding:
    """The staging role must be able to create databases."""
    if not staging.may_create_databases:
        todo = f'Run as a superuser of staging: ALTER ROLE "{staging.role}" CREATEDB;'
        return refused("create-database", f'"{staging.role}" may not create databases on staging', todo)
    return passed("create-database", f'"{staging.role}" may create databases on staging')


def acts_as_owner(staging: ServerFacts, database: DatabaseFacts) -> Finding:
    """The staging role must be, or be a member of, the role that owns staging: what is built belongs to the owner."""
    if not database.acts_as_owner:
        todo = (
            f'Run as a superuser of staging: ALTER DATABASE "{database.name}" OWNER TO "{staging.role}"; or, if the '
            f'owner is no superuser, and has to stay: GRANT "{database.owner}" TO "{staging.role}";'
        )
        what = f'"{staging.role}" may not act as "{database.owner}", which owns "{database.name}"'
        return refused("acts-as-owner", what, todo)
    return passed("acts-as-owner", f'"{staging.role}" may act as "{database.owner}", the owner')


def versions_fit(production: int, staging: int) -> Finding:
    """A schema moves to an equal or newer server only; both are major versions."""
    if staging < production:
        what = f"staging runs PostgreSQL {staging}, older than production's {production}"
        return refused("server-versions", what, f"Upgrade staging to PostgreSQL {production} or later.")
    return passed("server-versions", f"production runs {production}, staging {staging}")


def replaceable(staging: DatabaseFacts) -> Finding:
    """Staging must be a database that can be renamed: no shared one, nothing holding it open."""
    ours = staging.name.endswith(_OUR_ROLES) or PREVIEW in staging.name
    if staging.is_template or staging.name in _SHARED or ours:
        todo = "Create a database for staging and name it in STAGING_DATABASE_URL."
        return refused("replaceable", f'"{staging.name}" is not a database that may be replaced', todo)
    if staging.prepared_transactions or staging.replication_slots:
        what = (
            f'"{staging.name}" is held open by {staging.prepared_transactions} prepared transactions '
            f"and {staging.replication_slots} replication slots"
        )
        return refused("replaceable", what, "End them (pg_prepared_xacts, pg_replication_slots) and run again.")
    return passed("replaceable", f'"{staging.name}" can be replaced')


def let_go(held: Sequence[Held]) -> Finding:
    """Nothing may hold staging or what stands beside it: one after the other, each is dropped by a later run."""
    if not held:
        return passed("let-go", "nothing holds staging, or what stands beside it")
    todo = "ROLLBACK PREPARED, end who uses the slot, or, in that database, DROP SUBSCRIPTION; and run again."
    what = f"databases that a run drops sooner or later are held: {'; '.join(map(str, held))}"
    return refused("let-go", what, todo)


def ours_beside(staging: ServerFacts, others: Sequence[tuple[str, str]]) -> Finding:
    """What stands beside staging must be ours to rename and drop: else a run fails when all but that is done."""
    if not others:
        return passed("beside", "what stands beside staging is ours to rename and drop")
    whose = "; ".join(f'"{name}" belongs to "{owner}"' for name, owner in others)
    todo = " ".join(f'ALTER DATABASE "{name}" OWNER TO "{staging.role}";' for name, _ in others)
    what = f'"{staging.role}" may neither rename nor drop what stands beside staging: {whose}'
    return refused("beside", what, f"Run as a superuser of staging: {todo} Or drop what is not needed.")


def enough_disk(server: ServerFacts, needed: int) -> Finding:
    """The staging server's disk must hold the candidate and the golden beside staging; sizes in bytes."""
    if server.free_bytes is None:
        return noted("disk", "the server's free space cannot be seen from here")
    sizes = f"{needed >> 20} MiB needed, {server.free_bytes >> 20} MiB free"
    if server.free_bytes < needed:
        return refused("disk", f"not enough disk on the staging server: {sizes}", "Free or add disk space.")
    return passed("disk", sizes)


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
