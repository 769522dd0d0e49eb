"""Rehearsing a release on a copy of the candidate: what is seen of each migration, and what is said if one fails."""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from catalog.errors import Refusal
from database.endpoints import Scratch, Staging
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import create, maintenance
from schema_sync.history.history import History
from schema_sync.history.run import read_history
from schema_sync.rehearsal import Lock, Rehearsed, Release, failed_checks, judge
from schema_sync.rehearse import look, make_stage, rehearse, take_the_stage
from schema_sync.safety.scope import Scope

SECONDS = 60.0
SHAPE = """
    CREATE TABLE carts (id int PRIMARY KEY, total int NOT NULL, email text);
    CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO alembic_version VALUES ('a1');
    INSERT INTO carts SELECT n, n, 'a@example.com' FROM generate_series(1, 20) AS n;
    ANALYZE
"""
ENV = """
from alembic import context
with context.config.attributes["connection"] as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
ASYNC = """
import asyncio
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine
def run(connection):
    context.configure(connection=connection, on_version_apply=lambda **_: None)
    with context.begin_transaction():
        context.run_migrations()
async def go():
    async with create_async_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
asyncio.run(go())
"""
REVISION = """from alembic import op
import time
revision, down_revision = {name!r}, {after!r}
def upgrade():
    {body}
"""
ALONE = """with op.get_context().autocommit_block():
        op.execute({!r})"""


@pytest.fixture
def staging(server: EmbeddedServer) -> Iterator[Staging]:
    """A staging whose candidate is finished."""
    staging = Staging.parse(server.endpoint.with_database(f"stage_{uuid4().hex[:8]}").url)
    with maintenance(staging) as beside:
        beside.execute(f"CREATE DATABASE {staging.database} TEMPLATE template0 STRATEGY file_copy".encode())
        create(beside, staging.candidate, staging.database)
    execute(staging.candidate, SHAPE)
    yield staging
    with maintenance(staging) as beside:
        for name in databases(staging):
            beside.execute(f"DROP DATABASE {staging.database}{name} WITH (FORCE)".encode())


def execute(at: Scratch, statement: str) -> list[tuple[object, ...]]:
    with writing(at) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


def databases(staging: Staging) -> set[str]:
    with maintenance(staging) as server:
        rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (staging.database,))
        return {str(name).removeprefix(staging.database) for (name,) in rows}


def history(folder: Path, *bodies: str, env: str = ENV) -> History:
    """A history of a1, at which the candidate stands, and of a2, a3 ..."""
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations" / "env.py").write_text(env)
    for number, body in enumerate(("pass", *bodies), 1):
        after = f"a{number - 1}" if number > 1 else None
        (versions / f"a{number}.py").write_text(REVISION.format(name=f"a{number}", after=after, body=body))
    return read_history(folder / "alembic.ini", sys.executable, SECONDS)


def run(staging: Staging, of: History, seconds: float = SECONDS) -> Rehearsed:
    with maintenance(staging) as server:
        stage = make_stage(server, staging)
    return rehearse(Release(("a1",), of.heads), of, stage, seconds)


def command(staging: Staging, script: str, seconds: float = SECONDS) -> Rehearsed:
    """Run a command of the application's: a script of Python that has a connection, autocommitting."""
    opening = "import os, time, psycopg; c = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True)"
    with maintenance(staging) as server:
        stage = make_stage(server, staging)
    return rehearse(Release(command=(sys.executable, "-c", f"{opening}\n{script}")), None, stage, seconds)


def sql(statement: str) -> str:
    return f"op.execute({statement!r})"


def found(staging: Staging, *, kept: bool = False) -> tuple[str, str]:
    """What is noted of the migrated copy, and why it may not be promoted."""
    findings = judge(look(staging.rehearsal, staging.candidate, Scope(), kept=kept)[1])
    return "; ".join(item.what for item in findings if item.good), str(failed_checks(findings) or "")


