"""Running an application's Alembic history: in the database and to the revision that were named, or not at all."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from catalog.errors import Failure, Refusal
from catalog.model import TableName
from database.endpoints import Scratch
from schema_sync.history.history import History
from schema_sync.history.run import read_history, run_history

SHOP = Path(__file__).parents[2] / "cases" / "history" / "shop" / "alembic.ini"
SECONDS = 60.0

RUN = """
def run(connection, **options):
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        context.run_migrations()
"""
OPEN = """
import os, asyncio
from alembic import context
from sqlalchemy import create_engine, engine_from_config, make_url
from sqlalchemy.ext.asyncio import create_async_engine
"""
HANDED = "run(context.config.attributes['connection'])"
ENGINES = {
    "the connection it is handed": HANDED,
    "that connection, and closes it": "with context.config.attributes['connection'] as c: run(c)",
    "that connection as an engine": "with context.config.attributes['connection'].connect() as c: run(c)",
    "sqlalchemy.url": "run(create_engine(context.config.get_main_option('sqlalchemy.url')).connect())",
    "DATABASE_URL": "run(create_engine(os.environ['DATABASE_URL']).connect())",
    "STAGING_DATABASE_URL": "run(create_engine(os.environ['STAGING_DATABASE_URL']).connect())",
    "a variable of its own": "run(create_engine(os.environ['APP_DB']).connect())",
    "libpq's variables": "run(create_engine('postgresql+psycopg://').connect())",
    "asyncio": """
async def go():
    async with create_async_engine(context.config.get_main_option('sqlalchemy.url')).connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
