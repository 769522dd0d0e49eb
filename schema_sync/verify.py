"""Reading from a finished candidate what the verdict needs; reads only."""

from collections.abc import Mapping

from catalog.findings import Finding
from catalog.model import Catalog, TableName
from database import inspection
from database.endpoints import Scratch
from database.introspect import read_catalog
from database.session import seeing_all_rows, writing
from schema_sync.constraints import ConstraintVerdict, verdicts
from schema_sync.safety.scan import scan
from schema_sync.safety.scope import Scope
from schema_sync.verdict import Evidence, verdict


def verify(
    candidate: Scratch,
    shadow: Scratch,
    shape: Catalog,
    expected: Mapping[TableName, int],
    scope: Scope,
) -> tuple[Finding, ...]:
    """The verdict on the candidate: every check with what it found; judging is the caller's.

    `shape` is the shadow's catalog; `scope` says which contents are known.
    What PostgreSQL has not proven in the shadow, it need not have in the candidate.
    """
    with writing(shadow) as connection:
        open_in_production = set(inspection.unproven(connection))
    with writing(candidate) as connection:
        catalog = read_catalog(connection)
        unproven = tuple(item for item in inspection.unproven(connection) if item not in open_in_production)
        outlets = inspection.outlets(connection)
        with seeing_all_rows(connection):
            rows = inspection.row_counts(connection, list(expected))
            contents = scan(connection, scope)
    exempt = tuple(sorted(open_in_production))
    evidence = Evidence(catalog, rows, unproven, outlets, contents, exempt)
    return verdict(evidence, shape, expected, refuse_given=scope.refuse_given)


def verify_constraints(candidate: Scratch, rows: Mapping[TableName, int]) -> tuple[ConstraintVerdict, ...]:
    """How PostgreSQL proved each constraint of a candidate that passed, and holds these rows."""
    with writing(candidate) as connection:
        return verdicts(inspection.constraint_facts(connection), rows)
