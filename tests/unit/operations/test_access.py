"""What a run's report tells of grants and levels of access."""

from pathlib import Path

import pytest

from catalog.findings import Outcome
from database.endpoints import Staging
from database.rights.access import AccessPlan, Holder, Level
from database.rights.grants import ObjectGrant
from operations.access import tell_access
from operations.run import Run
from operations.settings.settings import load
from operations.telling import lost_grants

ANNA, BEN = Holder(Level.ADMIN, "anna"), Holder(Level.DEVELOPER, "ben")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run whose settings give two roles a level."""
    monkeypatch.chdir(tmp_path)
    url = "postgresql://owner@staging.example.com/app"
    settings = load(home=tmp_path, staging_database_url=url, access="admin=anna,developer=ben")
    return Run("refresh", settings, Staging.parse(url))


def test_who_has_what_is_a_fact_of_the_run(run: Run) -> None:
    """Where all is well there is nothing more to say."""
    tell_access(run, AccessPlan(holders=(ANNA, BEN)), ())
    assert run.story.facts == [("Access", "admin: anna; developer: ben")]
    assert run.story.findings == []


def test_who_was_passed_over_who_lost_and_what_is_left_to_do_is_told(run: Run) -> None:
    """The statements to run are there whole."""
    not_done = ('GRANT "own" TO "anna"', 'GRANT "other" TO "anna"')
    tell_access(run, AccessPlan(holders=(ANNA,), lost=(Holder(Level.READ_ONLY, "carl"),)), not_done)
    passed_over, lost, left = run.story.findings
    assert {finding.outcome for finding in run.story.findings} == {Outcome.NOTED}
    assert passed_over.what == "roles that cannot have their level were passed over: ben"
    assert lost.what == "lost their level: read-only: carl"
    assert left.what == '2 statements for the levels of access were not ours to run: GRANT "own" TO "anna"'
    assert left.todo == 'Run as a superuser of staging: GRANT "own" TO "anna"; GRANT "other" TO "anna"'


def test_what_is_open_to_everybody_is_told(run: Run) -> None:
    """The first of it, and how much more there is."""
    tell_access(run, AccessPlan(holders=(ANNA, BEN)), (), [f"CREATE ON SCHEMA s{number}" for number in range(7)])
    (told,) = run.story.findings
    assert told.what.startswith("everybody may, whatever their level: CREATE ON SCHEMA s0, ")
    assert told.what.endswith("CREATE ON SCHEMA s4 and 2 more")


def test_nobody_has_anything_where_no_level_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report does not speak of it."""
    monkeypatch.chdir(tmp_path)
    url = "postgresql://owner@staging.example.com/app"
    run = Run("refresh", load(home=tmp_path, staging_database_url=url), Staging.parse(url))
    tell_access(run, AccessPlan(), ())
    assert (run.story.facts, run.story.findings) == ([], [])


def test_grants_that_no_longer_fit_are_named() -> None:
    """The first of them."""
    grants = [ObjectGrant("TABLE", f"app.t{number}", None, "SELECT", False, "ben") for number in range(7)]
    (told,) = lost_grants(grants)
    assert told.what.startswith("7 grants no longer fit: GRANT SELECT ON TABLE app.t0 TO ben; ")
    assert told.what.endswith("app.t4 TO ben; ...")
    assert list(lost_grants(())) == []
