"""What is told of kept rows: what new columns get, and no secret that stands in a default."""

from catalog.model import Column
from operations.keeping.telling import filled_columns, foreseen_records, new_columns
from schema_sync.keeping import decide_keep
from schema_sync.literals import showing
from tests.unit.schema_sync.test_keeping import CASTS, TEXT, catalog, column, table

SECRET = "'postgresql://app:geheim@db.corp.example/app'::text"


def test_a_default_with_a_secret_in_it_is_not_shown() -> None:
    """Neither where a column is new nor where NULL gives way to it; any other default is."""
    old = table("t", column("id"), column("place", TEXT))
    new = table("t", column("id"), _now("place", SECRET), _now("from", SECRET), _now("state", "'new'::text"))
    (keeping,) = decide_keep(["*"], catalog(old), catalog(new), CASTS, {}, {}).keepings
    shown = showing(["db.corp.example"])
    told = [*new_columns(keeping, shown), *filled_columns(keeping, {"place": 2}, shown)]
    assert "geheim" not in str(told)
    assert [text.partition(":")[0] for text in told] == ["from", "state", "place"]
    assert told[1] == "state: its default, 'new'::text"
    assert told[2].startswith("place: its default, (not shown: there is what looks like a connection string")
    assert told[2].endswith("in 2 rows that had none")


def test_a_plan_tells_in_how_many_rows_a_default_takes_the_place_of_null() -> None:
    """As the report does afterwards; a column that every row has a value for is not told of."""
    old = table("t", column("id"), column("state", TEXT), column("place", TEXT))
    keep = decide_keep(
        ["*"], catalog(old), catalog(table("t", column("id"), _now("state", "'new'"), _now("place", "''"))), CASTS,
        {}, {},
    )  # fmt: skip
    (told,) = foreseen_records(keep, {old.name: 5}, {old.name: {"state": 1}}, lambda _, default: default)
    assert told.new == ("state: its default, 'new', in 1 row that had none",)


def _now(name: str, default: str) -> Column:
    return column(name, TEXT, not_null=True, default=default)
