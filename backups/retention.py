"""Which backups to keep, which to let go, and why: decided here, carried out by `prune`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Self

from backups.proof import Backup, ProofKind


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a backup is kept, an unfinished one before it counts as dead, and how far a clock may be off.

    Beyond that the last backup of each of so many weeks and months stays. While the newest is older than `stale`,
    backups are failing; `every` is the longest time between two that is no failure, if it is longer.
    """

    keep: timedelta = timedelta(days=7)
    weekly: int = 0
    monthly: int = 0
    stale: timedelta = timedelta(days=2)
    every: timedelta = timedelta()
    unfinished: timedelta = timedelta(days=1)
    skew: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to become of one backup; `reasons` is never empty."""

    backup: Backup
    keep: bool
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'keep' if self.keep else 'let go'} {self.backup.id}: {'; '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement for every backup, newest first."""

    judgements: tuple[Judgement, ...]

    @property
    def kept(self) -> tuple[Backup, ...]:
        """What stays."""
        return tuple(judgement.backup for judgement in self.judgements if judgement.keep)

    @property
    def let_go(self) -> tuple[Backup, ...]:
        """What `prune` may delete."""
        return tuple(judgement.backup for judgement in self.judgements if not judgement.keep)

    def with_held(self, names: Collection[str]) -> Self:
        """The same, but that these stay: they were put on hold after it was decided."""
        held = (
            replace(item, keep=True, reasons=("put on hold meanwhile",)) if item.backup.id in names else item
            for item in self.judgements
        )
        return replace(self, judgements=tuple(held))


def decide(backups: Sequence[Backup], policy: Policy, now: datetime) -> Decision:
    """Say which backups to keep, which to let go, and why for each; each database is judged by itself.

    `now` is the store's time. A backup is as old as the younger of its two dates says: ours, and the store's own.
    """
    series: dict[str, list[Backup]] = defaultdict(list)
    for backup in backups:
        series[backup.manifest.database].append(backup)
    judged = (judgement for one in series.values() for judgement in _judge(one, policy, now))
    return Decision(tuple(sorted(judged, key=lambda item: item.backup.order, reverse=True)))


def clocks_agree(here: datetime, store: datetime, policy: Policy) -> bool:
    """Whether this machine's clock can be trusted with deciding what is old, by the store's own."""
    return abs(here - store) <= policy.skew


@dataclass(frozen=True, slots=True)
class _Series:
    """What is true of all backups of one database together; backups dated in the future are no witnesses.

    `special` gives a backup's further reasons to stay, `frozen` the reason why nothing at all is let go, if there is.
    """

    policy: Policy
    now: datetime
    special: dict[Backup, list[str]]
    frozen: str


def _judge(backups: Sequence[Backup], policy: Policy, now: datetime) -> list[Judgement]:
    known = (backup for backup in backups if not _ahead(backup, policy, now))
    dated = sorted(known, key=lambda backup: backup.order, reverse=True)
    series = _Series(policy, now, _special(dated, policy), _frozen(dated, policy, now))
    return [_judgement(backup, series) for backup in backups]


def _judgement(backup: Backup, series: _Series) -> Judgement:
    age = f"{_span(max(series.now - backup.dated, timedelta()))} old, kept for {_span(series.policy.keep)}"
    reasons = tuple(_reasons_to_keep(backup, series, age))
    return Judgement(backup, bool(reasons), reasons or (age,))


def _reasons_to_keep(backup: Backup, series: _Series, age: str) -> list[str]:
    reasons = [str(backup.hold)] if backup.hold and backup.hold.lasts(series.now) else []
    reasons += [f"something beside it cannot be read, so it is kept ({why})" for why in backup.unread]
    if _ahead(backup, series.policy, series.now):
        far = _span(backup.dated - series.now)
        return [*reasons, f"dated {far} in the future: a clock was wrong, so its age is unknown"]
    if series.now - backup.dated <= series.policy.keep:
        reasons.append(age)
    reasons += series.special.get(backup, [])
    return reasons or ([series.frozen] if series.frozen else [])


def _special(dated: Sequence[Backup], policy: Policy) -> dict[Backup, list[str]]:
    """The backups that stay whatever their age, each with its reasons; `dated` is newest first."""
    found: dict[Backup, list[str]] = defaultdict(list)
    sound = [backup for backup in dated if not backup.damaged]
    if dated:
        found[dated[0]].append("the newest one")
    if sound and sound[0] is not dated[0]:
        found[sound[0]].append("the newest one that nothing is known against")
    for backup, kind in _proven(sound):
        found[backup].append(f"the newest one that passed a {kind.replace('-', ' ')}")
    for backup in _last_of_each(dated, policy.weekly, lambda at: at.isocalendar()[:2]):
        found[backup].append("the last of its week")
    for backup in _last_of_each(dated, policy.monthly, lambda at: (at.year, at.month)):
        found[backup].append("the last of its month")
    return found


def _proven(sound: Sequence[Backup]) -> list[tuple[Backup, ProofKind]]:
    """The newest that passed a restore test; lacking one, a check; lacking that, too, being read back at once."""
    for kind in (ProofKind.RESTORE_TEST, ProofKind.CHECK, ProofKind.READ_BACK):
        if proven := next((backup for backup in sound if backup.passed(kind)), None):
            return [(proven, kind)]
    return []


def _last_of_each(
    dated: Sequence[Backup], count: int, span: Callable[[datetime], tuple[int, ...]]
) -> tuple[Backup, ...]:
    """The last backup, of those that nothing is known against if there is one, of each of the newest spans of time."""
    spans: dict[tuple[int, ...], list[Backup]] = defaultdict(list)
    for backup in dated:
        spans[span(backup.taken_at.astimezone(UTC))].append(backup)
    newest = [spans[key] for key in sorted(spans, reverse=True)[:count]]
    return tuple(next((backup for backup in one if not backup.damaged), one[0]) for one in newest)


def _frozen(dated: Sequence[Backup], policy: Policy, now: datetime) -> str:
    """Why nothing is let go, if the backups look as if they were failing, or a clock had jumped."""
    sound = [backup for backup in dated if not backup.damaged]
    stale = max(min(policy.stale, policy.keep), policy.every)
    if not sound or now - _dumped(sound[0]) > stale:
        return f"no good backup was taken for {_span(stale)}: nothing is let go until one is"
    for later, earlier in pairwise(map(_dumped, dated)):
        if later - earlier > max(2 * policy.keep, policy.every):
            if now - later >= policy.keep:
                return ""
            gap = f"none was taken for {_span(later - earlier)} before {later:%Y-%m-%d}"
            return f"{gap}, or a clock jumped: nothing is let go until those since reach back {_span(policy.keep)}"
    return ""


def _dumped(backup: Backup) -> datetime:
    """When there was something to dump: encrypting an old backup anew is no sign that new ones are taken."""
    return backup.taken_at if backup.manifest.copy_of else backup.dated


def _ahead(backup: Backup, policy: Policy, now: datetime) -> bool:
    return backup.dated - now > policy.skew


def _span(length: timedelta) -> str:
    """A length of time in its largest whole unit, rounded down: `9 days`, `1 hour`, `0 minutes`."""
    minutes = int(length.total_seconds() // 60)
    size, unit = next((step for step in _UNITS if minutes >= step[0]), _UNITS[-1])
    count = minutes // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


_UNITS = ((1440, "day"), (60, "hour"), (1, "minute"))
