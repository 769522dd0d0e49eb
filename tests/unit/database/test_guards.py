"""Every guard's sentences: what an operator reads when it passes, refuses, or was overruled."""

from dataclasses import replace

import pytest

from catalog.findings import Finding, Outcome
from database import guards
from database.attempts import Attempt
from database.endpoints import BESIDE, Production, Staging
from database.facts import DatabaseFacts, Held, ProductionFacts, ServerFacts

PASSED, ALLOWED, REFUSED = Outcome.PASSED, Outcome.ALLOWED, Outcome.REFUSED
MARKED = "[greenroom staging] {}"
GRANT = "Run the output of `greenroom grant-sql` on production and use the role it makes (docs/security.md)."
OLD = (
    "Before PostgreSQL 17 pg_dump locks a table only for a role that can read it (docs/security.md): upgrade it,"
    " or let it publish its shape (docs/runbook.md)."
)

STAGING = DatabaseFacts(
    oid=5, name="app", owner="ann", size=0, comment=f"Mine\n{MARKED}", connection_limit=-1, is_template=False,
    sessions=3, prepared_transactions=0, replication_slots=0,
)  # fmt: skip
SERVER = ServerFacts(
    at=Staging("localhost", 5432, "app", "ann"), system_identifier="111", version=180006, standby=False,
    read_only=False, direct=True, encrypted=False, role="ann", superuser=False, may_create_databases=True,
    reads_all_data=False, free_bytes=None,
)  # fmt: skip
THERE = replace(
    SERVER, at=Production("db.test", 5432, "shop", "shape"), system_identifier="222", version=170002, read_only=True,
    encrypted=True, role="shape", may_create_databases=False,
)  # fmt: skip
PRODUCTION = ProductionFacts(THERE, replace(STAGING, oid=7, name="shop", comment=""), ())


def there(**facts: object) -> ProductionFacts:
    return replace(PRODUCTION, server=replace(THERE, **facts))  # type: ignore[arg-type]  # names are ServerFacts' own


def overruling(check: str) -> str:
    return f'Or overrule this guard by name: --allow {check}, or allow = ["{check}"] in greenroom.toml.'


def refused(check: str, what: str, todo: str) -> Finding:
    return Finding(check, REFUSED, what, todo)


