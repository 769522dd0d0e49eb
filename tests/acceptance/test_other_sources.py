"""A shape from elsewhere than production: no URL of production is set here at all."""

import gzip
import json
import os
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from database.endpoints import Scratch
from database.programs import for_dump
from operations.demo.object_store import ObjectStoreServer
from tests.acceptance.place import EXAMPLE, Place

TABLES = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
ROWS = "SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users AS u"


@pytest.fixture
def apart(place: Place) -> Place:
    """A place that knows nothing of production."""
    return place.having(PRODUCTION_DATABASE_URL="", GREENROOM_RECIPIENTS="")


def published(production: Scratch, into: Path, *options: str) -> Path:
    """What production's own pipeline has published: pg_dump by somebody who may."""
    tools = for_dump(18)
    target = production.url.replace(f":{production.password}@", "@")
    environment = os.environ | {"PGPASSWORD": production.password}
    subprocess.run([tools.pg_dump, f"--file={into}", *options, f"--dbname={target}"], check=True, env=environment)
    return into


def refreshed(place: Place, shape: Path | str, *arguments: str) -> Any:
    """The record of a refresh from there; staging then has production's tables and seeded users."""
    ran = place.run("refresh", "--json", "--from", str(shape), *arguments)
    assert ran.code == 0, ran.out + ran.err
    with psycopg.connect(place.production.url) as connection:
        assert place.ask(TABLES) == connection.execute(TABLES.encode()).fetchall()
    assert place.ask("SELECT count(*) > 0, count(*) FILTER (WHERE email LIKE '%canary%') FROM users") == [(True, 0)]
    assert place.databases() == {f"{place.staging.database}{end}" for end in ("", "__prev", "__golden")}
    return json.loads(ran.out)


@pytest.mark.parametrize("form", ["custom", "directory", "plain"])
@pytest.mark.small
def test_a_refresh_from_a_published_file(apart: Place, form: str) -> None:
    """As an archive, a directory or SQL; what of production could not be asked is in the report."""
    shape = published(apart.production, apart.folder / "shape", "--schema-only", f"--format={form}")
    assert "shape" in apart.run("doctor", "--from", "shape").out
    record = refreshed(apart, "shape")
    found = {finding["check"]: finding["what"] for finding in record["findings"]}
    assert "PRODUCTION_DATABASE_URL is not set" in found["same-database"]
    assert str(shape) in found["shape"]
    assert "revision is not known" in found["revision"]
    assert record["sentence"].endswith(f"was rebuilt in the shape of {shape}")


@pytest.mark.small
def test_rows_are_kept_wherever_the_shape_comes_from(apart: Place) -> None:
    """Staging's own rows, in the shape of a file."""
    published(apart.production, apart.folder / "shape", "--schema-only", "--format=custom")
    refreshed(apart, "shape")
    before = apart.ask(ROWS)
    refreshed(apart, "shape", "--seed", "7", "--keep-rows")
    assert apart.ask(ROWS) == before


def test_the_revision_of_a_file_is_said(apart: Place) -> None:
    """Staging then stands there; one that the history does not have is refused, and so is another than is known."""
    published(apart.production, apart.folder / "shape", "--schema-only", "--format=custom")
    place = apart.having(GREENROOM_ALEMBIC=str(EXAMPLE / "alembic.ini"))
    for revision, said in (("0099", "does not say which revision 0099 is"), ("0007", "is at Alembic's revision 0008")):
        where = "shape" if revision == "0099" else "alembic:head"
        ran = place.run("refresh", "--from", where, "--revision", revision)
        assert ran.code == 3
        assert said in ran.err
    found = {finding["check"] for finding in refreshed(place, "shape", "--revision", "0008")["findings"]}
    assert "revision" not in found
    assert apart.ask("SELECT version_num FROM alembic_version") == [("0008",)]


