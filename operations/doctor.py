"""The doctor: every question a run would stumble over, asked beforehand; changes nothing."""

import os
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from backups.stores import Store
from catalog.errors import GreenroomError
from catalog.findings import Finding, noted, passed, refused
from database.facts import ProductionFacts
from database.wholes.strategy import SMALL
from factories.given.fixtures import fixture_files
from factories.written.loading import load_factories
from operations import signing_in
from operations.access import judge_access
from operations.after.looking import look_ahead
from operations.backup.identities import has_identity, identities_here
from operations.backup.stores import is_ours_to_make, stores_of
from operations.guarding import (
    StagingFacts,
    judge_apart,
    judge_attempts,
    judge_production,
    judge_staging,
    judge_surroundings,
    look_at_production,
    look_at_staging,
    programs_fit,
)
from operations.report.words import plural
from operations.settings.choices import Spare
from operations.settings.settings import Settings
from operations.shape.history import CHECK, history_of
from operations.shape.rehearsing import ready
from operations.shape.shape_from import Kind
from operations.shape.sources import source_of
from schema_sync import rehearsal

T = TypeVar("T")


def examine(settings: Settings) -> tuple[Finding, ...]:
    """What can be said beforehand of databases, guards, programs, store and keys; raises nothing for what it finds."""
    staging = _ask(lambda: look_at_staging(settings.staging()))
    production = _ask(lambda: look_at_production(settings.production()))
    return (
        *_staging(staging, settings),
        *_production(production, staging, settings),
        _home(settings),
        *_metrics(settings),
        *_factories(settings),
        *_stores(settings),
        _recipients(settings),
        _signing(settings),
        _identity(settings),
        *_fixtures(settings),
        *_history(settings),
        *_rehearsal(settings),
        *_shape(settings),
        *_sign_in(settings),
        *look_ahead(settings),
    )


def _staging(found: StagingFacts | GreenroomError, settings: Settings) -> tuple[Finding, ...]:
    if isinstance(found, GreenroomError):
        return (_told("staging", found),)
    answers = passed("staging", f"{found.server.at} answers, PostgreSQL {found.server.major}")
    access = _ask(lambda: judge_access(settings, settings.staging(), found.database))
    told = (_told("access", access),) if isinstance(access, GreenroomError) else access
    return (answers, *judge_staging(found, settings.allow), _spare(settings), *told)


def _spare(settings: Settings) -> Finding:
    """What a second copy of the golden takes of the disk; the room is a refresh's, so that it needs no more of it."""
    if settings.spare is Spare.NEVER:
        return passed("spare", "no spare of the golden is kept: a reseed from it copies it, at the disk's pace")
    whose = f"of {SMALL >> 20} MiB and more " if settings.spare is Spare.LARGE else ""
    return passed("spare", f"a spare of a golden {whose}takes the room of one more staging, which a refresh gets back")


def _production(
    found: ProductionFacts | GreenroomError, staging: StagingFacts | GreenroomError, settings: Settings
) -> tuple[Finding, ...]:
    if settings.production_database_url is None:
        if settings.shape.kind is not Kind.PRODUCTION:
            return (noted("production", "PRODUCTION_DATABASE_URL is not set, and the shape comes from elsewhere"),)
        todo = "Set PRODUCTION_DATABASE_URL to refresh; reseed, backup and restore do without."
        return (noted("production", "PRODUCTION_DATABASE_URL is not set", todo),)
    if isinstance(found, GreenroomError):
        return (_told("production", found),)
    answers = passed("production", f"{found.server.at} answers, PostgreSQL {found.server.major}")
    if isinstance(staging, GreenroomError):
        return (answers,)
    if settings.shape.kind is not Kind.PRODUCTION:
        return (answers, *judge_apart(settings, staging))
    guards = judge_production(found, staging, settings.allow)
    programs = _programs(found.server.major, staging.server.major, settings)
    return (answers, *guards, *_attempts(found, settings), programs, *_surroundings(settings))


def _attempts(found: ProductionFacts, settings: Settings) -> tuple[Finding, ...]:
    answer = _ask(lambda: judge_attempts(settings, found))
    return (_told("denied-rows", answer),) if isinstance(answer, GreenroomError) else answer


def _surroundings(settings: Settings) -> tuple[Finding, ...]:
    answer = _ask(lambda: judge_surroundings(settings, settings.staging()))
    return (_told("extensions", answer),) if isinstance(answer, GreenroomError) else answer


def _programs(production_major: int, staging_major: int, settings: Settings) -> Finding:
    answer = _ask(lambda: programs_fit(settings, production_major, staging_major))
    return _told("programs", answer) if isinstance(answer, GreenroomError) else answer


def _home(settings: Settings) -> Finding:
    nearest = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        todo = "Set GREENROOM_HOME to a folder that this user may write to."
        return refused("home", f"cannot write to the home folder {settings.home}", todo)
    return passed("home", f"the audit trail, snapshots and reports are kept in {settings.home}")


