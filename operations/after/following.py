"""What follows a swap, in order: Redis is emptied, services are restarted and their health waited for, a command run.

Each is left out unless the settings ask for it, has a time-out of its own, and undoes nothing: what goes wrong is a
finding. Only services that do not answer have staging rolled back, where the settings say so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from catalog.errors import Failure, GreenroomError
from catalog.findings import Finding, noted, passed, refuse_unless_good
from operations import promoting
from operations.after.check import Health
from operations.after.command import carry_out, without_production
from operations.after.emptying import empty
from operations.after.guarding import has_guards, judge_redis, judge_settings
from operations.after.restarting import restart
from operations.after.waiting import wait_until_healthy
from operations.exclusion import exclusively
from operations.record import AFTER, HEALTH, REDIS, RESTART, HealthRecord
from operations.report.words import plural
from operations.run import Do, Run, explained
from operations.settings.choices import FailedHealth

_LATENCY = "latency"
_SERVICES = "Services"
_BY_HAND = "Staging is the new database all the same; {} by hand once that is mended."


def guard_first(run: Run, do: Do) -> None:
    """Ask, before anything changes, what of that which follows can be asked; Refusal if it would go wrong."""
    if has_guards(run.settings):
        do(guard_what_follows, run)


def follow(run: Run, do: Do, *, rolls_back: bool = True) -> None:
    """Do what follows; Failure if services do not answer, and staging is the previous database again for that."""
    settings = run.settings
    _bring_up(run, do)
    well = do(wait_for_health, run) if settings.health else True
    if not well and rolls_back and settings.health_fails is FailedHealth.ROLL_BACK:
        _roll_back(run, do)
    do(after_refresh, run)


def guard_what_follows(run: Run) -> None:
    """Ask whether Redis is staging's, and whether commands are there; Refusal if not."""
    with run.step("guard what follows") as note:
        found = [
            *judge_settings(run.settings),
            *(judge_redis(run.settings).findings if run.settings.empty_redis else ()),
        ]
        run.story.findings.extend(found)
        refuse_unless_good(found)
        note.text = f"{plural(len(found), 'question')} asked"


def empty_redis(run: Run) -> None:
    """Take out of staging's Redis what points at rows that are gone; whether it is staging's is asked once more."""
    with run.step("empty Redis") as note, _harmless(run, REDIS, "empty it"):
        settings, judged = run.settings, judge_redis(run.settings)
        refuse_unless_good(judged.findings)
        assert settings.redis_url is not None  # or it would have been refused
        gone = empty(settings.redis_url, settings.empty_redis, settings.redis_seconds, judged.run_id)
        note.text = _tell(run, passed(REDIS, f"taken out of Redis: {'; '.join(map(str, gone))}"))


def restart_services(run: Run) -> None:
    """Restart the services that the settings name, or wake them, one after the other."""
    with run.step("restart services") as note, _harmless(run, RESTART, "restart the services"):
        headers = {item.name: item.headers for item in run.settings.restart_headers}
        told = []
        for service in run.settings.restart:
            finding = restart(service, headers.get(service.name, ()), _environment(run), run.settings.restart_seconds)
            told.append(_tell(run, finding))
        note.text = "; ".join(told)


def wait_for_health(run: Run) -> bool:
    """Wait until the services answer as they are to, and say whether all do; a slow one does."""
    settings = run.settings
    with run.step("wait for health checks") as note, _harmless(run, HEALTH, "look at the services"):
        found = wait_until_healthy(settings.health, settings.health_seconds, settings.health_milliseconds)
        run.story.health = tuple(HealthRecord(one.name, one.well, one.told, one.seconds) for one in found)
        run.story.findings.extend(_finding(one, settings.health_seconds) for one in found)
        note.text = "; ".join(f"{one.name} {one.told}" for one in found)
        run.story.facts[:] = [*(fact for fact in run.story.facts if fact[0] != _SERVICES), (_SERVICES, note.text)]
        return all(one.well for one in found)
    return True


def after_refresh(run: Run) -> None:
    """Run the command the settings name, with staging's URL in its environment and production's taken out."""
    with run.step("after the refresh") as note, _harmless(run, AFTER, "run the command"):
        if not run.settings.after_refresh:
            note.text = "no command is set"
            return
        why = carry_out(run.settings.after_refresh, _environment(run), run.settings.after_refresh_seconds)
        todo = "Staging is refreshed all the same; run the command by hand once it is mended."
        what = f"the command after the refresh {why or 'ended well'}"
        note.text = _tell(run, noted(AFTER, what, todo) if why else passed(AFTER, what))


def _bring_up(run: Run, do: Do) -> None:
    if run.settings.empty_redis:
        do(empty_redis, run)
    if run.settings.restart:
        do(restart_services, run)


def _roll_back(run: Run, do: Do) -> None:
    """Make staging the previous database again, and the services with it; Failure, which says so, if that was done.

    If it could not be done, that is a finding, and staging stays what it is.
    """
    why = "; ".join(f"{one.name} {one.told}" for one in run.story.health if not one.well)
    try:
        with exclusively(run):
            do(promoting.take_back, run)
    except GreenroomError as error:
        what = f"staging could not be rolled back: {error.what}" + (f": {error.why}" if error.why else "")
        run.story.findings.append(noted(HEALTH, what, "See why, then: greenroom rollback."))
        return
    _bring_up(run, do)
    do(wait_for_health, run)
    what = f'"{run.staging.database}" is the previous database again, as services did not answer in time'
    left = f'the new database is kept as "{run.staging.previous.database}"'
    todo = "Look at those services; `greenroom rollback` makes the new database staging once they are mended."
    raise Failure(what, why=why, left=left, todo=todo)


def _finding(health: Health, seconds: float) -> Finding:
    what = f"{health.name} {health.told}"
    if not health.well:
        todo = "Look at that service; if the new database is to blame: greenroom rollback."
        return noted(HEALTH, f"{what}, after {seconds:g} s of asking", todo)
    if health.slow:
        return noted(_LATENCY, what, "See what keeps it; health_milliseconds says how fast it is to be.")
    return passed(HEALTH, what)


def _environment(run: Run) -> dict[str, str]:
    return without_production() | {"STAGING_DATABASE_URL": run.staging.url, "GREENROOM_RUN": run.id}


def _tell(run: Run, finding: Finding) -> str:
    run.story.findings.append(finding)
    return finding.what


@contextmanager
def _harmless(run: Run, check: str, by_hand: str) -> Iterator[None]:
    """While inside, whatever goes wrong is a finding: staging is the new database already, and a good one."""
    try:
        yield
    except Exception as error:
        told = explained(error)
        what = f"{told.what}: {told.why}" if told.why else told.what
        run.story.findings.append(noted(check, what, told.todo or _BY_HAND.format(by_hand)))
