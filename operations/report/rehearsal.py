"""What is told of each rehearsed migration, the same on the page, on a terminal and in an artifact."""

from collections.abc import Iterator

from operations.record import MigrationRecord


def title(migration: MigrationRecord) -> str:
    """Its name, and what it says of itself."""
    return f"{migration.name} ({migration.message})" if migration.message else migration.name


def notes(migration: MigrationRecord) -> tuple[str, ...]:
    """Why it failed, what it wrote anew, what it locked; each a clause."""
    return tuple(_notes(migration))


def _notes(migration: MigrationRecord) -> Iterator[str]:
    if migration.failed:
        yield migration.failed
    if migration.statement:
        yield " ".join(migration.statement.split())
    if migration.rewritten:
        yield f"writes anew: {', '.join(migration.rewritten)}"
    yield from (f"locks {lock}" for lock in migration.locks)
