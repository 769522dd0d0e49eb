"""The swap, with people on staging, with obstacles in the way, and back again."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from catalog.errors import Failure, Refusal
from database.endpoints import BESIDE, Scratch, Staging
from database.facts import DatabaseFacts, database_facts
from database.servers import data_folder, embedded
from database.servers.embedded import THROW_AWAY, EmbeddedServer
from database.servers.wheels import installation
from database.session import Connection, writing
from database.wholes import swap
from database.wholes.lifecycle import create, drop, exclusive, if_free, maintenance, mark, set_comment
from database.wholes.marker import GOLDEN, Marker, read_marker
from database.wholes.properties import Grant, Setting, read_properties
from schema_sync import cloning, promote

LOAD_SECONDS = 2.0
CLIENTS = 8


def new_staging(server: EmbeddedServer) -> Iterator[Staging]:
    at, name = server.endpoint, f"staging_{uuid4().hex[:12]}"
    staging = Staging(at.host, at.port, name, at.user, at.password)
    make(staging, name, "old", "postgres")
    with maintenance(staging) as connection:
        mark(connection, name, Marker())
    yield staging
    with maintenance(staging) as connection:
        for database in (name, *(staging.beside(role).database for role in BESIDE)):
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())


def make(staging: Staging, name: str, told: str, like: str) -> None:
    new = Scratch(staging.host, staging.port, name, staging.user, staging.password)
    with maintenance(staging) as server:
        create(server, new, like)
        if like != staging.database:  # staging itself, to which everybody may connect
            server.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO PUBLIC'.encode())
    with writing(new) as connection:
        connection.execute(f"CREATE TABLE which AS SELECT '{told}' AS told".encode())


@pytest.fixture
def staging(server: EmbeddedServer) -> Iterator[Staging]:
    """A staging database with a table that says which one it is: the old one."""
    yield from new_staging(server)


@pytest.fixture
def place(staging: Staging) -> Iterator[Connection]:
    """A session beside it."""
    with maintenance(staging) as connection:
        yield connection


def told(staging: Staging | Scratch) -> str:
    with writing(staging) as connection:
        row = connection.execute("SELECT told FROM which").fetchone()
    return str(row and row[0])


def databases(place: Connection, staging: Staging) -> set[str]:
    rows = place.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (staging.database,))
    return {str(row[0]).removeprefix(staging.database) for row in rows}


def facts_of(place: Connection, name: str) -> DatabaseFacts:
    facts = database_facts(place, name)
    assert facts
    return facts


def promoted(place: Connection, staging: Staging, name: str) -> swap.Swapped:
    make(staging, staging.candidate.database, name, staging.database)
    promote.keep_golden(place, staging)
    return promote.promote(place, staging, Marker(name), bound_seconds=10).swapped


def test_each_promotion_keeps_the_one_before_and_an_untouched_copy(staging: Staging, place: Connection) -> None:
    """The one before that is left aside under a name of its own, for the run to drop."""
    promoted(place, staging, "first")
    assert databases(place, staging) == {"", "__prev", "__golden"}
    assert (told(staging), told(staging.previous), told(staging.golden)) == ("first", "old", "first")
    promoted(place, staging, "second")
    assert databases(place, staging) == {"", "__prev", "__golden", "__oldest", "__oldgold"}
    assert (told(staging), told(staging.previous), told(staging.golden)) == ("second", "first", "second")
    assert promote.clear_leftovers(place, staging) == (f"{staging.database}__oldest", f"{staging.database}__oldgold")
    assert databases(place, staging) == {"", "__prev", "__golden"}
    assert read_marker(facts_of(place, staging.database).comment) == Marker("second")


def test_a_clone_of_the_golden_is_promoted_and_the_golden_stays(staging: Staging, place: Connection) -> None:
    """It carries its own marker; the one before is the previous, as after any promotion."""
    promoted(place, staging, "first")
    with writing(staging) as connection:
        connection.execute("UPDATE which SET told = 'worked on'")
    with exclusive(staging.golden, "reseed") as server:
        cloning.clone_golden(server, staging, staging.candidate, owner="postgres")
    promote.promote(place, staging, Marker("second", golden="first"), bound_seconds=10, golden=False)
    assert databases(place, staging) == {"", "__prev", "__golden", "__oldest"}
    assert (told(staging), told(staging.previous), told(staging.golden)) == ("first", "worked on", "first")
    assert read_marker(facts_of(place, staging.golden.database).comment, GOLDEN) == Marker("first")
    assert read_marker(facts_of(place, staging.database).comment) == Marker("second", golden="first")


def test_a_golden_that_somebody_stays_on_is_not_cloned(staging: Staging, place: Connection) -> None:
    """PostgreSQL waits five seconds; then the refusal names who it is, and nothing is left."""
    promoted(place, staging, "first")
    with writing(staging.golden), pytest.raises(Refusal) as refused:
        cloning.clone_golden(place, staging, staging.candidate, owner="postgres")
    assert refused.value.why.startswith("greenroom, as postgres from 127.0.0.1, since 20")
    assert databases(place, staging) == {"", "__prev", "__golden"}


def is_free(place: Connection, golden: Scratch) -> bool:
    with if_free(place, golden) as free:
        return free


def test_previews_are_no_leftovers_but_one_that_was_never_finished_is(staging: Staging, place: Connection) -> None:
    """Unless it is being made right now, which holds the golden's lock."""
    make(staging, staging.preview("pr-1").database, "preview", staging.database)
    make(staging, staging.new_preview.database, "half made", staging.database)
    with exclusive(staging.golden, "preview create"):
        assert promote.clear_leftovers(place, staging) == ()
    until = time.monotonic() + 10
    while not is_free(place, staging.golden):  # PostgreSQL notices a moment later that a session has gone
        assert time.monotonic() < until
    assert promote.clear_leftovers(place, staging) == (staging.new_preview.database,)
    assert databases(place, staging) == {"", "__preview_pr-1"}
    drop(place, staging.preview("pr-1"))


