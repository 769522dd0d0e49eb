"""A refresh of many tables without rows, beside pg_dump and pg_restore of the same schema.

    python benchmarks/refreshing.py                  # 500 tables
    python benchmarks/refreshing.py --tables 100 --rounds 5

It starts a PostgreSQL 18 of its own, with the settings it is shipped with, makes a production of so many tables, and
takes turns between the two: `pg_dump --schema-only` into an archive and `pg_restore` of that into an empty database;
and the job itself, which leaves every table empty (`exclude = ["*"]`) and takes no backup. The job restores the shape
once, into the shadow, which becomes the candidate, as no row is to be loaded, and copies that into the golden. Both are
told in seconds, and in seconds of processors (of the server, of PostgreSQL's programs, and ours), which another's work
on the machine changes little.
"""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measuring import client_cpu, server_cpu
from psycopg import sql

from database.endpoints import Staging
from database.programs import for_dump, for_restore, restore_command, run, schema_dump_command, streaming
from database.servers import data_folder, embedded
from database.servers.embedded import EmbeddedServer
from database.servers.wheels import installation
from database.session import writing
from database.wholes.lifecycle import create, drop, maintenance, mark
from database.wholes.marker import Marker
from operations import jobs
from operations.record import StepRecord
from operations.run import Run, plainly
from operations.settings.settings import load
from operations.watching import Unwatched

_AIM = 2.5  # times pg_dump and pg_restore
_GROUPS = 10  # schemas
_CPU = "processors"
_REAPED = 0.2  # seconds after which the postmaster has counted the sessions that ended
_KINDS = """
    CREATE TYPE state AS ENUM ('draft', 'active', 'paused', 'archived');
    CREATE DOMAIN amount AS numeric(12, 2) CHECK (VALUE >= 0);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
    """
_TABLE = """
    CREATE TABLE {table} (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {parents}
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200), email varchar(255),
        state state NOT NULL DEFAULT 'draft', cost amount NOT NULL DEFAULT 0, limits int CHECK (limits > 0),
        details jsonb NOT NULL DEFAULT '{{}}', tags text[] NOT NULL DEFAULT '{{}}',
        created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz,
        UNIQUE (name, created_at), CHECK (updated_at >= created_at));
    CREATE INDEX ON {table} (state, created_at);
    CREATE UNIQUE INDEX ON {table} (lower(email)) WHERE email IS NOT NULL;
    CREATE TRIGGER touched BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION touch();
    COMMENT ON TABLE {table} IS 'Table {number} of this schema';
    """


def schema(tables: int) -> Iterator[str]:
    """The SQL of so many ordinary tables in ten schemas, each with up to three parents among those before it."""
    yield from (_KINDS, *(f"CREATE SCHEMA part_{group};" for group in range(min(_GROUPS, tables))))
    for number in range(tables):
        yield _TABLE.format(table=_name(number), number=number, parents=_parents(number))


def _name(number: int) -> str:
    return f"part_{number % _GROUPS}.things_{number}"


def _parents(number: int) -> str:
    keys = sorted({number // 2, number // 3, number * 5 // 7} - {number})
    columns = [f"parent_{key} bigint {'NOT NULL' if key % 2 else ''} REFERENCES {_name(key)}," for key in keys]
    return " ".join(columns)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=500, help="how many tables production has; at most 5,000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is done; the median counts")
    asked = parser.parse_args()
    with _server() as server, TemporaryDirectory() as home:
        staging = _set(server, Path(home), min(asked.tables, 5000))
        plain, steps = [], []
        for _ in range(asked.rounds):
            with _counted(server) as cpu:
                took = _dump_and_restore(staging, Path(home))
            plain.append({"all": took} | cpu)
            with _counted(server) as cpu:
                took = _refresh(staging)
            steps.append(took | cpu)
        _tell(plain, steps)


@contextmanager
def _counted(server: EmbeddedServer) -> Iterator[dict[str, float]]:
    """Counts the seconds of processors that are used inside, of which there may be several at once."""
    found, before = dict[str, float](), client_cpu() + server_cpu(server.pid)
    yield found
    time.sleep(_REAPED)
    found[_CPU] = client_cpu() + server_cpu(server.pid) - before


@contextmanager
def _server() -> Iterator[EmbeddedServer]:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = embedded.start(installation(18), data)
        try:
            yield server
        finally:
            embedded.stop(server)
            data_folder.discard(data)


def _set(server: EmbeddedServer, home: Path, tables: int) -> Staging:
    at = server.endpoint
    staging = Staging(at.host, at.port, "staging", at.user, at.password)
    with maintenance(staging) as connection:
        for name in ("staging", "production"):
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        mark(connection, "staging", Marker())
    production = staging.with_database("production")
    with writing(production) as connection:
        connection.execute("\n".join(schema(tables)).encode())
    told = {"HOME": str(home), "EXCLUDE": "*", "ALLOW": "same-server,readable-production"}
    os.environ |= {f"GREENROOM_{name}": value for name, value in told.items()}
    os.environ |= {"STAGING_DATABASE_URL": staging.url, "PRODUCTION_DATABASE_URL": production.url}
    return staging


def _dump_and_restore(staging: Staging, home: Path) -> float:
    """The seconds of PostgreSQL's own programs, from production into an empty database that is there already."""
    into = staging.beside("restoretest")
    with maintenance(staging) as server:
        create(server, into, staging.database)
    archive, start = home / "plain.dump", time.monotonic()
    with streaming(schema_dump_command(for_dump(18), staging.with_database("production"))) as dump:
        archive.write_bytes(dump.read())
    run(restore_command(for_restore(18, 18), into, archive=archive))
    took = time.monotonic() - start
    with maintenance(staging) as server:
        drop(server, into)
    return took


class Watched(Unwatched):
    """Adds up what each step took."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    def ended(self, step: StepRecord) -> None:
        """A step ended."""
        self.took[step.name] = step.seconds


def _refresh(staging: Staging) -> dict[str, float]:
    watched, start = Watched(), time.monotonic()
    jobs.refresh(Run("bench", load(), staging, watched), plainly, backup=False)
    return watched.took | {"all": time.monotonic() - start}


def _tell(plain: list[dict[str, float]], steps: list[dict[str, float]]) -> None:
    for name in steps[-1]:
        print(f"  {median(took[name] for took in steps):6.2f} s  {name}")
    for name, what in (("all", "s"), (_CPU, "s of processors")):
        floor, whole = median(took[name] for took in plain), median(took[name] for took in steps)
        times = f"{whole / floor:.2f} times (aim: {_AIM})"
        print(f"pg_dump and pg_restore: {floor:.2f} {what}; the refresh: {whole:.2f} {what}, {times}")


if __name__ == "__main__":
    main()
