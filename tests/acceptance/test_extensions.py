"""A production whose extensions staging cannot or need not have."""

import json
import subprocess
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from database.programs import for_dump
from database.servers.embedded import EmbeddedServer
from tests.acceptance.place import Place

pytestmark = pytest.mark.small  # its own production is another

SCHEMA = """
CREATE EXTENSION citext;
CREATE TABLE people (id serial PRIMARY KEY, email citext NOT NULL);
CREATE TABLE notes (id serial PRIMARY KEY, author int NOT NULL REFERENCES people, body text);
CREATE VIEW written AS SELECT email, body FROM notes JOIN people ON people.id = author;
"""


@pytest.fixture
def needy(place: Place, production_server: EmbeddedServer) -> Iterator[Place]:
    """The same place with another production, which uses an extension; its role is allowed to read."""
    name = f"needy_{uuid4().hex[:8]}"
    with psycopg.connect(production_server.endpoint.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy".encode())
    at = production_server.endpoint.with_database(name)
    with psycopg.connect(at.url) as connection:
        connection.execute(SCHEMA.encode())
    yield place.having(PRODUCTION_DATABASE_URL=at.url, GREENROOM_ALLOW="readable-production")
    with psycopg.connect(production_server.endpoint.url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_staging_is_rebuilt_without_a_skipped_extension_and_what_needs_it(needy: Place) -> None:
    """The rest is filled and proven; the record lists what stayed behind and why."""
    ran = needy.having(GREENROOM_SKIP_EXTENSIONS="citext").run("refresh", "--no-backup", "--json")
    assert ran.code == 0, ran.out + ran.err
    there = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace"
    assert needy.ask(there) == [("notes",)]
    assert needy.ask("SELECT count(*) > 0 FROM notes") == [(True,)]
    reasons = {entry.split(" ")[0]: reason for entry, reason in json.loads(ran.out)["dropped"]}
    assert reasons["EXTENSION"] == "is skipped, as the settings say"
    assert reasons["TABLE"] == reasons["VIEW"] == 'needs the extension "citext", which is skipped'
    again = needy.having(GREENROOM_SKIP_EXTENSIONS="citext").run("plan", "--json")
    assert again.code == 0, again.err


def test_the_doctor_compares_what_production_uses_with_what_staging_offers(needy: Place) -> None:
    """And a name that is skipped for nothing."""
    assert "staging's server offers all 1 that production uses" in needy.run("doctor").out
    told = " ".join(needy.having(GREENROOM_SKIP_EXTENSIONS="citex").run("doctor").out.split())
    assert "skip_extensions names what production does not use: citex" in told


@pytest.mark.parametrize("form", ["custom", "plain"])
def test_a_published_file_that_needs_what_staging_lacks_is_refused(needy: Place, form: str) -> None:
    """Before anything is built. An archive can do without the extension; a file of SQL is run whole."""
    shape = needy.folder / "shape"
    url = needy.environment["PRODUCTION_DATABASE_URL"]
    dump = [for_dump(18).pg_dump, "--schema-only", f"--format={form}", f"--file={shape}", f"--dbname={url}"]
    subprocess.run(dump, check=True)
    shape.write_bytes(shape.read_bytes().replace(b"citext", b"zitext"))
    place = needy.having(PRODUCTION_DATABASE_URL="")
    ran = place.run("refresh", "--no-backup", "--from", "shape")
    assert ran.code == 3, ran.out + ran.err
    said = " ".join(ran.err.split())
    assert "the staging server does not offer what production uses: extension zitext" in said
    assert "nothing was changed" in said
    assert place.databases() == {place.staging.database}
    without = place.having(GREENROOM_SKIP_EXTENSIONS="zitext").run("refresh", "--no-backup", "--from", "shape")
    if form == "custom":
        assert without.code == 0, without.out + without.err
    else:
        assert without.code == 3, without.out + without.err
        assert "SQL is run there whole" in " ".join(without.err.split())
