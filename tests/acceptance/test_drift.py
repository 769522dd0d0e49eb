"""Drift, by the program: what it says, and the code it ends with, for those who read it and for CI."""

import json

import psycopg
import pytest

from tests.acceptance.place import Place


def test_drift_is_told_until_a_refresh_and_then_nothing(place: Place) -> None:
    """6 and the differences before, 0 and "nothing" after; staging and what stands beside it are left alone.

    The numbers for Prometheus follow.
    """
    numbers = place.folder / "greenroom.prom"
    place = place.having(GREENROOM_METRICS_FILE=str(numbers))
    before = place.ask("SELECT oid FROM pg_database WHERE datname = current_database()")
    ran = place.run("drift")
    assert ran.code == 6, ran.err
    first, *lines = ran.out.splitlines()
    assert first.endswith(f'objects differ between production\'s schema and "{place.staging.database}"')
    assert "not compared" in lines
    of_staging = f'{{database="{place.staging.database}"}}'
    assert f"greenroom_drift_items{of_staging} {float(first.split()[0])}" in numbers.read_text().splitlines()
    assert place.ask("SELECT oid FROM pg_database WHERE datname = current_database()") == before
    assert place.databases() == {place.staging.database}
    assert place.run("refresh", "--no-backup").code == 0
    assert f"greenroom_drift_items{of_staging} 0.0" in numbers.read_text().splitlines()
    assert f"greenroom_staging_away_seconds{of_staging} 0." in numbers.read_text()
    after = place.run("drift", "--json")
    assert after.code == 0, after.err
    told = json.loads(after.out)
    assert (told["format"], told["differences"]) == ("greenroom-drift/1", [])
    assert any(text.startswith("never compared") for text in told["not_compared"])


@pytest.mark.small
def test_drift_is_told_to_programs_from_and_to(place: Place) -> None:
    """Each difference by itself; a snapshot that was kept is compared without production."""
    assert place.run("refresh", "--no-backup").code == 0
    (snapshot,) = (place.folder / "home" / "snapshots").glob("*.dump")
    with psycopg.connect(place.staging.url, autocommit=True) as connection:
        connection.execute("ALTER TABLE users ALTER email DROP NOT NULL")
    ran = place.having(PRODUCTION_DATABASE_URL="").run("drift", "--json", "--snapshot", snapshot.stem)
    assert ran.code == 6, ran.err
    (difference,) = json.loads(ran.out)["differences"]
    assert difference["from"] + " not null" == difference["to"]
    assert {key: difference[key] for key in ("change", "kind", "name")} == {
        "change": "changed",
        "kind": "column",
        "name": "public.users.email",
    }


@pytest.mark.small
def test_no_answer_is_told_apart_from_drift(place: Place) -> None:
    """Refused and failed have the codes that they have everywhere."""
    missing = place.run("drift", "--snapshot", "20260101T000000Z-000000")
    assert missing.code == 3
    assert missing.err.count("refused: no snapshot of the run 20260101T000000Z-000000 is kept") >= 1
    gone = place.having(PRODUCTION_DATABASE_URL=place.production.with_database("gone").url).run("drift", "--json")
    assert gone.code == 3
    assert json.loads(gone.out)["ending"] == "refused"
