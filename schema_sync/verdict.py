"""The verdict: what must be true of a candidate before it may become staging, each check a pure function."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.compare import compare
from catalog.findings import Finding, noted, passed, refused
from catalog.model import Catalog, TableName

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read from the finished candidate; `exempt` is what production's shape leaves unproven.

    `known` are addresses outside reserved domains in rows that staging had already.
    """

    catalog: Catalog
    rows: Mapping[TableName, int]
    unproven: tuple[str, ...]
    outlets: tuple[str, ...]
    reachable: tuple[str, ...]
    exempt: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def verdict(evidence: Evidence, shadow: Catalog, expected: Mapping[TableName, int]) -> tuple[Finding, ...]:
    """Every check with what it found: the shape, the rows, the proofs, the outlets, the addresses."""
    return (
        same_shape(evidence.catalog, shadow),
        all_rows(evidence.rows, expected),
        all_proven(evidence.unproven, shadow, evidence.exempt),
        no_outlets(evidence.outlets),
        nobody_reachable(evidence.reachable),
        *addresses_kept(evidence.known),
    )


def same_shape(candidate: Catalog, shadow: Catalog) -> Finding:
    """The candidate must equal the shadow, object by object."""
    differences = compare(shadow, candidate)
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


def nobody_reachable(reachable: Sequence[str]) -> Finding:
    """No e-mail address in the candidate may be anybody's."""
    if reachable:
        todo = (
            "What fills that column writes them: a fixture, a factory, a default or a function."
            " Give addresses at example.com instead."
        )
        return refused("reserved-addresses", f"e-mail addresses outside reserved domains: {_listed(reachable)}", todo)
    return passed("reserved-addresses", "every e-mail address is on a reserved domain")


def addresses_kept(known: Sequence[str]) -> Iterator[Finding]:
    """Addresses in kept rows were in staging before; that they could be somebody's is told, and stops nothing."""
    if known:
        what = f"kept rows hold e-mail addresses outside reserved domains, as staging did: {_listed(known)}"
        yield noted("kept-addresses", what, "Change them in staging, or seed those tables instead of keeping them.")


def _listed(items: Sequence[object]) -> str:
    shown = ", ".join(str(item) for item in items[:_SHOWN])
    return shown if len(items) <= _SHOWN else f"{shown} and {len(items) - _SHOWN} more"
