"""The verdict: what must be true of a candidate before it may become staging, each check a pure function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.compare import compare_objects
from catalog.findings import Finding, noted, passed, refused
from catalog.model import Catalog, SchemaObject, TableName
from schema_sync.safety.scan import Found
from schema_sync.safety.scope import Origin

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read from the finished candidate; `exempt` is what production's shape leaves unproven.

    `contents` is what its rows hold that could be somebody's.
    """

    objects: tuple[SchemaObject, ...]
    rows: Mapping[TableName, int]
    unproven: tuple[str, ...]
    outlets: tuple[str, ...]
    contents: tuple[Found, ...]
    exempt: tuple[str, ...] = ()


def verdict(
    evidence: Evidence, shadow: Catalog, expected: Mapping[TableName, int], *, refuse_given: bool = False
) -> tuple[Finding, ...]:
    """Every check with what it found: the shape, the rows, the proofs, the outlets, the contents.

    With `refuse_given`, kept and given rows may hold no more than what was made.
    """
    return (
        same_shape(evidence.objects, shadow),
        all_rows(evidence.rows, expected),
        all_proven(evidence.unproven, shadow, evidence.exempt),
        no_outlets(evidence.outlets),
        *nobodys(evidence.contents, refuse_given=refuse_given),
    )


def same_shape(candidate: Sequence[SchemaObject], shadow: Catalog) -> Finding:
    """The candidate must equal the shadow, object by object."""
    differences = compare_objects(shadow.objects, candidate)
    if differences:
        return refused("same-shape", f"the candidate differs from production's shape: {_listed(differences)}")
    return passed("same-shape", f"{len(shadow.objects)} objects equal the source's, none missing, none more")


def all_rows(found: Mapping[TableName, int], expected: Mapping[TableName, int]) -> Finding:
    """Every table must hold as many rows as planned."""
    wrong = [
        f"{name} has {found.get(name, 0)} of {count}" for name, count in expected.items() if found.get(name) != count
    ]
    if wrong:
        return refused("row-counts", f"tables do not hold the rows planned: {_listed(wrong)}")
    return passed("row-counts", f"{sum(expected.values())} rows in {len(expected)} tables, as planned")


def all_proven(unproven: Sequence[str], shadow: Catalog, exempt: Sequence[str] = ()) -> Finding:
    """PostgreSQL must have proven every constraint and index but those that production's shape leaves unproven."""
    if unproven:
        return refused("constraints-proven", f"PostgreSQL has not proven: {_listed(unproven)}")
    constraints = sum(item.kind == "constraint" for item in shadow.objects)
    open_too = sum(item.startswith("constraint ") for item in exempt)
    rest = f", and {open_too} are unproven in production too" if open_too else ""
    return passed("constraints-proven", f"PostgreSQL proved {constraints - open_too} constraints on the rows{rest}")


def no_outlets(outlets: Sequence[str]) -> Finding:
    """Nothing in the candidate may reach another server."""
    if outlets:
        return refused("no-outlets", f"the candidate could reach other servers: {_listed(outlets)}")
    return passed("no-outlets", "no subscription, publication or foreign server")


def nobodys(contents: Sequence[Found], *, refuse_given: bool = False) -> Iterator[Finding]:
    """Nothing that was made may be somebody's; what kept and given rows hold, and the schema says, is told."""
    made = [found for found in contents if found.origin is Origin.MADE]
    if made:
        yield refused("safe-contents", f"what could be somebody's was made: {_listed(made)}", _MADE)
    else:
        yield passed("safe-contents", "no address, number, or key in the rows that were made could be somebody's")
    tell = refused if refuse_given else noted
    given = [found for found in contents if found.origin in (Origin.KEPT, Origin.GIVEN)]
    if given:
        yield tell("given-contents", f"rows kept or given hold what could be somebody's: {_listed(given)}", _GIVEN)
    said = [found for found in contents if found.origin is Origin.SCHEMA]
    if said:
        yield noted("schema-contents", f"rows hold what stands in the schema itself: {_listed(said)}", _SAID)


_MADE = (
    "What fills that column writes it: a factory, a default or a function. Let it write example.com, 555-0100,"
    " 192.0.2.1 and the like, or name the column or the text in `contents_allowed`."
)
_GIVEN = (
    "Change it in the fixture or in staging, seed those tables instead of keeping them, or name the column or the text"
    " in `contents_allowed`."
)
_SAID = "A default or a CHECK of production asks for it. If it is known and wanted, name it in `contents_allowed`."


def _listed(items: Sequence[object]) -> str:
    shown = ", ".join(str(item) for item in items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown} and {len(items) - _SHOWN} more"
