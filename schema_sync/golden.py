"""The golden: what it says of itself, whether it belongs to the staging there is, and what a clone of it has to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.compare import compare
from catalog.errors import Refusal
from catalog.findings import Finding, noted, passed, refused
from catalog.fingerprint import fingerprint
from catalog.model import Catalog, TableName
from database.facts import DatabaseFacts
from database.wholes.marker import GOLDEN, Marker, read_marker

_AFRESH = "A refresh, or a reseed by seeding, makes a new one."


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: its shape, its tables with rows, and what in it could reach another server."""

    catalog: Catalog
    filled: tuple[TableName, ...]
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Golden:
    """A golden that belongs to staging: its marker, and what it holds."""

    marker: Marker
    contents: Contents

    @property
    def told(self) -> str:
        """Whose rows a clone of it has, as a clause."""
        return f"from the golden of run {tell(self.marker)}"


def tell(marker: Marker) -> str:
    """A golden's marker as a clause: its run, and what its rows follow from."""
    if marker.seed is None:
        return f"{marker.run} (a backup of {marker.built_at})"
    return f"{marker.run} (seed {marker.seed}, profile {marker.profile}, history ends at {marker.anchor})"


def marker_of(golden: DatabaseFacts | None, name: str, role: str) -> Marker:
    """What the golden's marker says; Refusal if there is no golden that `role` may copy and a run of ours made."""
    if golden is None:
        todo = "The first refresh or reseed keeps one."
        raise Refusal(f'there is no golden "{name}" to clone', todo=todo)
    if not golden.acts_as_owner:
        todo = f'Run as a superuser of staging: ALTER DATABASE "{name}" OWNER TO "{role}";'
        raise Refusal(f'"{role}" may not copy "{name}"', why=f'it belongs to "{golden.owner}"', todo=todo)
    marker = read_marker(golden.comment, GOLDEN)
    if marker is None or not marker.run:
        raise Refusal(f'"{name}" does not say which run it is the golden of', todo=_AFRESH)
    return marker


def belongs(golden: Golden, staging: Marker | None, shape: Catalog) -> tuple[Finding, ...]:
    """Whether the golden is as its run left it, and may take the place of a staging with this marker and shape."""
    return _untouched(golden), _of_this_staging(golden, staging, shape), _with_rows(golden)


def _untouched(golden: Golden) -> Finding:
    if fingerprint(golden.contents.catalog) != golden.marker.fingerprint:
        return refused("golden-untouched", f"the golden's shape is not what run {golden.marker.run} promoted", _AFRESH)
    return passed("golden-untouched", f"the golden's shape is what run {golden.marker.run} promoted")


def _of_this_staging(golden: Golden, staging: Marker | None, shape: Catalog) -> Finding:
    run = golden.marker.run
    differing = len(compare(shape, golden.contents.catalog))
    if not differing:
        return passed("golden-fits", "the golden has staging's shape")
    if staging and run in (staging.run, staging.golden):
        what = f"{differing} objects were changed in staging since run {run}, and become what they are in the golden"
        return noted("golden-fits", what, "To keep staging's shape, reseed without --from-golden.")
    theirs = (staging and staging.run) or "that is not known"
    what = f"the golden is of run {run}, and staging, of run {theirs}, differs from it in {differing} objects"
    return refused("golden-fits", what, "Was staging rolled back? Refresh, or reseed without --from-golden.")


def _with_rows(golden: Golden) -> Finding:
    tables, filled = len(golden.contents.catalog.tables), len(golden.contents.filled)
    if tables and not filled:
        return refused("golden-rows", f"none of the golden's {tables} tables holds a row", _AFRESH)
    return passed("golden-rows", f"{filled} tables of the golden hold rows, partitions counted by themselves")


def verdict(clone: Contents, golden: Contents) -> tuple[Finding, ...]:
    """Every check of a clone with what it found: its shape, its rows, its outlets."""
    return _same_shape(clone, golden), _same_rows(clone, golden), _no_outlets(clone.outlets)


def _same_shape(clone: Contents, golden: Contents) -> Finding:
    if differences := compare(golden.catalog, clone.catalog):
        return refused("same-shape", f"the clone differs from the golden in {len(differences)} objects")
    return passed("same-shape", f"{len(golden.catalog.objects)} objects equal the golden's, none missing, none more")


def _same_rows(clone: Contents, golden: Contents) -> Finding:
    if missing := sorted(map(str, set(golden.filled) ^ set(clone.filled))):
        return refused("filled-tables", f"not the same tables hold rows as in the golden: {', '.join(missing[:5])}")
    return passed("filled-tables", f"{len(clone.filled)} tables hold rows, the same as in the golden")


def _no_outlets(outlets: Sequence[str]) -> Finding:
    if outlets:
        return refused("no-outlets", f"the clone could reach other servers: {', '.join(outlets[:5])}")
    return passed("no-outlets", "no subscription, publication or foreign server")


def refuse_choices(asked: Mapping[str, object]) -> None:
    """Raise Refusal if anything was chosen that only seeding heeds; what was not chosen is None, False or empty."""
    if chosen := [name for name, value in asked.items() if value or (value == 0 and value is not False)]:
        raise Refusal(
            f"{' and '.join(chosen)} cannot be chosen for a reseed from the golden",
            why="its rows are the golden's, and nothing is seeded",
            todo="Leave that out, or reseed without --from-golden.",
        )
