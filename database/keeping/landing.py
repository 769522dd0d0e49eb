"""Landing: the rows of the old staging, read in one snapshot, in bare tables beside the candidate's own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from catalog.errors import Failure
from catalog.model import TableName, TypeKind
from database.keeping.carry import Gone, Keep, Keeping, Landed, table_of
from database.queries import query
from database.session import Connection, DatabaseError

_PLAIN = (
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL xmlbinary = 'base64'",
)
_ITS_OWN = (
    "SET LOCAL search_path = pg_catalog",  # names inside values come out with their schemas
    "SET LOCAL row_security = off",  # a policy that hides rows is an error, not fewer rows
)

Progress = Callable[[TableName, int], None]


@dataclass(frozen=True, slots=True)
class LandedRows:
    """The rows that have landed: from the number `first` up to, and without, `past`."""

    first: int
    past: int

    @property
    def count(self) -> int:
        """How many there are."""
        return self.past - self.first


@contextmanager
def plainly_read(connection: Connection) -> Iterator[None]:
    """One snapshot of the database while inside, every value printed in the one way that every server reads."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for setting in (*_PLAIN, *_ITS_OWN):
            connection.execute(setting.encode())
        yield


@contextmanager
def plainly_written(connection: Connection) -> Iterator[None]:
    """A transaction that reads values as they were printed."""
    with connection.transaction():
        for setting in _PLAIN:
            connection.execute(setting.encode())
        yield


def land(old: Connection, new: Connection, keep: Keep, tell: Progress) -> tuple[dict[int, LandedRows], dict[Gone, int]]:
    """Land the rows of every source, and count those that are gone, in one snapshot of the old staging.

    Gives the rows by the number of their source. Raises Failure, naming the table, if one may not be read.
    """
    new.execute(query("keep_schema"))
    landed: dict[int, LandedRows] = {}
    with plainly_read(old):
        for keeping in keep.keepings:
            with _readable(keeping.source):
                landed[keeping.number] = _land(old, new, keeping)
            tell(keeping.source, landed[keeping.number].count)
        lost = {gone: _count(old, gone) for gone in keep.gone}
    return landed, lost


def count_landable(old: Connection, keep: Keep) -> dict[TableName, int]:
    """How many rows each source has, those that are gone included; reads only."""
    with plainly_read(old):
        sources: tuple[Keeping | Gone, ...] = (*keep.keepings, *keep.gone)
        return {source.source: _count(old, source) for source in sources}


def count_missing(old: Connection, keep: Keep) -> dict[TableName, dict[str, int]]:
    """By source in how many rows a default would take the place of NULL in each column of the new table; reads only."""
    with plainly_read(old):
        return {keeping.source: _missing(old, keeping) for keeping in keep.keepings if keeping.filled}


def _missing(old: Connection, keeping: Keeping) -> dict[str, int]:
    nulls = sql.SQL(", ").join(
        sql.SQL("count(*) FILTER (WHERE {} IS NOT DISTINCT FROM NULL)").format(
            sql.Identifier("kept", keeping.landed[item.place - 1].name)
        )
        for item in keeping.filled
    )
    with _readable(keeping.source):
        rows = _rows(keeping.source, keeping.alone, keeping.without)
        counts = old.execute(sql.SQL("SELECT {} FROM {}").format(nulls, rows)).fetchone() or ()
    found = zip(keeping.filled, counts, strict=True)
    return {item.column.name: int(count) for item, count in found if count}


def first_rows(old: Connection, keeping: Keeping, columns: Sequence[str], most: int) -> list[tuple[str | None, ...]]:
    """The first rows of a source, these columns of them as texts; none if one of them does not come along as it is."""
    places = {item.column.name: item for item in keeping.carried}
    if not columns or not all(name in places and keeping.landed[places[name].place - 1].as_it_is for name in columns):
        return []
    old_names = [keeping.landed[places[name].place - 1].name for name in columns]
    wanted = [sql.SQL("{}::pg_catalog.text").format(sql.Identifier("kept", name)) for name in old_names]
    select = sql.SQL("SELECT {} FROM {} ORDER BY {} LIMIT {}").format(
        sql.SQL(", ").join(wanted), _rows(keeping.source, keeping.alone, keeping.without), _order(keeping), most
    )
    with plainly_read(old), _readable(keeping.source):
        return old.execute(select).fetchall()


@contextmanager
def _readable(source: TableName) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        why = (error.diag.message_primary or str(error)).strip().rstrip(".")
        raise Failure(f"the rows of {source} cannot be read from staging, to be kept", why=why) from None


