"""Reading from a finished candidate what the verdict needs; reads only."""

from collections.abc import Collection, Mapping

from catalog.findings import Finding
from catalog.model import Catalog, TableName
from database.endpoints import Scratch
from database.session import writing
from database.shape import inspection
from database.shape.objects import read_objects
from database.transactions import seeing_all_rows
from schema_sync.constraints import ConstraintVerdict, verdicts
from schema_sync.safety.scan import scan
from schema_sync.safety.scope import Scope
from schema_sync.verdict import Evidence, verdict


def verify(
    candidate: Scratch,
    shape: Catalog,
    open_in_production: Collection[str],
    expected: Mapping[TableName, int],
    scope: Scope,
) -> tuple[Finding, ...]:
    """The verdict on the candidate: every check with what it found; judging is the caller's.

    `shape` is the shadow's catalog, read before there was a candidate, and `open_in_production` what PostgreSQL had
    not proven there: it need not have in the candidate. `scope` says which contents are known.
    """
    with writing(candidate) as connection:
        objects = read_objects(connection)
        unproven = tuple(item for item in inspection.unproven(connection) if item not in open_in_production)
        outlets = inspection.outlets(connection)
        with seeing_all_rows(connection):
            rows = inspection.row_counts(connection, list(expected))
            contents = scan(connection, scope, {table for table, count in rows.items() if not count})
    exempt = tuple(sorted(open_in_production))
    evidence = Evidence(objects, rows, unproven, outlets, contents, exempt)
    return verdict(evidence, shape, expected, refuse_given=scope.refuse_given)


def verify_constraints(candidate: Scratch, rows: Mapping[TableName, int]) -> tuple[ConstraintVerdict, ...]:
    """How PostgreSQL proved each constraint of a candidate that passed, and holds these rows."""
    with writing(candidate, built_in_names=True) as connection:
        return verdicts(inspection.constraint_facts(connection), rows)