asyncio.run(go())
""",
}
LANDS = """
revision, down_revision = "1", None
from alembic import op
def upgrade():
    op.execute("CREATE TABLE lands (code char(2) PRIMARY KEY)")
    op.execute("INSERT INTO lands VALUES ('DE'), ('IS')")
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator's environment holds that no application is to see."""
    for name, value in {
        "PRODUCTION_DATABASE_URL": "postgresql://reader:hush-1@production.example.com/app",
        "STAGING_DATABASE_URL": "postgresql://owner:hush-2@staging.example.com/app",
        "APP_DB": "postgresql+psycopg://app:hush-3@production.example.com/app",
        "GREENROOM_HOME": "hush-4",
        "AWS_SECRET_ACCESS_KEY": "hush-5",
        "CLERK_SECRET_KEY": "hush-6",
        "REDIS_URL": "redis://:hush-7@localhost",
        "PRODUCTION_REDIS_URL": "redis://:hush-8@localhost",
        "APP_NAME": "shop",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def other(scratch: Scratch) -> Iterator[Scratch]:
    """Another database on the same server, which is nobody's business."""
    at = scratch.with_database(f"{scratch.database}_other")
    execute(scratch, f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy")
    yield at
    execute(scratch, f"DROP DATABASE {at.database} WITH (FORCE)")


def execute(at: Scratch, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(at.url, autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


def written(folder: Path, env: str, **revisions: str) -> History:
    """The history whose env.py and revisions are these, as it is read."""
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations" / "env.py").write_text(OPEN + RUN + env)
    for name, text in (revisions or {"r1": LANDS}).items():
        (folder / "migrations" / "versions" / f"{name}.py").write_text(text)
    return read_history(folder / "alembic.ini", sys.executable, SECONDS)


def ended(process: int) -> bool:
    """Whether the process ends within a few seconds; nobody may have fetched its exit code."""
    with suppress(psutil.NoSuchProcess):
        until = time.monotonic() + 10
        while time.monotonic() < until and psutil.Process(process).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.05)
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    return True


def test_a_history_is_run_to_the_revision_that_is_wanted(scratch: Scratch) -> None:
    """Rows are as the updates of later revisions left them, a new enum label is usable, later revisions are not run."""
    history = read_history(SHOP, sys.executable, SECONDS)
    assert (history.revisions[0], history.heads) == ("0005", ("0005",))
    assert run_history(history, ("0004",), scratch, SECONDS) == TableName("public", "alembic_version")
    labels = execute(scratch, "SELECT code, label FROM order_statuses ORDER BY sort")
    assert labels == [("new", "New"), ("paid", "Paid"), ("sent", "On its way"), ("back", "Sent back")]
    assert execute(scratch, "SELECT name, speed::text FROM carriers ORDER BY id")[1] == ("Pigeon Post", "swift")


@pytest.mark.parametrize("by", ENGINES)
def test_whatever_env_asks_for_its_database_is_the_scratch(by: str, tmp_path: Path, scratch: Scratch) -> None:
    """The connection, the configuration and the environment all lead to the one database."""
    run_history(written(tmp_path, ENGINES[by]), ("1",), scratch, SECONDS)
    assert execute(scratch, "SELECT code FROM lands ORDER BY code") == [("DE",), ("IS",)]


def test_revisions_may_be_kept_in_a_table_of_another_name(tmp_path: Path, scratch: Scratch) -> None:
    """env.py says which, and it is not taken for rows of the application."""
    execute(scratch, "CREATE SCHEMA kept")
    env = "run(context.config.attributes['connection'], version_table='steps', version_table_schema='kept')"
    assert run_history(written(tmp_path, env), ("1",), scratch, SECONDS) == TableName("kept", "steps")


def test_a_history_of_branches_is_run_to_each_of_them(tmp_path: Path, scratch: Scratch) -> None:
    """Production stands at two revisions, of which a third one waits for the first."""
    more = 'revision, down_revision, depends_on = {}, "1", {}\nfrom alembic import op\ndef upgrade(): {}\n'
    first = more.format('"a"', None, "op.execute(\"INSERT INTO lands VALUES ('FR')\")")
    second = more.format('"b"', '"a"', "op.execute(\"UPDATE lands SET code = 'CH' WHERE code = 'FR'\")")
    history = written(tmp_path, HANDED, r1=LANDS, a=first, b=second, c=more.format('"c"', None, "pass"))
    assert history.heads == ("b", "c")
    run_history(history, ("b", "c"), scratch, SECONDS)
    assert execute(scratch, "SELECT code FROM lands ORDER BY code") == [("CH",), ("DE",), ("IS",)]


def test_an_interruption_ends_the_child(tmp_path: Path, scratch: Scratch) -> None:
    """Ctrl-C ends what was started, too."""
    started = tmp_path / "started"
    env = f"import time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    history = written(tmp_path, env)
    before = signal.signal(signal.SIGUSR1, signal.default_int_handler)
    watcher = threading.Thread(target=interrupt_when_there_is, args=(started,))
    watcher.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_history(history, ("1",), scratch, SECONDS)
    finally:
        watcher.join()
        signal.signal(signal.SIGUSR1, before)
    assert ended(int(started.read_text()))


def interrupt_when_there_is(file: Path) -> None:
    """Interrupt this process as soon as something has been written into the file."""
    until = time.monotonic() + 30
    while time.monotonic() < until and not (file.exists() and file.read_text()):
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGUSR1)


def test_the_child_sees_no_secret_of_ours(tmp_path: Path, scratch: Scratch) -> None:
    """Neither in its environment nor on its command line; the application's own variables stay."""
    seen = tmp_path / "seen"
    env = f"open({str(seen)!r}, 'w').write(str(dict(os.environ)) + open('/proc/self/cmdline').read())\n{HANDED}"
    run_history(written(tmp_path, env), ("1",), scratch, SECONDS)
    text = seen.read_text()
    assert "hush-" not in text
    assert "example.com" not in text
    assert "'APP_NAME': 'shop'" in text
    assert scratch.password not in text.rpartition("}")[2]


@pytest.mark.parametrize("then", ["", HANDED, "raise SystemExit(1)"])
def test_another_database_is_not_touched(then: str, tmp_path: Path, scratch: Scratch, other: Scratch) -> None:
    """An engine that leads elsewhere is stopped before its first statement, also where env.py catches the error."""
    url = other.url.replace("postgresql:", "postgresql+psycopg:")
    env = f"run(create_engine({url!r}).connect())"
    env = f"try:\n    {env}\nexcept Exception: {then}" if then else env
    with pytest.raises(Refusal, match=f'connects to another database than "{scratch.database}"') as caught_error:
        run_history(written(tmp_path, env), ("1",), scratch, SECONDS)
    assert f"it wanted {other.database}" in str(caught_error.value)
    assert execute(other, "SELECT FROM pg_class WHERE relname IN ('lands', 'alembic_version')") == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("os.environ['DATABASE_URL']", r"cannot be run: .*a session of it cannot be asked where it is: .*aborted"),
        ("'sqlite://'", "connects to another database .*: it wanted a database that is no PostgreSQL"),
    ],
    ids=["postgresql", "sqlite"],
)
def test_a_session_that_answers_nothing_is_told_as_what_it_is(
    url: str, told: str, tmp_path: Path, scratch: Scratch
) -> None:
    """What PostgreSQL says of a broken session is repeated; only what is none is called none."""
    env = f"""
from sqlalchemy import event
from sqlalchemy.pool import Pool
def break_off(session, record):
    try: session.cursor().execute("SELECT 1 / 0 FROM pg_catalog.pg_class")
    except Exception: pass
event.listen(Pool, "connect", break_off, insert=True)
run(create_engine({url}).connect())
"""
    with pytest.raises((Failure, Refusal), match=told):
        run_history(written(tmp_path, env), ("1",), scratch, SECONDS)


