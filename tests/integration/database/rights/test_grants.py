"""What roles hold in one database, given in another."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from database.endpoints import Scratch
from database.rights.carried_grants import closed_in, closed_later, mapped, on_new
from database.rights.grants import (
    Closed,
    ClosedDefault,
    DefaultGrant,
    ObjectGrant,
    give_grants,
    read_grantables,
    read_grants,
    read_owner,
    withdraw_others,
)
from database.session import writing
from database.wholes.lifecycle import clone, drop, maintenance

OBJECTS = """
CREATE SCHEMA app;
CREATE TABLE app."Odd; ""T"" x" (id serial, "na%me" text, other int);
CREATE VIEW app.shown AS SELECT 1 AS n;
CREATE FUNCTION app.f(text, int[] DEFAULT '{}') RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE app.p(n int) LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN app.tags AS text[];
"""
TABLE = 'app."Odd; ""T"" x"'
ROLE_GRANTS = f"""
GRANT USAGE, CREATE ON SCHEMA app TO {{0}};
GRANT SELECT, INSERT ON {TABLE} TO {{0}};
GRANT UPDATE ("na%me") ON {TABLE} TO {{1}} WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE app."Odd; ""T"" x_id_seq" TO {{1}};
GRANT SELECT ON app.shown TO PUBLIC;
GRANT EXECUTE ON FUNCTION app.f TO {{0}};
REVOKE EXECUTE ON FUNCTION app.f FROM PUBLIC;
GRANT EXECUTE ON PROCEDURE app.p TO {{0}};
REVOKE USAGE ON DOMAIN app.tags FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO {{0}};
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO {{1}};
"""


@pytest.fixture
def roles(scratch_on_any: Scratch) -> Iterator[tuple[str, str]]:
    """Two roles, one of them with a name that needs quotes; as their names stand in SQL."""
    names = f"reader_{uuid4().hex[:8]}", f'"Wri""ter {uuid4().hex[:8]}"'
    with maintenance(scratch_on_any) as server:
        for name in names:
            server.execute(f"CREATE ROLE {name}".encode())
        yield names
        with writing(scratch_on_any) as connection:
            connection.execute(f"DROP OWNED BY {', '.join(names)}".encode())
        server.execute(f"DROP ROLE {', '.join(names)}".encode())


@pytest.fixture
def copy(scratch_on_any: Scratch, roles: tuple[str, str]) -> Iterator[Scratch]:
    """The same objects in a second database, where nobody has been granted anything yet."""
    with writing(scratch_on_any) as connection:
        connection.execute(OBJECTS.encode())
    second = scratch_on_any.with_database(f"scratch_{uuid4().hex[:12]}")
    with maintenance(scratch_on_any) as server:
        clone(server, second, scratch_on_any.database)
        yield second
        drop(server, second)


def test_what_roles_hold_is_given_where_the_object_is_there_too(
    scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]
) -> None:
    """On schemas, tables, columns, sequences, views, routines, and later objects; giving it twice changes nothing."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        old.execute(ROLE_GRANTS.format(*roles).encode())
        grants = read_grants(old)
        assert ObjectGrant("TABLE", TABLE, '"na%me"', "UPDATE", True, roles[1]) in grants
        assert {Closed("ROUTINE", "app.f(text, integer[])"), Closed("TYPE", "app.tags")} < set(grants)
        assert DefaultGrant("postgres", "app", "TABLES", "SELECT", False, roles[0]) in grants
        assert [grant.statement for grant in read_grants(new)] == ["GRANT USAGE ON SCHEMA public TO PUBLIC"]
        assert give_grants(new, grants) == ()
        assert give_grants(new, grants) == ()
        assert set(read_grants(new)) == set(grants)


