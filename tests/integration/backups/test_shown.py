"""What a restore test compares beside tables: a persona's row, materialized views; and columns that come back moved."""

from datetime import UTC, datetime

import pytest

from backups.cipher import Identity
from backups.comparison import Comparison
from backups.manifest import Manifest
from backups.restore import Destination, restore
from backups.restore_test import compare, restore_test
from backups.stores.memory import MemoryStore
from backups.take import take
from database.endpoints import Scratch
from database.programs import Programs
from database.session import Connection, writing
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker, SignIn

ME = Identity.new()
NOW = datetime.now(UTC)
ADA = SignIn("public", "users", "email", "user7@example.com")
GONE = SignIn("public", "users", "email", "nobody@example.com")
NO_TABLE, NO_COLUMN = SignIn("public", "people", "email", "a@example.com"), SignIn("public", "users", "mail", "a")


@pytest.fixture
def store() -> MemoryStore:
    """An empty one."""
    return MemoryStore()


def back_up(source: Scratch, store: MemoryStore, programs: Programs) -> Manifest:
    return take(source, store, [ME.recipient], programs=programs, now=NOW)


def brought_back(manifest: Manifest, store: MemoryStore, into: Scratch, programs: Programs) -> Comparison:
    restore(manifest, store, [ME], Destination(into, "postgres", programs))
    return compare(manifest, into)


def test_a_personas_row_is_asked_for_by_itself(
    staging: Scratch, spare: Scratch, store: MemoryStore, programs: Programs
) -> None:
    """Whom the marker names and the database holds, the manifest knows; a lost, doubled or changed row is told."""
    with maintenance(staging) as server:
        mark(server, staging.database, Marker("r1", sign_in=(ADA, GONE, NO_TABLE, NO_COLUMN)))
    manifest = back_up(staging, store, programs)
    assert [row.place for row in manifest.sign_in or ()] == [ADA]
    assert brought_back(manifest, store, spare, programs) == Comparison()
    with writing(spare) as connection:
        connection.execute("UPDATE users SET role = 'viewer' WHERE email = 'user7@example.com'")
        assert "the row of user7@example.com (public.users.email) is another one than was dumped" in told(
            manifest, spare
        )
        connection.execute("UPDATE users SET email = 'elsewhere' WHERE email = 'user7@example.com'")
        nobody = "nobody can sign in as user7@example.com (public.users.email): 0 rows have that address instead of 1"
        assert nobody in told(manifest, spare)
        connection.execute("ALTER TABLE users RENAME email TO mail")
    assert nobody in told(manifest, spare)


def told(manifest: Manifest, restored: Scratch) -> str:
    return "; ".join(compare(manifest, restored).findings)


def test_a_personas_row_stands_in_any_partition(
    staging: Scratch, spare: Scratch, store: MemoryStore, programs: Programs
) -> None:
    """Of a column of a type of one's own, too, and after columns were dropped and added."""
    with writing(staging) as connection:
        connection.execute(
            "CREATE DOMAIN mail AS text; CREATE TABLE people (spare int, id int, mail mail) PARTITION BY LIST (id)"
        )
        connection.execute("CREATE TABLE people_1 PARTITION OF people FOR VALUES IN (1)")
        connection.execute("ALTER TABLE people DROP spare; ALTER TABLE people ADD at timestamptz DEFAULT now()")
        connection.execute("INSERT INTO people VALUES (1, 'o''neill%s@example.com')")
    with maintenance(staging) as server:
        mark(server, staging.database, Marker(sign_in=(SignIn("public", "people", "mail", "o'neill%s@example.com"),)))
    manifest = back_up(staging, store, programs)
    assert len(manifest.sign_in or ()) == 1
    assert brought_back(manifest, store, spare, programs) == Comparison()


def test_a_materialized_view_is_compared_and_a_stale_one_is_no_loss(
    staging: Scratch, spare: Scratch, store: MemoryStore, programs: Programs
) -> None:
    """One that is not filled is a finding; one that a restore filled with fresher rows is a note."""
    with writing(staging) as connection:
        connection.execute("CREATE MATERIALIZED VIEW later AS SELECT count(*) FROM users WITH NO DATA")
        connection.execute("CREATE MATERIALIZED VIEW no_column AS SELECT")
    manifest = back_up(staging, store, programs)
    titles = [title for title, _ in manifest.materialized_views or ()]
    assert titles == ["public.daily", "public.later", "public.no_column"]
    assert dict(manifest.materialized_views or ())["public.later"] == ""
    assert brought_back(manifest, store, spare, programs) == Comparison()
    with writing(staging) as connection:
        connection.execute("DELETE FROM events WHERE at < '2026-10-21'")
    stale = back_up(staging, store, programs)
    tested = restore_test(stale, store, [ME], Destination(spare, "postgres", programs), now=NOW)
    assert tested.proof.passed
    (note,) = tested.notes
    assert note.startswith("the materialized view public.daily was filled anew and holds other rows than when it was")
    restore(manifest, store, [ME], Destination(spare, "postgres", programs))
    with writing(spare) as connection:
        connection.execute("REFRESH MATERIALIZED VIEW daily WITH NO DATA")
    assert compare(manifest, spare).findings == ("the materialized view public.daily is not filled",)
    with writing(spare) as connection:
        connection.execute("DROP MATERIALIZED VIEW daily")
    assert "the materialized view public.daily is missing" in compare(manifest, spare).findings


def test_an_heirs_columns_may_come_back_in_another_order(
    staging: Scratch, spare: Scratch, store: MemoryStore, programs: Programs
) -> None:
    """A column that was added to the parent moves before the child's own: no difference, and a real one is found."""
    with writing(staging) as connection:
        connection.execute("CREATE TABLE parent (a int); CREATE TABLE child (own text) INHERITS (parent)")
        connection.execute("ALTER TABLE parent ADD b int; INSERT INTO child VALUES (1, 'mine', 2), (3, NULL, 4)")
    manifest = back_up(staging, store, programs)
    assert manifest.inherited_columns == (("public.child", ("a", "own", "b")),)
    assert brought_back(manifest, store, spare, programs) == Comparison()
    with writing(spare) as connection:
        assert columns_of(connection, "child") != ["a", "own", "b"]
        connection.execute("UPDATE child SET a = 2, b = 1 WHERE a = 1")
    assert told(manifest, spare) == "public.child holds other rows than were dumped: the hash of its contents differs"


def columns_of(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum", (table,)
    )
    return [name for (name,) in rows.fetchall()]
