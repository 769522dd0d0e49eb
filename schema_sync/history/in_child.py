"""The script of the child process: an application's Alembic history is read or run here, and told in a file of JSON.

It may be run by the application's own Python. So it imports nothing of ours (`catalog` or `database` may well be names
of the application's), and Alembic only once it can tell that it is missing.
"""

import json
import os
import runpy
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_ALONE = "transaction_per_migration"  # each revision by itself, as if it had been deployed so
_WHERE = "SELECT datname::text, oid::text FROM pg_catalog.pg_database WHERE datname = current_database()"
_UNLIMITED = """SELECT set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name IN ('statement_timeout',
    'lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')"""
_LIBPQ = ("psycopg", "psycopg2")  # drivers that read libpq's own parameters in a URL


class Wrong(Exception):
    """What went wrong: at which `stage` (alembic, reading, env, revision, elsewhere), why, and at which revision."""

    def __init__(self, stage: str, why: str, revision: str = "", statement: str = "") -> None:
        super().__init__(why)
        self.told = {"wrong": stage, "why": why, "revision": revision, "statement": statement}


def main() -> None:
    """Do what standard input asks, and write the answer to the file that it names."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, args=(os.dup(0),), daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # for whoever asks a question here: nobody answers
    sys.path[0] = str(Path.cwd())  # as if Alembic had been started there
    warned: list[str] = []
    warnings.showwarning = lambda message, *_, **__: warned.append(str(message))
    observer = _beside("observer.py")["Observer"](order)
    try:
        answer = _answer(order, warned, observer)
    except Wrong as wrong:
        answer = {**wrong.told, "steps": observer.steps}
    Path(order["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def _end_with_parent(pipe: int) -> None:
    """End this process when the one that started it has died, and left nobody to hear the answer."""
    os.read(pipe, 1)  # nothing more is ever written: this comes back at the pipe's end
    os._exit(1)


def _beside(name: str) -> dict[str, Any]:
    """A module by its path: the folder of this script is on no path, where it would hide modules of the application."""
    return runpy.run_path(str(Path(__file__).with_name(name)))


def _answer(order: dict[str, Any], warned: list[str], observer: Any) -> dict[str, Any]:
    _require_alembic()
    config = _config(Path(order["config"]))
    script = _script(config, warned)
    if order["revisions"]:
        return _run(config, script, order, observer)
    with _explained("reading"):
        heads = sorted(set(script.get_heads(consider_depends_on=True)))
        return {"revisions": [step.revision for step in script.walk_revisions()], "heads": heads}


def _require_alembic() -> None:
    try:
        import_module("alembic.script")
    except ImportError as error:
        raise Wrong("alembic", str(error)) from None


def _config(path: Path) -> Any:
    """The configuration as Alembic's own command reads it: the file, and a pyproject.toml beside it."""
    from alembic.config import Config

    toml = path.with_name("pyproject.toml")
    ini = path.with_name("alembic.ini") if path == toml else path
    return Config(str(ini), toml_file=str(toml)) if toml.exists() else Config(str(ini))


def _script(config: Any, warned: list[str]) -> Any:
    """The folder of revisions, all of them read."""
    from alembic.script import ScriptDirectory

    with _explained("reading"):
        try:
            script = ScriptDirectory.from_config(config)
            list(script.walk_revisions())
        except KeyError as error:  # a revision that another one names, of which Alembic has only warned
            raise Wrong("reading", warned[-1] if warned else f"there is no revision {error}") from error
    return script


