"""How jobs are carried out under Prefect, as far as that is decided without a server."""

import inspect
import logging
from pathlib import Path

import pytest
import yaml
from prefect.states import Failed

from catalog.errors import Failure, Refusal, Rejected
from flows import carrying, refresh
from flows.parameters import Guard
from flows.retrying import worth_another_try
from operations import jobs
from operations.settings.choices import ALLOWABLE
from tests.acceptance.test_killed import STEPS


def test_only_steps_of_jobs_are_tried_again() -> None:
    """Every step named for another try is one that jobs carry out."""
    source = inspect.getsource(jobs)
    assert [act.__name__ for act in carrying.RETRIES if f".{act.__name__}, run" not in source] == []


def test_the_flow_reads_like_its_summary() -> None:
    """The sequence that heads the flow's file is that of the steps, which a real refresh is held to as well."""
    told = (refresh.__doc__ or "").split("\n\n")[1].replace("\n", " ").split("→")
    assert tuple(step.strip() for step in told) == STEPS


def test_nothing_that_is_not_safe_to_run_twice_is_tried_again() -> None:
    """Seeding knows what is in; finishing and promoting do not."""
    names = {act.__name__ for act in carrying.RETRIES}
    assert not names & {"finish", "promote_candidate", "promote_backup", "swap_back"}


def test_a_refusal_is_never_tried_again() -> None:
    """A guard's no stays no, and rows that do not fit will not fit; what broke may be tried again."""
    assert not worth_another_try(None, None, Failed(data=Refusal("no")))
    assert not worth_another_try(None, None, Failed(data=Rejected("PostgreSQL did not take a row")))
    assert worth_another_try(None, None, Failed(data=Failure("the network went away")))


def test_progress_is_logged_sparsely(caplog: pytest.LogCaptureFixture) -> None:
    """Once a minute, so that a long step is seen to be alive and the log stays short."""
    caplog.set_level(logging.INFO)
    times = iter([0.0, 30.0, 61.0, 61.0, 90.0])
    watcher = carrying.Logged(logging.getLogger("greenroom.test"), clock=lambda: next(times))
    for text in ("1 MiB", "2 MiB", "3 MiB"):
        watcher.progress(text)
    assert [record.getMessage() for record in caplog.records] == ["2 MiB"]


def test_the_form_offers_every_guard_that_can_be_overruled() -> None:
    """The names in the form are those of the guards."""
    assert [str(guard) for guard in Guard] == list(ALLOWABLE)


def test_schedules_have_a_time_zone_and_a_slug() -> None:
    """Each schedule says in whose time it is, and can be changed without losing its identity."""
    deployments = yaml.safe_load((Path(__file__).parents[3] / "prefect.yaml").read_text())["deployments"]
    assert [item["name"] for item in deployments] == ["weekly", "daily", "monthly", "on-demand"]
    for item in deployments:
        for schedule in item.get("schedules", []):
            assert schedule["timezone"]
            assert schedule["slug"]