def test_what_no_longer_fits_is_given_back_and_the_rest_is_given(
    scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]
) -> None:
    """A column, a routine and a view are gone on the other side."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        old.execute(ROLE_GRANTS.format(*roles).encode())
        new.execute(f'ALTER TABLE {TABLE} DROP COLUMN "na%me"; DROP FUNCTION app.f; DROP VIEW app.shown'.encode())
        lost = give_grants(new, read_grants(old))
        assert {grant.statement.partition(" TO ")[0] for grant in lost} == {
            f'GRANT UPDATE ("na%me") ON TABLE {TABLE}',
            "GRANT EXECUTE ON ROUTINE app.f(text, integer[])",
            "REVOKE EXECUTE ON ROUTINE app.f(text, integer[]) FROM PUBLIC",
            "GRANT SELECT ON TABLE app.shown",
        }
        assert set(read_grants(new)) == set(read_grants(old)) - set(lost)


def test_what_was_taken_back_on_one_side_is_taken_back_on_the_other(
    scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]
) -> None:
    """On objects there are and on later ones; what PUBLIC is kept from, it stays kept from."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        new.execute(ROLE_GRANTS.format(*roles).encode())
        old.execute(f"GRANT SELECT ON {TABLE} TO {roles[0]}".encode())
        grants = read_grants(old)
        withdraw_others(new, grants)
        assert give_grants(new, grants) == ()
        public = ObjectGrant("ROUTINE", "app.p(integer)", None, "EXECUTE", False, "PUBLIC")  # as by default
        kept = Closed("ROUTINE", "app.f(text, integer[])"), Closed("TYPE", "app.tags")
        assert set(read_grants(new)) == {*grants, *kept, public}


def test_production_grants_are_mapped_to_roles_of_staging(roles: tuple[str, str], scratch_on_any: Scratch) -> None:
    """Those of roles that the settings map, on objects and on later ones; the others stay where they are."""
    plain, odd = roles
    unquoted = odd[1:-1].replace('""', '"')
    grants = (
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, "app_prod"),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, '"Odd Role"'),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, "nobody"),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, "PUBLIC"),
        DefaultGrant("app_prod", None, "TABLES", "SELECT", False, "app_prod"),
        DefaultGrant("maker", "app", "TABLES", "SELECT", False, "app_prod"),
        DefaultGrant("", "app", "TABLES", "SELECT", False, "app_prod"),
        DefaultGrant("maker", None, "TABLES", "SELECT", False, "nobody"),
    )
    assert mapped(grants, {"app_prod": unquoted, "Odd Role": plain, "missing": "x"}, "own") == (
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, odd),
        ObjectGrant("TABLE", "app.a", None, "SELECT", False, plain),
        DefaultGrant(odd, None, "TABLES", "SELECT", False, odd),
        DefaultGrant("own", "app", "TABLES", "SELECT", False, odd),
    )
    closed = (ClosedDefault("app_prod", "TYPES"), ClosedDefault("maker", "FUNCTIONS"), ClosedDefault("", "FUNCTIONS"))
    assert closed_later(closed, {"app_prod": plain}, "own") == (
        ClosedDefault(plain, "TYPES"),
        ClosedDefault("own", "FUNCTIONS"),
    )


def test_default_privileges_of_roles_that_are_mapped_hold_for_what_the_owner_makes_later(
    scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]
) -> None:
    """As of whatever their maker makes on production; read there by a role that is no member of the maker."""
    reader, maker = roles
    stranger = f"stranger_{uuid4().hex[:8]}"
    with writing(scratch_on_any) as production, writing(copy) as staging:
        production.execute(
            f"""CREATE ROLE {stranger}; GRANT {stranger} TO current_user;
            ALTER DEFAULT PRIVILEGES FOR ROLE {maker} IN SCHEMA app GRANT SELECT ON TABLES TO {reader};
            ALTER DEFAULT PRIVILEGES FOR ROLE {maker} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
            SET ROLE {stranger}""".encode()
        )
        found = read_grants(production, everyones=True)
        assert not [one for one in read_grants(production) if isinstance(one, (DefaultGrant, ClosedDefault))]
        production.execute(f"RESET ROLE; DROP ROLE {stranger}".encode())
        owner, to = read_owner(staging), {reader: reader}
        assert give_grants(staging, (*closed_later(found, to, owner), *mapped(found, to, owner))) == ()
        staging.execute("CREATE TABLE app.later (); CREATE FUNCTION app.later() RETURNS int RETURN 1")
        held = set(read_grants(staging))
    assert ObjectGrant("TABLE", "app.later", None, "SELECT", False, reader) in held
    assert Closed("ROUTINE", "app.later()") in held


