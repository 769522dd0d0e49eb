"""A recipe out of the team's own factory, watched: what the column cannot take is refused in a sentence."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

import numpy
import pyarrow
from pyarrow import compute

from catalog.errors import Refusal
from catalog.model import Column, DataType, TableName, TypeKind
from database.copy.copying import arrow_type
from factories.proof.pools import parsed
from factories.recipe import Recipe
from factories.values.coded import Coded, Text
from factories.values.fitting import fit
from factories.values.literals import in_column
from factories.world import Draw
from factories.written.declare import TableFactory

_NOT_TAKEN = (ValueError, TypeError, ArithmeticError, pyarrow.ArrowNotImplementedError)
_HALF = re.compile("[\ud800-\udfff]")
_KEPT = 256  # lists of variants, each looked at once


@dataclass(frozen=True, slots=True)
class Declared:
    """A recipe of the team's, which may be wrong: whatever it gives that the column cannot take is a Refusal."""

    recipe: Recipe
    factory: type[TableFactory]
    table: TableName
    column: Column
    required: bool

    def __reduce__(self) -> tuple[object, ...]:
        """Travel with the factory's name rather than its recipe, which may be a function that does not travel."""
        rest = (self.factory, self.table, self.column, self.required)
        return (declared, rest) if self.factory.sources() else (Declared, (self.recipe, *rest))

    @property
    def label(self) -> str:
        """The recipe's own label, or the name of its class."""
        return str(getattr(self.recipe, "label", type(self.recipe).__name__))

    def values(self, draw: Draw) -> pyarrow.Array:
        """The recipe's values. Raises Refusal, naming factory, table and column."""
        made = self._asked(self.recipe.values, draw)
        if not isinstance(made, pyarrow.Array | pyarrow.ChunkedArray):
            raise self.refusal(f"a {type(made).__name__}, not an Arrow array")
        if len(made) != len(draw):
            raise self.refusal(f"{len(made)} values for {len(draw)} rows")
        return self._fitting(made, draw)

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, each of which is looked at once, where they are few texts."""
        told = getattr(self.recipe, "coded", None) if _takes_text_as_it_is(self.column.type) else None
        made = self._asked(told, draw) if told else None
        if not isinstance(made, Coded) or len(made.codes) != len(draw):
            return self.values(draw)
        if _all_fit(made.variants, self.column.type, draw.world.offset_us):
            return made
        if not _are_texts(made.variants):
            return self.values(draw)
        drawn = numpy.flatnonzero(numpy.bincount(made.codes))  # what does not fit may be what has no weight
        self._fitting(pyarrow.array([made.variants[place] for place in drawn], pyarrow.string()), draw)
        return made

    def _asked(self, made: Callable[[Draw], Any], draw: Draw) -> Any:
        try:
            return made(draw)
        except Refusal:
            raise
        except Exception as error:
            raise self.refusal(error_of(error), str(error)) from error

    def _fitting(self, made: pyarrow.Array, draw: Draw) -> pyarrow.Array:
        kind = self.column.type
        try:
            typed = _typed(made, kind, draw.world.offset_us)
        except _NOT_TAKEN as error:
            raise self.refusal(f"values of the wrong type, for it is {kind.name}", _first(error)) from error
        if misfit := _unstorable(made) or _zoneless(made, kind) or _misfit(typed, kind.concrete):
            raise self.refusal(*misfit)
        if self.required and typed.null_count:
            raise self.refusal(f"NULL (in row {_row_of(typed.is_null(), draw)}), and it must not be NULL")
        return typed

    def refusal(self, what: str, why: str = "") -> Refusal:
        """What the factory gives for the column that it cannot take."""
        return wrong(self.factory.__name__, self.column.name, self.table, what, why)


def declared(factory: type[TableFactory], table: TableName, column: Column, required: bool) -> Declared:
    """What the factory declares of the column, watched."""
    return Declared(factory.columns()[column.name].recipe, factory, table, column, required)


def wrong(factory: str, columns: str, table: TableName, what: str, why: str = "") -> Refusal:
    """The refusal of what a factory gives for columns of a table."""
    return Refusal(
        f"factory {factory} gives column {columns} of {table} {what}",
        why=why,
        todo="Mend the factory. What it does not declare is derived (docs/factories.md).",
    )


def error_of(error: BaseException) -> str:
    """What kind of error it is, and the innermost line of the team's own code that it passed through."""
    frames = [f for f in extract_tb(error.__traceback__) if f.filename.endswith(".py") and not _is_library(f.filename)]
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"an error, {type(error).__name__}{place}"


