"""The steps of rehearsing the next release: look for it, run its migrations on a copy of the proven candidate."""

import shutil

from catalog.errors import Refusal
from catalog.findings import noted
from catalog.model import Catalog
from database.wholes.lifecycle import drop, maintenance
from operations.record import RELEASE, MigrationRecord, RehearsalRecord
from operations.report.words import plural
from operations.run import Run
from operations.settings.choices import FailedRehearsal
from operations.settings.settings import Settings
from operations.shape.crossing import scope_of
from operations.shape.shaping import Shape
from operations.steps import give_grants_of
from schema_sync import rehearse as acting
from schema_sync.rehearsal import CHECK, Migration, Rehearsed, Release, failed_checks, judge

_OTHERWISE = 'To have staging refreshed all the same, without the release: rehearsal_fails = "promote".'
_NOT_BEFORE = "Mend it before it is deployed: production would stop there as well. Staging has none of its migrations."


def ready(settings: Settings) -> str:
    """What is going to be rehearsed, as a clause; Refusal if no history is set for it, or its command is not there."""
    if settings.rehearses_history:
        if settings.alembic is None:
            todo = "Set `alembic` to the application's alembic.ini (docs/settings.md), or give `rehearse` a command."
            raise Refusal("the next release is to be rehearsed by Alembic, and no Alembic history is set", todo=todo)
        return f"the next release is rehearsed by the Alembic history of {settings.alembic}"
    release = Release(command=settings.rehearse)
    if shutil.which(settings.rehearse[0]) is None:
        todo = "Is it on PATH, or its path right? It is looked for from the current folder."
        raise Refusal(f"{release} is to rehearse the next release, and is not there", todo=todo)
    return f"the next release is rehearsed by {release}"


def look_for_release(run: Run, shape: Shape) -> Release | None:
    """What there is to rehearse; None if the shape stands at the history's head already, or cannot be migrated.

    Raises Refusal if it cannot be, and the settings refuse then.
    """
    with run.step(RELEASE) as note:
        if not run.settings.rehearses_history:
            release = Release(command=run.settings.rehearse)
            note.text = f"{release} is to be rehearsed"
            return release
        assert run.history is not None  # it was read first of all
        try:
            to = run.history.ahead(shape.revisions)
        except Refusal as refusal:
            note.text = _left_out(run, "the Alembic history", Rehearsed((), refusal))
            return None
        release = Release(shape.revisions, to)
        note.text = f"{release} is to be rehearsed" if to else f"nothing to rehearse: {_at_head(shape)}"
        return release if to else None


def rehearse(run: Run, shape: Shape, release: Release) -> Catalog | None:
    """Run the release's migrations on a copy of the candidate, which takes its place if all went well.

    Gives the shape that the candidate has then; None if it stays without them. Raises Refusal if one fails, and the
    settings refuse then.
    """
    with run.step("rehearse the next release") as note:
        with maintenance(run.staging) as server:
            stage = acting.make_stage(server, run.staging)
        done = acting.rehearse(release, run.history, stage, run.settings.rehearsal_seconds)
        catalog, done = (None, done) if done.wrong else _look(run, done)
        with maintenance(run.staging) as server:
            if catalog is None:
                drop(server, stage)
                note.text = _left_out(run, str(release), done)
                return None
            acting.take_the_stage(server, run.staging)
        run.story.rehearsal = RehearsalRecord(str(release), "all went well", True, _records(done))
        _give_grants_anew(run, shape)
        count = "" if release.command else f"{plural(len(done.migrations), 'migration')} "
        note.text = f"{release}: {count}in {sum(item.seconds for item in done.migrations):.1f} s"
        return catalog


def told(run: Run) -> str:
    """How the rehearsal went, as the end of the run's sentence; nothing if there was none."""
    rehearsal = run.story.rehearsal
    if rehearsal is None:
        return ""
    if rehearsal.promoted:
        return f", and migrated by {rehearsal.of}"
    return f", WITHOUT the next release, whose rehearsal failed: {rehearsal.ended}"


def _look(run: Run, done: Rehearsed) -> tuple[Catalog | None, Rehearsed]:
    """The shape of the migrated copy, or what of it keeps it from being promoted."""
    catalog, migrated = acting.look(
        run.staging.rehearsal, run.staging.candidate, scope_of(run.settings), kept=bool(run.settings.keep)
    )
    findings = judge(migrated)
    if wrong := failed_checks(findings):
        return None, Rehearsed(done.migrations, wrong)
    run.story.findings.extend(findings)
    return catalog, done


def _left_out(run: Run, of: str, done: Rehearsed) -> str:
    """Tell that the release is left out, and why, as a clause; Refusal if the settings refuse then."""
    assert done.wrong is not None  # it is left out for that
    wrong = done.wrong
    ended = f"{wrong.what}: {wrong.why}" if wrong.why else wrong.what
    run.story.rehearsal = RehearsalRecord(of, ended, False, _records(done))
    todo = "\n".join(part for part in (_NOT_BEFORE, wrong.todo) if part)  # a message has the first line: ours alone
    if run.settings.rehearsal_fails is FailedRehearsal.REFUSE:
        what = "the rehearsal of the next release failed"
        raise Refusal(what, why=ended, todo=f"{todo}\n{_OTHERWISE}")
    run.story.findings.append(noted(CHECK, f"the rehearsal of the next release failed: {ended}", todo))
    return f"promoted without it: {ended}"


def _give_grants_anew(run: Run, shape: Shape) -> None:
    """Give the migrated candidate its grants: what could not be given may have its object now."""
    story = run.story
    story.findings[:] = [finding for finding in story.findings if finding.check != "grants"]
    give_grants_of(run, shape.blueprint.snapshot.grants)
    story.findings[:] = dict.fromkeys(story.findings)
    story.facts[:] = dict.fromkeys(story.facts)


def _records(done: Rehearsed) -> tuple[MigrationRecord, ...]:
    return tuple(map(_record, done.migrations))


def _record(item: Migration) -> MigrationRecord:
    locks = tuple(map(str, item.locks))
    return MigrationRecord(
        item.name, item.message, round(item.seconds, 3), locks, item.rewritten, item.failed, item.statement
    )


def _at_head(shape: Shape) -> str:
    return f"production stands at {' and '.join(shape.revisions)}, the head of the history"