def _metrics(settings: Settings) -> tuple[Finding, ...]:
    path = settings.metrics_file
    if path is None:
        return ()
    if not os.access(path.parent, os.W_OK | os.X_OK):
        todo = "Make that folder, or let this user write to it; a run goes on without."
        return (noted("metrics", f"the metrics could not be written to {path}", todo),)
    return (passed("metrics", f"every run leaves its numbers in {path}"),)


def _factories(settings: Settings) -> tuple[Finding, ...]:
    path = settings.factories
    if path is None:
        return ()
    return (_tried("factories", _ask(lambda: f"{len(load_factories(path))} own factories in {path}")),)


def _stores(settings: Settings) -> tuple[Finding, ...]:
    if is_ours_to_make(settings):
        return (passed("store", f"backups will go to {settings.store}, which the first one makes"),)
    stores = _ask(lambda: stores_of(settings))
    if isinstance(stores, GreenroomError):
        return (_told("store", stores),)
    return tuple(_tried("store", _ask(partial(_reached, store))) for store in stores)


def _reached(store: Store) -> str:
    store.reach()
    return f"backups go to {store.place}"


def _recipients(settings: Settings) -> Finding:
    if not settings.recipients:
        todo = "Set GREENROOM_RECIPIENTS to one or more age public keys (docs/runbook.md)."
        return noted("recipients", "no recipient is set, so no backup can be taken", todo)
    keys = _ask(settings.backup_recipients)
    if isinstance(keys, GreenroomError):
        return _told("recipients", keys)
    return passed("recipients", f"backups are encrypted to {len(keys)} recipients")


def _signing(settings: Settings) -> Finding:
    key = _ask(settings.signing_key)
    if isinstance(key, GreenroomError):
        return _told("signing", key)
    if key is None:
        todo = "To sign them: greenroom keys new --signing FILE (docs/runbook.md)."
        return noted("signing", "backups are not signed, so who can write to the store can forge one", todo)
    if not settings.verify_keys:
        todo = f"Set GREENROOM_VERIFY_KEYS={key.verify_key} wherever backups are read."
        return noted("signing", "backups are signed, and no verify key is set, so unsigned ones count too", todo)
    return passed("signing", "backups are signed, and only signed ones count")


def _identity(settings: Settings) -> Finding:
    if settings.identity_block and not has_identity(settings):
        return noted(
            "identity", f"the identity is in the secret block {settings.identity_block}, which only flows read"
        )
    if not has_identity(settings):
        return noted("identity", "no identity is set here, so nothing can be restored from this machine")
    return _tried(
        "identity", _ask(lambda: f"{plural(len(identities_here(settings)), 'identity', 'identities')} can be read")
    )


def _fixtures(settings: Settings) -> tuple[Finding, ...]:
    folder = settings.fixtures
    if folder is None:
        return ()
    return (_tried("fixtures", _ask(lambda: f"{len(fixture_files(folder))} fixtures are in {folder}")),)


def _history(settings: Settings) -> tuple[Finding, ...]:
    if settings.alembic is None:
        return ()
    found = _ask(lambda: history_of(settings))
    if isinstance(found, GreenroomError):
        return (_told(CHECK, found),)
    assert found is not None  # the setting is there
    heads = f"head{'' if len(found.heads) == 1 else 's'} {', '.join(found.heads) or 'none'}"
    what = f"{len(found.revisions)} revisions in {found.config}, {heads}"
    if len(found.heads) == 1:
        return (passed(CHECK, what),)
    return (noted(CHECK, what, "A run needs one head, unless the revision of what it copies can be read."),)


def _rehearsal(settings: Settings) -> tuple[Finding, ...]:
    return (_tried(rehearsal.CHECK, _ask(lambda: ready(settings))),) if settings.rehearse else ()


def _shape(settings: Settings) -> tuple[Finding, ...]:
    """Whether a shape is to be had from where the settings say, if that is not production."""
    if settings.shape.kind is Kind.PRODUCTION:
        return ()
    return (_tried("shape", _ask(lambda: source_of(settings, history_of(settings)).look())),)


def _sign_in(settings: Settings) -> tuple[Finding, ...]:
    """Whether Clerk's development instance can be asked, if there is a key to it."""
    if settings.clerk_secret_key is None:
        return ()
    return (_tried(signing_in.CHECK, _ask(lambda: f"{signing_in.look(settings)} at Clerk answers")),)


def _ask(question: Callable[[], T]) -> T | GreenroomError:
    try:
        return question()
    except GreenroomError as error:
        return error


def _tried(check: str, answer: str | GreenroomError) -> Finding:
    return _told(check, answer) if isinstance(answer, GreenroomError) else passed(check, answer)


def _told(check: str, error: GreenroomError) -> Finding:
    return refused(check, f"{error.what}: {error.why}" if error.why else error.what, error.todo)
