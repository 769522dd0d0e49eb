"""Rows that the application's own migrations insert, by the program: the shop's history under tests/cases/history."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import psycopg
import pytest

from database.endpoints import Scratch
from database.rights.grant_sql import grant_sql
from database.servers.embedded import EmbeddedServer
from tests.acceptance.conftest import READER_PASSWORD, create, drop, without_ambient
from tests.acceptance.place import Place, migrate

SHOP = Path(__file__).parents[1] / "cases" / "history" / "shop"
DRIFT = """
    INSERT INTO order_statuses VALUES ('secret', 'canary-7f3a', 9);
    ALTER TABLE carriers ADD COLUMN phone text, DROP COLUMN speed;
    CREATE TABLE loyalty_levels (id int PRIMARY KEY, name text NOT NULL);
"""
APART = [
    "public.carriers has no column speed in the schema: those values are left out",
    "public.carriers has no column phone in the history: derived instead",
    "the history does not make 1 table of the schema (public.loyalty_levels)",
]
STATUSES = [("new", "New"), ("paid", "Paid"), ("sent", "On its way"), ("back", "Sent back")]


@pytest.fixture(scope="module")
def shop_production(production_server: EmbeddedServer) -> Scratch:
    """The shop at revision 0004, with a row and a column that somebody added by hand, and a reader of its shape."""
    at = create(production_server.endpoint, f"shop_{uuid4().hex[:8]}")
    migrate(at, "0004", SHOP / "alembic.ini")
    with psycopg.connect(at.url, autocommit=True) as connection:
        connection.execute(DRIFT)
        connection.execute(grant_sql(18, role="shop_reader", database=at.database, schemas=["public"]).encode())
        connection.execute(f"ALTER ROLE shop_reader PASSWORD '{READER_PASSWORD}'".encode())
    return at


@pytest.fixture
def shop(tmp_path: Path, shop_production: Scratch, server: EmbeddedServer) -> Iterator[Place]:
    """A place with an empty staging and a copy of the application's history, whose settings name it."""
    shutil.copytree(SHOP, tmp_path / "app")
    (tmp_path / "greenroom.toml").write_text('alembic = "app/alembic.ini"\nprofile = "smoke"\n')
    staging = create(server.endpoint, f"shop_staging_{uuid4().hex[:8]}")
    reader = replace(shop_production, user="shop_reader", password=READER_PASSWORD)
    urls = {"PRODUCTION_DATABASE_URL": reader.url, "STAGING_DATABASE_URL": staging.url}
    place = Place(tmp_path, shop_production, staging, without_ambient(os.environ) | urls)
    assert place.run("mark-staging", "--database", staging.database).code == 0
    yield place
    place.end_all()
    for database in place.databases():
        drop(server.endpoint, database)


def refreshed(place: Place, *arguments: str) -> Any:
    ran = place.run("refresh", "--json", "--no-backup", *arguments)
    assert ran.code == 0, ran.out + ran.err
    return json.loads(ran.out)


def refused(place: Place, *arguments: str, code: int = 3) -> str:
    ran = place.run("refresh", "--no-backup", *arguments)
    assert ran.code == code, ran.out + ran.err
    assert place.databases() == {place.staging.database}
    return " ".join(ran.err.split())


def test_a_refresh_takes_what_migrations_insert(shop: Place) -> None:
    """As the last migration left it, at production's revision and not a later one; never what production holds."""
    record = refreshed(shop)
    assert shop.ask("SELECT code, label FROM order_statuses ORDER BY sort") == STATUSES
    names = shop.ask("SELECT name FROM carriers ORDER BY id LIMIT 2")
    assert names == [("Snail & Sons",), ("Pigeon Post",)]
    by_then = f"added_at <= '{record['started']}'"  # what the clock gave would be later
    assert shop.ask(f"SELECT count(*) > 2, bool_and({by_then}) FROM carriers") == [(True, True)]
    rules = "SELECT name, rule FROM badges JOIN badge_rules ON badge_id = id WHERE rule LIKE 'of %' ORDER BY 1"
    assert shop.ask(rules) == [("Early bird", "of Early bird"), ("Regular", "of Regular")]
    assert shop.ask("SELECT count(DISTINCT status) FROM orders") == [(4,)]
    assert shop.ask("SELECT version_num FROM alembic_version") == [("0004",)]
    told = {table["name"]: str(table) for table in record["tables"]}
    assert "lookup: all 4 rows from the application's migrations, at 0004" in told["public.order_statuses"]
    assert "the first 2 rows from the application's migrations, at 0004" in told["public.carriers"]
    assert [finding["what"] for finding in record["findings"] if finding["check"] == "alembic"] == APART
    assert shop.databases() == {f"{shop.staging.database}{suffix}" for suffix in ("", "__prev", "__golden")}


