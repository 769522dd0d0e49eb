"""A seed plan as lines for people and as values for programs: all tables at a glance, their columns, or one in full."""

from collections.abc import Iterator, Sequence

from factories.plan import SeedPlan, TablePlan
from operations.record import KeptRecord, TableRecord
from operations.report.words import number, plural, visible

_INDENT = "  "
_WIDEST = 64


def overview(
    drawn: SeedPlan, changes: Sequence[object], notes: Sequence[str], kept: Sequence[KeptRecord] = ()
) -> Iterator[str]:
    """What differs, what is to be noted; every table on a line of its own; the factories that would fill empty ones."""
    yield f"{len(changes)} objects differ from staging"
    yield from (f"{_INDENT}{visible(str(change))}" for change in changes)
    yield from _kept(kept)
    empty = drawn.left_empty
    yield ""
    yield f"{plural(drawn.rows, 'row')} in {plural(len(drawn.tables), 'table')}, {len(empty)} left empty"
    yield from (f"{_INDENT}{visible(note)}" for note in notes)
    yield ""
    listed = sorted(drawn.tables, key=lambda table: table.name)
    cells = [("table", "rows", "remark"), *((str(t.name), number(t.rows), remark(t)) for t in listed)]
    yield from _aligned(cells, right=1)
    for table in drawn.tables:
        if table.remedy or table in empty:
            yield ""
            yield from _short(table)
    yield ""
    yield "How each constraint is met: greenroom plan --table NAME, or '*' for all"


def generators(tables: Sequence[TablePlan]) -> Iterator[str]:
    """Every table with its columns, and each column's generator and why."""
    for table in sorted(tables, key=lambda table: table.name):
        yield f"{visible(str(table.name))}: {plural(table.rows, 'row')}"
        yield from (f"{_INDENT}{line}" for line in _columns(table))
        yield ""


def _kept(kept: Sequence[KeptRecord]) -> Iterator[str]:
    """What would be carried over and into what, and which values would have no place."""
    if kept:
        yield ""
        rows = plural(sum(record.carried for record in kept), "row")
        yield f"{rows} of staging would be kept, if the new shape takes them"
    for record in kept:
        into = record.gone or ("" if record.into == record.table else f"into {record.into}")
        yield f"{_INDENT}{visible(f'{record.table}: {number(record.rows)}')}{visible(f' ({into})') if into else ''}"
        yield from (f"{_INDENT * 3}new {visible(text)}" for text in record.new)
        yield from (f"{_INDENT * 3}left behind {visible(text)}" for text in record.lost)


def kept_values(kept: Sequence[KeptRecord]) -> list[dict[str, object]]:
    """The same as JSON takes it."""
    return [
        {"table": r.table, "into": r.into, "rows": r.rows, "gone": r.gone, "new": list(r.new), "lost": list(r.lost)}
        for r in kept
    ]


def remark(table: TablePlan) -> str:
    """Why the table has fewer rows than were asked for, and what else is worth knowing of it."""
    if table.reason and table.rows:
        capped = f"of {number(table.wanted)}: {table.reason}"
    else:
        capped = f"left empty: {table.reason}" if table.reason else ""
    return "; ".join(part for part in (capped, *table.notes) if part)


def no_row(table: TableRecord) -> str:
    """That there is no row of the table to show, and why."""
    return f"{visible(table.name)} has no row to show: {visible(table.reason or 'none is asked for')}"


def _short(table: TablePlan) -> Iterator[str]:
    gets = f"gets {plural(table.rows, 'row')}" if table.rows else "is left empty"
    yield f"{visible(str(table.name))} {gets}: {visible(table.reason)}"
    yield from table.remedy  # to be copied into a file as they stand


def one_table(table: TablePlan) -> Iterator[str]:
    """Everything of one table: its rows, each column's generator and why, each constraint and how it is met."""
    yield f"{visible(str(table.name))}: {plural(table.rows, 'row')}"
    if said := remark(table):
        yield f"{_INDENT}{visible(said)}"
    if table.remedy:
        yield ""
        yield "A factory that would fill it begins with"
        yield from table.remedy  # to be copied into a file as they stand
    yield ""
    yield from _columns(table)
    yield ""
    yield "constraints, and how each is met" if table.constraints else "no constraint"
    for item in table.constraints:
        named = " ".join(
            part for part in (item.kind, item.name, f"({', '.join(item.columns)})" * bool(item.columns)) if part
        )
        yield f"{_INDENT}{visible(named)}"
        yield f"{_INDENT * 3}{visible(item.how)}"


def _columns(table: TablePlan) -> Iterator[str]:
    titles = ("column", "type", "generator", "why")
    return _aligned([titles, *((c.name, c.type, c.generator, c.reason) for c in table.columns)])


def _aligned(rows: Sequence[tuple[str, ...]], right: int = -1) -> Iterator[str]:
    """The rows as columns of text; the last is as wide as it likes, and a long cell moves only its own row."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [min(max(len(row[place]) for row in shown), _WIDEST) for place in range(len(rows[0]) - 1)]
    for row in shown:
        cells = [
            c.rjust(w) if place == right else c.ljust(w) for place, (c, w) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  ".join((*cells, row[-1])).rstrip()


def values(table: TablePlan) -> dict[str, object]:
    """The table's plan as JSON takes it."""
    return {
        "name": str(table.name),
        "rows": table.rows,
        "wanted": table.wanted,
        "reason": table.reason,
        "notes": list(table.notes),
        "remedy": list(table.remedy),
        "columns": [{"name": c.name, "type": c.type, "generator": c.generator, "why": c.reason} for c in table.columns],
        "constraints": [
            {"kind": str(c.kind), "name": c.name, "columns": list(c.columns), "how": c.how} for c in table.constraints
        ],
    }
