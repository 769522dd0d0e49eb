"""The SQL that makes production's role, word for word: a person reads it before running it."""

from pathlib import Path

import pytest

from database.rights.grant_sql import grant_sql

GOLDEN = Path(__file__).parents[3] / "cases" / "grant_sql"


@pytest.mark.parametrize("major", [16, 18])
def test_the_text_is_the_one_that_was_reviewed(major: int) -> None:
    """Before 17 it says that the role can read rows."""
    text = grant_sql(major, role="greenroom", database="shop", schemas=("public", 'Odd "Schema"'))
    assert text == (GOLDEN / f"{major}.sql").read_text()


def test_17_is_the_first_version_whose_role_reads_nothing() -> None:
    """MAINTAIN came with it."""
    text = {major: grant_sql(major, role="r", database="d", schemas=("public",)) for major in (15, 16, 17, 18)}
    assert text[17] == text[18]
    assert "GRANT MAINTAIN ON ALL TABLES" in text[17]
    assert "MAINTAIN" not in text[15] + text[16]


def test_only_where_it_reads_nothing_else_alembics_table_is_granted_by_itself() -> None:
    """Before PostgreSQL 17 the role may read every table: nothing in the text says otherwise."""
    text = {major: grant_sql(major, role="r", database="d", schemas=("public",)) for major in (15, 16, 17, 18)}
    assert [major for major, said in text.items() if "alembic_version" in said] == [17, 18]