def test_what_a_dead_run_left_is_dropped_and_named(staging: Staging, place: Connection) -> None:
    """Previous, golden, its spare and what was set aside are no leftovers; nor is what has a similar name."""
    for role in BESIDE:
        make(staging, staging.beside(role).database, role, staging.database)
    make(staging, f"{staging.database}__extra", "extra", staging.database)
    dropped = promote.clear_leftovers(place, staging)
    left = {"", "__prev", "__golden", "__spare", "__aside", "__extra"}
    assert {name.removeprefix(staging.database) for name in dropped} == {f"__{role}" for role in BESIDE} - left
    assert databases(place, staging) == left
    drop(place, staging.beside("extra"))
    drop(place, staging.aside)
    drop(place, staging.spare)
    assert "__extra" not in databases(place, staging)


SETTINGS = (
    Setting(None, "search_path", '"$user", "a,b", public, "say ""hi"""'),
    Setting(None, "DateStyle", "ISO, DMY"),
    Setting(None, "shop.tenant", 'it\'s 100% "ours"'),
    Setting(None, "work_mem", "7MB"),
    Setting(None, "statement_timeout", "30s"),
)


def test_the_new_database_takes_over_all_that_belongs_to_the_name(staging: Staging, place: Connection) -> None:
    """Settings for everybody and for one role, who may connect, owner, limit, comment; the roll back keeps them."""
    owner, odd = f"owner_{uuid4().hex[:8]}", f'odd "role" {uuid4().hex[:8]}'
    quoted, name = '"' + odd.replace('"', '""') + '"', f'"{staging.database}"'
    place.execute(f"CREATE ROLE {owner}; CREATE ROLE {quoted}".encode())
    for statement in (
        """SET search_path = "$user", 'a,b', public, 'say "hi"'""",
        "SET DateStyle = 'ISO, DMY'",
        "SET shop.tenant = 'it''s 100% \"ours\"'",
        "SET work_mem = '7MB'",
        "SET statement_timeout = '30s'",
        "CONNECTION LIMIT 17",
        f"OWNER TO {owner}",
    ):
        place.execute(f"ALTER DATABASE {name} {statement}".encode())
    place.execute(f"ALTER ROLE {quoted} IN DATABASE {name} SET search_path = 'odd', ''".encode())
    place.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT TEMPORARY ON DATABASE {name} TO PUBLIC".encode())
    place.execute(f"GRANT CONNECT ON DATABASE {name} TO {quoted} WITH GRANT OPTION".encode())
    place.execute(f"COMMENT ON DATABASE {name} IS E'Ann''s shop\\n[greenroom staging] {{}}'".encode())
    before = read_properties(place, facts_of(place, staging.database))
    try:
        promoted(place, staging, "new")
        after = facts_of(place, staging.database)
        assert read_properties(place, after) == before
        assert set(before.settings) >= set(SETTINGS)
        assert (after.owner, after.connection_limit) == (owner, 17)
        assert after.comment == 'Ann\'s shop\n[greenroom staging] {"run": "new"}'
        assert before.grants
        assert Grant(odd, "CONNECT", True, False) in before.grants
        with writing(staging) as connection:
            assert connection.execute("SHOW search_path").fetchone() == (SETTINGS[0].value,)
            assert connection.execute("SHOW shop.tenant").fetchone() == (SETTINGS[2].value,)
        promote.roll_back(place, staging, bound_seconds=10)
        assert read_properties(place, facts_of(place, staging.database)) == before
        assert facts_of(place, staging.database).comment == "Ann's shop\n[greenroom staging] {}"
    finally:
        for database in (staging.database, staging.previous.database, staging.candidate.database):
            place.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())
        place.execute(f"DROP ROLE {owner}; DROP ROLE {quoted}".encode())


