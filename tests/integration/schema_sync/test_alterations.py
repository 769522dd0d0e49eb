"""What is told of an object gets through dump and restore, so that comparing restored shapes overlooks nothing."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg import Rollback

from catalog.compare import compare_objects
from catalog.model import SchemaObject
from database import programs
from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import Connection, DatabaseError, writing
from database.shape.objects import objects_seen
from database.wholes.lifecycle import maintenance
from schema_sync.policy import decide
from tests.integration.database.alterations import alterations

SCRIPTS = tuple(Path(__file__).parents[1] / "database" / name for name in ("rich.sql", "everything.sql"))
DOORS = ("feed", "SERVER far", "lib.away", "watch", "WRAPPER")
NOT_DUMPED = "UPDATE pg_index"
TOOLS = programs.for_restore(18, 18)


@pytest.fixture
def base(server: EmbeddedServer) -> Iterator[Scratch]:
    """A database with one object of every kind, dropped with the two that are made of it."""
    at = server.endpoint.with_database(f"altered_{uuid4().hex[:12]}")
    fresh(at)
    with writing(at) as connection:
        connection.execute("SET client_min_messages = error")
        for script in SCRIPTS:
            connection.execute(script.read_text(encoding="utf-8"))
    yield at
    with maintenance(at) as beside:
        for name in (at.database, f"{at.database}_one", f"{at.database}_two"):
            beside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def fresh(at: Scratch, template: str = "template0") -> Scratch:
    with maintenance(at) as beside:
        beside.execute(f"DROP DATABASE IF EXISTS {at.database} WITH (FORCE)".encode())
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE {template} STRATEGY file_copy".encode())
    return at


def restored(source: Scratch, into: Scratch, folder: Path) -> tuple[SchemaObject, ...]:
    """What the source's shape is once what may cross of it has been restored."""
    archive, listing = folder / "shape.dump", folder / "shape.list"
    with programs.streaming(programs.schema_dump_command(TOOLS, source)) as stream:
        archive.write_bytes(stream.read())
    listing.write_text(decide(programs.run(programs.list_command(TOOLS, archive))).use_list)
    programs.run(programs.restore_command(TOOLS, fresh(into), f"--use-list={listing}", archive=archive))
    with writing(into) as connection, connection.transaction():
        return objects_of(connection)


def test_each_alteration_of_production_is_told_of_its_restored_shape(base: Scratch, tmp_path: Path) -> None:
    """Exactly as it is told of production itself; of what stays behind nothing is told."""
    one, two = (base.with_database(f"{base.database}_{end}") for end in ("one", "two"))
    before = restored(base, two, tmp_path)
    left = {s: told for s, told in alterations(18).items() if not s.startswith(NOT_DUMPED)}
    while left:
        done = together(fresh(one, base.database), left)
        assert done, f"alone, it does not do what is told of it: {next(iter(left))}"
        seen = {str(difference) for difference in compare_objects(before, restored(one, two, tmp_path))}
        assert seen == {item for s, told in done.items() if not stays_behind(s) for item in told}
        left = {s: told for s, told in left.items() if s not in done}


def together(at: Scratch, statements: Mapping[str, str]) -> dict[str, list[str]]:
    """Do those statements that take nothing away from what is told of another, and say what is told of each.

    A dump and two restores for each alone would be a minute's work.
    """
    done: dict[str, list[str]] = {}
    with writing(at) as connection, connection.transaction():
        before, all_told = objects_of(connection), list[str]()
        for statement, expected in statements.items():
            with suppress(DatabaseError), connection.transaction():
                connection.execute("SET LOCAL search_path = public")
                connection.execute(statement.encode())
                seen = [str(difference) for difference in compare_objects(before, objects_of(connection))]
                new = [item for item in seen if item not in all_told]
                if "; ".join(new) != expected or len(seen) != len(all_told) + len(new):
                    raise Rollback
                done[statement], all_told = new, seen
    return done


def objects_of(connection: Connection) -> tuple[SchemaObject, ...]:
    connection.execute("SET LOCAL search_path = pg_catalog")
    return objects_seen(connection)


def stays_behind(statement: str) -> bool:
    """Whether policy lets nothing of what the statement alters cross."""
    return any(door in statement for door in DOORS)