def test_the_plan_and_the_doctor_say_what_they_found(shop: Place) -> None:
    """Without touching staging; and the same rows again, though other uuids are drawn."""
    anchor = ("--anchor", "2026-11-22T12:00:00Z")
    ran = shop.run("plan", "--json", *anchor)
    assert json.loads(ran.out)["notes"] == APART
    notes = {table["name"]: table["notes"] for table in json.loads(ran.out)["tables"]}
    assert notes["public.order_statuses"] == ["lookup: all 4 rows from the application's migrations, at 0004"]
    assert "made up" in str(notes["public.loyalty_levels"])
    sampled = shop.run("sample", "badges", "--json", *anchor).out
    assert "Early bird" in sampled
    assert shop.run("sample", "badges", "--json", *anchor).out == sampled
    assert shop.databases() == {shop.staging.database}
    told = " ".join(shop.having(GREENROOM_REHEARSE="alembic").run("doctor").out.split())
    assert "5 revisions in" in told
    assert "the next release is rehearsed by the Alembic history of" in told
    assert "is not there" in shop.having(GREENROOM_REHEARSE="/nowhere/migrate up").run("refresh").err


def test_what_is_given_on_purpose_goes_first(shop: Place) -> None:
    """A fixture, a count, an exclusion: each before what migrations insert."""
    (shop.folder / "fixtures").mkdir()
    (shop.folder / "fixtures" / "order_statuses.csv").write_text("code,label,sort\nopen,Open,1\n")
    record = refreshed(shop.having(GREENROOM_FIXTURES="fixtures", GREENROOM_EXCLUDE="carriers"))
    assert shop.ask("SELECT code FROM order_statuses") == [("open",)]
    assert shop.ask("SELECT count(*) FROM carriers") == [(0,)]
    told = {table["name"]: str(table) for table in record["tables"]}
    before = "from fixtures/order_statuses.csv, before the application's migrations, at 0004"
    assert f"lookup: all 1 row {before}" in told["public.order_statuses"]
    refreshed(shop.having(GREENROOM_ROWS="order_statuses=2,carriers=1"))
    assert shop.ask("SELECT code FROM order_statuses ORDER BY code") == [("back",), ("new",)]
    assert shop.ask("SELECT name FROM carriers") == [("Snail & Sons",)]


def test_a_history_that_does_not_fit_is_refused(shop: Place) -> None:
    """In a sentence each, with staging as it was and nothing left beside it."""
    versions = shop.folder / "app" / "migrations" / "versions"
    fourth = (versions / "0004_swift.py").read_text()
    (versions / "0004_swift.py").write_text(fourth.replace("UPDATE carriers", "UPDATE carts"))
    said = refused(shop, code=4)
    assert "revision 0004 of the Alembic history of" in said
    assert 'relation "carts" does not exist' in said
    (versions / "0005_later.py").unlink()
    (versions / "0004_swift.py").unlink()
    assert "does not have revision 0004: the database whose shape is copied stands there" in refused(shop)
    (versions / "0003_speed.py").write_text("import shop_words\n")
    assert "cannot be read: ModuleNotFoundError: No module named 'shop_words'" in refused(shop)
    assert "No module named 'shop_words'" in shop.run("doctor").out
    assert "there is no Alembic configuration" in refused(shop.having(GREENROOM_ALEMBIC="gone.ini"))


def test_a_history_that_does_not_say_where_it_leads_is_refused(shop: Place) -> None:
    """It has two heads, or lacks a revision that another one follows; where production stands is no help then."""
    versions = shop.folder / "app" / "migrations" / "versions"
    branch = (versions / "0005_later.py").read_text().replace('"0005"', '"000b"')
    (versions / "000b_branch.py").write_text(branch)
    assert "does not say which revision head is: it has 2 heads: 0005, 000b" in refused(shop, "--from", "alembic:head")
    (versions / "0003_speed.py").unlink()
    assert "cannot be read: Revision 0003 referenced from 0003 -> 0004" in refused(shop)


