"""When Prefect's server plans the runs of prefect.yaml, and what daylight saving does to such a schedule."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule

PLAN = yaml.safe_load((Path(__file__).parents[3] / "prefect.yaml").read_text())["deployments"]
SPRING, AUTUMN = datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)


def planned(cron: str, zone: str, start: datetime, number: int = 2) -> list[str]:
    """The next runs by the wall clock of the zone."""
    found = asyncio.run(CronSchedule(cron=cron, timezone=zone).get_dates(n=number, start=start))
    return [moment.isoformat() for moment in found]


def test_the_schedules_are_at_the_times_that_the_pages_say() -> None:
    """Sunday 23:00, every day 03:00, the first of the month 05:00."""
    nexts = {
        item["name"]: planned(schedule["cron"], schedule["timezone"], AUTUMN, 1)
        for item in PLAN
        for schedule in item.get("schedules", ())
    }
    assert nexts == {
        "weekly": ["2026-10-25T23:00:00+00:00"],
        "daily": ["2026-10-25T03:00:00+00:00"],
        "monthly": ["2026-11-01T05:00:00+00:00"],
    }


@pytest.mark.parametrize(
    ("cron", "start", "moments"),
    [
        ("0 23 * * 0", SPRING, ["2027-03-28T23:00:00+02:00", "2027-04-04T23:00:00+02:00"]),
        ("0 23 * * 0", AUTUMN, ["2026-10-25T23:00:00+01:00", "2026-11-01T23:00:00+01:00"]),
        ("30 2 * * *", SPRING, ["2027-03-28T01:30:00+01:00", "2027-03-29T02:30:00+02:00"]),
        ("30 2 * * *", AUTUMN, ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
    ],
    ids=["evening, in spring", "evening, in autumn", "an hour that is not there", "an hour that comes twice"],
)
def test_a_clock_that_changes_loses_no_run_and_makes_none_twice(cron: str, start: datetime, moments: list[str]) -> None:
    """The wall clock counts; a time that is skipped is kept an hour before, one that comes twice is kept once."""
    assert planned(cron, "Europe/Berlin", start) == moments