def _land(old: Connection, new: Connection, keeping: Keeping) -> LandedRows:
    columns: list[sql.Composable] = [
        sql.SQL("{} {}").format(sql.Identifier(f"c{place}"), _type(landed))
        for place, landed in enumerate(keeping.landed, 1)
    ]
    columns = columns or [sql.SQL("nothing text")]
    number = sql.SQL("n bigint NOT NULL DEFAULT nextval('greenroom_keep.numbers')")
    new.execute(
        sql.SQL("CREATE UNLOGGED TABLE {} ({}) WITH (autovacuum_enabled = off)").format(
            keeping.landing, sql.SQL(", ").join((number, *columns))
        )
    )
    with plainly_written(new):
        pipe(old, _reading(keeping), new, _writing(keeping))
        new.execute(sql.SQL("CREATE UNIQUE INDEX ON {} (n)").format(keeping.landing))
        bounds = new.execute(sql.SQL("SELECT min(n), max(n) + 1, count(*) FROM {}").format(keeping.landing)).fetchone()
    first, past, count = bounds or (None, None, 0)
    if not count:
        return LandedRows(0, 0)
    assert past - first == count, "numbers of one session follow each other"
    return LandedRows(first, past)


def pipe(source: Connection, reading: sql.Composed, target: Connection, writing: sql.Composed) -> None:
    """Send what one COPY gives to another, piece by piece."""
    with source.cursor() as out, target.cursor() as into, out.copy(reading) as rows, into.copy(writing) as copy:
        for piece in rows:
            copy.write(piece)


def _type(landed: Landed) -> sql.Composable:
    if not landed.as_it_is:
        return sql.SQL("pg_catalog.text")
    return sql.Identifier("pg_catalog", landed.type.concrete.base)  # without a modifier


def _reading(keeping: Keeping) -> sql.Composed:
    columns: list[sql.Composable] = [_read(landed) for landed in keeping.landed]
    columns = columns or [sql.SQL("NULL")]
    return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(columns), _rows(keeping.source, keeping.alone, keeping.without), _order(keeping)
    )


def _order(keeping: Keeping) -> sql.Composable:
    """By the primary key, in the order in which the rows are stored if there is none."""
    key = [sql.Identifier("kept", name) for name in keeping.order]
    return sql.SQL(", ").join(key) if key else sql.SQL("kept.tableoid, kept.ctid")


def _rows(source: TableName, alone: bool, without: Sequence[TableName]) -> sql.Composed:
    rows = sql.SQL("{}{} AS kept").format(sql.SQL("ONLY " if alone else ""), table_of(source))
    if not without:
        return rows
    others = sql.SQL(", ").join(
        sql.SQL("{}::pg_catalog.regclass").format(sql.Literal(table_of(name).as_string(None))) for name in without
    )
    return rows + sql.SQL(" WHERE kept.tableoid NOT IN ({})").format(others)


def _read(landed: Landed) -> sql.Composed:
    column = sql.Identifier("kept", landed.name)
    if landed.fields is None:
        return sql.SQL("{}").format(column)
    if landed.type.concrete.kind is not TypeKind.ARRAY:
        return _row(sql.SQL("{}").format(column), landed.fields)
    element = _row(sql.SQL("element"), landed.fields)
    return sql.SQL(
        "CASE WHEN pg_catalog.array_ndims({column}) = 1"
        " THEN ARRAY(SELECT {element} FROM pg_catalog.unnest({column}) AS element)::pg_catalog.text"
        " ELSE {column}::pg_catalog.text END"
    ).format(column=column, element=element)


def _row(value: sql.Composable, fields: Sequence[str]) -> sql.Composed:
    """A composite value as the text of a row with these fields of it."""
    listed = [sql.SQL("({}).{}").format(value, sql.Identifier(name)) if name else sql.SQL("NULL") for name in fields]
    row = sql.SQL("ROW({})::pg_catalog.text").format(sql.SQL(", ").join(listed))
    return sql.SQL("CASE WHEN {} IS NOT DISTINCT FROM NULL THEN NULL ELSE {} END").format(value, row)


def _writing(keeping: Keeping) -> sql.Composed:
    names = [f"c{place}" for place in range(1, len(keeping.landed) + 1)] or ["nothing"]
    return sql.SQL("COPY {} ({}) FROM STDIN").format(keeping.landing, sql.SQL(", ").join(map(sql.Identifier, names)))


def _count(old: Connection, source: Keeping | Gone) -> int:
    with _readable(source.source):
        select = sql.SQL("SELECT count(*) FROM {}").format(_rows(source.source, source.alone, source.without))
        row = old.execute(select).fetchone()
    return int(row[0]) if row else 0


def landed_texts(
    connection: Connection, keeping: Keeping, columns: Sequence[str], numbers: Sequence[int]
) -> list[tuple[str | None, ...]]:
    """What the named columns held in the rows of these ascending numbers, as texts."""
    places = [next(item.place for item in keeping.carried if item.column.name == name) for name in columns]
    wanted = [sql.SQL("{}::pg_catalog.text").format(sql.Identifier(f"c{place}")) for place in places]
    select = sql.SQL("SELECT {} FROM {} WHERE n = ANY(%s) ORDER BY n").format(
        sql.SQL(", ").join(wanted), keeping.landing
    )
    with plainly_written(connection):
        return connection.execute(select, (list(numbers),)).fetchall()