def test_an_env_that_leads_to_staging_is_stopped(shop: Place) -> None:
    """Before it has written a thing there."""
    url = shop.staging.url.replace("postgresql:", "postgresql+psycopg:")
    env = shop.folder / "app" / "migrations" / "env.py"
    env.write_text(f'from sqlalchemy import create_engine\ncreate_engine("{url}").connect()\n')
    assert f"it wanted {shop.staging.database}, and was kept from using it" in refused(shop)
    assert shop.ask("SELECT FROM pg_class WHERE relname = 'alembic_version'") == []


def test_a_run_that_is_killed_takes_the_migrations_along(shop: Place) -> None:
    """The process that runs them ends with it, and the next run begins by dropping what it left."""
    env, seen = shop.folder / "app" / "migrations" / "env.py", shop.folder / "seen"
    text = env.read_text()
    env.write_text(f"import os, time\nopen({str(seen)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n")
    process = shop.start("refresh", "--no-backup")
    wait_until(lambda: seen.exists() and seen.read_text())
    process.kill()
    process.communicate()
    wait_until(lambda: not psutil.pid_exists(int(seen.read_text())) or is_zombie(int(seen.read_text())))
    assert f"{shop.staging.database}__history" in shop.databases()
    env.write_text(text)
    steps = {step["name"]: step["note"] for step in refreshed(shop)["steps"]}
    assert f"{shop.staging.database}__history" in steps["clear leftovers"]


def test_a_rehearsal_that_is_killed_or_fails_leaves_staging_whole(shop: Place) -> None:
    """The next run drops the copy; a failing migration is told, and has an exit code of its own."""
    later, seen = shop.folder / "app" / "migrations" / "versions" / "0005_later.py", shop.folder / "seen"
    text, place = later.read_text(), shop.having(GREENROOM_REHEARSE="alembic", GREENROOM_REHEARSAL_FAILS="promote")
    statement = "op.execute(\"INSERT INTO order_statuses VALUES ('lost', 'Lost', 5)\")"
    waiting = f"import os, time; open({str(seen)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    later.write_text(text.replace(statement, waiting))
    process = place.start("refresh", "--no-backup")
    wait_until(lambda: seen.exists() and seen.read_text(), seconds=120)
    process.kill()
    process.communicate()
    wait_until(lambda: not psutil.pid_exists(int(seen.read_text())) or is_zombie(int(seen.read_text())))
    assert f"{shop.staging.database}__rehearsal" in shop.databases()
    later.write_text(text.replace("'lost', 'Lost', 5", "'new', 'Again', 5"))
    ran = place.run("refresh", "--json", "--no-backup")
    assert ran.code == 7, ran.out + ran.err
    record = json.loads(ran.out)
    assert f"{shop.staging.database}__rehearsal" in {s["name"]: s["note"] for s in record["steps"]}["clear leftovers"]
    (migration,) = record["rehearsal"]["migrations"]
    assert migration["name"] == "0005"
    assert migration["failed"] == 'duplicate key value violates unique constraint "order_statuses_pkey"'
    assert "INSERT INTO order_statuses" in migration["statement"]
    assert record["sentence"].partition(": ")[0].endswith("WITHOUT the next release, whose rehearsal failed")
    assert shop.ask("SELECT version_num FROM alembic_version") == [("0004",)]
    assert shop.databases() == {f"{shop.staging.database}{suffix}" for suffix in ("", "__prev", "__golden")}


def wait_until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Come back when it holds, or fail when the time is up."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_zombie(process: int) -> bool:
    """Whether it has ended, and nobody has fetched its exit code."""
    return psutil.Process(process).status() == psutil.STATUS_ZOMBIE


def test_a_reseed_runs_it_to_where_staging_stands(shop: Place) -> None:
    """Staging's own revision decides, and its own scratch database of a dead run does not matter."""
    migrate(shop.staging, "0001", shop.folder / "app" / "alembic.ini")
    create(shop.staging.with_database("postgres"), f"{shop.staging.database}__history")
    ran = shop.run("reseed", "--yes", "--no-backup")
    assert ran.code == 0, ran.out + ran.err
    assert shop.ask("SELECT code FROM order_statuses ORDER BY code") == [("new",), ("paid",), ("sent",)]
    assert f"{shop.staging.database}__history" not in shop.databases()
