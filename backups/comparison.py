"""What a restored database is, beside what its manifest says was dumped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from backups.manifest import Manifest
from backups.pooling import pooled_counts, pooled_hashes, roots
from backups.settled import settled_fingerprint
from database.content import Amount
from database.exported import Contents

SequencePositions = tuple[tuple[str, int], ...]
BY_COLUMNS = 2
"""The format whose content hashes were the server's, over the columns of each row."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a restored database holds: counts and schema, the value that each sequence gives next, and hashes.

    `hashes` are the tables', as the manifest's format has them.
    """

    contents: Contents
    sequences: SequencePositions
    hashes: tuple[tuple[str, str], ...]
    large_objects: Amount


def compare_with_manifest(manifest: Manifest, found: Found) -> tuple[str, ...]:
    """What a restored database lacks, or has too much of, by the manifest; empty if it is what was dumped.

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
    if settled_fingerprint(found.contents.catalog) != manifest.settled_fingerprint:
        findings.append(
            f"the schema is not the one that was dumped: its fingerprint differs{_versions(manifest, found)}"
        )
    return tuple(findings)


def _versions(manifest: Manifest, found: Found) -> str:
    """A likely reason: what PostgreSQL calls part of the schema differs between its major versions."""
    dumped, restored = manifest.server_version // 10_000, found.contents.catalog.server_version // 10_000
    return "" if dumped == restored else f" (it was dumped from PostgreSQL {dumped}, and this is {restored})"


def not_compared(manifest: Manifest) -> tuple[str, ...]:
    """What cannot be compared, because the manifest is older than the comparison."""
    if manifest.content_hashes is None:
        return ("contents and sequences: the backup is of format 1, which has only counts and the schema",)
    if manifest.large_objects is None:
        return (f"large objects: the backup is of format {manifest.format}, which says nothing of them",)
    return ()


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
