"""Carrying a job out under Prefect: its steps as tasks, one run at a time on a staging database, told in artifacts."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from httpx import HTTPError
from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.concurrency.sync import concurrency
from prefect.exceptions import PrefectException
from prefect.runtime import flow_run

from catalog.errors import Refusal
from database.session import ignore_ambient_settings
from operations import steps
from operations.carrying_out import carry_out
from operations.record import Ending, RunRecord, StepRecord
from operations.report import markdown, table_rows
from operations.run import Do, Run
from operations.settings import Settings, load

P = ParamSpec("P")
T = TypeVar("T")

LEASE_SECONDS = 60
RETRY_SECONDS = (10, 60)

RETRIES: dict[Callable[..., Any], int] = {
    steps.pull_snapshot: 2,  # reads
    steps.restore_shadow: 1,  # drops what it made before it makes it again
    steps.read_shape: 2,  # reads
    steps.build_tables: 1,  # drops what it made before it makes it again
}
"""How often a step may be tried again: reading always, writing only where it is safe to run twice."""


class Ended(Exception):  # it is not an error of ours, but how Prefect is told that a run ended badly
    """A job was refused or failed; its text is the sentence for the operator."""


def as_task(act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out one step as a Prefect task, tried again where that is safe; a refusal is never tried again."""

    @task(
        name=act.__name__.replace("_", " "),
        description=act.__doc__,
        retries=RETRIES.get(act, 0),
        retry_delay_seconds=list(RETRY_SECONDS[: RETRIES.get(act, 0)]),
        retry_condition_fn=_worth_another_try,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def step() -> T:
        return act(*args, **kwargs)

    return step()


def _worth_another_try(_task: object, _run: object, state: Any) -> bool:
    try:
        state.result()
    except Refusal:
        return False
    except Exception:  # whatever else broke is tried again, and raised if it breaks again
        return True
    return False


def under_prefect(job: str, work: Callable[[Run, Do], str], **asked: object) -> None:
    """Carry out a job with these settings asked for by the form; raises `Ended` unless it is done."""
    ignore_ambient_settings()
    settings = load(**asked)
    with one_at_a_time(settings):
        run = Run(job, settings, settings.staging(), Logged(get_run_logger()), operator=_operator())
        record = carry_out(run, lambda: work(run, as_task))
    publish(record)
    if record.ending is not Ending.DONE:
        raise Ended(record.sentence)


@contextmanager
def one_at_a_time(settings: Settings) -> Iterator[None]:
    """Wait until no other flow works on this staging database; staging's own lock guards against everybody else."""
    name = f"greenroom-{settings.staging().database}"
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(name, 1)
    with concurrency(name, occupy=1, lease_duration=LEASE_SECONDS, strict=True):
        yield


def publish(record: RunRecord) -> None:
    """Show the record as artifacts; a Prefect server that is away by now does not undo the job."""
    try:
        create_markdown_artifact(markdown(record), key=record.job)
        for name, rows in table_rows(record).items():
            create_table_artifact(rows, key=f"{record.job}-{name}")
    except (HTTPError, PrefectException, OSError) as error:
        get_run_logger().warning("the artifacts could not be stored (%s); the report holds the same", error)


def _operator() -> str:
    return f"prefect {flow_run.get_flow_name()}/{flow_run.get_name()}"


class Logged:
    """Tells a run's steps to Prefect's log."""

    def __init__(self, logger: "logging.Logger | logging.LoggerAdapter[logging.Logger]") -> None:
        self._logger = logger

    def step(self, name: str) -> None:
        """A step began."""
        self._logger.info("%s …", name)

    def ended(self, step: StepRecord) -> None:
        """A step ended."""
        self._logger.info("%s: %s in %.1f s%s", step.name, step.ending, step.seconds, step.note and f", {step.note}")

    def progress(self, text: str) -> None:
        """The step under way has come this far."""
        self._logger.debug("%s", text)
