"""Partitions by hash, taken together: pg_dump restores those by an enum through their root, which deals rows anew.

An enum's label is hashed by its OID, which is another one after a restore (PostgreSQL manual, "pg_dump",
--load-via-partition-root). In which partition a row lies is PostgreSQL's own to say; that none is lost is ours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from catalog.model import Table
from database.contents.content import added
from database.contents.exported import Contents

_BY_HASH = "FOR VALUES WITH ("


def roots(contents: Contents) -> dict[str, str]:
    """For each leaf partition of a table that is partitioned by hash, by title, that table's name."""
    titles = {names: title for title, names in contents.names}
    by_hash = (table for table in contents.catalog.tables if _is_by_hash(table))
    leaves = ((leaf.name, table) for table in by_hash for leaf in table.partitions)
    found = ((titles.get((name.schema.encode(), name.name.encode())), table) for name, table in leaves)
    return {title: str(table.name) for title, table in found if title is not None}


def _is_by_hash(table: Table) -> bool:
    return table.partition_key.startswith("HASH") or any(leaf.bound.startswith(_BY_HASH) for leaf in table.partitions)


def pooled_counts(counts: Mapping[str, int], pools: Mapping[str, str]) -> dict[str, int]:
    """The rows of each table, those of a pool's leaves under the pool's name."""
    found: Counter[str] = Counter()
    for title, count in counts.items():
        found[pools.get(title, title)] += count
    return dict(found)


def pooled_hashes(hashes: Iterable[tuple[str, str]], pools: Mapping[str, str]) -> dict[str, str]:
    """The hash of each table's contents, those of a pool's leaves added up under the pool's name."""
    found: dict[str, str] = {}
    for title, digest in hashes:
        name = pools.get(title, title)
        found[name] = added(found[name], digest) if name in found else digest
    return found
