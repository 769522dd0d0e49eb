"""Drift: what differs between two shapes, which of it is mere spelling, and what cannot be compared.

Pure: it is handed what the databases said. A shape is compared as a restored database shows it, never as production
prints it: a schema is not a fixed point of dump and restore (docs/design.md, "The shadow").
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.compare import COLUMN_ORDER, NOT_NULL_NAME, Change, Difference, by_key
from catalog.findings import Finding, Outcome, noted, passed
from catalog.model import Catalog
from database.rights.grants import AnyGrant, DefaultGrant, ObjectGrant
from database.wholes.marker import Marker

_SPELLED = frozenset(
    {
        *("column", COLUMN_ORDER, "constraint", "domain", "function", "index", "materialized view"),
        *("partitioned table", "policy", "procedure", "rule", "statistics", "table", "trigger", "view"),
    }
)
"""Kinds whose definitions hold expressions, or columns in an order, that a dump and restore may write otherwise."""

_UNFILLED = "not populated"
_NEVER = "owners, tablespaces, the database's own settings and grants, versions of collations, sequence values, rows"


NOT_COMPARED = ("revisions", "kept-out", "invalid-indexes", "extension-versions", "grants", "never-compared")
"""The findings that say what a comparison did not see."""

LEFT_UNFILLED = "left-unfilled"
"""The finding that names a materialized view which is not filled, as a refresh leaves it so: no part of the shape."""

REHEARSED = "rehearsed"
"""The finding that says whether what differs is what rehearsed migrations changed."""

DOUBTS = ("spelling", "grants-lost", REHEARSED)
"""The findings that say what of a comparison is in doubt."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """What of production is not in a schema-only dump, or may not cross, so that the shadow cannot show it.

    `invalid` are its invalid indexes, which pg_dump leaves out, `extensions` its extensions with their versions;
    `kept_out` is what stays behind by policy, `unmapped` how many grants are neither carried nor on staging.
    `revision_unknown` says that Alembic has a table there, and that no revision was read from it.
    """

    invalid: tuple[str, ...] = ()
    extensions: tuple[tuple[str, str], ...] = ()
    kept_out: tuple[tuple[str, str], ...] = ()
    unmapped: int = 0
    revision_unknown: bool = False


def comparable(differences: Iterable[Difference], server_version: int) -> tuple[Difference, ...]:
    """The differences that a source of this server version can show at all: before 18, NOT NULL has no name."""
    return tuple(item for item in differences if server_version >= 180_000 or item.kind != NOT_NULL_NAME)


def may_be_spelling(differences: Iterable[Difference]) -> bool:
    """Whether any of the differences could be the same thing, printed in two ways."""
    return any(_may_be_spelling(difference) for difference in differences)


def without_spelling(differences: Iterable[Difference], restored: Catalog, shape: Catalog) -> tuple[Difference, ...]:
    """The differences that stay when what they are from has been dumped and restored, as `shape` has.

    `restored` is the catalog of that restored copy. Only where both print alike is a difference let go.
    """
    copy, wanted = by_key(restored.objects), by_key(shape.objects)

    def mere_spelling(item: Difference) -> bool:
        key = (item.kind, item.name)
        return _may_be_spelling(item) and key in copy and copy[key].definition == wanted[key].definition

    return tuple(item for item in differences if not mere_spelling(item))


def _may_be_spelling(difference: Difference) -> bool:
    return difference.change is Change.CHANGED and difference.kind in _SPELLED


def grants_missing(expected: Iterable[AnyGrant], given: Iterable[AnyGrant]) -> Iterator[Difference]:
    """Each grant that a refresh would give and that is not given, on an object or later ones; others are staging's."""
    held = set(given)
    missing = [g for g in expected if isinstance(g, (ObjectGrant, DefaultGrant)) and g not in held]
    for grant in sorted(missing, key=_grant_name):
        yield Difference(Change.ADDED, "grant", _grant_name(grant), "", "with grant option" * grant.grantable)


