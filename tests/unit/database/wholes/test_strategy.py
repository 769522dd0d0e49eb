"""How a database is copied."""

import pytest

from database.wholes.strategy import Strategy, strategies

MIB = 1 << 20


@pytest.mark.parametrize(
    ("size", "major", "ways"),
    [
        (0, 15, (Strategy.THROUGH_WAL,)),
        (127 * MIB, 18, (Strategy.THROUGH_WAL,)),
        (128 * MIB, 17, (Strategy.FILES,)),
        (1 << 40, 18, (Strategy.FILE_CLONES, Strategy.FILES)),
    ],
)
def test_a_small_database_goes_through_the_wal_and_a_large_one_by_its_files(
    size: int, major: int, ways: tuple[Strategy, ...]
) -> None:
    """From 18 on the kernel copies them; where it cannot, PostgreSQL does."""
    assert strategies(size, major) == ways


def test_every_way_is_one_that_postgresql_knows() -> None:
    """As it spells strategy and method."""
    assert [(way.clause, way.method) for way in Strategy] == [
        ("wal_log", ""),
        ("file_copy", "copy"),
        ("file_copy", "clone"),
    ]
