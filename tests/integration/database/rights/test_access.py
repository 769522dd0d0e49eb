"""The levels of access, tried: somebody of each level signs in and does what it may and may not do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from database.endpoints import Scratch
from database.rights.access import AccessPlan, Holder, Level
from database.rights.giving_access import give_access, open_database
from database.rights.grants import read_grants
from database.rights.holders import judge, read_standing
from database.rights.role_names import unquoted
from database.session import writing
from database.wholes.lifecycle import maintenance

PASSWORD = "levels"
SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant int NOT NULL, body text);
CREATE VIEW app.bodies AS SELECT body FROM app.notes;
CREATE SEQUENCE app.tickets;
CREATE FUNCTION app.add(n int) RETURNS int RETURN n + 1;
REVOKE ALL ON FUNCTION app.add FROM PUBLIC;
CREATE TYPE app.mood AS ENUM ('fine');
REVOKE ALL ON TYPE app.mood FROM PUBLIC;
CREATE TABLE "odd; ""t"" é" (n int);
CREATE TABLE app.ruled (tenant int);
INSERT INTO app.ruled VALUES (1), (2);
ALTER TABLE app.ruled ENABLE ROW LEVEL SECURITY;
CREATE POLICY first ON app.ruled USING (tenant = 1);
"""
READS = (
    "SELECT * FROM app.notes",
    "SELECT * FROM app.bodies",
    'SELECT * FROM "odd; ""t"" é"',
    "SELECT * FROM app.later",
)
WRITES = (
    "INSERT INTO app.notes (tenant) VALUES (1)",
    "UPDATE app.notes SET body = 'x'",
    "DELETE FROM app.notes",
    "SELECT nextval('app.tickets')",
    "SELECT app.add(1)",
    "INSERT INTO app.later DEFAULT VALUES",
    "SELECT later.f()",
)
DDL = (
    "CREATE TABLE app.mine ()",
    "CREATE TABLE later.mine ()",
    "CREATE SCHEMA mine",
    "ALTER TABLE app.notes ADD COLUMN more text",
    "CREATE INDEX ON app.notes (body)",
    "DROP TABLE app.later",
    "TRUNCATE app.notes",
)
BEYOND = ("CREATE ROLE more", "SELECT pg_read_file('/etc/hostname')", "UPDATE pg_class SET relname = relname")


@dataclass(frozen=True)
class Levels:
    """A database of an owner who is no superuser, and a role of each level, called so."""

    at: Scratch
    owner: str
    roles: dict[Level, str]

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Each role with its level."""
        return tuple(Holder(level, role) for level, role in self.roles.items())

    def plan(self, wanted: tuple[Holder, ...], former: tuple[Holder, ...] = ()) -> AccessPlan:
        """What gives these holders their level, as the server stands."""
        with maintenance(self.at) as server:
            return read_standing(server, self.owner, (*wanted, *former)).plan(wanted, former)

    def give(self, plan: AccessPlan) -> tuple[str, ...]:
        """Give the levels as a job does: by a role that may act as the owner, and is none of the levels."""
        with writing(self.at) as connection, maintenance(self.at) as server:
            return (*give_access(connection, plan), *open_database(server, self.at.database, plan))

    def refused(self, role: str, statements: tuple[str, ...]) -> tuple[str, ...]:
        """The statements that PostgreSQL does not let this role carry out."""
        at = replace(self.at, user=role, password=PASSWORD)
        with psycopg.connect(at.url) as connection:
            return tuple(statement for statement in statements if not _may(connection, statement))


def _may(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except (errors.InsufficientPrivilege, errors.UndefinedTable):
        return False
    return True


@pytest.fixture
def levels(scratch_on_any: Scratch) -> Iterator[Levels]:
    """The levels, not given yet; the database is closed to everybody else."""
    mark = uuid4().hex[:6]
    owner, roles = f"owner_{mark}", {level: f"{level}_{mark}" for level in Level}
    with maintenance(scratch_on_any) as server:
        server.execute(f"CREATE ROLE {owner}".encode())
        for role in roles.values():
            server.execute(f"CREATE ROLE \"{role}\" LOGIN PASSWORD '{PASSWORD}'".encode())
        server.execute(f"ALTER DATABASE {scratch_on_any.database} OWNER TO {owner}".encode())
        server.execute(f"REVOKE ALL ON DATABASE {scratch_on_any.database} FROM PUBLIC".encode())
        with writing(scratch_on_any) as connection:
            connection.execute(f"SET ROLE {owner}; {SCHEMA}".encode())
        yield Levels(scratch_on_any, owner, roles)
        with writing(scratch_on_any) as connection:
            names = ", ".join(f'"{role}"' for role in roles.values())
            connection.execute(f"REASSIGN OWNED BY {owner} TO postgres".encode())
            for gone in (*names.split(", "), owner):  # all at once, PostgreSQL stumbles over their default privileges
                connection.execute(f"DROP OWNED BY {gone}".encode())
        server.execute(f"DROP ROLE {owner}, {names}".encode())


def create_later(levels: Levels) -> None:
    """What the owner creates after the levels were given."""
    with writing(levels.at) as connection:
        connection.execute(
            f"""SET ROLE {levels.owner};
            CREATE TABLE app.later (id serial);
            CREATE SCHEMA later;
            CREATE FUNCTION later.f() RETURNS int RETURN 1""".encode()
        )


def test_each_level_may_what_it_may_and_no_more(levels: Levels) -> None:
    """Of what there is and of what comes later; PostgreSQL itself is asked, by signing in."""
    assert levels.give(levels.plan(levels.holders)) == ()
    create_later(levels)
    admin, developer, reader = (levels.roles[level] for level in Level)
    assert levels.refused(admin, (*READS, *WRITES, *DDL)) == ()
    assert levels.refused(admin, BEYOND) == BEYOND
    assert levels.refused(developer, (*READS, *WRITES)) == ()
    assert levels.refused(developer, (*DDL, *BEYOND)) == (*DDL, *BEYOND)
    assert levels.refused(reader, READS) == ()
    not_closed = "SELECT later.f()"  # PUBLIC may run it, by PostgreSQL's own default
    assert levels.refused(reader, (*WRITES, *DDL, *BEYOND)) == (
        *(statement for statement in WRITES if statement != not_closed),
        *DDL,
        *BEYOND,
    )


def test_what_an_extension_makes_is_open_as_the_extension_says(levels: Levels) -> None:
    """A function that it closed, for being dangerous, stays closed also where a superuser gives the levels."""
    with writing(levels.at) as connection:
        connection.execute("CREATE EXTENSION pg_stat_statements")
    levels.give(levels.plan(levels.holders))
    reset = ("SELECT pg_stat_statements_reset()",)
    assert levels.refused(levels.roles[Level.DEVELOPER], reset) == reset


def test_row_level_security_stays_in_force(levels: Levels) -> None:
    """For those who do not act as the tables' owner."""
    levels.give(levels.plan(levels.holders))
    for level in (Level.DEVELOPER, Level.READ_ONLY):
        at = replace(levels.at, user=levels.roles[level], password=PASSWORD)
        with psycopg.connect(at.url) as connection:
            assert connection.execute("SELECT tenant FROM app.ruled").fetchall() == [(1,)]