def test_each_migration_is_told_by_itself(staging: Staging, tmp_path: Path) -> None:
    """Its locks on tables that were there, the strongest of each; truncated and altered tables are in new files."""
    alters = f"{sql('CREATE TABLE bags (id int)')}; {sql('ALTER TABLE carts ADD colour text')}"
    done = run(
        staging,
        history(
            tmp_path,
            alters,
            sql("CREATE INDEX ON bags (id); CREATE INDEX ON carts (total)"),
            sql("ALTER TABLE carts ALTER total TYPE bigint"),
            sql("UPDATE carts SET total = 0"),
        ),
    )
    assert done.wrong is None
    everything, writes = Lock("public.carts", "AccessExclusiveLock"), Lock("public.carts", "ShareLock")
    assert [item.name for item in done.migrations] == ["a2", "a3", "a4", "a5"]
    locks = [item.locks for item in done.migrations]
    assert locks == [(everything,), (Lock("public.bags", "ShareLock"), writes), (everything,), ()]
    assert [item.rewritten for item in done.migrations] == [(), (), ("public.carts",), ()]
    assert str(writes) == "public.carts: SHARE, reads go on, writes wait"


def test_a_copy_that_was_migrated_takes_the_candidates_place(staging: Staging, tmp_path: Path) -> None:
    """What the migrations made belongs to staging's owner, though another role ran them."""
    owner = f"owner_{uuid4().hex[:8]}"
    with maintenance(staging) as server:
        server.execute(f"CREATE ROLE {owner}".encode())
    try:
        with maintenance(staging) as server:
            server.execute(f"ALTER DATABASE {staging.candidate.database} OWNER TO {owner}".encode())
        execute(staging.candidate, f"ALTER TABLE carts OWNER TO {owner}; ALTER TABLE alembic_version OWNER TO {owner}")
        execute(staging.candidate, f"ALTER SCHEMA public OWNER TO {owner}")
        both = sql("CREATE TABLE bags (id int); ALTER TABLE carts ADD x int")
        done = run(staging, history(tmp_path, both, env=ASYNC))
        assert done.wrong is None
        assert done.migrations[0].locks == (Lock("public.carts", "AccessExclusiveLock"),)
        with maintenance(staging) as server:
            take_the_stage(server, staging)
        assert databases(staging) == {"", "__next"}
        made = "SELECT tableowner::text, current_user::text FROM pg_tables WHERE tablename = 'bags'"
        assert execute(staging.candidate, made) == [(owner, staging.user)]
    finally:
        with maintenance(staging) as server:
            server.execute(f"DROP DATABASE {staging.candidate.database} WITH (FORCE)".encode())
            server.execute(f"DROP ROLE {owner}".encode())


def test_a_failure_leaves_the_candidate_alone(staging: Staging, tmp_path: Path) -> None:
    """Also where what was done before it cannot be rolled back; the statement has no values of rows in it."""
    alone = ALONE.format("CREATE UNIQUE INDEX CONCURRENTLY carts_email ON carts (email)")
    before = execute(staging.candidate, "SELECT oid::int, relname::text FROM pg_class WHERE relname LIKE 'carts%'")
    done = run(staging, history(tmp_path, sql("ALTER TABLE carts ADD x int"), alone))
    assert done.wrong is not None
    assert done.wrong.why == 'could not create unique index "carts_email"'
    assert [bool(item.failed) for item in done.migrations] == [False, True]
    assert done.migrations[1].statement == "CREATE UNIQUE INDEX CONCURRENTLY carts_email ON carts (email)"
    left = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'carts_email'::regclass"
    assert execute(staging.rehearsal, left) == [(False,)]
    after = execute(staging.candidate, "SELECT oid::int, relname::text FROM pg_class WHERE relname LIKE 'carts%'")
    assert after == before


def test_a_value_of_a_row_is_in_no_sentence(staging: Staging, tmp_path: Path) -> None:
    """Parameters stay out of the statement, and details out of what PostgreSQL said."""
    body = 'op.get_bind().exec_driver_sql("INSERT INTO carts VALUES (1, 1, %s)", ("hush@example.com",))'
    done = run(staging, history(tmp_path, body))
    assert done.wrong is not None
    assert done.migrations[0].statement == "INSERT INTO carts VALUES (1, 1, %s)"
    assert "hush" not in f"{done}{done.wrong}"


