"""Carrying a job out: first and last line of the audit trail, the record, the report, however the job ends."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import noted
from operations.audit.versions import versions
from operations.outside import tell_outside
from operations.record import Ending, RunRecord
from operations.report import let_go, write
from operations.report.shelf import FEWEST
from operations.run import Run, ending_of, explained
from operations.under_way import Begun, under_way


def carry_out(run: Run, job: Callable[[], str]) -> RunRecord:
    """Carry the job out and give its record, also when it was refused or failed.

    Raises Refusal if there is nowhere to write down that it began. An interruption (Ctrl-C, a cancelled or terminated
    flow) is recorded too, and then goes on its way.
    """
    with _alive(run):
        _begin(run)
        try:
            sentence = job()
        except Exception as error:
            told = explained(error)
            return _conclude(run, ending_of(error), str(told), told)
        except BaseException as error:
            told = interrupted(run, explained(error))
            _conclude(run, ending_of(told), str(told), told)
            raise
        return _conclude(run, Ending.DONE, sentence)


@contextmanager
def on_the_trail(run: Run) -> Iterator[None]:
    """While inside, a job that leaves no report: its first and last line in the audit trail, however it ends.

    Raises Refusal if there is nowhere to write down that it began.
    """
    _begin(run)
    try:
        yield
    except BaseException as error:
        run.tell_end("run", ending_of(error), str(explained(error)).partition("\n")[0])
        raise
    run.tell_end("run", Ending.DONE, "")


def interrupted(run: Run, told: GreenroomError) -> GreenroomError:
    """The interruption, with what may be left where a second one cut the tidying short."""
    if run.story.promoted and not told.left:
        return Failure(told.what, why=told.why, left=run.story.staging_now, todo=told.todo)
    if not run.story.untidied:
        return told
    places = (
        run.staging.candidate,
        run.staging.shadow,
        *((run.staging.history,) if run.history else ()),
        *((run.staging.rehearsal,) if run.settings.rehearse else ()),
    )
    beside = " and ".join(f'"{place.database}"' for place in places)
    todo = "Run again: it drops what is left, or goes on with it."
    return Failure(told.what, why=told.why, left=f"perhaps {beside}, beside staging, which is untouched", todo=todo)


@contextmanager
def _alive(run: Run) -> Iterator[None]:
    """While inside, whoever asks whether the run was killed can see that it was not."""
    with ExitStack() as stack:
        try:
            begun = Begun(run.id, run.job, run.staging.database, run.started)
            stack.enter_context(under_way(run.settings.home, begun))
        except OSError as error:
            raise _nowhere_to_write(run, error) from None
        yield


def _begin(run: Run) -> None:
    try:
        run.tell("run", "begin", about=(*versions(), *run.settings.shown()))
    except OSError as error:
        raise _nowhere_to_write(run, error) from None


def _nowhere_to_write(run: Run, error: OSError) -> Refusal:
    return Refusal(
        f"cannot write to the home folder {run.settings.home}",
        why=error.strerror or type(error).__name__,
        todo="Set GREENROOM_HOME to a folder that this user may write to, with some room in it.",
    )


def _conclude(run: Run, ending: Ending, sentence: str, error: GreenroomError | None = None) -> RunRecord:
    left = (error.left,) if error and error.left else ()
    run.story.reason, run.story.advice = (error.what, error.todo.partition("\n")[0]) if error else ("", "")
    _write_report(run, ending, sentence, left)
    found = len(run.story.findings)
    run.tell_end("run", ending, sentence.partition("\n")[0], about=tuple(run.story.facts))
    run.story.findings.extend(tell_outside(run, run.record(ending, sentence, left)))
    if len(run.story.findings) > found:
        _write_report(run, ending, sentence, left)
    return run.record(ending, sentence, left)


def _write_report(run: Run, ending: Ending, sentence: str, left: tuple[str, ...]) -> None:
    """Write the page; a disk that is full must not turn a good refresh into a failed one."""
    folder = run.settings.home / "reports"
    try:
        page = write(run.record(ending, sentence, left), folder)
        let_go(folder, run.settings.report_days, FEWEST)
        run.story.facts = [*(fact for fact in run.story.facts if fact[0] != "Report"), ("Report", str(page))]
    except OSError as error:
        run.story.findings.append(noted("report", f"the report could not be written to {folder}: {error.strerror}"))