def test_a_database_that_was_never_granted_stays_open_to_everybody(staging: Staging, place: Connection) -> None:
    """PostgreSQL's defaults hold again after the promotion; the copy kept aside stays shut."""
    promoted(place, staging, "new")
    allowed = "SELECT has_database_privilege('pg_monitor', %s, 'CONNECT, TEMPORARY')"
    assert place.execute(allowed, (staging.database,)).fetchone() == (True,)
    assert place.execute(allowed, (staging.golden.database,)).fetchone() == (False,)


class Client(threading.Thread):
    """Asks again and again, over new sessions or over one as long as it lives; keeps the answers and failures."""

    def __init__(self, staging: Staging, until: float, questions: int) -> None:
        super().__init__()
        self.staging, self.until, self.questions = staging, until, questions
        self.told: list[str] = []
        self.failures: list[str] = []

    def run(self) -> None:
        while time.monotonic() < self.until:
            try:
                with closing(psycopg.connect(self.staging.url, connect_timeout=10, autocommit=True)) as connection:
                    self.ask(connection)
            except psycopg.OperationalError as error:
                self.failures.append(str(error))

    def ask(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        for _ in range(self.questions):
            row = connection.execute("SELECT told FROM which").fetchone()
            self.told.append(str(row and row[0]))
            time.sleep(0.005)
            if time.monotonic() > self.until:
                return


def test_people_on_staging_see_the_old_one_or_the_new_one(staging: Staging, place: Connection) -> None:
    """Never neither table nor half a database; sessions are ended, and connecting again reaches the new one."""
    make(staging, staging.candidate.database, "new", staging.database)
    promote.keep_golden(place, staging)
    until = time.monotonic() + LOAD_SECONDS
    clients = [Client(staging, until, questions) for questions in (1, 5, 100_000, 100_000) * (CLIENTS // 4)]
    for client in clients:
        client.start()
    time.sleep(0.4)
    swapped = promote.promote(place, staging, Marker("new"), bound_seconds=10).swapped
    for client in clients:
        client.join()
    assert swapped.sessions_ended > 0
    assert 0 < swapped.away_seconds < 5
    for client in clients:
        assert client.told == sorted(client.told, key=("old", "new").index)
        assert {client.told[0], client.told[-1]} == {"old", "new"}
    failures = [failure for client in clients for failure in client.failures]
    ended = ("terminating connection due to administrator command", "server closed the connection", "just been dropped")
    assert [failure for failure in failures if not any(words in failure for words in ended)] == []


def test_a_roll_back_brings_the_data_back_and_can_be_rolled_back(staging: Staging, place: Connection) -> None:
    """With what people wrote meanwhile, on either side; also past what a dead run left in the way."""
    promoted(place, staging, "new")
    with writing(staging) as connection:
        connection.execute("UPDATE which SET told = 'new, worked on'")
    make(staging, staging.beside("oldest").database, "left by a dead run", staging.database)
    promote.roll_back(place, staging, bound_seconds=10)
    assert (told(staging), told(staging.previous)) == ("old", "new, worked on")
    promote.roll_back(place, staging, bound_seconds=10)
    assert (told(staging), told(staging.previous)) == ("new, worked on", "old")
    assert told(staging.golden) == "new"


def test_without_a_previous_database_a_roll_back_is_refused(staging: Staging, place: Connection) -> None:
    """Nothing changes, and the operator is told what is possible instead."""
    with pytest.raises(Refusal) as refused:
        promote.roll_back(place, staging, bound_seconds=10)
    assert str(refused.value) == (
        f'refused: there is no "{staging.database}__prev" to roll back to; nothing was changed.\n'
        "The first promotion keeps one; until then restore a backup: greenroom restore."
    )
    assert told(staging) == "old"


@pytest.mark.parametrize("move", [swap.promote, swap.roll_back], ids=["promote", "roll back"])
def test_a_swap_that_would_leave_nobody_called_staging_does_not_happen(
    staging: Staging, place: Connection, move: object
) -> None:
    """The candidate, or the previous one, was dropped by somebody at the last moment."""
    assert callable(move)
    with pytest.raises(Failure) as failed:
        move(staging)
    assert str(failed.value) == (
        f'failed: nothing would be called "{staging.database}" any more: the database that was to take its place '
        "has disappeared; nothing is left behind."
    )
    assert databases(place, staging) == {""}
    assert told(staging) == "old"


def test_what_lost_its_marker_on_the_way_is_not_replaced(staging: Staging, place: Connection) -> None:
    """Somebody may have given the name to another database since the guards looked."""
    make(staging, staging.candidate.database, "new", staging.database)
    set_comment(place, staging.database, "the accountants live here")
    with pytest.raises(Failure, match="does not carry the staging marker any more"):
        promote.promote(place, staging, Marker("new"), bound_seconds=1)
    assert told(staging) == "old"


def test_a_staging_that_has_disappeared_is_a_failure(staging: Staging, place: Connection) -> None:
    """There is nothing to take the place of."""
    gone = replace(staging, database=f"{staging.database}x")
    with pytest.raises(Failure, match=rf'"{gone.database}" has disappeared; nothing is left behind'):
        promote.promote(place, gone, Marker(), bound_seconds=10)


@pytest.fixture
def owned(staging: Staging, place: Connection) -> Iterator[Staging]:
    """The staging of a role that creates databases and is no superuser, as managed servers give it."""
    role = f"builder_{uuid4().hex[:12]}"
    place.execute(f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD 'pw'".encode())
    place.execute(f'ALTER DATABASE "{staging.database}" OWNER TO {role}'.encode())
    yield replace(staging, user=role, password="pw")
    for database in databases(place, staging):
        place.execute(f'DROP DATABASE "{staging.database}{database}" WITH (FORCE)'.encode())
    place.execute(f"DROP ROLE {role}".encode())


def test_an_owner_who_is_no_superuser_promotes_and_rolls_back(owned: Staging) -> None:
    """Ending the sessions of its own role."""
    with maintenance(owned) as place, closing(psycopg.connect(owned.url)):
        make(owned, owned.candidate.database, "new", owned.database)
        promote.keep_golden(place, owned)
        assert promote.promote(place, owned, Marker("new"), bound_seconds=10).swapped.sessions_ended == 1
        assert told(owned) == "new"
        promote.roll_back(place, owned, bound_seconds=10)


def test_a_session_that_may_not_be_ended_is_an_obstacle(staging: Staging, owned: Staging) -> None:
    """A superuser's, for an owner who is none: staging stays as it was, and so does the superuser."""
    with maintenance(owned) as place, closing(psycopg.connect(staging.url, autocommit=True)) as superuser:
        make(owned, owned.candidate.database, "new", owned.database)
        promote.keep_golden(place, owned)
        with pytest.raises(Failure, match="a session on it, or on what takes its place, did not end in time"):
            promote.promote(place, owned, Marker("new"), bound_seconds=0.5)
        assert superuser.execute("SELECT current_database()").fetchone() == (owned.database,)


@pytest.fixture(scope="module")
def preparing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server that allows prepared transactions, which hold a database open without a session."""
    data: Path = tmp_path_factory.mktemp("preparing") / "data"
    server = embedded.start(installation(18), data, settings={**THROW_AWAY, "max_prepared_transactions": "2"})
    yield server
    embedded.stop(server)
    data_folder.discard(data)


@pytest.mark.parametrize("bound", [0.5, 5.5], ids=["out of time", "postgresql gives up first"])
def test_an_obstacle_leaves_staging_as_it_was(preparing_server: EmbeddedServer, bound: float) -> None:
    """Within the bound; what was built stays for the next run to drop, and people can connect."""
    for staging in new_staging(preparing_server):
        make(staging, staging.candidate.database, "new", staging.database)
        with maintenance(staging) as place:
            promote.keep_golden(place, staging)
            with writing(staging) as connection:
                connection.execute("BEGIN; CREATE TABLE held (); PREPARE TRANSACTION 'obstacle'")
            began = time.monotonic()
            with pytest.raises(Failure) as failed:
                swap.promote(staging, bound_seconds=bound)
            assert time.monotonic() - began < bound + 6
            assert str(failed.value).startswith(
                f'failed: "{staging.database}" could not be renamed, and is as it was: a session on it, or on what '
                "takes its place, did not end in time; "
            )
            assert databases(place, staging) == {"", "__next", "__goldnext"}
            assert told(staging) == "old"
            with writing(staging) as connection:
                connection.execute("ROLLBACK PREPARED 'obstacle'")
            assert swap.promote(staging).away_seconds < 5
            assert told(staging) == "new"