def test_what_takes_too_long_is_named(staging: Staging, tmp_path: Path) -> None:
    """With those before it, and with the lock that it held all the while."""
    waits = f"{sql('LOCK TABLE carts IN ACCESS EXCLUSIVE MODE')}; {sql('SELECT pg_sleep(600)')}"
    done = run(staging, history(tmp_path, sql("ALTER TABLE carts ADD x int"), waits), seconds=10)
    assert done.wrong is not None
    assert str(done.wrong).startswith("failed: a3 fails: it was under way when the 10 s of the rehearsal were up;")
    assert [item.name for item in done.migrations] == ["a2", "a3"]
    assert done.migrations[1].locks == (Lock("public.carts", "AccessExclusiveLock"),)
    with maintenance(staging) as server:
        make_stage(server, staging)  # whoever still sleeps there does not hold it up


def test_a_history_that_goes_elsewhere_is_no_migration_of_its_own(staging: Staging, tmp_path: Path) -> None:
    """It is stopped as ever, and that is what is said."""
    other = staging.candidate.url.replace("postgresql:", "postgresql+psycopg:")
    of = history(tmp_path, "pass")
    env = f"from sqlalchemy import create_engine\ncreate_engine({other!r}).connect()"
    (tmp_path / "migrations" / "env.py").write_text(env)
    done = run(staging, of)
    assert isinstance(done.wrong, Refusal)
    assert "connects to another database" in str(done.wrong)
    assert done.migrations == ()


def test_a_command_is_watched_as_a_whole(staging: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time, its locks if they are held for a while, what it wrote anew; it is given none of our secrets."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    script = """
c.execute("ALTER TABLE carts ALTER total TYPE bigint")
with c.transaction():
    c.execute("LOCK TABLE carts IN SHARE MODE")
    c.execute("SELECT pg_sleep(1)")
c.execute("CREATE TABLE told AS SELECT %s AS text", (str(dict(os.environ)),))
"""
    done = command(staging, script)
    assert done.wrong is None
    (whole,) = done.migrations
    assert whole.seconds > 1
    assert whole.rewritten == ("public.carts",)
    (lock,) = whole.locks  # none of the table that it made
    assert lock.table == "public.carts"
    assert lock.mode in ("ShareLock", "AccessExclusiveLock")
    assert whole.name == f"the command {sys.executable} ..."
    ((told,),) = execute(staging.rehearsal, "SELECT text FROM told")
    assert "hush" not in str(told)


def test_a_command_that_fails_is_told_by_its_last_words(staging: Staging) -> None:
    """Without the password that it was given; so is one that takes too long, or that is not there."""
    done = command(staging, "print('one'); raise SystemExit(os.environ['DATABASE_URL'])")
    assert done.wrong is not None
    assert done.migrations[0].failed.startswith("exit code 1; its last words: postgresql://")
    assert done.migrations[0].statement.startswith("one\n")
    assert staging.password
    assert staging.password not in f"{done}{done.wrong}"
    late = command(staging, "time.sleep(600)", seconds=2)
    assert late.migrations[0].failed == "it was under way when the 2 s of the rehearsal were up"
    gone = rehearse(Release(command=("/nowhere/migrate",)), None, staging.rehearsal, SECONDS)
    assert "exit code 127; its last words: it cannot be started: No such file" in gone.migrations[0].failed


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE PUBLICATION spread FOR ALL TABLES", "could reach other servers: publication spread"),
        (
            "UPDATE carts SET email = 'x@gmail.com' WHERE id = 1",
            "what could be somebody's: public.carts.email: e-mail address in 1 row",
        ),
    ],
)
def test_what_must_not_be_promoted_is_not(staging: Staging, tmp_path: Path, statement: str, said: str) -> None:
    """The migrated copy is judged as a candidate is."""
    assert run(staging, history(tmp_path, sql(statement))).wrong is None
    assert said in found(staging)[1]


def test_what_the_migrations_leave_open_is_noted(staging: Staging, tmp_path: Path) -> None:
    """Constraints that are not valid yet, and rows that are gone; addresses too, where rows of staging are kept."""
    open_yet = "ALTER TABLE carts ADD CONSTRAINT positive CHECK (total > 0) NOT VALID; DELETE FROM carts WHERE id > 5"
    moved = "UPDATE carts SET email = 'x@gmail.com' WHERE id = 1"
    assert run(staging, history(tmp_path, sql(open_yet), sql(moved))).wrong is None
    noted, bad = found(staging, kept=True)
    assert bad == ""
    assert "not proven: constraint public.carts.positive" in noted
    assert "fewer rows than were seeded: public.carts (5 of 20)" in noted
    assert "public.carts.email: e-mail address in 1 row" in noted
