"""Staging's status in lines: one screen, what wants attention last."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from textwrap import TextWrapper

from database.wholes.marker import Marker
from operations.notices.incident import Incident
from operations.record import RunRecord
from operations.report.words import duration, plural
from operations.standing.schedule import Schedule
from operations.standing.status import BackupsStatus, BackupStatus, Status

_RUNS = 5


def status_lines(found: Status, incidents: Sequence[Incident], now: datetime) -> Iterator[str]:
    """Each thing there is to know in a line of its own."""
    beside = {"previous": found.previous, "golden": found.golden, "spare": found.spare}
    kept = [name for name, there in beside.items() if there]
    yield f"staging    {found.database}, {found.size >> 20} MiB, {'marked' if found.marker else 'NOT marked'}"
    yield f"holds      {_what_it_holds(found.marker, found.scenario)}"
    if found.built_at:
        yield f"age        {age(now - found.built_at)}"
    yield f"revision   {', '.join(found.revision) or 'not known'}"
    yield f"drift      {_drift(found)}"
    yield f"kept       {', '.join(kept) or 'nothing yet'}{'' if found.previous else '; there is no way back'}"
    yield f"previews   {found.previews or 'none'}"
    yield from _backups(found.backups, now)
    yield from (f"run        {run.run}  {run.job}  {_ending(run)}{_proven(run)}" for run in found.runs[:_RUNS])
    yield from _next(found.schedule, now)
    yield from (f"attention  {item.line}" for item in incidents)


def fitted(line: str, width: int) -> str:
    """The line, broken between words where a terminal ends, and going on below its first word."""
    under = " " * len("attention  ")
    wrapper = TextWrapper(width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(line)


def age(since: timedelta) -> str:
    """How long something is ago."""
    hours = since / timedelta(hours=1)
    if hours < 2:
        return plural(max(0, since // timedelta(minutes=1)), "minute")
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _ending(run: RunRecord) -> str:
    ended = f"{'done in part' if run.in_part else run.ending} in {duration(run.seconds)}"
    return f"{ended}, staging new after {duration(run.fresh_seconds)}" if run.fresh_seconds else ended


def _proven(run: RunRecord) -> str:
    return f"  {run.proven} of {len(run.constraints)} constraints proven" if run.constraints else ""


def _what_it_holds(marker: Marker | None, scenario: str) -> str:
    if marker is None or not marker.run:
        return "rows that Greenroom did not make"
    if marker.seed is None:
        return f"a backup of {marker.built_at}"
    golden = f", cloned from the golden of run {marker.golden}" if marker.golden else ""
    named = f", scenario {scenario}" if scenario else ""
    return f"rows of {marker.built_at}, seed {marker.seed}, profile {marker.profile}{named}{golden}"


def _drift(found: Status) -> str:
    if found.drift is None:
        return "not known: greenroom drift"
    items, run = found.drift
    differs = f"{items} objects differ from production" if items else "none"
    return f"{differs}, as of {run.ended:%Y-%m-%d %H:%M} UTC"


def _backups(found: BackupsStatus, now: datetime) -> Iterator[str]:
    if found.trouble or not found.newest:
        yield f"backup     {found.trouble or 'none yet'}"
    for item in found.newest:
        yield f"backup     {item.name}, {age(now - item.taken_at)} old, {_tested(item)}"
    if found.count > len(found.newest):
        yield f"           and {found.count - len(found.newest)} more: greenroom backups list"


def _tested(item: BackupStatus) -> str:
    damaged = ", DAMAGED" if item.damaged else ""
    if item.tested is None:
        return f"not restore-tested yet{damaged}"
    how = "passed" if item.tested.passed else "FAILED"
    return f"{how} a restore test on {item.tested.at:%Y-%m-%d}{damaged}"


def _next(schedule: Schedule | None, now: datetime) -> Iterator[str]:
    if schedule is None:
        yield "next       not known: PREFECT_API_URL is not set"
    elif not schedule.runs:
        trouble = f"Prefect cannot be asked: {schedule.trouble}" if schedule.trouble else ""
        yield f"next       {trouble or 'nothing is planned'}"
    for run in schedule.runs if schedule else ():
        at = run.at.astimezone(UTC)
        when = f"in {age(at - now)}" if at > now else f"late by {age(now - at)}"
        yield f"next       {run.deployment}, {at:%Y-%m-%d %H:%M} UTC, {when}"
