"""Migration tools' own tables."""

from catalog.model import Catalog, Column, DataType, Table, TableKind, TableName
from operations.bookkeeping import revision_tables, tool_tables


def table(name: str, *columns: str) -> Table:
    text = DataType("text", "text")
    found = tuple(Column(column, text, place) for place, column in enumerate(columns, 1))
    return Table(TableName("public", name), TableKind.ORDINARY, found)


def test_alembics_table_is_known_by_name_and_shape() -> None:
    """A table of that name with other columns is the application's own."""
    catalog = Catalog(180006, (table("alembic_version", "version_num"), table("users", "id")), ())
    assert revision_tables(catalog) == (TableName("public", "alembic_version"),)
    assert revision_tables(Catalog(180006, (table("alembic_version", "id", "what"),), ())) == ()


def test_other_tools_tables_are_left_empty_with_the_reason() -> None:
    """The reason names the tool."""
    found = tool_tables(Catalog(180006, (table("django_migrations", "id", "app"), table("orders", "id")), ()))
    assert found == {
        TableName("public", "django_migrations"): "Django keeps its migrations there; left empty, not made up"
    }
