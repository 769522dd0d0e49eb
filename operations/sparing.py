"""The golden's spare: made when staging is new and everything that follows is done, so that nobody waits for it."""

from catalog.errors import GreenroomError, Refusal
from catalog.findings import noted
from database.facts import database_facts, server_facts
from database.session import Connection, DatabaseError
from database.wholes.lifecycle import exclusive, maintenance
from operations.run import Do, Run, explained
from schema_sync import cloning
from schema_sync.spare import is_ours, is_wanted

_PATIENCE_SECONDS = 300  # for whoever clones the golden: each takes seconds, and one waits for the other
_TODO = "Until there is one, a reseed from the golden copies the golden, which takes longer."


def keep_ready(run: Run, do: Do) -> None:
    """Have the golden's spare made, or one dropped that is not wanted, in a step of its own if there is any need."""
    try:
        with maintenance(run.staging) as server:
            due = _is_due(run, server)
    except (GreenroomError, DatabaseError) as error:
        _tell(run, explained(error))
    else:
        if due:
            do(keep_spare, run)


def keep_spare(run: Run) -> None:
    """Make the spare a copy of the golden there is, or drop it; staging is new already, so that trouble is told."""
    with run.step("keep a spare") as note:
        try:
            lock = exclusive(run.staging.golden, run.who, patience=_PATIENCE_SECONDS, waiting=run.watcher.waiting)
            with lock as server:
                note.text = _keep(run, server)
        except (GreenroomError, DatabaseError) as error:
            note.text = _tell(run, explained(error))


def _is_due(run: Run, server: Connection) -> bool:
    golden, spare = (database_facts(server, at.database) for at in (run.staging.golden, run.staging.spare))
    if not is_wanted(golden, run.settings.spare_from()):
        return spare is not None and is_ours(spare)
    return bool(cloning.unfit_spare(server, run.staging, owner=_owner(run, server)))


def _keep(run: Run, server: Connection) -> str:
    if not _is_due(run, server):
        return "it is there already"
    cloning.drop_spare(server, run.staging)
    golden = database_facts(server, run.staging.golden.database)
    if golden is None or not is_wanted(golden, run.settings.spare_from()):
        return "dropped: the settings want none"
    free = server_facts(server, run.staging).free_bytes
    if free is not None and free < golden.size:
        sizes = f"{golden.size >> 20} MiB needed, {free >> 20} MiB free"
        raise Refusal(f"not enough disk on the staging server: {sizes}")
    way = cloning.make_spare(server, run.staging, owner=_owner(run, server))
    run.story.facts.append(("Spare", run.staging.spare.database))
    return f"{golden.size >> 20} MiB, {way}"


def _owner(run: Run, server: Connection) -> str:
    staging = database_facts(server, run.staging.database)
    return staging.owner if staging else ""


def _tell(run: Run, error: GreenroomError) -> str:
    what = f"no spare of the golden was made: {error.what}{f': {error.why}' if error.why else ''}"
    run.story.findings.append(noted("spare", what, _TODO))
    return what
