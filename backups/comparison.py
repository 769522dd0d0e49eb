"""What a restored database is, beside what its manifest says was dumped."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backups.manifest import Manifest
from backups.pooling import pooled_counts, pooled_hashes, roots
from backups.settled import settled_fingerprint
from database.contents.content import Amount
from database.contents.exported import Contents
from database.contents.shown import NOT_FILLED, SignInRow

SequencePositions = tuple[tuple[str, int], ...]
BY_COLUMNS = 2
"""The format whose content hashes were the server's, over the columns of each row."""
MOVED_COLUMNS = 4
"""The first format in which the columns of a table that inherits may come back in another order."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a restored database holds: counts and schema, the value that each sequence gives next, and hashes.

    `hashes` are the tables', as the manifest's format has them.
    """

    contents: Contents
    sequences: SequencePositions
    hashes: tuple[tuple[str, str], ...]
    large_objects: Amount


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a restored database lacks, or has too much of: none if it is what was dumped. `notes` are no loss."""

    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compare_with_manifest(manifest: Manifest, found: Found) -> Comparison:
    """How a restored database differs from what its manifest says was dumped.

    Contents and sequences are compared if the manifest knows them, which one of format 1 does not (`not_compared`).
    """
    pools = {} if manifest.format == BY_COLUMNS else roots(found.contents)  # hashes of that format do not add up
    dumped = pooled_counts(dict(manifest.row_counts), pools)
    restored = pooled_counts(dict(found.contents.row_counts), pools)
    findings = _compare_counts(dumped, restored)
    same = {table for table, count in dumped.items() if restored.get(table) == count}
    wanted = pooled_hashes(manifest.content_hashes or (), pools)
    findings += _compare_rows(wanted, pooled_hashes(found.hashes, pools), same)
    findings += _compare_large_objects(manifest, found.large_objects)
    findings += _compare_sequences(manifest, dict(found.sequences))
    findings += _compare_sign_in(manifest, found.contents.sign_in)
    findings += _compare_views(manifest, dict(found.contents.views))
    ordered = manifest.format < MOVED_COLUMNS
    if settled_fingerprint(found.contents.catalog, ordered=ordered) != manifest.settled_fingerprint:
        findings.append(
            f"the schema is not the one that was dumped: its fingerprint differs{_versions(manifest, found)}"
        )
    return Comparison(tuple(findings), tuple(_other_views(manifest, dict(found.contents.views))))


def _versions(manifest: Manifest, found: Found) -> str:
    """A likely reason: what PostgreSQL calls part of the schema differs between its major versions."""
    dumped, restored = manifest.server_version // 10_000, found.contents.catalog.server_version // 10_000
    return "" if dumped == restored else f" (it was dumped from PostgreSQL {dumped}, and this is {restored})"


def not_compared(manifest: Manifest) -> tuple[str, ...]:
    """What cannot be compared, because the manifest is older than the comparison."""
    lacking = {
        "contents and sequences": manifest.content_hashes is None,
        "large objects": manifest.large_objects is None,
        "materialized views, and a persona's row": manifest.materialized_views is None,
    }
    told = f": the backup is of format {manifest.format}, which says nothing of them"
    return tuple(f"{what}{told}" for what, lacks in lacking.items() if lacks)


def _compare_counts(dumped: dict[str, int], restored: dict[str, int]) -> list[str]:
    lost = [f"{table} is missing" for table in sorted(dumped.keys() - restored.keys())]
    extra = [f"{table} was not in the dump" for table in sorted(restored.keys() - dumped.keys())]
    changed = [
        f"{table} holds {restored[table]} rows instead of {dumped[table]}"
        for table in sorted(dumped.keys() & restored.keys())
        if restored[table] != dumped[table]
    ]
    return lost + extra + changed


def _compare_rows(dumped: Mapping[str, str], restored: Mapping[str, str], same: Collection[str]) -> list[str]:
    """Tables with the `same` number of rows and other ones; where the number is wrong, that says enough."""
    return [
        f"{table} holds other rows than were dumped: the hash of its contents differs"
        for table, wanted in dumped.items()
        if table in same and restored.get(table) != wanted
    ]


def _compare_large_objects(manifest: Manifest, found: Amount) -> list[str]:
    wanted = manifest.large_objects, manifest.large_objects_hash
    if manifest.large_objects is None or (found.count, found.digest) == wanted:
        return []
    if found.count != manifest.large_objects:
        return [f"there are {found.count} large objects instead of {manifest.large_objects}"]
    return ["the large objects are not those that were dumped: the hash of their contents differs"]


def _compare_sequences(manifest: Manifest, restored: dict[str, int]) -> list[str]:
    """A sequence may have been used while the dump ran: the archive has one of the positions it had meanwhile."""
    findings = []
    for name, (low, high) in manifest.sequences or ():
        if name not in restored:
            findings.append(f"the sequence {name} is missing")
        elif not low <= restored[name] <= high:
            wanted = str(low) if low == high else f"{low} to {high}"
            findings.append(f"the sequence {name} gives {restored[name]} next instead of {wanted}")
    return findings


def _compare_sign_in(manifest: Manifest, restored: Sequence[SignInRow]) -> Iterator[str]:
    """A persona's row, as an application asks for it: by the address, in the table that people sign in from."""
    found = {row.sign_in: row for row in restored}
    for wanted in manifest.sign_in or ():
        row, who = found[wanted.place], f"{wanted.address} ({wanted.schema}.{wanted.table}.{wanted.column})"
        if row.rows != 1:
            yield f"nobody can sign in as {who}: {row.rows} rows have that address instead of 1"
        elif row.digest != wanted.hash:
            yield f"the row of {who} is another one than was dumped"


def _compare_views(manifest: Manifest, restored: Mapping[str, str]) -> Iterator[str]:
    for title, wanted in manifest.materialized_views or ():
        if title not in restored:
            yield f"the materialized view {title} is missing"
        elif wanted != NOT_FILLED and restored[title] == NOT_FILLED:
            yield f"the materialized view {title} is not filled"


def _other_views(manifest: Manifest, restored: Mapping[str, str]) -> Iterator[str]:
    """A restore fills a view by its query, from tables that are compared: that of a stale one comes out fresh."""
    for title, wanted in manifest.materialized_views or ():
        if NOT_FILLED not in (wanted, restored.get(title, NOT_FILLED)) and restored[title] != wanted:
            yield (
                f"the materialized view {title} was filled anew and holds other rows than when it was dumped: "
                "it was stale then, or its query asks for more than the tables hold, such as the time"
            )
