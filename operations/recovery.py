"""How long recoveries took: this one, earlier ones, the time allowed, and how large an archive that would do for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backups.proof import Backup
from catalog.findings import Finding, noted
from operations.rate import in_bytes
from operations.record import Ending, RunRecord

LABEL = "Recovery time"
_TEXT = re.compile(r"([0-9.]+) s for ([0-9]+) bytes of archive")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Recovery:
    """One recovery: when, how many seconds, and how many bytes of clear archive."""

    at: datetime
    seconds: float
    clear_bytes: int

    @property
    def fact(self) -> tuple[str, str]:
        """What a record keeps of it."""
        return LABEL, f"{self.seconds:.1f} s for {self.clear_bytes} bytes of archive"


def past(records: Iterable[RunRecord]) -> tuple[Recovery, ...]:
    """The recoveries that records tell of, the newest first; only of runs that went well."""
    found = (
        Recovery(record.ended, float(match[1]), int(match[2]))
        for record in records
        if record.ending is Ending.DONE
        for label, text in record.facts
        if label == LABEL and (match := _TEXT.fullmatch(text))
    )
    return tuple(sorted(found, key=lambda recovery: recovery.at, reverse=True))


def told(now: Recovery, earlier: Sequence[Recovery], objective: timedelta) -> str:
    """One sentence: how long it took, how long it took before, and for how large an archive the time will do."""
    hours = f"{objective.total_seconds() / 3600:g} hours"
    before = ", ".join(f"{one.seconds:.1f} s on {one.at:%Y-%m-%d}" for one in earlier[:_SHOWN])
    return (
        f"recovery took {now.seconds:.1f} s of the {hours} allowed, for {in_bytes(now.clear_bytes)} of archive"
        + (f" (before: {before})" if before else "")
        + f"; at this rate {hours} are enough for {in_bytes(_enough_for(now, earlier, objective))}"
    )


def _enough_for(now: Recovery, earlier: Sequence[Recovery], objective: timedelta) -> int:
    """By the slowest of the last few, as a large database is restored no faster by the byte than a small one."""
    rates = [one.clear_bytes / max(one.seconds, 0.001) for one in (now, *earlier[:_SHOWN])]
    return int(min(rates) * objective.total_seconds())


def judge_age(newest: Backup, now: datetime, every: timedelta) -> tuple[Finding, ...]:
    """A note if the newest backup in a store is older than it should be: somebody may have deleted newer ones."""
    age = now - newest.taken_at
    if age <= every:
        return ()
    hours = f"{age / timedelta(hours=1):.0f} hours old, and one is expected every {every / timedelta(hours=1):g}"
    what = f"the newest backup, {newest.id}, is {hours}: newer ones were deleted, or never taken"
    return (noted("backup-age", what, "The reports say which were taken; look for them in the other store."),)
