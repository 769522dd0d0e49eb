"""The numbers a run is known by, and the geometry of its charts."""

from collections import Counter
from dataclasses import dataclass

from catalog.findings import Finding, Outcome
from operations.record import ConstraintRecord, HealthRecord, RunRecord, StepRecord
from operations.report.words import duration, number

AWAY = "staging away"
SEED = "seed"
_URGENCY = (Outcome.REFUSED, Outcome.ALLOWED, Outcome.NOTED, Outcome.PASSED)
_SLIVER = 0.4


@dataclass(frozen=True, slots=True)
class Figure:
    """One number worth setting in large type."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One step on the time line: where it starts and how wide it is, in per cent of the whole."""

    step: StepRecord
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class TableConstraints:
    """The constraints of one table, the unproven ones first."""

    name: str
    constraints: tuple[ConstraintRecord, ...]


def key_figures(record: RunRecord) -> tuple[Figure, ...]:
    """The run in at most five numbers; those of seeding are left out when nothing was seeded."""
    seeded = (
        Figure("tables", number(len(record.tables))),
        Figure("rows", number(record.rows)),
        Figure("rows per second", number(rate(record))),
    )
    away = tuple(Figure(label, value) for label, value in record.facts if label.lower() == AWAY)
    return (*(seeded if record.tables else ()), Figure("in all", duration(record.seconds)), *away)


def facts(record: RunRecord) -> tuple[tuple[str, str], ...]:
    """The facts that are not a key figure already."""
    return tuple(fact for fact in record.facts if fact[0].lower() != AWAY)


def rate(record: RunRecord) -> float:
    """Rows per second: of the step that seeded, or of the whole run if no step is named for it."""
    seeding = sum(step.seconds for step in record.steps if step.name.lower().split(" ")[0] == SEED)
    seconds = seeding or record.seconds
    return record.rows / seconds if seconds > 0 else 0.0


def timeline(record: RunRecord) -> tuple[Bar, ...]:
    """The steps one after another, to scale; the shortest keeps a width that can be seen."""
    whole = sum(step.seconds for step in record.steps) or 1.0
    bars, start = [], 0.0
    for step in record.steps:
        width = max(100 * step.seconds / whole, _SLIVER)
        bars.append(Bar(step, round(min(start, 100 - width), 3), round(width, 3)))
        start += 100 * step.seconds / whole
    return tuple(bars)


def by_urgency(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings, what stopped the run first and what passed last."""
    return tuple(sorted(findings, key=lambda finding: _URGENCY.index(finding.outcome)))


def tally(findings: tuple[Finding, ...]) -> str:
    """How many checks ended in which way, most urgent first: `1 allowed, 2 noted, 9 passed`."""
    counts = Counter(finding.outcome for finding in findings)
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in _URGENCY if counts[outcome])


def by_table(constraints: tuple[ConstraintRecord, ...]) -> tuple[TableConstraints, ...]:
    """The constraints by table, in the record's order."""
    groups: dict[str, list[ConstraintRecord]] = {}
    for item in constraints:
        groups.setdefault(item.table, []).append(item)
    return tuple(TableConstraints(name, tuple(sorted(found, key=_is_proven))) for name, found in groups.items())


def _is_proven(item: ConstraintRecord) -> bool:
    return item.proven


def tally_constraints(constraints: tuple[ConstraintRecord, ...]) -> str:
    """How many are proven, and how many are unproven, which is by production's design."""
    count = sum(map(_is_proven, constraints))
    parts = ((count, "proven"), (len(constraints) - count, "unproven by design"))
    return ", ".join(f"{number(many)} {word}" for many, word in parts if many)


def tally_health(services: tuple[HealthRecord, ...]) -> str:
    """How many services answered as they are to: `2 of 3 well`."""
    return f"{sum(one.well for one in services)} of {len(services)} well"
