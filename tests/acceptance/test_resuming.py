"""A run killed with -9 while it seeds: the next goes on with the chunks that are not in, to the same bytes."""

import json
import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from operations.resuming import ends_well
from tests.acceptance.forked import Forked
from tests.acceptance.place import Place
from tests.acceptance.test_killed import wait_for

pytestmark = pytest.mark.small  # two tables are large enough

CHUNKS = 6
TABLES = ("analytics_events", "projects")
ROWS = "analytics_events=150000,projects=150000"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def large(place: Place) -> Place:
    """A place whose refresh loads two large tables, chunk after chunk."""
    return place.having(GREENROOM_ROWS=ROWS, GREENROOM_WORKERS="1")


def test_the_next_run_goes_on(large: Place) -> None:
    """Only chunks that were missing are loaded, every row is there once, and the digests are those of a calm run."""
    process = large.start("refresh", "--no-backup")
    _wait_for_lines(large, process, 2)
    process.kill()
    process.communicate(timeout=60)
    plan = large.run("plan", "--json")
    assert plan.code == 0, plan.err
    in_before = len(_lines(large))
    assert in_before >= 2
    again = large.run("refresh", "--no-backup", "--json")
    assert again.code == 0, again.err
    record = json.loads(again.out)
    (note,) = [step["note"] for step in record["steps"] if step["name"] == "seed"]
    chunks = int(note.partition("resumed: ")[2].split()[2])
    assert f"resumed: {in_before} of {chunks} chunks were already in" in note
    assert chunks >= CHUNKS
    resumed = {table: _digest(large, table) for table in TABLES}
    assert {count for count, _ in resumed.values()} == {150_000}
    assert large.ask("SELECT to_regnamespace('greenroom_ledger')") == [(None,)]
    anchor = large.ask(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    )
    calm = large.run("refresh", "--no-backup", "--anchor", json.loads(str(anchor[0][0]).partition("] ")[2])["anchor"])
    assert calm.code == 0, calm.err
    assert {table: _digest(large, table) for table in TABLES} == resumed


def test_another_seed_starts_over(large: Place) -> None:
    """What a dead run left is dropped if the next one is asked for something else."""
    process = large.start("refresh", "--no-backup")
    _wait_for_lines(large, process, 1)
    process.kill()
    process.communicate(timeout=60)
    again = large.having(GREENROOM_ROWS="").run("refresh", "--no-backup", "--json", "--seed", "5")
    assert again.code == 0, again.err
    record = json.loads(again.out)
    assert not [step for step in record["steps"] if "resumed" in step["note"]]
    started = datetime.fromisoformat(record["started"])
    (comment,) = large.ask(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    )
    assert f'"anchor": "{started.isoformat()}"' in str(comment[0])


@pytest.mark.parametrize(
    ("anchor", "asked", "fits"),
    [
        (NOW - timedelta(hours=2), None, True),
        (NOW - timedelta(days=7), None, False),
        (NOW + timedelta(hours=1), None, False),
        (NOW - timedelta(days=7), NOW - timedelta(days=7), True),
        (NOW - timedelta(hours=2), NOW, False),
    ],
)
def test_a_weekly_run_does_not_go_on_with_last_weeks(anchor: datetime, asked: datetime | None, fits: bool) -> None:
    """History has to end where it is asked to or, if nothing is asked, today."""
    assert ends_well(anchor, asked, NOW) == fits


def _lines(place: Place) -> list[tuple[object, ...]]:
    return place.ask("SELECT * FROM greenroom_ledger.lines", f"{place.staging.database}__next")


def _wait_for_lines(place: Place, process: Forked, number: int) -> None:
    wait_for(place, "seed")
    until = time.monotonic() + 60
    while _lines_in(place) < number:
        assert process.poll() is None, "the run ended by itself"
        assert time.monotonic() < until, "the chunks never came in"
        time.sleep(0.005)


def _lines_in(place: Place) -> int:
    """How many chunks are in; none yet while the run, about to seed, ends whoever is on its candidate, us too."""
    try:
        return len(_lines(place))
    except psycopg.OperationalError:
        return 0


def _digest(place: Place, table: str) -> tuple[int, str]:
    """A table's row count, and a digest of its rows in whatever order they lie."""
    found = place.ask(f"SELECT count(*), sum(hashtextextended(t::text, 0)::numeric)::text FROM {table} t")
    return found[0]  # type: ignore[return-value]  # the two columns asked for