def test_what_public_is_kept_from_stays_closed(scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]) -> None:
    """Types, the schema public, and what is created later; whatever search path the old database had."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        for each in (old, new):
            each.execute("CREATE TYPE app.mood AS ENUM ('fine'); CREATE FUNCTION app.g(app.mood) RETURNS int RETURN 1")
        old.execute(
            f"""SET search_path = app;
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            REVOKE ALL ON FUNCTION g FROM PUBLIC;
            REVOKE USAGE ON TYPE mood FROM PUBLIC;
            GRANT USAGE ON TYPE mood TO {roles[0]};
            ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
            ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO {roles[1]}""".encode()
        )
        grants = read_grants(old)
        assert give_grants(new, grants) == ()
        assert set(read_grants(new)) == set(grants)
        assert {
            Closed("SCHEMA", "public"),
            Closed("ROUTINE", "app.g(app.mood)"),
            Closed("TYPE", "app.mood"),
            ClosedDefault("postgres", "FUNCTIONS"),
            ObjectGrant("TYPE", "app.mood", None, "USAGE", False, roles[0]),
        } <= set(grants)


def test_what_an_extension_grants_is_left_to_it(scratch_on_any: Scratch) -> None:
    """CREATE EXTENSION grants it on the other side too, and whoever restores need not own it."""
    with writing(scratch_on_any) as connection:
        connection.execute("CREATE EXTENSION pg_stat_statements")
        assert {grant.statement for grant in read_grants(connection)} == {"GRANT USAGE ON SCHEMA public TO PUBLIC"}


def test_a_new_object_is_open_as_default_privileges_say_and_an_old_one_as_it_was(
    scratch_on_any: Scratch, copy: Scratch, roles: tuple[str, str]
) -> None:
    """A table that a role was refused stays refused; one of another schema than the default names is not opened."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        old.execute(ROLE_GRANTS.format(*roles).encode())
        old.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
        old.execute(f"REVOKE ALL ON {TABLE} FROM {roles[0]}".encode())
        new.execute(
            "CREATE TABLE app.fresh (id serial); CREATE TABLE public.fresh ();"
            "CREATE FUNCTION app.h() RETURNS int RETURN 1"
        )
        before, grants = read_grantables(old), read_grants(old)
        opened = set(on_new(read_grantables(new), before, grants))
    assert opened == {
        ObjectGrant("TABLE", "app.fresh", None, "SELECT", False, roles[0]),
        ObjectGrant("SEQUENCE", "app.fresh_id_seq", None, "USAGE", False, roles[1]),
        Closed("ROUTINE", "app.h()"),
    }


def test_what_production_closes_is_closed_where_it_is_new(scratch_on_any: Scratch, copy: Scratch) -> None:
    """What staging had open before stays as its people know it."""
    with writing(scratch_on_any) as old, writing(copy) as new:
        new.execute("CREATE FUNCTION app.h() RETURNS int RETURN 1")
        closed = [Closed("ROUTINE", "app.h()"), Closed("ROUTINE", "app.f(text, integer[])")]
        assert list(closed_in(read_grantables(new), read_grantables(old), closed)) == closed[:1]


def test_a_role_that_is_gone_and_an_object_of_somebody_else_are_given_back(scratch_on_any: Scratch) -> None:
    """Neither ends the run."""
    stranger = f"stranger_{uuid4().hex[:8]}"
    grants = (
        ObjectGrant("SCHEMA", "public", None, "USAGE", False, "nobody_by_this_name"),
        DefaultGrant("nobody_by_this_name", None, "TABLES", "SELECT", False, "postgres"),
        ObjectGrant("TABLE", "public.hers", None, "SELECT", False, "PUBLIC"),
    )
    with writing(scratch_on_any) as connection:
        connection.execute(f"CREATE ROLE {stranger}; CREATE TABLE public.hers (); SET ROLE {stranger}".encode())
        assert give_grants(connection, grants) == grants
        connection.execute(f"RESET ROLE; DROP ROLE {stranger}".encode())
