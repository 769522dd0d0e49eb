"""Strictness: a plan that leaves a table empty, or short of what was asked for, is refused."""

from collections.abc import Sequence

from catalog.errors import Refusal
from factories.planned import SeedPlan, SeedRequest, TablePlan
from factories.proof.rehearsing import told
from factories.ratios import Ratio


def refuse_shortfalls(plan: SeedPlan) -> None:
    """Refuse a table that would be empty, and one that gets fewer rows than were asked for by its name."""
    if plan.notes:
        raise Refusal("own factories name what is not in the schema", why="; ".join(plan.notes))
    if refused := [table for table in plan.not_received if table.received and table.received.refused]:
        raise Refusal(
            f"the triggers of {_tables(refused)} would refuse rows that are made up for {_it(refused)}",
            why="; ".join(f"{table.name}: they {told(table.received)}" for table in refused if table.received),
            todo="Write a factory with rows they take (docs/factories.md), exclude the table, or run without --strict.",
        )
    short = [*plan.left_empty, *(table for table in plan.tables if table.rows and _is_short(table, plan.request))]
    if short:
        raise Refusal(
            f"{_tables(short)} cannot be seeded as asked",
            why="; ".join(f"{table.name}: {_shortfall(table)}" for table in short),
            todo="\n".join((_ways_out(short), *(line for table in short for line in table.remedy))),
        )


def _tables(found: Sequence[TablePlan]) -> str:
    return "1 table" if len(found) == 1 else f"{len(found)} tables"


def _it(found: Sequence[TablePlan]) -> str:
    return "it" if len(found) == 1 else "them"


def _ways_out(short: Sequence[TablePlan]) -> str:
    """What helps with these tables: no factory does where no row at all could be."""
    ways = [
        "write a factory (docs/factories.md)" if any(table.remedy for table in short) else "",
        "ask for fewer rows" if any(table.rows for table in short) else "",
        "exclude what has to stay empty" if any(not table.rows and not table.remedy for table in short) else "",
        "or run without --strict",
    ]
    told = ", ".join(way for way in ways if way)
    return f"{told[0].upper()}{told[1:]}."


def _is_short(table: TablePlan, request: SeedRequest) -> bool:
    asked = request.rows.get(str(table.name), request.rows.get(table.name.name, 0))
    if isinstance(asked, Ratio):
        return table.rows < table.wanted and str(asked) not in table.reason
    return asked > table.rows


def _shortfall(table: TablePlan) -> str:
    return f"{table.rows} of the {table.wanted} rows asked for, as {table.reason}" if table.rows else table.reason
