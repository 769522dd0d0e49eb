"""How each constraint of a table is met, in words: read from its draft once the plan is drawn up."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.model import Check, Column, ConstraintKind, Exclusion, ForeignKey, Table, TypeKind, Unique
from database.shadow.oracle import Reception
from factories.conditions import expressions
from factories.conditions.fact import Bound, Extent, Fact, Length, Match, Options, Order, Present
from factories.conditions.facts import facts
from factories.conditions.rules import sample_rows
from factories.draft import Draft
from factories.explaining.keys import kept_apart, pointed
from factories.proof.pools import Pooled
from factories.proof.rehearsing import reacting, told
from factories.world import World

_SHOWN = 60  # characters of a list of values


@dataclass(frozen=True, slots=True)
class ConstraintPlan:
    """One constraint: its name (empty for NOT NULL, told once for all columns), its columns, and how it is met."""

    kind: ConstraintKind
    name: str
    columns: tuple[str, ...]
    how: str


def constraints(draft: Draft, world: World, received: Reception | None) -> tuple[ConstraintPlan, ...]:
    """Every constraint of the table with how it is met, keys first."""
    return tuple(_constraints(draft, world, received)) if draft.rows else unbroken(draft.table)


def unbroken(table: Table) -> tuple[ConstraintPlan, ...]:
    """Every constraint of a table without rows, in the same order."""
    return tuple(
        ConstraintPlan(kind, name, columns, "no row is there to break it") for kind, name, columns in _of(table)
    )


def _of(table: Table) -> Iterator[tuple[ConstraintKind, str, tuple[str, ...]]]:
    for unique in table.uniques:
        yield ConstraintKind.PRIMARY_KEY if unique.primary else ConstraintKind.UNIQUE, unique.name, unique.columns
    for key in sorted(table.foreign_keys, key=lambda item: item.name):
        yield ConstraintKind.FOREIGN_KEY, key.name, key.columns
    yield from ((ConstraintKind.EXCLUSION, exclusion.name, exclusion.columns) for exclusion in table.exclusions)
    yield from ((ConstraintKind.CHECK, check.name, check.columns) for check in table.checks)
    yield from ((ConstraintKind.DOMAIN, name, columns) for name, columns in _columns_by_domain(table).items())
    if required := tuple(column.name for column in table.columns if column.not_null):
        yield ConstraintKind.NOT_NULL, "", required
    if table.partitions:
        yield ConstraintKind.BOUNDS, "", _partition_columns(table)
    yield from ((ConstraintKind.TRIGGER, trigger, ()) for trigger in table.insert_triggers)
    yield from ((ConstraintKind.RULE, rule, ()) for rule in table.insert_rules)


def _partition_columns(table: Table) -> tuple[str, ...]:
    return expressions.columns(" OR ".join(f"({part.condition})" for part in table.partitions))


def _columns_by_domain(table: Table) -> dict[str, tuple[str, ...]]:
    """Each domain once, with the columns of it that a row brings a value for."""
    domains = [(c.type.name, c.name) for c in table.columns if c.writable and c.type.kind is TypeKind.DOMAIN]
    return {name: tuple(column for of, column in domains if of == name) for name, _ in domains}


def _constraints(draft: Draft, world: World, received: Reception | None) -> Iterator[ConstraintPlan]:
    table = draft.table
    for unique in table.uniques:
        kind = ConstraintKind.PRIMARY_KEY if unique.primary else ConstraintKind.UNIQUE
        yield ConstraintPlan(kind, unique.name, unique.columns, _unique(draft, unique, world))
    for key in sorted(table.foreign_keys, key=lambda item: item.name):
        yield ConstraintPlan(ConstraintKind.FOREIGN_KEY, key.name, key.columns, _key(draft, key, world))
    for exclusion in table.exclusions:
        yield ConstraintPlan(ConstraintKind.EXCLUSION, exclusion.name, exclusion.columns, _exclusion(draft, exclusion))
    for check in table.checks:
        yield ConstraintPlan(ConstraintKind.CHECK, check.name, check.columns, _check(draft, check))
    yield from _domains(draft)
    yield from _required(draft)
    if table.partitions:
        count = len(table.partitions)
        how = f"{count} {'partitions take' if count > 1 else 'partition takes'} the rows{_asked(draft)}"
        yield ConstraintPlan(ConstraintKind.BOUNDS, "", _partition_columns(table), how)
    for trigger in table.insert_triggers:
        yield ConstraintPlan(ConstraintKind.TRIGGER, trigger, (), _afterwards("triggers", table, received))
    for rule in table.insert_rules:
        yield ConstraintPlan(ConstraintKind.RULE, rule, (), _afterwards("rules", table, received))


def _afterwards(what: str, table: Table, received: Reception | None) -> str:
    late = f"{what} are made after the rows, so that it does not run on them"
    return f"{late}; tried out, the table's {reacting(table)} {told(received)}" if received else late


def _unique(draft: Draft, unique: Unique, world: World) -> str:
    parts = [kept_apart(draft, unique, world)]
    if unique.expressions:
        parts.append(f"it is on {', '.join(unique.expressions)}")
    if unique.predicate:
        parts.append(f"only of rows with {unique.predicate}")
    return "; ".join(parts)


def _key(draft: Draft, key: ForeignKey, world: World) -> str:
    unproven = "" if key.validated else "; production has not validated it (NOT VALID)"
    late = ", checked at the end of a transaction" if key.deferrable else ""
    return f"{pointed(draft, key, world)}{late}{unproven}"


def _exclusion(draft: Draft, exclusion: Exclusion) -> str:
    known = {name: draft.recipes[name] for name in sorted(exclusion.columns) if name in draft.recipes}
    signs = (f"({exclusion.name})", "never overlaps")  # in the reason of a column that was made for an exclusion
    apart = [
        f"{name}: {made.recipe.label}" for name, made in known.items() if any(sign in made.reason for sign in signs)
    ]
    if apart:
        return "; ".join(apart)
    declared = sorted(draft.declared & set(exclusion.columns))
    if declared and draft.factory is not None:
        return f"as {draft.factory.__name__} declares {', '.join(declared)}; PostgreSQL took the rows beside each other"
    if draft.doubts and draft.sieve is not None:
        return "found by trying: PostgreSQL took each row beside those before it"
    return "there is only one row" if draft.rows == 1 else f"{', '.join(exclusion.columns)} hold no two that conflict"


def _check(draft: Draft, check: Check) -> str:
    columns = expressions.columns(check.expression) or check.columns
    unproven = "" if check.validated else "; production has not validated it (NOT VALID), the rows hold it all the same"
    return f"{_met(draft, check, columns)}{_asked(draft)}{unproven}"


def _met(draft: Draft, check: Check, columns: tuple[str, ...]) -> str:
    declared = [name for name in columns if name in draft.declared]
    pools = [
        r.pool for name in columns if name in draft.recipes and isinstance(r := draft.recipes[name].recipe, Pooled)
    ]
    if pools:
        pool = pools[0]
        tuples = f"{len(pool.tuples)} tuples" if len(pool.tuples) > 1 else "one tuple"
        return f"({', '.join(pool.columns)}) are drawn from a pool of {tuples} that PostgreSQL accepted"
    if any(set(columns) & set(doubt.columns) for doubt in draft.doubts):
        return "found by trying: only rows are taken that PostgreSQL accepts"
    if declared:
        return f"as {draft.factory.__name__ if draft.factory else ''} declares {', '.join(declared)}"
    tried = [name for name in columns if name in draft.recipes and f"CHECK {check.name}" in draft.recipes[name].reason]
    if tried:
        return f"{tried[0]} is {draft.recipes[tried[0]].recipe.label}: {draft.recipes[tried[0]].reason}"
    said = [_fact(fact) for fact in facts(check.expression)]
    return f"by its shape: {', '.join(dict.fromkeys(said))}" if said else "holds for the values as they are"


def _fact(fact: Fact) -> str:
    match fact:
        case Bound(column, operator, value) | Order(column, operator, value):
            return f"{column} {operator} {value}"
        case Length(column, operator, size):
            return f"length of {column} {operator} {size}"
        case Extent(column, 0, operator, size):
            return f"dimensions of {column} {operator} {size}"
        case Extent(column, dimension, operator, size):
            return f"length of {column} in dimension {dimension} {operator} {size}"
        case Options(column, values):
            listed = ", ".join(values)
            return f"{column} in {listed if len(listed) <= _SHOWN else listed[:_SHOWN] + '...'}"
        case Match(column, pattern):
            return f"{column} matches {pattern}"
        case Present(column):
            return f"{column} is not NULL"


def _asked(draft: Draft) -> str:
    sampled = len(sample_rows(draft.rows))
    told = f"all {sampled:,} rows" if sampled == draft.rows else f"{sampled:,} of the {draft.rows:,} rows"
    return f"; PostgreSQL was asked about {told}"


def _domains(draft: Draft) -> Iterator[ConstraintPlan]:
    """Each domain once, with the table's columns of it."""
    found: dict[str, list[Column]] = {}
    for column in draft.columns:
        if column.type.kind is TypeKind.DOMAIN:
            found.setdefault(column.type.name, []).append(column)
    for name, columns in found.items():
        labels = dict.fromkeys(draft.recipes[c.name].recipe.label for c in columns if c.name in draft.recipes)
        how = f"{', '.join(labels) or 'NULL'}{_asked(draft)}"
        yield ConstraintPlan(ConstraintKind.DOMAIN, name, tuple(column.name for column in columns), how)


def _required(draft: Draft) -> Iterator[ConstraintPlan]:
    columns = tuple(c.name for c in draft.table.columns if c.not_null)
    given = [name for name in columns if name not in draft.recipes]
    rest = f", but {', '.join(given)}, which PostgreSQL fills" if given else ""
    if columns:
        yield ConstraintPlan(ConstraintKind.NOT_NULL, "", columns, f"every row brings a value{rest}")
