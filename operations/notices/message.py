"""The message about a run: decided from its record and from the backups there are.

It holds no row and no secret. Of a bad ending it has the step, the guards' names, why and what to do in our own words,
never what a server said: the report on the machine has that.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.findings import Finding, Outcome
from operations.backup.kept_backups import KeptBackups
from operations.notices.event import Event
from operations.record import FOLLOWING, Ending, RunRecord
from operations.report.words import plural

_BAD = {
    Event.REFUSED,
    Event.FAILED,
    Event.ROLLED_BACK,
    Event.BACKUP_MISSING,
    Event.RESTORE_TEST_FAILED,
    Event.ATTENTION,
}
_RESTORE_TEST = "restore-test"


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its title, its lines, and the events that it tells."""

    title: str
    lines: tuple[str, ...]
    events: frozenset[Event]

    @property
    def body(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def kind(self) -> str:
        """How bad it is, in Apprise's words: success, warning or failure."""
        if self.events & _BAD:
            return "failure"
        return "success" if self.events == {Event.DONE} else "warning"


@dataclass(frozen=True, slots=True)
class Watch:
    """What is wanted of backups: whether there are to be any, and how old the newest may be."""

    wanted: bool
    oldest: timedelta


def write_message(
    record: RunRecord, kept: KeptBackups | None, watch: Watch, host: str, wanted: Collection[Event], report: str = ""
) -> Message | None:
    """The message about a run with the events that are wanted, a line each; None if there is none.

    `report` is where its report can be read, if others can reach it.
    """
    told = [(event, line) for event, line in events_of(record, kept, watch) if event in wanted]
    if not told:
        return None
    ended = "done in part" if record.in_part else record.ending
    title = f"Greenroom: {record.job} of {record.database} {ended}"
    where = f"Run {record.run} on {host}; `greenroom audit --run {record.run}` and its report say more."
    events = frozenset(event for event, _ in told)
    more = [record.advice] if record.advice else []
    more += [where] if events != {Event.DONE} else []
    more += [report] if report else []
    if events == {Event.DONE}:  # in one line
        return Message(title, (" ".join([*(line for _, line in told), *more]),), events)
    return Message(title, (*(line for _, line in told), *more), events)


def events_of(record: RunRecord, kept: KeptBackups | None, watch: Watch) -> tuple[tuple[Event, str], ...]:
    """All that a run has to tell, each with its line."""
    return *_of_run(record), *_of_backups(kept, watch, record.ended)


def _of_run(record: RunRecord) -> Iterator[tuple[Event, str]]:
    if record.in_part:
        less = "; ".join(dict.fromkeys(item.check for item in record.findings if item.what in record.shortcomings))
        yield Event.PARTLY, f"{_sentence(record)} ({_duration(record.seconds)}), in part{less and f': {less}'}."
    elif record.ending is Ending.DONE:
        yield Event.DONE, f"{record.sentence} ({_duration(record.seconds)})."
    elif record.ending is Ending.REFUSED:
        guards = ", ".join(item.check for item in record.findings if item.outcome is Outcome.REFUSED)
        where = f" by {guards}" if guards else _at(record)
        yield Event.REFUSED, f"Refused{where}{_why(record)}; nothing was changed."
    else:
        left = "something is left behind" if record.left else "nothing is left behind"
        yield Event.FAILED, f"Failed{_at(record)} after {_duration(record.seconds)}{_why(record)}; {left}."
    if record.drift:
        yield Event.DRIFT, f"Staging differs from production in {plural(record.drift, 'object')}."
    if record.rehearsal and not record.rehearsal.promoted:
        failed = ", ".join(item.name for item in record.rehearsal.migrations if item.failed)
        yield Event.REHEARSAL_FAILED, f"The next release's migrations fail on seeded rows{failed and f': {failed}'}."
    yield from _of_following(record)
    yield from _of_restore(record)


def _of_following(record: RunRecord) -> Iterator[tuple[Event, str]]:
    """What came after the swap: checks and services by their names, never what one answered."""
    unwell = ", ".join(item.name for item in record.health if not item.well)
    if record.rolled_back:
        still = f"; these still do not: {unwell}" if unwell else ""
        yield Event.ROLLED_BACK, f"Staging is the previous database again, as services did not answer{still}."
        return
    wrong = dict.fromkeys(item.check for item in record.findings if _went_wrong(item))
    if wrong:
        yield Event.AFTER_FAILED, f"What follows went wrong: {', '.join(wrong)}{unwell and f' ({unwell})'}."


def _went_wrong(item: Finding) -> bool:
    return item.check in FOLLOWING and item.outcome is Outcome.NOTED


def _of_restore(record: RunRecord) -> Iterator[tuple[Event, str]]:
    noted = {item.check for item in record.findings if item.outcome is Outcome.NOTED}
    if record.job == _RESTORE_TEST and record.ending is Ending.FAILED:
        yield Event.RESTORE_TEST_FAILED, "The restore test failed: it is not proven that the backup restores."
    if "recovery-time" in noted:
        yield Event.RECOVERY_SLOW, "The backup restores, but slower than the settings allow (recovery_hours)."


def _of_backups(kept: KeptBackups | None, watch: Watch, now: datetime) -> Iterator[tuple[Event, str]]:
    if not watch.wanted:
        return
    if kept is None:
        yield Event.BACKUP_MISSING, "How old the newest backup is cannot be said: the store does not answer."
    elif kept.newest is None and not kept.unseen:
        yield Event.BACKUP_MISSING, "There is no backup of staging in the store."
    elif kept.newest and now - kept.newest.taken_at > watch.oldest:
        hours = (now - kept.newest.taken_at) / timedelta(hours=1)
        yield Event.BACKUP_MISSING, f"The newest backup of staging is {hours:.0f} hours old."


def _at(record: RunRecord) -> str:
    """In which step it ended, if it had begun one."""
    ended = [step.name for step in record.steps if step.ending is not Ending.DONE]
    return f' in the step "{ended[-1]}"' if ended else ""


def _sentence(record: RunRecord) -> str:
    """What the run came to; of a rehearsal that failed without how, since that may show rows."""
    rehearsal = record.rehearsal
    return record.sentence.removesuffix(f": {rehearsal.ended}") if rehearsal else record.sentence


def _why(record: RunRecord) -> str:
    return f": {record.reason}" if record.reason else ""


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
