"""Recipes for the types that names say little about: by the type's own name."""

from dataclasses import dataclass

import pyarrow

from catalog.model import DataType
from factories.recipe import Recipe, text
from factories.values.coded import Text, array
from factories.values.codes import Hexadecimal, Numbered
from factories.values.documents import Json
from factories.values.fitting import fitted as held
from factories.values.moments import DAY, HOUR, SLOT_REACH, Ahead, Slot
from factories.values.networks import Address, Hardware
from factories.values.numbers import Chance, Choice, Constant, Decimal, DistinctDecimal, Each, Integer, RowNumber
from factories.values.structures import Around, Bytes, Digits, Shape, Uuid, Vector
from factories.values.texts import Sentence, Words
from factories.values.times import Interval, TimeOfDay
from factories.world import Draw

_MINUTE = HOUR // 60
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

_PLAIN: dict[str, Recipe] = {
    "bool": Chance(500),
    "json": Json((("note", Words("message")), ("tag", Words("tag")))),
    "jsonb": Json((("note", Words("message")), ("tag", Words("tag")))),
    "money": Decimal(499, 99_900, 2, 1, label="amount of money"),
    "xml": Around("<note>", Words("noun"), "</note>"),
    "tsvector": Words("noun"),
    "tsquery": Words("noun"),
    "char": Choice(("a", "b", "c")),
    "oid": Integer(10_000, 99_999, label="oid"),
    "xid": Integer(1, 1000),
    "cid": Integer(1, 1000),
    "xid8": Integer(1, 1000),
    "regclass": Constant("pg_class"),
    "regtype": Constant("text"),
    "regproc": Constant("now"),
    "regprocedure": Constant("now()"),
    "regrole": Constant("pg_monitor"),
    "regnamespace": Constant("pg_catalog"),
    "regconfig": Constant("simple"),
    "regdictionary": Constant("simple"),
    "regoper": Constant("pg_catalog.||/"),
    "regoperator": Constant("+(integer,integer)"),
    "regcollation": Constant("pg_catalog.\"C\""),
    "jsonpath": Constant("$.note"),
    "tid": Constant("(0,1)"),
    "oidvector": Constant("16 17 18"),
    "int2vector": Constant("1 2 3"),
    "aclitem": Constant("=r/pg_monitor"),
    "pg_snapshot": Constant("10:20:10"),
    "txid_snapshot": Constant("10:20:10"),
    "hstore": Around('"note"=>"', Words("noun"), '"'),
    "ltree": Sentence(("{noun}", ".", "{noun}")),
    "lquery": Sentence(("{noun}", ".*")),
    "ltxtquery": Words("noun"),
    "cube": Shape(("(", "x", ",", "y", ")")),
    "earth": Constant("(6378168, 0, 0)"),
    "seg": Numbered("", 1, 99),
    **dict.fromkeys(("isbn", "isbn13", "ean13"), Constant("978-0-11-000222-4")),
    **dict.fromkeys(("issn", "issn13"), Constant("1436-4522")),
    **dict.fromkeys(("ismn", "ismn13"), Constant("979-0-2600-0043-8")),
    "upc": Constant("220356483481"),
    "query_int": Constant("1&2"),
    "refcursor": Words("noun"),
}  # fmt: skip


def _with_check_digit(begin: str, width: int, end: str = "") -> Recipe:
    """A number of the book trade (extension isn): `?` stands for the digit that PostgreSQL computes."""
    return Around(begin, Digits("", width, "0123456789"), f"{end}?")


_DISTINCT: dict[str, Recipe] = {
    "uuid": Uuid(),
    "bool": Each(("true", "false")),
    "char": Each(_LETTERS),
    "bytea": Bytes(),
    "money": DistinctDecimal(100, 2),
    "date": Slot(DAY),
    "timestamp": Slot(_MINUTE),
    "timestamptz": Slot(_MINUTE),
    "inet": Address(distinct=True),
    "cidr": Address(distinct=True, network=True),
    "macaddr": Hardware(),
    "macaddr8": Hardware(long=True),
    "oid": RowNumber(10_000),
    "xid": RowNumber(),
    "cid": RowNumber(),
    "xid8": RowNumber(),
    "pg_lsn": Digits("0/", 8, "0123456789ABCDEF"),
    "point": Shape(("(", "x", ",", "y", ")"), "point"),
    "lseg": Shape(("[(", "x", ",", "y", "),(", "X", ",", "Y", ")]"), "line segment"),
    "box": Shape(("((", "x", ",", "y", "),(", "X", ",", "Y", "))"), "box"),
    "path": Shape(("[(", "x", ",", "y", "),(", "X", ",", "Y", ")]"), "path"),
    "polygon": Shape(("((", "x", ",", "y", "),(", "X", ",", "y", "),(", "X", ",", "Y", "))"), "polygon"),
    "circle": Shape(("<(", "x", ",", "y", "),1>"), "circle"),
    "line": Shape(("{1,", "X", ",", "Y", "}"), "line"),
    "geometry": Shape(("POINT(", "x", " ", "y", ")"), "point"),
    "geography": Shape(("POINT(", "x", " ", "y", ")"), "point"),
    "hstore": Around('"number"=>"', RowNumber(), '"'),
    "ltree": Around("n", RowNumber(), ""),
    "xml": Around("<note>", RowNumber(), "</note>"),
    "tsvector": Around("word", RowNumber(), ""),
    "tsquery": Around("word", RowNumber(), ""),
    "jsonpath": Around("$.n", RowNumber(), ""),
    "cube": Shape(("(", "x", ",", "y", ")")),
    "isbn": _with_check_digit("055", 6),  # 10 signs, or 13, the last of which PostgreSQL computes
    "isbn13": _with_check_digit("978055", 6),
    "ean13": _with_check_digit("200000", 6),
    "issn": _with_check_digit("1", 6),
    "issn13": _with_check_digit("9771", 6, "00"),
    "ismn": _with_check_digit("M06", 6),
    "ismn13": _with_check_digit("979006", 6),
    "upc": _with_check_digit("01234", 6),
    "json": Json((("number", RowNumber()),), raw=("number",)),
    "jsonb": Json((("number", RowNumber()),), raw=("number",)),
}
_PREFERRED = {"uuid", "bytea", "pg_lsn", "macaddr", "macaddr8"}  # the injective recipe is the natural one