def _run(config: Any, script: Any, order: dict[str, Any], observer: Any) -> dict[str, Any]:
    """Upgrade to the revisions that the order names, in the database that it names and in no other."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool, Pool

    steps, strayed = _Steps(script, tuple(order["revisions"]), observer), list[str]()
    event.listen(Pool, "connect", _only(order, strayed))
    try:
        with _explained("env", steps):
            _name_database(config, order["url"])
            _open_without_psycopg2()
            engine = create_engine(_spelled(order["url"], _own_driver()), poolclass=NullPool)
            with engine.connect() as connection:
                observer.prepare(connection)
                connection.rollback()
                config.attributes["connection"] = _either(connection)
                table = _run_env(config, script, steps)
                if not connection.closed:
                    connection.commit()
    finally:
        if strayed:  # whatever env.py made of what was raised then
            raise Wrong("elsewhere", strayed[0])
    return {"table": table, "steps": observer.steps}


def _either(connection: Any) -> Any:
    """The connection, which may be asked to connect as well: much of what is written takes an engine there."""
    connection.connect = lambda: nullcontext(connection)
    return connection


class _Steps:
    """The steps that lead to the wanted revisions, as Alembic asks for them; `under_way` is the last it was given."""

    def __init__(self, script: Any, wanted: tuple[str, ...], observer: Any) -> None:
        self.script, self.wanted, self.observer, self.under_way = script, wanted, observer, ""

    def __call__(self, current: Any, _context: Any) -> Iterator[Any]:
        for step in self.script._upgrade_revs(self.wanted, current):
            self.under_way = str(step.revision.revision)
            self.observer.begin(self.under_way, str(step.revision.doc or ""))
            yield step
            self.observer.end()
        self.under_way = ""


def _run_env(config: Any, script: Any, steps: _Steps) -> list[str | None]:
    """Run env.py; gives schema and name of the table in which it keeps its revisions."""
    from alembic.runtime.environment import EnvironmentContext

    environment: Any = EnvironmentContext(config, script, fn=steps, as_sql=False, destination_rev=steps.wanted[0])
    configure = environment.configure
    environment.configure = lambda *given, **options: configure(
        *given, **{**options, _ALONE: True, **steps.observer.hooked(options)}
    )
    with environment:
        script.run_env()
        if environment._migration_context is None:
            raise Wrong("env", "it never configures Alembic's context")
        context = environment.get_context()
    return [context.version_table_schema, context.version_table]


def _name_database(config: Any, url: str) -> None:
    """Let the configuration name the database, with the driver that its own address has, if it has one."""
    from configparser import Error as Unreadable

    from alembic.util import CommandError

    try:
        given = config.get_main_option("sqlalchemy.url") or ""
    except (CommandError, Unreadable):  # no such section, or a value that needs others
        given = ""
    driver = given.partition("://")[0].partition("+")[2] if given.startswith("postgresql+") else _own_driver()
    config.set_main_option("sqlalchemy.url", _spelled(url, driver).replace("%", "%%"))


def _own_driver() -> str:
    """A driver that this Python has, for a connection of ours."""
    return "psycopg" if find_spec("psycopg") else "psycopg2"


def _open_without_psycopg2() -> None:
    """Have a URL that names no driver opened by psycopg where psycopg2, SQLAlchemy 2.0's choice, is not installed."""
    from sqlalchemy.dialects import registry

    if not find_spec("psycopg2"):
        registry.register("postgresql", "sqlalchemy.dialects.postgresql.psycopg", "PGDialect_psycopg")


def _spelled(url: str, driver: str) -> str:
    """The URL for that driver; the others than libpq's read its parameters from the environment instead."""
    place = url.partition("://")[2]
    return f"postgresql+{driver}://{place if driver in _LIBPQ else place.partition('?')[0]}"


def _only(order: dict[str, Any], strayed: list[str]) -> Callable[[Any, Any], None]:
    """What lets no session of any engine of this process be used but one on the database that the order names.

    It has no time limits, which a role may carry for its application's sake; the whole history has one.
    """

    def look(session: Any, _record: Any) -> None:
        cursor = session.cursor()
        try:
            cursor.execute(_WHERE)
            found = tuple(cursor.fetchone())
            cursor.execute(_UNLIMITED)
        except Exception as error:
            if _speaks_postgresql(session):
                raise Wrong("env", f"a session of it cannot be asked where it is: {_words()['why'](error)}") from error
            found = ("a database that is no PostgreSQL", "")
        finally:
            cursor.close()
        session.commit()
        if found != (order["database"], order["oid"]):
            strayed.append(found[0])
            raise Wrong("elsewhere", found[0])

    return look


def _speaks_postgresql(session: Any) -> bool:
    """Whether the session is of a driver for PostgreSQL, which then says what is wrong with it."""
    return any(name in type(session).__module__ for name in ("psycopg", "postgresql", "pg8000"))


@contextmanager
def _explained(stage: str, steps: _Steps | None = None) -> Iterator[None]:
    """Turn whatever the application's code raises into what went wrong, at the revision that was under way."""
    try:
        yield
    except Wrong:
        raise
    except (Exception, SystemExit) as error:
        under_way = steps.under_way if steps else ""
        words = _words()
        why, statement = words["why"](error), words["statement"](error)
        raise Wrong("revision" if under_way else stage, why, under_way, statement) from error


def _words() -> dict[str, Any]:
    return _beside("wording.py")


if __name__ == "__main__":
    main()
