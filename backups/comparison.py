"""What a restored database is, beside what its manifest says was dumped."""

from dataclasses import dataclass

from backups.manifest import Manifest
from backups.settled import settled_fingerprint
from database.exported import Contents

SequencePositions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a restored database holds: rows and schema, and the value that each sequence gives next."""

    contents: Contents
    sequences: SequencePositions


def compare_with_manifest(manifest: Manifest, found: Found) -> tuple[str, ...]:
    """What a restored database lacks, or has too much of, by the manifest; empty if it is what was dumped.

    Contents and sequences are compared if the manifest knows them, which one of format 1 does not (`not_compared`).
    """
    findings = _compare_counts(dict(manifest.row_counts), dict(found.contents.row_counts))
    findings += _compare_rows(manifest, found.contents)
    findings += _compare_sequences(manifest, dict(found.sequences))
    if settled_fingerprint(found.contents.catalog) != manifest.settled_fingerprint:
        findings.append("the schema is not the one that was dumped: its fingerprint differs")
    return tuple(findings)


def not_compared(manifest: Manifest) -> tuple[str, ...]:
    """What cannot be compared, because the manifest is older than the comparison."""
    if manifest.content_hashes is None:
        return ("contents and sequences: the backup is of format 1, which has only counts and the schema",)
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


def _compare_rows(manifest: Manifest, contents: Contents) -> list[str]:
    """Tables with the right number of rows and other ones; where the number is wrong, that says enough."""
    dumped, counts, restored = dict(manifest.row_counts), dict(contents.row_counts), dict(contents.content_hashes)
    return [
        f"{table} holds other rows than were dumped: the hash of its contents differs"
        for table, wanted in manifest.content_hashes or ()
        if counts.get(table) == dumped.get(table) and restored.get(table) != wanted
    ]


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
