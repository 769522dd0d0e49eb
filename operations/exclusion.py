"""One run at a time on a staging database, which leaves nothing half built behind."""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.errors import Failure, GreenroomError, Refusal
from catalog.findings import noted
from database.shape.source import drop_roles
from database.wholes.lifecycle import exclusive, maintenance
from operations.run import Run, explained
from schema_sync import promote


@contextmanager
def exclusively(run: Run) -> Iterator[None]:
    """Hold staging's lock while inside; on leaving, drop what was built beside staging and not promoted.

    A candidate that is not this run's own stays: a dead run left it half filled, and the next may go on with it.
    Raises Refusal if another run holds the lock. A failure inside goes on its way, saying what of it is left.
    """
    with exclusive(run.staging, run.who, patience=run.patience, waiting=run.watcher.waiting):
        try:
            yield
        except Refusal:
            _tidy(run)
            raise
        except Exception as error:
            raise _tidied(run, explained(error)) from error
        except BaseException:
            run.story.untidied = True
            _tidy(run)
            run.story.untidied = False
            raise
        _tidy_after_success(run)


def _tidy(run: Run) -> None:
    """Drop what was built; a candidate that is there though ours was promoted is a later run's, which died."""
    ours = run.story.building and not run.story.promoted
    with maintenance(run.staging) as server:
        promote.clear_leftovers(server, run.staging, candidate=ours)
        if not run.story.promoted:
            drop_roles(server, run.story.roles)
        promote.take_back_aside(server, run.staging)


_BUILT = ("next", "shadow", "history", "rehearsal", "goldnext")


def _tidied(run: Run, error: GreenroomError) -> Failure:
    """The failure, with what is left of the run after tidying up."""
    left = [run.story.staging_now] if run.story.promoted else []
    left += [error.left] if error.left else []
    try:
        _tidy(run)
    except Exception as second:
        names = ", ".join(run.staging.beside(role).database for role in _BUILT)
        left.append(f"one of {names} may be left, as tidying up failed too ({explained(second).why})")
    return Failure(error.what, why=error.why, left="; ".join(left), todo=error.todo)


def _tidy_after_success(run: Run) -> None:
    """What cannot be tidied up now is no reason to call a good run failed: the next run begins with it."""
    try:
        _tidy(run)
    except Exception as error:
        what = f"what was built beside staging could not all be dropped: {explained(error).why}"
        run.story.findings.append(noted("leftovers", what, "The next run drops it."))