def recipe(kind: DataType, *, distinct: bool) -> Recipe | None:
    """The recipe for a base type by its internal name; None if the type is not known here."""
    if special := _sized(kind, distinct):
        return special
    if distinct or kind.base in _PREFERRED or kind.base not in _PLAIN:
        return _DISTINCT.get(kind.base) if distinct else _PLAIN.get(kind.base, _DISTINCT.get(kind.base))
    return _PLAIN[kind.base]


def _sized(kind: DataType, distinct: bool) -> Recipe | None:
    """Recipes that hang on the type's length, or on being distinct."""
    made: dict[str, Recipe] = {
        "bit": Digits("", kind.length or 1, "01", label="bits"),
        "varbit": Digits("", min(kind.length or 16, 16), "01", label="bits"),
        "time": TimeOfDay(distinct),
        "timetz": TimeOfDay(distinct, zone=True),
        "interval": Interval(distinct),
        "vector": Vector(kind.precision or 3),
        "halfvec": Vector(kind.precision or 3),
        "sparsevec": Constant(f"{{1:0.5}}/{kind.precision or 3}"),
    }
    if not distinct:
        made |= {"inet": Address(), "cidr": Address(network=True)}
    return made.get(kind.base)


def capacity(kind: DataType) -> int | None:
    """How many different values the distinct recipe has; None if more than any table asks for."""
    return {
        "bool": 2,
        "char": len(_LETTERS),
        "bit": 2 ** (kind.length or 1),
        "varbit": 2 ** min(kind.length or 16, 16),
        "time": 86_400,
        "timetz": 86_400,
        "macaddr": 2**24,
        "date": SLOT_REACH // DAY,
        "timestamp": SLOT_REACH // _MINUTE,
        "timestamptz": SLOT_REACH // _MINUTE,
    }.get(kind.base)


def span(kind: DataType, *, distinct: bool, start: int = 0) -> tuple[Recipe, Recipe] | None:
    """The lower and upper end of a range over the type, None if its order is not known.

    With `distinct`, no two rows' ranges overlap; `start` is where the first of these begins, if they are of numbers.
    """
    base = kind.concrete.base
    if base in ("int4", "int8", "numeric", "float4", "float8"):
        return (Lane(10, start), Lane(10, start + 8)) if distinct else (Integer(1, 50), Integer(51, 100))
    if base == "date":
        return (Slot(7 * DAY), Slot(7 * DAY, 5 * DAY)) if distinct else (Ahead(90, 0), Ahead(-1, 90))
    if base in ("timestamp", "timestamptz"):
        return (Slot(2 * HOUR), Slot(2 * HOUR, HOUR)) if distinct else (Ahead(90, 0), Ahead(-1, 90))
    return None if distinct and base in _ALIKE else _SPANS.get(base)


def span_capacity(kind: DataType) -> int | None:
    """How many ranges there are that do not overlap; None if more than any table asks for."""
    steps = {"date": 7 * DAY, "timestamp": 2 * HOUR, "timestamptz": 2 * HOUR}
    step = steps.get(kind.concrete.base)
    return SLOT_REACH // step if step else None


_SPANS: dict[str, tuple[Recipe, Recipe]] = {
    "time": (TimeOfDay(), Constant("18:30:00")),
    "inet": (Constant("192.0.2.1"), Constant("192.0.2.99")),
    "text": (Hexadecimal(12, "a"), Hexadecimal(12, "b")),
    "varchar": (Hexadecimal(12, "a"), Hexadecimal(12, "b")),
}
_ALIKE = ("time", "inet")  # of which two rows may have the same


@dataclass(frozen=True, slots=True)
class Lane:
    """The row number times a width, plus a part of it: ends of ranges that never overlap. Injective."""

    width: int
    part: int = 0
    label: str = "a lane of its own"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole numbers."""
        return pyarrow.array(draw.rows.astype("int64") * self.width + self.part)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Another recipe's values in a type's own Arrow type, for use inside arrays and composites."""

    recipe: Recipe
    kind: DataType

    @property
    def label(self) -> str:
        """The other recipe's label."""
        return self.recipe.label

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values, cut and rounded as a column of the type would have them."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        return held(text(self.recipe, draw), self.kind, draw.world.offset_us)


def fitted(recipe: Recipe, kind: DataType) -> Fitted:
    """The recipe held to the type."""
    return Fitted(recipe, kind)
