"""How long recoveries took: this one, earlier ones, the time allowed, and how large an archive that would do for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backups.proof import Backup
from catalog.findings import Finding, noted
from operations.backup.rate import in_bytes
from operations.record import Ending, RunRecord

LABEL = "Recovery time"
_TEXT = re.compile(r"([0-9.]+) s for ([0-9]+) bytes of archive")
_SHOWN = 3
_YEAR, _LONG_ENOUGH = timedelta(days=365), timedelta(days=20)  # tests are a month apart


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
    """How long it took and took before, for how large an archive the time will do, and how long it takes in a year."""
    hours = f"{objective.total_seconds() / 3600:g} hours"
    before = ", ".join(f"{one.seconds:.1f} s on {one.at:%Y-%m-%d}" for one in earlier[:_SHOWN])
    return (
        f"recovery took {now.seconds:.1f} s of the {hours} allowed, for {in_bytes(now.clear_bytes)} of archive"
        + (f" (before: {before})" if before else "")
        + f"; at this rate {hours} are enough for {in_bytes(int(_rate(now, earlier) * objective.total_seconds()))}"
        + _in_a_year(now, earlier)
    )


def outgrows(now: Recovery, earlier: Sequence[Recovery], objective: timedelta) -> bool:
    """Whether in a year, if it grows on as it did, staging takes longer to come back than is allowed."""
    return _size_in_a_year(now, earlier) > _rate(now, earlier) * objective.total_seconds()


def _rate(now: Recovery, earlier: Sequence[Recovery]) -> float:
    """Bytes a second, by the slowest of the last few: a large database is restored no faster than a small one."""
    return min(one.clear_bytes / max(one.seconds, 0.001) for one in (now, *earlier[:_SHOWN]))


def _in_a_year(now: Recovery, earlier: Sequence[Recovery]) -> str:
    size = _size_in_a_year(now, earlier)
    if not size:
        return ""
    minutes, since = size / max(_rate(now, earlier), 1) / 60, _first(earlier).at
    return f"; grown on as since {since:%Y-%m-%d} it has {in_bytes(size)} in a year, which take {minutes:.0f} minutes"


def _size_in_a_year(now: Recovery, earlier: Sequence[Recovery]) -> int:
    """By a straight line from the first recovery that is known; 0 while that is too lately to say, or it shrank."""
    if not earlier:
        return 0
    first = _first(earlier)
    grown, apart = now.clear_bytes - first.clear_bytes, now.at - first.at
    return now.clear_bytes + int(grown * (_YEAR / apart)) if apart >= _LONG_ENOUGH and grown >= 0 else 0


def _first(earlier: Sequence[Recovery]) -> Recovery:
    """The oldest; of several on one run the one of the newest backup, which is the largest as a rule."""
    return min(earlier, key=lambda one: (one.at, -one.clear_bytes))


def judge_age(newest: Backup, now: datetime, every: timedelta) -> tuple[Finding, ...]:
    """A note if the newest backup in a store is older than it should be: somebody may have deleted newer ones."""
    age = now - newest.taken_at
    if age <= every:
        return ()
    hours = f"{age / timedelta(hours=1):.0f} hours old, and one is expected every {every / timedelta(hours=1):g}"
    what = f"the newest backup, {newest.id}, is {hours}: newer ones were deleted, or never taken"
    return (noted("backup-age", what, "The reports say which were taken; look for them in the other store."),)
