"""A run killed with -9 in the middle of any step leaves staging as it was or fully new, and the next run succeeds."""

import time

import pytest

from operations.under_way import killed
from tests.acceptance.place import Place

pytestmark = pytest.mark.small  # which steps there are does not depend on the schema

STEPS = (
    "guard",
    "clear leftovers",
    "drop expired previews",
    "pull the snapshot",
    "restore it into the shadow",
    "read the catalog",
    "draw up the seed plan",
    "back up staging",
    "create the candidate and its tables",
    "seed",
    "finish",
    "verify",
    "look at the rows",
    "keep the golden",
    "promote",
    "after the refresh",
)


def test_the_steps_are_those_of_a_refresh(place: Place) -> None:
    """The list above is complete and in order, so that no step goes untested."""
    assert place.run("refresh").code == 0
    assert tuple(step for step in begun(place) if step != "run") == STEPS


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_the_middle(place: Place, step: str) -> None:
    """Kill the run as soon as the step began; staging answers, whole; running again cleans up and succeeds."""
    process = place.start("refresh")
    wait_for(place, step)
    process.kill()
    process.communicate(timeout=60)
    (revision,), *more = place.ask("SELECT version_num FROM alembic_version")
    assert not more
    assert revision in {"0006", "0008"}
    old = place.ask("SELECT count(*) FROM users AS u WHERE u::text LIKE '%old-staging%'") != [(0,)]
    assert old == (revision == "0006")
    assert [run.job for run in killed(place.folder / "home", place.staging.database)] == ["refresh"]
    again = place.run("refresh")
    assert again.code == 0, again.err
    assert place.ask("SELECT version_num FROM alembic_version") == [("0008",)]
    assert place.databases() == {place.staging.database + end for end in ("", "__prev", "__golden")}
    assert killed(place.folder / "home", place.staging.database) == ()


def begun(place: Place) -> list[str]:
    """The steps whose first line stands in the audit trail."""
    return [line.step for line in place.trail() if line.moment == "begin"]


def wait_for(place: Place, step: str, seconds: float = 60) -> None:
    """Wait until the step has begun; the trail is read again when it has grown."""
    until, seen = time.monotonic() + seconds, -1
    while True:
        size = place.trail_size()
        if size != seen and step in begun(place):
            return
        assert time.monotonic() < until, f"the step {step!r} never began"
        seen = size
        time.sleep(0.002)
