"""The golden's spare: it becomes staging by a rename, and whatever is the matter with it, a clone takes its place."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from database.endpoints import Scratch
from database.facts import DatabaseFacts, database_facts
from database.servers.embedded import EmbeddedServer
from database.session import Connection, writing
from database.wholes.lifecycle import clone, maintenance
from database.wholes.strategy import Strategy
from operations import jobs, sparing
from operations.run import Run, plainly
from operations.settings.settings import Settings, load
from operations.standing import status
from schema_sync import cloning
from tests.integration.operations.test_drift import database, settings_for

SHAPE = "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL)"
ROWS = "SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users AS u"


class Place:
    """A staging that was reseeded once, with a spare; `beside` is a session next to it."""

    def __init__(self, staging: Scratch, settings: Settings, beside: Connection) -> None:
        self.staging, self.settings, self.beside = staging, settings, beside

    def run(self, job: Callable[..., str], **more: Any) -> dict[str, str]:
        """What each step of this job said."""
        asked: dict[str, Any] = {"home": self.settings.home, "profile": "smoke", "spare": "always"}
        settings = load(staging_database_url=self.staging.url, **asked | more)
        self.last = Run("reseed", settings, settings.staging())
        job(self.last, plainly, backup=False)
        return {step.name: step.note for step in self.last.story.steps}

    def there(self, role: str = "") -> DatabaseFacts | None:
        """What is said of staging, or of a database beside it."""
        return database_facts(self.beside, f"{self.staging.database}{role}")

    def oid(self, role: str = "") -> int:
        """Which database that is, whatever it is called."""
        facts = self.there(role)
        return facts.oid if facts else 0

    def ask(self, statement: str) -> Any:
        """The answer of staging."""
        with closing(psycopg.connect(self.staging.url, autocommit=True)) as connection:
            asked = connection.execute(statement.encode())
            return asked.fetchone() if asked.description else None


@pytest.fixture(scope="module")
def place(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One for all tests: each leaves a spare that fits."""
    folder: Path = tmp_path_factory.mktemp("spare")
    with database(server, SHAPE) as staging, maintenance(staging) as beside:
        found = Place(staging, settings_for(staging, staging, folder), beside)
        assert found.run(jobs.reseed)["keep a spare"].endswith("through the WAL")
        yield found


def test_it_becomes_staging_and_the_next_one_is_made_afterwards(place: Place) -> None:
    """The very database; with staging's settings and grants, as promoted, after all that a clone is asked."""
    spare, golden, fresh = place.oid("__spare"), place.oid("__golden"), place.ask(ROWS)
    facts = place.there("__spare")
    assert facts
    assert not facts.opened
    assert status.look(place.last.settings).spare
    place.ask("UPDATE users SET name = 'worked on'")
    place.beside.execute(f"ALTER DATABASE {place.staging.database} SET work_mem = '9MB'".encode())
    told = place.run(jobs.reseed_from_golden)
    assert told["clone the golden"].endswith("the spare that was kept ready")
    assert (place.oid(), place.oid("__golden")) == (spare, golden)
    assert (place.ask(ROWS), place.ask("SHOW work_mem")) == (fresh, ("9MB",))
    assert [*told][-3:] == ["promote", "after the refresh", "keep a spare"]
    assert place.oid("__spare") not in (0, spare)
    assert place.last.story.fresh_seconds


def write_in_the_golden(place: Place) -> None:
    with writing(place.staging.with_database(f"{place.staging.database}__golden")) as connection:
        connection.execute("UPDATE users SET name = name || ''")
        connection.execute("SELECT pg_stat_force_next_flush()")  # else it is counted when the session has ended


def leave_half_made(place: Place) -> None:
    place.beside.execute(f"COMMENT ON DATABASE {place.staging.database}__spare IS NULL".encode())


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(leave_half_made, "it was never finished"), (write_in_the_golden, "rows were written in the golden since")],
)
def test_one_that_does_not_fit_is_passed_over_and_replaced(
    place: Place, spoil: Callable[[Place], None], why: str
) -> None:
    """The golden is cloned, the reason told; afterwards there is a spare that fits."""
    fresh, spare = place.ask(ROWS), place.oid("__spare")
    spoil(place)
    told = place.run(jobs.reseed_from_golden)["clone the golden"]
    assert f"the spare was passed over: {why}" in told
    assert place.ask(ROWS) == fresh
    assert place.oid("__spare") not in (0, spare)
    assert status.look(place.last.settings).spare