def test_giving_them_twice_changes_nothing(levels: Levels) -> None:
    """Neither on the objects nor on the database."""
    levels.give(levels.plan(levels.holders))
    with writing(levels.at) as connection:
        once = read_grants(connection)
        assert levels.give(levels.plan(levels.holders)) == ()
        assert read_grants(connection) == once


def test_who_lost_a_level_holds_nothing_and_who_has_another_holds_that(levels: Levels) -> None:
    """Also what was granted by hand, on columns and for later objects, is taken."""
    levels.give(levels.plan(levels.holders))
    admin, developer, reader = (levels.roles[level] for level in Level)
    with writing(levels.at) as connection:
        connection.execute(f'GRANT UPDATE (body) ON app.notes TO "{reader}" WITH GRANT OPTION'.encode())
        connection.execute(f'GRANT SELECT ON app.notes TO "{developer}" WITH GRANT OPTION'.encode())
    now = (Holder(Level.READ_ONLY, admin),)
    assert levels.give(levels.plan(now, levels.holders)) == ()
    create_later(levels)
    with writing(levels.at) as connection:
        held = {unquoted(grant.role) for grant in read_grants(connection) if hasattr(grant, "role")}
    assert held & set(levels.roles.values()) == {admin}
    assert levels.refused(admin, (*READS, *DDL)) == DDL
    for role in (developer, reader):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            levels.refused(role, READS)


def test_the_server_is_asked_who_can_have_a_level(levels: Levels) -> None:
    """A role that is missing, a superuser, the owner itself; a member of the owner may more than its level says."""
    member, ghost = levels.roles[Level.DEVELOPER], "nobody_by_this_name"
    wanted = [Holder(Level.DEVELOPER, role) for role in (ghost, "postgres", levels.owner, member)]
    with maintenance(levels.at) as server:
        server.execute(f'GRANT {levels.owner} TO "{member}"'.encode())
        standing = read_standing(server, levels.owner, wanted)
        server.execute(f'REVOKE {levels.owner} FROM "{member}"'.encode())
    assert standing.able(wanted) == (wanted[3],)
    assert standing.membership == levels.owner
    found = judge(wanted, standing)
    assert [finding.good for finding in found] == [False, False, False, True]
    assert f'it is a member of "{levels.owner}"' in found[3].what


def test_a_role_of_few_rights_gives_all_but_the_membership(levels: Levels) -> None:
    """What it may not do is given back as the lines to run, also when somebody else granted the membership."""
    deployer, admin = f"deployer_{uuid4().hex[:6]}", levels.roles[Level.ADMIN]
    grant, revoke = f'"{levels.owner}" TO "{admin}"', f'"{levels.owner}" FROM "{admin}"'
    few = replace(levels, at=replace(levels.at, user=deployer, password=PASSWORD))
    with maintenance(levels.at) as server:
        server.execute(
            f"CREATE ROLE {deployer} LOGIN PASSWORD '{PASSWORD}'; GRANT {levels.owner} TO {deployer}".encode()
        )
        try:
            assert few.give(few.plan(few.holders)) == (f"GRANT {grant}",)
            create_later(levels)
            assert few.refused(levels.roles[Level.DEVELOPER], READS[:3]) == ()
            assert few.refused(admin, DDL) == tuple(
                each for each in DDL if each.startswith(("ALTER", "CREATE INDEX", "DROP"))
            )
            server.execute(f"GRANT {grant}".encode())
            assert few.give(few.plan(few.holders)) == ()
            server.execute(f"GRANT {levels.owner} TO {deployer} WITH ADMIN OPTION".encode())
            left = few.give(few.plan((), few.holders))
            still = server.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", (admin, levels.owner)).fetchone()
            assert (left, still) in [((), (False,)), ((f"REVOKE {revoke}",), (True,))]
            server.execute(f"REVOKE {revoke}".encode())
        finally:
            server.execute(f"DROP ROLE {deployer}".encode())
