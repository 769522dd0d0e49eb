"""How PostgreSQL proved each constraint of a finished candidate on its rows, one line for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.model import ConstraintKind, TableName
from database.shape.inspection import ConstraintFact


@dataclass(frozen=True, slots=True)
class ConstraintVerdict:
    """One constraint of a table (or domain): what it is, whether PostgreSQL has proven it on every row, and how."""

    table: str
    kind: ConstraintKind
    name: str
    columns: tuple[str, ...]
    proven: bool
    how: str


_KINDS = {
    "p": ConstraintKind.PRIMARY_KEY,
    "u": ConstraintKind.UNIQUE,
    "i": ConstraintKind.UNIQUE,
    "x": ConstraintKind.EXCLUSION,
    "f": ConstraintKind.FOREIGN_KEY,
    "c": ConstraintKind.CHECK,
    "d": ConstraintKind.DOMAIN,
    "n": ConstraintKind.NOT_NULL,
    "b": ConstraintKind.BOUNDS,
    "t": ConstraintKind.TRIGGER,
    "r": ConstraintKind.RULE,
}

_HOW = {
    "p": "PostgreSQL built its unique index over {rows}",
    "u": "PostgreSQL built its unique index over {rows}",
    "i": "PostgreSQL built its unique index over {rows}",
    "x": "PostgreSQL built its index over {rows}, and no two of them conflict",
    "f": "PostgreSQL looked up the parent of {rows} when it made the key",
    "c": "it was in force while {rows} were loaded, and COPY checked each",
    "d": "it was in force while rows were loaded, and COPY checked every value of the domain",
    "n": "it was in force while {rows} were loaded, and COPY takes none without a value",
    "b": "COPY led {rows} to a partition whose bounds take them",
}

_UNPROVEN = {
    "t": "it was made after the rows, and has judged none of them",
    "r": "it was made after the rows, and has changed none of them",
    "p": "its index is not valid, in production neither",
    "u": "its index is not valid, in production neither",
    "i": "its index is not valid, in production neither",
}
_LATE = "tr"  # what is no constraint
_NOT_VALID = (
    "production has it NOT VALID: PostgreSQL has not looked at these rows, and checks those written from now on"
)
_NOT_ENFORCED = "production has it NOT ENFORCED: PostgreSQL never checks it"


def verdicts(facts: Sequence[ConstraintFact], rows: Mapping[TableName, int]) -> tuple[ConstraintVerdict, ...]:
    """Each constraint's own verdict; `rows` are the counts that the candidate is known to hold.

    What is unproven here is so by production's design: a candidate with more of it does not pass the verdict.
    """
    return tuple(_verdict(fact, rows.get(fact.table)) for fact in facts)


def _verdict(fact: ConstraintFact, rows: int | None) -> ConstraintVerdict:
    proven = fact.validated and fact.enforced and fact.kind not in _LATE
    how = _proof(fact, rows) if proven else _excuse(fact)
    return ConstraintVerdict(str(fact.table), _KINDS[fact.kind], fact.name, fact.columns, proven, how)


def _proof(fact: ConstraintFact, rows: int | None) -> str:
    late = "; from now on it may wait for the end of a transaction" if fact.deferrable else ""
    if rows == 0:
        return f"the table is empty, so that there is nothing to break it{late}"
    counted = "every row" if rows is None else "the only row" if rows == 1 else f"all {rows:,} rows"
    return _HOW[fact.kind].format(rows=counted) + late


def _excuse(fact: ConstraintFact) -> str:
    if not fact.enforced and fact.kind not in _LATE:
        return _NOT_ENFORCED
    return _UNPROVEN.get(fact.kind, _NOT_VALID)
