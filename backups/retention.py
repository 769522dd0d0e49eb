"""Which backups to keep, which to let go, and why: decided here, carried out by `prune`."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backups.proof import Backup, ProofKind


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a backup is kept, an unfinished one before it counts as dead, and how far a clock may be off."""

    keep: timedelta = timedelta(days=7)
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


def decide(backups: Sequence[Backup], policy: Policy, now: datetime) -> Decision:
    """Say which backups to keep, which to let go, and why for each; each database is judged by itself."""
    series: dict[str, list[Backup]] = defaultdict(list)
    for backup in backups:
        series[backup.manifest.database].append(backup)
    judged = (judgement for one in series.values() for judgement in _judge(one, policy, now))
    return Decision(tuple(sorted(judged, key=lambda item: _age_key(item.backup), reverse=True)))


def clocks_agree(here: datetime, store: datetime, policy: Policy) -> bool:
    """Whether this machine's clock can be trusted with deciding what is old, by the store's own."""
    return abs(here - store) <= policy.skew


@dataclass(frozen=True, slots=True)
class _Series:
    """What is true of all backups of one database together; backups dated in the future are no witnesses."""

    policy: Policy
    now: datetime
    newest: Backup | None
    proven: Backup | None
    proven_by: ProofKind

    @property
    def stalled(self) -> bool:
        return self.newest is not None and self.now - self.newest.taken_at > self.policy.keep


def _judge(backups: Sequence[Backup], policy: Policy, now: datetime) -> list[Judgement]:
    series = _survey([backup for backup in backups if not _from_the_future(backup, policy, now)], policy, now)
    return [_judgement(backup, series) for backup in backups]


def _survey(dated: Sequence[Backup], policy: Policy, now: datetime) -> _Series:
    newest = max(dated, key=_age_key, default=None)
    for kind in (ProofKind.RESTORE_TEST, ProofKind.CHECK):
        proven = max((backup for backup in dated if backup.passed(kind)), key=_age_key, default=None)
        if proven is not None:
            return _Series(policy, now, newest, proven, kind)
    return _Series(policy, now, newest, None, ProofKind.RESTORE_TEST)


def _judgement(backup: Backup, series: _Series) -> Judgement:
    reasons = tuple(_reasons_to_keep(backup, series))
    if reasons:
        return Judgement(backup, True, reasons)
    return Judgement(backup, False, (f"{_age(backup, series)} old, kept for {_span(series.policy.keep)}",))


def _reasons_to_keep(backup: Backup, series: _Series) -> list[str]:
    if _from_the_future(backup, series.policy, series.now):
        return [f"dated {_span(backup.taken_at - series.now)} in the future: a clock was wrong, so its age is unknown"]
    reasons = []
    if series.now - backup.taken_at <= series.policy.keep:
        reasons.append(f"{_age(backup, series)} old, kept for {_span(series.policy.keep)}")
    if backup is series.newest:
        reasons.append("the newest one")
    if backup is series.proven:
        reasons.append(f"the newest one that passed a {series.proven_by.replace('-', ' ')}")
    if series.stalled and not reasons:
        reasons.append(f"no backup was taken for {_span(series.policy.keep)}: nothing is let go until one is")
    return reasons


def _from_the_future(backup: Backup, policy: Policy, now: datetime) -> bool:
    return backup.taken_at - now > policy.skew


def _age_key(backup: Backup) -> tuple[datetime, str]:
    return (backup.taken_at, backup.id)


def _age(backup: Backup, series: _Series) -> str:
    return _span(max(series.now - backup.taken_at, timedelta()))


def _span(length: timedelta) -> str:
    """A length of time in its largest whole unit, rounded down: `9 days`, `1 hour`, `0 minutes`."""
    minutes = int(length.total_seconds() // 60)
    size, unit = next((step for step in _UNITS if minutes >= step[0]), _UNITS[-1])
    count = minutes // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


_UNITS = ((1440, "day"), (60, "hour"), (1, "minute"))
