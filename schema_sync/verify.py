"""Reading from a finished candidate what the verdict needs; reads only."""

from collections.abc import Mapping

from catalog.findings import Finding
from catalog.model import Catalog, TableName
from database import inspection
from database.endpoints import Scratch
from database.introspect import read_catalog
from database.session import writing
from schema_sync.verdict import Evidence, verdict


def verify(candidate: Scratch, shadow: Catalog, expected: Mapping[TableName, int]) -> tuple[Finding, ...]:
    """The verdict on the candidate: every check with what it found; judging is the caller's."""
    with writing(candidate) as connection:
        evidence = Evidence(
            catalog=read_catalog(connection),
            rows=inspection.row_counts(connection, list(expected)),
            unproven=inspection.unproven(connection),
            outlets=inspection.outlets(connection),
            reachable=inspection.reachable_addresses(connection),
        )
    return verdict(evidence, shadow, expected)