def test_an_env_that_runs_nothing_is_noticed(tmp_path: Path, scratch: Scratch) -> None:
    """The database is asked where it stands, whatever env.py did."""
    with pytest.raises(Failure, match=r"did not bring its database to 1: .* has no revision"):
        run_history(written(tmp_path, "context.configure(dialect_name='postgresql')"), ("1",), scratch, SECONDS)
    with pytest.raises(Failure, match="it never configures Alembic's context"):
        run_history(written(tmp_path / "second", "pass"), ("1",), scratch, SECONDS)


def test_a_failing_revision_is_named(tmp_path: Path, scratch: Scratch) -> None:
    """With what PostgreSQL said, and of which statement."""
    slip = 'revision, down_revision = "1", None\ndef upgrade(): lands\n'
    history = written(tmp_path / "first", HANDED, r1=slip)
    with pytest.raises(Failure, match=r"revision 1 of .*: NameError: name 'lands' is not defined \(r1\.py, line 2\)"):
        run_history(history, ("1",), scratch, SECONDS)
    broken = 'revision, down_revision = "2", "1"\nfrom alembic import op\ndef upgrade(): op.execute("SELECT 1 / 0")\n'
    history = written(tmp_path / "second", HANDED, r1=LANDS, r2=broken)
    with pytest.raises(Failure, match=r"revision 2 of .* cannot be run in .*: division by zero \(in: SELECT 1 / 0\)"):
        run_history(history, ("2",), scratch, SECONDS)


def test_a_password_is_in_no_sentence(tmp_path: Path, scratch: Scratch) -> None:
    """Also where the application's code puts it there."""
    for number, env in enumerate(("raise ValueError(os.environ['DATABASE_URL'])", "os._exit(os.system('env') or 7)")):
        with pytest.raises(Failure) as told:
            run_history(written(tmp_path / str(number), env), ("1",), scratch, SECONDS)
        assert scratch.password
        assert scratch.password not in str(told.value)
    cut = "raise ValueError('-' * 295 + os.environ['PGPASSWORD'])"
    with pytest.raises(Failure, match=r"-{295}\*\*\* \(env\.py"):
        run_history(written(tmp_path / "cut", cut), ("1",), scratch, SECONDS)


def test_what_takes_too_long_is_ended(tmp_path: Path, scratch: Scratch) -> None:
    """The child and what it started are gone, and the sentence says which setting gives more time."""
    started = tmp_path / "started"
    env = (
        f"import subprocess; open({str(started)!r}, 'w').write(str(subprocess.Popen(['sleep', '600']).pid)); os.wait()"
    )
    with pytest.raises(Failure, match=r"was not done within 4 s.*\n.*alembic_seconds"):
        run_history(written(tmp_path, env), ("1",), scratch, 4)
    assert ended(int(started.read_text()))


def test_a_history_that_is_none_is_refused(tmp_path: Path) -> None:
    """Each in its own sentence, before anything is contacted."""
    with pytest.raises(Refusal, match="there is no Alembic configuration"):
        read_history(tmp_path / "alembic.ini", sys.executable, SECONDS)
    (tmp_path / "alembic.ini").write_text("[alembic]\n")
    with pytest.raises(Refusal, match="cannot be read: No 'script_location' key"):
        read_history(tmp_path / "alembic.ini", sys.executable, SECONDS)
    with pytest.raises(Refusal, match=r"Alembic cannot be imported by /nowhere/python: No such file"):
        read_history(SHOP, "/nowhere/python", SECONDS)
    with pytest.raises(
        Refusal, match=r"cannot be read: ModuleNotFoundError: No module named 'gone' \(r1\.py, line 1\)"
    ):
        written(tmp_path / "second", HANDED, r1="import gone")
    follows = 'revision, down_revision = "2", "1"\ndef upgrade(): pass\n'
    with pytest.raises(Refusal, match="cannot be read: Revision 1 referenced from 1 -> 2"):
        written(tmp_path / "third", HANDED, r2=follows)


def test_pyproject_configures_alembic_too(tmp_path: Path, scratch: Scratch) -> None:
    """As Alembic's own command reads it."""
    written(tmp_path, ENGINES["sqlalchemy.url"])
    (tmp_path / "alembic.ini").unlink()
    (tmp_path / "pyproject.toml").write_text('[tool.alembic]\nscript_location = "%(here)s/migrations"\n')
    history = read_history(tmp_path / "pyproject.toml", sys.executable, SECONDS)
    assert run_history(history, ("1",), scratch, SECONDS).name == "alembic_version"