CASES = {
    "backups tried on a server of its own": (
        guards.not_tried_on_production(PRODUCTION, SERVER),
        Finding("scratch-server", PASSED, "the server on which backups are tried is not production's"),
    ),
    "backups tried on production's server": (
        guards.not_tried_on_production(there(system_identifier="111"), SERVER),
        refused(
            "scratch-server",
            "backups would be tried on production's server (system identifier 111)",
            "Name another server in restore_test_database_url, or leave it out.",
        ),
    ),
    "two databases on two servers": (
        guards.not_same_database(PRODUCTION, SERVER, STAGING),
        Finding("same-database", PASSED, "production and staging are two databases"),
    ),
    "two databases on one server": (
        guards.not_same_database(there(system_identifier="111"), SERVER, STAGING),
        Finding("same-database", PASSED, "production and staging are two databases"),
    ),
    "the same number on two servers": (
        guards.not_same_database(PRODUCTION, SERVER, replace(STAGING, oid=7)),
        Finding("same-database", PASSED, "production and staging are two databases"),
    ),
    "one database under two URLs": (
        guards.not_same_database(there(system_identifier="111"), SERVER, replace(STAGING, oid=7)),
        refused(
            "same-database",
            'production and staging are the same database, "app"',
            "Correct PRODUCTION_DATABASE_URL or STAGING_DATABASE_URL.",
        ),
    ),
    "production under a name of ours": (
        guards.not_same_database(
            replace(there(system_identifier="111"), database=replace(PRODUCTION.database, name="app__golden")),
            SERVER,
            STAGING,
        ),
        refused(
            "same-database",
            'production\'s database "app__golden" has a name that is dropped beside "app"',
            "Give staging another name, or better a server of its own.",
        ),
    ),
    "production under a name of ours elsewhere": (
        guards.not_same_database(
            replace(PRODUCTION, database=replace(PRODUCTION.database, name="app__golden")), SERVER, STAGING
        ),
        Finding("same-database", PASSED, "production and staging are two databases"),
    ),
    "two servers": (
        guards.not_same_server(PRODUCTION, SERVER, ()),
        Finding("same-server", PASSED, "production and staging are on two servers"),
    ),
    "one server": (
        guards.not_same_server(there(system_identifier="111"), SERVER, ()),
        refused(
            "same-server",
            "production and staging are on the same server (system identifier 111)",
            f"Move staging to a server of its own. {overruling('same-server')}",
        ),
    ),
    "one server, allowed": (
        guards.not_same_server(there(system_identifier="111"), SERVER, ["same-server"]),
        Finding(
            "same-server",
            ALLOWED,
            "production and staging are on the same server (system identifier 111) (allowed by name)",
        ),
    ),
    "marked": (
        guards.marked(STAGING),
        Finding("staging-marker", PASSED, '"app" carries the staging marker'),
    ),
    "not marked": (
        guards.marked(replace(STAGING, comment="not [greenroom staging]")),
        refused(
            "staging-marker",
            '"app" does not carry the staging marker',
            "To mark a staging database: greenroom mark-staging --database app (docs/runbook.md)",
        ),
    ),
    "production without the marker": (
        guards.production_not_marked(PRODUCTION),
        Finding("production-unmarked", PASSED, 'production\'s "shop" carries no staging marker'),
    ),
    "production with the marker": (
        guards.production_not_marked(replace(PRODUCTION, database=STAGING)),
        refused(
            "production-unmarked",
            'production\'s database "app" carries the staging marker',
            "Check that the production and staging URLs are not swapped.",
        ),
    ),
    "a read-only session": (
        guards.read_only(PRODUCTION),
        Finding("read-only", PASSED, "PostgreSQL refuses writes in the production session"),
    ),
    "a session that may write": (
        guards.read_only(there(read_only=False)),
        refused("read-only", "the production session is not read-only", "Connect without a pooler in between."),
    ),
    "a role that reads nothing": (
        guards.cannot_read_rows(PRODUCTION, ()),
        Finding("readable-production", PASSED, '"shape" cannot read a row of production'),
    ),
    "a superuser": (
        guards.cannot_read_rows(there(superuser=True, reads_all_data=True), ()),
        refused(
            "readable-production",
            '"shape" is a superuser of production',
            f"{GRANT} {overruling('readable-production')}",
        ),
    ),
    "a superuser where pg_dump needs a reader": (
        guards.cannot_read_rows(there(version=160004, superuser=True), ()),
        refused(
            "readable-production",
            '"shape" is a superuser of production',
            f"{OLD} {overruling('readable-production')}",
        ),
    ),
    "a superuser, allowed": (
        guards.cannot_read_rows(there(superuser=True), ["readable-production"]),
        Finding("readable-production", ALLOWED, '"shape" is a superuser of production (allowed by name)'),
    ),
    "a reader of all data": (
        guards.cannot_read_rows(there(reads_all_data=True), ()),
        refused(
            "readable-production",
            '"shape" is a member of pg_read_all_data on production',
            f"{GRANT} {overruling('readable-production')}",
        ),
    ),
    "a reader of all data where pg_dump needs one": (
        guards.cannot_read_rows(there(version=150012, reads_all_data=True), ()),
        refused(
            "readable-production",
            '"shape" is a member of pg_read_all_data on production',
            f"{OLD} {overruling('readable-production')}",
        ),
    ),
    "a reader of all data, allowed": (
        guards.cannot_read_rows(there(reads_all_data=True), ["readable-production"]),
        Finding(
            "readable-production", ALLOWED, '"shape" is a member of pg_read_all_data on production (allowed by name)'
        ),
    ),
    "a reader of three tables": (
        guards.cannot_read_rows(replace(PRODUCTION, readable=("a.b", "a.c", "a.d")), ()),
        refused(
            "readable-production",
            '"shape" can read a.b, a.c, a.d on production',
            f"{GRANT} {overruling('readable-production')}",
        ),
    ),
    "a reader where pg_dump needs one": (
        guards.cannot_read_rows(replace(there(version=160004), readable=("a.b",)), ()),
        refused(
            "readable-production", '"shape" can read a.b on production', f"{OLD} {overruling('readable-production')}"
        ),
    ),
    "a reader of five tables, allowed": (
        guards.cannot_read_rows(
            replace(PRODUCTION, readable=("a.b", "a.c", "a.d", "a.e", "a.f")), ["readable-production"]
        ),
        Finding(
            "readable-production", ALLOWED, '"shape" can read a.b, a.c, a.d and 2 more on production (allowed by name)'
        ),
    ),
    "an encrypted session": (
        guards.encrypted(THERE, "production", ()),
        Finding("no-tls", PASSED, "the production session is encrypted"),
    ),
    "a local session": (
        guards.encrypted(SERVER, "staging", ()),
        Finding("no-tls", PASSED, "the staging session is local"),
    ),
    "a local session that is encrypted": (
        guards.encrypted(replace(SERVER, encrypted=True), "staging", ()),
        Finding("no-tls", PASSED, "the staging session is encrypted"),
    ),
    "an open session": (
        guards.encrypted(replace(THERE, encrypted=False), "production", ["same-server"]),
        refused(
            "no-tls",
            "the production session to db.test is not encrypted",
            f"Add ?sslmode=require (better: verify-full) to the URL. {overruling('no-tls')}",
        ),
    ),
    "an open session, allowed": (
        guards.encrypted(replace(THERE, encrypted=False), "production", ["no-tls"]),
        Finding("no-tls", ALLOWED, "the production session to db.test is not encrypted (allowed by name)"),
    ),
    "a primary": (
        guards.primary(SERVER),
        Finding("primary", PASSED, "the staging server accepts writes"),
    ),
    "a standby": (
        guards.primary(replace(SERVER, standby=True)),
        refused("primary", "the staging server is a standby", "Point STAGING_DATABASE_URL at the primary."),
    ),
    "a role that creates databases": (
        guards.may_create(SERVER),
        Finding("create-database", PASSED, '"ann" may create databases on staging'),
    ),
    "a role that creates none": (
        guards.may_create(replace(SERVER, may_create_databases=False)),
        refused(
            "create-database",
            '"ann" may not create databases on staging',
            'Run as a superuser of staging: ALTER ROLE "ann" CREATEDB;',
        ),
    ),
    "the owner itself, or a member of it": (
        guards.acts_as_owner(SERVER, STAGING),
        Finding("acts-as-owner", PASSED, '"ann" may act as "ann", the owner'),
    ),
    "a stranger to the owner": (
        guards.acts_as_owner(SERVER, replace(STAGING, owner="bob", acts_as_owner=False)),
        refused(
            "acts-as-owner",
            '"ann" may not act as "bob", which owns "app"',
            'Run as a superuser of staging: ALTER DATABASE "app" OWNER TO "ann"; or, if the owner is no superuser, and '
            'has to stay: GRANT "bob" TO "ann";',
        ),
    ),
    "a newer staging server": (
        guards.versions_fit(THERE.major, SERVER.major),
        Finding("server-versions", PASSED, "production runs 17, staging 18"),
    ),
    "equal servers, the minor versions aside": (
        guards.versions_fit(replace(THERE, version=180009).major, SERVER.major),
        Finding("server-versions", PASSED, "production runs 18, staging 18"),
    ),
    "an older staging server": (
        guards.versions_fit(THERE.major, replace(SERVER, version=150019).major),
        refused(
            "server-versions",
            "staging runs PostgreSQL 15, older than production's 17",
            "Upgrade staging to PostgreSQL 17 or later.",
        ),
    ),
    "a replaceable database": (
        guards.replaceable(STAGING),
        Finding("replaceable", PASSED, '"app" can be replaced'),
    ),
    "a database held open": (
        guards.replaceable(replace(STAGING, prepared_transactions=1, replication_slots=2)),
        refused(
            "replaceable",
            '"app" is held open by 1 prepared transactions and 2 replication slots',
            "End them (pg_prepared_xacts, pg_replication_slots) and run again.",
        ),
    ),
    "a session with the server itself": (
        guards.direct(SERVER, "staging"),
        Finding("pooler", PASSED, "the staging session is with the server itself"),
    ),
    "a session with a pooler": (
        guards.direct(replace(SERVER, direct=False), "staging"),
        refused(
            "pooler",
            "the staging session does not have what it was started with: a pooler stands in between",
            "Name the server itself in the database URL.",
        ),
    ),
    "nothing held": (
        guards.let_go(()),
        Finding("let-go", PASSED, "nothing holds staging, or what stands beside it"),
    ),
    "a previous that is held": (
        guards.let_go((Held("app", 0, 0, 1), Held("app__prev", 2, 1, 0))),
        refused(
            "let-go",
            'databases that a run drops sooner or later are held: "app" by 1 subscriptions; '
            '"app__prev" by 2 prepared transactions and 1 replication slots in use',
            "ROLLBACK PREPARED, end who uses the slot, or, in that database, DROP SUBSCRIPTION; and run again.",
        ),
    ),
    "all ours beside": (
        guards.ours_beside(SERVER, ()),
        Finding("beside", PASSED, "what stands beside staging is ours to rename and drop"),
    ),
    "a golden of another role's": (
        guards.ours_beside(SERVER, (("app__golden", "bob"),)),
        refused(
            "beside",
            '"ann" may neither rename nor drop what stands beside staging: "app__golden" belongs to "bob"',
            'Run as a superuser of staging: ALTER DATABASE "app__golden" OWNER TO "ann"; Or drop what is not needed.',
        ),
    ),
    "every table can be locked": (
        guards.lockable(PRODUCTION),
        Finding("lockable", PASSED, 'pg_dump can lock every table of production as "shape"'),
    ),
    "tables that are closed": (
        guards.lockable(replace(PRODUCTION, unlockable=(("app.orders", True), ("public.later", False)))),
        refused(
            "lockable",
            '"shape" may not lock app.orders (no USAGE on its schema), public.later on production, and pg_dump has to',
            "Run the output of `greenroom grant-sql` there again, with every --schema: it also opens what is new.",
        ),
    ),
    "a SELECT that was denied": (
        guards.denied_rows(
            (Attempt("public.users", denied=True), Attempt("public.users_id_seq", denied=True)), "shape"
        ),
        Finding("denied-rows", PASSED, 'a SELECT as "shape" was tried, and denied: public.users, public.users_id_seq'),
    ),
    "a SELECT that was let through": (
        guards.denied_rows((Attempt("public.users", denied=True), Attempt("app.orders", denied=False)), "shape"),
        refused(
            "denied-rows",
            '"shape" was let do a SELECT on app.orders of production, though its privileges say no',
            f"Nothing was read. {GRANT}",
        ),
    ),
    "a SELECT that told nothing": (
        guards.denied_rows((Attempt("app.orders", denied=False, said="lock timeout"),), "shape"),
        Finding(
            "denied-rows",
            Outcome.NOTED,
            "whether a SELECT on app.orders of production is denied could not be told: lock timeout",
            "Run the doctor again.",
        ),
    ),
    "nothing to try": (
        guards.denied_rows((), "shape"),
        Finding("denied-rows", Outcome.NOTED, "production has no table on which a SELECT could be tried"),
    ),
    "room enough": (
        guards.enough_disk(replace(SERVER, free_bytes=5 << 20), 5 << 20),
        Finding("disk", PASSED, "5 MiB needed, 5 MiB free"),
    ),
    "a disk out of sight": (
        guards.enough_disk(SERVER, 1 << 50),
        Finding("disk", Outcome.NOTED, "the server's free space cannot be seen from here"),
    ),
    "no room": (
        guards.enough_disk(replace(SERVER, free_bytes=2 << 20), 5 << 20),
        refused("disk", "not enough disk on the staging server: 5 MiB needed, 2 MiB free", "Free or add disk space."),
    ),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_a_guard_says_what_it_found(found: Finding, expected: Finding) -> None:
    """Check, outcome, clause and advice, to the letter."""
    assert found == expected


@pytest.mark.parametrize(
    "database",
    [replace(STAGING, is_template=True)]
    + [replace(STAGING, name=name) for name in ("postgres", "template0", "template1")]
    + [replace(STAGING, name=name) for name in (f"app__{role}" for role in (*BESIDE, "preview_pr-1"))],
    ids=lambda database: "a template" if database.is_template else database.name,
)
def test_a_shared_database_or_one_of_ours_is_never_staging(database: DatabaseFacts) -> None:
    """Replacing it would take something away that others stand on."""
    assert guards.replaceable(database) == refused(
        "replaceable",
        f'"{database.name}" is not a database that may be replaced',
        "Create a database for staging and name it in STAGING_DATABASE_URL.",
    )


def test_every_guard_refuses_somewhere_and_passes_somewhere() -> None:
    """A guard without a case here would be one whose sentence nobody has read."""
    outcomes = {(found.check, found.outcome) for found, _ in CASES.values()}
    checks = {check for check, _ in outcomes}
    assert {(check, outcome) for check in checks for outcome in (PASSED, REFUSED)} <= outcomes
    public = {
        name
        for name, value in vars(guards).items()
        if getattr(value, "__module__", "") == guards.__name__ and not name.startswith("_")
    }
    assert len(public) == len(checks)


def test_exactly_the_guards_called_allowable_can_be_allowed() -> None:
    """The names that --allow takes are the names of the guards that listen to it."""
    assert {found.check for found, _ in CASES.values() if found.outcome is ALLOWED} == set(guards.ALLOWABLE)