def _is_library(file: str) -> bool:
    return Path(__file__).parents[1] in Path(file).parents or "site-packages" in Path(file).parts


def _takes_text_as_it_is(kind: DataType) -> bool:
    return pyarrow.types.is_string(arrow_type(kind)) and kind.concrete.kind is not TypeKind.ARRAY


def _are_texts(variants: tuple[object, ...]) -> bool:
    """Whether Arrow takes each as text, which it does not if half a character is in it."""
    return all(isinstance(variant, str) and not _HALF.search(variant) for variant in variants)


@lru_cache(maxsize=_KEPT)
def _all_fit(variants: tuple[str, ...], kind: DataType, offset: int) -> bool:
    """Whether a column of the type takes each of the texts; asked once, and not for each batch."""
    if not _are_texts(variants):
        return False
    try:
        made = pyarrow.array(variants, pyarrow.string())
        return not (_unstorable(made) or _misfit(_typed(made, kind, offset), kind.concrete))
    except _NOT_TAKEN:
        return False


def _typed(made: pyarrow.Array, kind: DataType, offset: int) -> pyarrow.Array:
    """The values as the type has them, texts not cut. Raises one of `_NOT_TAKEN` if a column of it takes them not."""
    texts = [in_column(text, kind) for text in made.to_pylist()] if pyarrow.types.is_string(made.type) else None
    typed = made if texts is None else parsed(texts, kind)
    fitted = fit(typed, kind, offset)
    return typed if pyarrow.types.is_string(fitted.type) else fitted


def _unstorable(made: pyarrow.Array) -> tuple[str, str] | None:
    """Signs that no text of a database may have."""
    if not pyarrow.types.is_string(made.type):
        return None
    found = compute.any(compute.match_substring(made, "\0")).as_py()
    return ("text with a NUL in it", "no text of a database may have one") if found else None


def _zoneless(made: pyarrow.Array, kind: DataType) -> tuple[str, str] | None:
    """Moments that could be meant in any time zone."""
    moment = pyarrow.types.is_timestamp(made.type) and made.type.tz is None
    if not moment or kind.concrete.base not in ("timestamptz", "timetz"):
        return None
    return f"moments without a time zone, for it is {kind.name}", "say datetime(..., tzinfo=UTC)"


def _misfit(made: pyarrow.Array, kind: DataType) -> tuple[str, str] | None:
    """What among the values is too long for the type, or none of its labels: what it is, and the first of them."""
    if kind.kind is TypeKind.ENUM:
        others = sorted(set(map(str, made.drop_null().to_pylist())) - set(kind.labels))
        return (f"what is no label of {kind.name}", f'"{others[0]}"') if others else None
    if kind.length is None or kind.base not in ("varchar", "bpchar") or not pyarrow.types.is_string(made.type):
        return None
    longest = max((text for text in made.to_pylist() if text), key=len, default="")
    return (f"text longer than {kind.name} takes", f'"{longest[:40]}"') if len(longest) > kind.length else None


def _first(error: BaseException) -> str:
    return str(error).partition("\n")[0]


def _row_of(flags: pyarrow.Array, draw: Draw) -> int:
    return int(draw.rows[flags.to_pylist().index(True)])