def test_a_row_written_while_the_golden_is_copied_makes_the_spare_older(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the copy has it or not: what had been written is read before it is made."""

    def copied_and_written(*args: Any, **more: Any) -> Strategy:
        way = clone(*args, **more)
        write_in_the_golden(place)
        return way

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(cloning, "clone", copied_and_written)
        place.run(jobs.reseed_from_golden)
    told = place.run(jobs.reseed_from_golden)["clone the golden"]
    assert "the spare was passed over: rows were written in the golden since" in told


def test_one_that_cannot_be_dropped_holds_nothing_up(place: Place) -> None:
    """The golden is cloned, a new one is made; that there is no new spare is told, until it can be dropped."""
    leave_half_made(place)
    held = f"ALTER DATABASE {place.staging.database}__spare IS_TEMPLATE".encode()
    place.beside.execute(held + b" true")
    for job in (jobs.reseed_from_golden, jobs.reseed):
        assert place.run(job)["keep a spare"].startswith("no spare of the golden was made")
    place.beside.execute(held + b" false")
    assert place.run(jobs.reseed_from_golden)["keep a spare"].endswith("through the WAL")


def test_a_database_of_its_name_that_is_somebodys_stays(place: Place) -> None:
    """That there is no spare is told; the database is neither promoted nor dropped, whatever the settings want."""
    name = f"{place.staging.database}__spare"
    place.beside.execute(f"DROP DATABASE {name}".encode())
    place.beside.execute(f"CREATE DATABASE {name}".encode())
    theirs = place.oid("__spare")
    for job in (jobs.reseed_from_golden, jobs.reseed):
        assert place.run(job)["keep a spare"].startswith(
            f'no spare of the golden was made: "{name}" is no spare of ours'
        )
    assert "keep a spare" not in place.run(jobs.reseed_from_golden, spare="never")
    assert place.oid("__spare") == theirs
    place.beside.execute(f"DROP DATABASE {name}".encode())
    assert place.run(jobs.reseed_from_golden)["keep a spare"].endswith("through the WAL")


def test_a_new_golden_gets_a_spare_of_its_own(place: Place) -> None:
    """What was kept ready of the old one is gone before the candidate is copied, whose room it has."""
    spare = place.oid("__spare")
    told = place.run(jobs.reseed, seed=8)
    assert "keep a spare" in told
    assert place.oid("__spare") not in (0, spare)
    place.ask("DELETE FROM users")
    assert place.run(jobs.reseed_from_golden)["clone the golden"].endswith("kept ready")
    assert place.ask("SELECT count(*) > 0 FROM users") == (True,)


def test_somebody_on_the_golden_is_no_reason_to_wait_but_there_is_no_spare_then(place: Place) -> None:
    """Staging is new all the same; the report says who it is, and the next run makes the spare."""
    with writing(place.staging.with_database(f"{place.staging.database}__golden")):
        told = place.run(jobs.reseed_from_golden)
        assert told["clone the golden"].endswith("kept ready")
        assert told["keep a spare"].startswith("no spare of the golden was made: somebody is on")
    assert place.there("__spare") is None
    assert [item.check for item in place.last.story.findings if item.todo == sparing._TODO] == ["spare"]
    assert "passed over" not in place.run(jobs.reseed_from_golden)["clone the golden"]
    assert place.oid("__spare")


def test_a_small_golden_has_none_unless_the_settings_want_one(place: Place) -> None:
    """One that is there is used up, or dropped, and no step is told where there is nothing to do."""
    told = place.run(jobs.reseed_from_golden, spare="large")
    assert told["clone the golden"].endswith("kept ready")
    assert "keep a spare" not in told
    assert place.there("__spare") is None
    sparing.keep_ready(place.last, plainly)
    assert place.there("__spare") is None
    place.run(jobs.reseed_from_golden)
    never = load(staging_database_url=place.staging.url, home=place.settings.home, spare="never")
    sparing.keep_ready(Run("reseed", never, never.staging()), plainly)
    assert place.there("__spare") is None