@pytest.mark.small
def test_a_refresh_from_an_object_in_a_bucket(apart: Place, object_store: ObjectStoreServer, bucket: str) -> None:
    """With its checksum beside it; a wrong checksum, a missing object and an empty one are refused."""
    place = apart.having(
        AWS_ENDPOINT_URL_S3=object_store.url,
        AWS_ACCESS_KEY_ID=object_store.access_key,
        AWS_SECRET_ACCESS_KEY=object_store.secret_key,
        AWS_REGION=object_store.region,
        AWS_EC2_METADATA_DISABLED="true",
    )
    shape = published(apart.production, apart.folder / "shape.dump", "--schema-only", "--format=custom")
    put = object_store.client.put_object
    put(Bucket=bucket, Key="shapes/app.dump", Body=shape.read_bytes())
    put(Bucket=bucket, Key="shapes/app.dump.sha256", Body=b"0" * 64 + b"  app.dump\n")
    put(Bucket=bucket, Key="shapes/empty.dump", Body=b"")
    refused(place, f"s3://{bucket}/shapes/app.dump", "is not what its checksum says")
    refused(place, f"s3://{bucket}/shapes/gone.dump", "no shape can be fetched from", "gone.dump is missing")
    refused(place, f"s3://{bucket}/shapes/empty.dump", "is empty")
    put(Bucket=bucket, Key="shapes/app.dump.sha256", Body=sha256(shape.read_bytes()).hexdigest().encode() + b"  app\n")
    assert place.run("doctor", "--from", f"s3://{bucket}/shapes/app.dump").code == 0
    refreshed(place, f"s3://{bucket}/shapes/app.dump")
    kept = sorted(path.suffix for path in (place.folder / "home" / "snapshots").iterdir())
    assert kept == [".dump", ".json"]


@pytest.mark.small
def test_a_directory_archive_in_a_bucket(apart: Place, object_store: ObjectStoreServer, bucket: str) -> None:
    """Its key ends in a slash; of a shape there is the table of contents alone."""
    place = apart.having(
        AWS_ENDPOINT_URL_S3=object_store.url,
        AWS_ACCESS_KEY_ID=object_store.access_key,
        AWS_SECRET_ACCESS_KEY=object_store.secret_key,
        AWS_REGION=object_store.region,
        AWS_EC2_METADATA_DISABLED="true",
    )
    shape = published(apart.production, apart.folder / "shape", "--schema-only", "--format=directory")
    body = (shape / "toc.dat").read_bytes()
    object_store.client.put_object(Bucket=bucket, Key="shapes/app/toc.dat", Body=body)
    assert "users" in place.run("plan", "--from", f"s3://{bucket}/shapes/app/").out
    assert place.databases() == {place.staging.database}


@pytest.mark.small
def test_production_is_still_told_from_staging_where_its_url_is_set(place: Place) -> None:
    """It is asked who it is, and not whether our role could read there; its own URL as staging's is refused."""
    shape = published(place.production, place.folder / "shape.dump", "--schema-only", "--format=custom")
    owner = place.having(PRODUCTION_DATABASE_URL=place.production.url, GREENROOM_SHAPE=str(shape))
    assert owner.run("plan").code == 0
    assert owner.run("doctor").code == 0
    swapped = owner.having(STAGING_DATABASE_URL=place.production.url)
    refused(swapped, str(shape), "are the same database")


def test_a_refresh_from_an_alembic_history(apart: Place) -> None:
    """At the head, whose revision staging then has; a revision that is not there is refused, and so is no history."""
    refused(apart, "alembic:head", "no Alembic history is set")
    place = apart.having(GREENROOM_ALEMBIC=str(EXAMPLE / "alembic.ini"))
    refused(place, "alembic:no-such", "does not say which revision no-such is")
    record = refreshed(place, "alembic:head")
    with psycopg.connect(place.production.url) as connection:
        head = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert place.ask("SELECT version_num FROM alembic_version") == head
    notes = {step["name"]: step["note"] for step in record["steps"]}
    assert f"at {head[0][0]}" in notes["run the Alembic history"]
    drift = place.run("drift", "--head", "--json")
    assert drift.code == 0, drift.out + drift.err
    assert json.loads(drift.out)["differences"] == []


