"""A production with a table that no guess fills: told, refused with --strict, and filled by a factory of the team's."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from tests.acceptance.place import Place, Ran

PAGE = (Path(__file__).parents[2] / "docs" / "factories.md").read_text(encoding="utf-8")
_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")
SAME = ("--allow", "readable-production", "--profile", "smoke")


def block(language: str) -> str:
    """The page's first block of code in that language."""
    return str(re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0])


def create(at: Scratch) -> Scratch:
    with psycopg.connect(at.with_database("postgres").url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
    return at


def drop(at: Scratch, name: str) -> None:
    with psycopg.connect(at.with_database("postgres").url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.fixture
def place(tmp_path: Path, server: EmbeddedServer, production_server: EmbeddedServer) -> Iterator[Place]:
    """A production with the page's table and a CHECK that is not valid there, an empty staging, and their URLs."""
    name = f"vouchers_{uuid4().hex[:8]}"
    production = create(production_server.endpoint.with_database(name))
    staging = create(server.endpoint.with_database(f"{name}_staging"))
    with psycopg.connect(production.url) as connection:
        connection.execute(block("sql").encode())
        connection.execute("ALTER TABLE vouchers ADD CONSTRAINT short CHECK (length(state) < 99) NOT VALID")
    urls = {"PRODUCTION_DATABASE_URL": production.url, "STAGING_DATABASE_URL": staging.url}
    ambient = {key: value for key, value in os.environ.items() if not key.startswith(_AMBIENT)}
    place = Place(tmp_path, production, staging, ambient | urls)
    assert place.run("mark-staging", "--database", staging.database).code == 0
    yield place
    drop(production, production.database)
    for database in place.databases():
        drop(staging, database)


def refused(ran: Ran) -> str:
    assert ran.code == 3, ran.out + ran.err
    assert "nothing was changed" in ran.err
    assert "Traceback" not in ran.err
    return ran.err


def test_a_table_that_no_guess_fills(place: Place) -> None:
    """The plan prints the factory that would fill it, --strict refuses with it, and once written it fills the table."""
    told = place.run("plan", *SAME)
    assert block("text") in told.out
    strict = refused(place.run("refresh", "--strict", "--no-backup", *SAME))
    assert "1 table cannot be seeded as asked: public.vouchers: " in strict
    assert "CHECK vouchers_code_check on (code)" in strict
    assert "code = Column(Made(lambda row: ...))" in strict
    assert place.databases() == {place.staging.database}

    (place.folder / "our_factories.py").write_text(block("python"))
    written = place.having(GREENROOM_FACTORIES="our_factories.py")
    ran = written.run("refresh", "--strict", "--no-backup", "--json", *SAME)
    assert ran.code == 0, ran.out + ran.err
    assert place.ask("SELECT count(*), count(used_at) > 0 FROM vouchers") == [(10, True)]
    record = json.loads(ran.out)
    assert {(item["name"], item["proven"]) for item in record["constraints"]} >= {
        ("vouchers_pkey", True),
        ("vouchers_code_check", True),
        ("vouchers_code_key", True),
        ("short", False),
    }
    assert "6 of 7 constraints proven" in written.run("status").out


def test_a_factory_that_is_wrong_stops_before_anything_is_built(place: Place) -> None:
    """Code that cannot be run is told by plan and doctor; values that cannot stand, with their constraint."""
    file = place.folder / "our_factories.py"
    file.write_text(block("python").replace("from hashlib", "from hashlibs"))
    wrong = place.having(GREENROOM_FACTORIES="our_factories.py")
    told = refused(wrong.run("plan", *SAME))
    assert f"the factories in {file}:1 cannot be run: ModuleNotFoundError: No module named 'hashlibs'" in told
    doctor = wrong.run("doctor", "--allow", "readable-production")
    assert doctor.code == 3
    assert "No module named 'hashlibs'" in doctor.out
    file.write_text(block("python").replace("hexdigest()[:8]", "hexdigest()[8:16]"))
    told = refused(wrong.run("refresh", "--no-backup", *SAME))
    assert "factory VoucherFactory gives column code of public.vouchers values that CHECK vouchers_code_check" in told
    assert place.databases() == {place.staging.database}


def test_a_factory_that_makes_somebodys_number_is_not_promoted(place: Place) -> None:
    """The run fails with table, column, how many rows and the number's form alone, unless the settings want it."""
    with psycopg.connect(place.production.url) as connection:
        connection.execute("DROP TABLE vouchers; CREATE TABLE contacts (id int PRIMARY KEY, note text[])")
    (place.folder / "ours.py").write_text(
        "from factories import Column, Constant, TableFactory\n"
        "class ContactFactory(TableFactory):\n"
        "    class Meta: table, rows = 'contacts', {'smoke': 7}\n"
        "    note = Column(Constant('{ring +49 151 23456789,x}'))\n"
    )
    own = place.having(GREENROOM_FACTORIES="ours.py")
    ran = own.run("refresh", "--no-backup", *SAME)
    assert ran.code == 4, ran.out + ran.err
    assert "public.contacts.note: phone number in 7 rows, +4* *** ********" in ran.err
    assert "23456789" not in ran.out + ran.err
    assert place.databases() == {place.staging.database}
    wanted = own.having(GREENROOM_CONTENTS_ALLOWED="public.contacts.note").run("refresh", "--no-backup", *SAME)
    assert wanted.code == 0, wanted.out + wanted.err
    assert place.ask("SELECT count(*) FROM contacts") == [(7,)]
