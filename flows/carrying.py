"""Carrying a job out under Prefect: its steps as tasks, one run at a time on a staging database, told in artifacts."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

from httpx import HTTPError
from prefect import get_run_logger, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.blocks.system import Secret
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import FailedRun, PrefectException
from prefect.runtime import deployment, flow_run
from prefect.states import Completed, Failed

from catalog.errors import GreenroomError, Refusal, Rejected
from database.session import ignore_ambient_settings
from factories.seed import Spread
from flows.chunk_tasks import as_tasks
from flows.retrying import worth_another_try
from flows.task_runners import require_reachable
from flows.told_once import tell_once
from operations import from_golden, steps
from operations.carrying_out import carry_out
from operations.record import Ending, RunRecord, StepRecord
from operations.report import markdown, page_on_the_web, table_rows
from operations.run import Do, Run
from operations.settings.settings import Settings, load
from operations.shape import pulling, shaping
from operations.standing.telling import tell_not_begun

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_SECONDS = 2 * 3600
RETRY_SECONDS = (10, 60)
_SPARSELY = 60

RETRIES: dict[Callable[..., Any], int] = {
    pulling.pull_snapshot: 2,  # reads; what it builds to read from, it drops first
    shaping.restore_shadow: 1,  # drops what it made before it makes it again
    shaping.read_shape: 2,  # reads
    steps.build_tables: 1,  # drops what it made before it makes it again
    steps.turn_shadow: 1,  # finds what it has renamed
    steps.seed_rows: 1,  # loads what is not in yet
    from_golden.look_at_golden: 2,  # reads
    from_golden.clone_golden: 1,  # drops what it made before it makes it again
}
"""How often a step may be tried again: reading always, writing only where it is safe to run twice."""


def as_task(act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Carry out one step as a Prefect task, tried again where that is safe; a refusal is never tried again.

    What the step raises is raised here as itself; the task only shows its sentence. Whether it raised is told by the
    step, not by what Prefect makes of the state that the task returned.
    """
    raised: list[GreenroomError] = []

    @task(
        name=act.__name__.replace("_", " "),
        description=act.__doc__,
        retries=RETRIES.get(act, 0),
        retry_delay_seconds=list(RETRY_SECONDS[: RETRIES.get(act, 0)]),
        retry_condition_fn=worth_another_try,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def step() -> T | State[T]:
        try:
            return act(*args, **kwargs)
        except GreenroomError as error:
            if act in RETRIES and not isinstance(error, (Refusal, Rejected)):
                raise
            raised.append(error)
            return Failed(message=str(error))

    with suppress(FailedRun):
        given = step()
        if not raised:
            return cast("T", given)
    raise raised[-1]


def under_prefect(
    job: str, work: Callable[[Run, Do], str], *, seeds: bool = False, whole: bool = False, **asked: object
) -> State[None]:
    """Carry out a job with the settings the form asks for, and say how it ended, as the flow's last state.

    Waits for another run on the same staging database, by staging's own lock, which no crash leaves behind. A job that
    `seeds` has its chunks loaded as tasks, where the settings say; one that must be done `whole` has failed if it did
    less than it was asked for.
    """
    ignore_ambient_settings()
    tell_once()
    try:
        settings = load(**asked)
        staging = settings.staging()
        spread = _spread(settings) if seeds else None
    except Refusal as refusal:
        for untold in tell_not_begun(job, refusal):
            get_run_logger().warning("%s", untold)
        return Failed(message=str(refusal))
    run = Run(
        job,
        settings,
        staging,
        Logged(get_run_logger()),
        operator=_operator(),
        deployment=_deployment(),
        patience=PATIENCE_SECONDS,
        spread=spread,
        secret_block=_secret_block,
    )
    record = carry_out(run, lambda: work(run, as_task))
    publish(record)
    return last_state(record, whole=whole)


def last_state(record: RunRecord, *, whole: bool = False) -> State[None]:
    """How the flow has ended; a job that must be done `whole` has failed if it did less than it was asked for."""
    if record.ending is not Ending.DONE:
        return Failed(message=record.sentence)
    if whole and record.shortcomings:
        return Failed(message="; ".join([record.sentence, *record.shortcomings]))
    return Completed(message="; ".join([record.sentence, *record.shortcomings]))


def _spread(settings: Settings) -> Spread:
    require_reachable(settings)
    return as_tasks(settings)


def _secret_block(name: str) -> str:
    """What a Secret block holds; Refusal, without it, if there is none of that name."""
    try:
        return str(Secret.load(name).get())  # type: ignore[union-attr]  # outside an event loop it is no coroutine
    except ValueError:
        todo = "Make it on Prefect's page, under Blocks, or name another in identity_block."
        raise Refusal(f"there is no secret block {name}", todo=todo) from None


def publish(record: RunRecord) -> None:
    """Show the record as artifacts; a Prefect server that is away by now does not undo the job."""
    try:
        create_markdown_artifact(markdown(record), key=record.job)
        if link := page_on_the_web(record):
            create_link_artifact(link, link_text=f"The report of run {record.run}", key=f"{record.job}-report")
        for name, rows in table_rows(record).items():
            create_table_artifact(rows, key=f"{record.job}-{name}")
    except (HTTPError, PrefectException, OSError) as error:
        get_run_logger().warning("the artifacts could not be stored (%s); the report holds the same", error)


def _operator() -> str:
    return f"prefect {flow_run.get_flow_name()}/{flow_run.get_name()}"


def _deployment() -> str:
    """The deployment that started the run, asked of the server; empty if none did, or the server is away by now."""
    try:
        return deployment.get_name() or ""
    except (HTTPError, PrefectException, OSError):
        return ""


class Logged:
    """Tells a run's steps to Prefect's log."""

    def __init__(
        self,
        logger: "logging.Logger | logging.LoggerAdapter[logging.Logger]",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._logger = logger
        self._holder = ""
        self._clock = clock
        self._told = clock()

    def step(self, name: str) -> None:
        """A step began."""
        self._logger.info("%s …", name)

    def ended(self, step: StepRecord) -> None:
        """A step ended."""
        self._logger.info("%s: %s in %.1f s%s", step.name, step.ending, step.seconds, step.note and f", {step.note}")

    def progress(self, text: str) -> None:
        """The step under way has come this far: told once a minute, so that a long one is seen to be alive."""
        if self._clock() - self._told >= _SPARSELY:
            self._told = self._clock()
            self._logger.info("%s", text)

    def waiting(self, holder: str) -> None:
        """Another run holds staging, and this one waits for it."""
        if holder != self._holder:
            self._logger.info("waiting for %s to end", holder)
        self._holder = holder