@pytest.mark.small
def test_a_refresh_from_a_kept_snapshot(place: Place) -> None:
    """Again from what an earlier run has kept, without production; a changed snapshot is refused."""
    ran = place.run("refresh", "--json", "--no-backup")
    assert ran.code == 0, ran.err
    run = json.loads(ran.out)["run"]
    apart = place.having(PRODUCTION_DATABASE_URL="", GREENROOM_RECIPIENTS="")
    before = place.ask("SELECT version_num FROM alembic_version")
    record = refreshed_again(apart, run)
    assert place.ask("SELECT version_num FROM alembic_version") == before
    assert record["changes"] == []
    assert apart.run("plan", "--from", f"snapshot:{run}").code == 0
    refused(apart, "snapshot:20200101T000000Z-000000", "no snapshot of the run", run)
    archive = place.folder / "home" / "snapshots" / f"{run}.dump"
    archive.write_bytes(archive.read_bytes() + b" ")
    refused(apart, f"snapshot:{run}", "is not what was kept", "its fingerprint is another one")


def refreshed_again(place: Place, run: str) -> Any:
    ran = place.run("refresh", "--json", "--from", f"snapshot:{run}")
    assert ran.code == 0, ran.out + ran.err
    return json.loads(ran.out)


@pytest.mark.small
def test_what_cannot_be_a_shape_is_refused(apart: Place) -> None:
    """Each in a sentence, with exit code 3 and staging as it was."""
    folder = apart.folder
    whole = published(apart.production, folder / "whole.dump", "--schema-only", "--format=custom").read_bytes()
    published(apart.production, folder / "rows.dump", "--format=custom")
    published(apart.production, folder / "rows.sql", "--format=plain")
    published(apart.production, folder / "shape.tar", "--schema-only", "--format=tar")
    (folder / "nothing").write_bytes(b"")
    (folder / "cut").write_bytes(whole[: len(whole) // 2])
    (folder / "newer").write_bytes(whole[:6] + bytes([whole[6] + 9]) + whole[7:])
    (folder / "packed").write_bytes(gzip.compress(b"something else"))
    (folder / "picture").write_bytes(b"\x89PNG\r\n\0\0")
    (folder / "empty").mkdir()
    (folder / "commands.sql").write_text("CREATE TABLE users (id int);\n\\! touch was-here\n")
    (folder / "elsewhere.sql").write_text("\\connect postgres\nCREATE TABLE users (id int);\n")
    for name, *fragments in WRONG:
        refused(apart, name, *fragments)
    assert not (folder / "was-here").exists()
    assert list((folder / "home" / "snapshots").glob("*")) == []


WRONG = [
    ("gone", "gone cannot be read: No such file or directory"),
    ("nothing", "nothing is empty"),
    ("cut", "cut is damaged, or was cut short"),
    ("newer", "newer was written by a pg_dump that is too new"),
    ("packed", "packed is packed by gzip"),
    ("picture", "picture is neither an archive of pg_dump nor SQL"),
    ("empty", "empty is a directory without toc.dat"),
    ("shape.tar", "shape.tar is a tar file"),
    ("rows.dump", "rows.dump carries rows of production", "TABLE DATA"),
    ("rows.sql", "rows.sql is not run (COPY", "it moves rows"),
    ("commands.sql", "line 2 of", "commands.sql is a command of psql: \\!"),
    ("elsewhere.sql", "line 1 of", "is a command of psql: \\connect"),
]


def refused(place: Place, shape: str, *fragments: str) -> None:
    """A refresh from there is refused in these words, and staging is as it was."""
    before = place.ask(ROWS), place.databases()
    ran = place.run("refresh", "--from", shape)
    assert ran.code == 3, ran.out + ran.err
    said = " ".join(ran.err.split())
    assert "nothing was changed" in said
    assert "Traceback" not in said
    for fragment in fragments:
        assert fragment in said
    assert (place.ask(ROWS), place.databases()) == before