def _grant_name(grant: ObjectGrant | DefaultGrant) -> str:
    if isinstance(grant, DefaultGrant):
        where = f" in schema {grant.schema}" if grant.schema else ""
        return f"{grant.privilege} on later {grant.objects.lower()} of {grant.owner}{where} to {grant.role}"
    columns = f" ({grant.attribute})" if grant.attribute else ""
    return f"{grant.privilege}{columns} on {grant.kind.lower()} {grant.name} to {grant.role}"


def other_revision(production: Sequence[str], staging: Sequence[str]) -> Iterator[Difference]:
    """One difference if Alembic's revisions are others on staging; none if production's could not be read."""
    if production and set(production) != set(staging):
        before, after = (", ".join(sorted(revisions)) for revisions in (staging, production))
        yield Difference(Change.CHANGED, "Alembic revision", "alembic_version", before, after)


def unfilled(views: Iterable[str], differences: Sequence[Difference]) -> Iterator[Difference]:
    """One for each materialized view that cannot be read since it was never filled, unless it differs anyhow."""
    told = {difference.name for difference in differences}
    for view in views:
        if view not in told:
            yield Difference(Change.CHANGED, "materialized view", view, _UNFILLED, "populated")


def left_unfilled(views: Mapping[str, str]) -> Iterator[Finding]:
    """One for each materialized view that a refresh leaves unfilled by policy, with the reason: that is no drift."""
    for view, why in views.items():
        yield noted(LEFT_UNFILLED, f"whether {view} is filled: a refresh leaves it unfilled, as it {why}")


def by_rehearsal(differences: Iterable[Difference], findings: Iterable[Finding]) -> bool:
    """Whether all that differs is what rehearsed migrations changed: no grant, no view that was never filled is."""
    known = any(finding.check == REHEARSED and finding.outcome is Outcome.PASSED for finding in findings)
    return known and not any(item.kind == "grant" or item.before == _UNFILLED for item in differences)


def explained(marker: Marker | None, staging: str, shape: str) -> Finding | None:
    """Whether staging differs from a shape by what was rehearsed on it; None if nothing was.

    It does if both still have the fingerprints that they had when the run promoted it: `staging` and `shape` are those
    of now.
    """
    if marker is None or not marker.rehearsed:
        return None
    what = f"run {marker.run} migrated staging after seeding, by {marker.rehearsed}"
    changed = ("staging",) * (marker.fingerprint != staging) + ("production",) * (marker.shape != shape)
    if not changed:
        return passed(REHEARSED, what)
    since = f"the schema of {' and of '.join(changed)} has changed since, so that what differs is not told apart"
    return noted(REHEARSED, f"{what}; {since}", "Refresh, or look at the report of that run.")


def not_compared(beyond: Beyond, shape: Catalog) -> Iterator[Finding]:
    """What the comparison cannot see, each a sentence; the last of them is the same for every schema."""
    if beyond.revision_unknown:
        what = "Alembic's revision of production is unknown: it could not be read, or there is none"
        yield noted("revisions", what, "To let its role read alembic_version: greenroom grant-sql.")
    if beyond.kept_out:
        counts = Counter(reason for _, reason in beyond.kept_out)
        listed = ", ".join(f"{reason} ({times})" for reason, times in sorted(counts.items()))
        what = f"of production's schema stay behind by policy {len(beyond.kept_out)}: {listed}"
        yield noted("kept-out", what, "What each is, and why it stays behind, is in the report.")
    if beyond.invalid:
        what = f"indexes of production that are not valid are in no dump: {', '.join(beyond.invalid)}"
        yield noted("invalid-indexes", what, "On production: REINDEX INDEX CONCURRENTLY, or DROP INDEX.")
    if other := sorted(set(beyond.extensions) - set(shape.extensions)):
        offered = dict(shape.extensions)
        listed = ", ".join(f"{name} {version} ({offered.get(name, 'none')} here)" for name, version in other)
        yield noted(
            "extension-versions", f"production has other versions of extensions than staging's server: {listed}"
        )
    if beyond.unmapped:
        what = f"roles that are not mapped hold {beyond.unmapped} of production's grants, which staging does not give"
        yield noted("grants", what, "To have a role's grants carried and compared, map it under [roles].")
    yield noted("never-compared", f"never compared: {_NEVER}")
