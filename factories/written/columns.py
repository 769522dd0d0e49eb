"""A column of a written factory: a recipe as factory_boy declares it, evaluated for the row that is being built."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy
import pyarrow
from factory.declarations import SKIP, BaseDeclaration

from catalog.model import TableName
from factories.keys.picks import Reference
from factories.recipe import Pick, Recipe
from factories.world import World
from factories.written.modelled import as_mapped

if TYPE_CHECKING:  # the stubs make it generic, which it is not when the program runs
    _Declaration = BaseDeclaration[Any, Any]
else:
    _Declaration = BaseDeclaration


class Column(_Declaration):
    """A column by a recipe: evaluated for one row by factory_boy, for a range of rows by a seed plan.

    The column is called as the attribute is, or `name`, for names that Python does not take (`class`, `unit price`).
    Raises TypeError for anything but a recipe.
    """

    def __init__(self, recipe: Recipe, *, name: str = "") -> None:
        super().__init__()
        if not callable(getattr(recipe, "values", None)) or isinstance(recipe, type):
            raise TypeError(f"Column takes a recipe, such as Choice(('A', 'B')), and this is {recipe!r}")
        self.recipe = recipe
        self.name = name

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the column's name from the attribute's, if it has none of its own."""
        del owner
        self.name = self.name or name

    def evaluate(self, instance: Any, step: Any, extra: Mapping[str, Any]) -> Any:
        """The value for the row that is being built: `_row` if given, else factory_boy's sequence number."""
        del extra
        options = step.builder.factory_meta
        world = getattr(instance, "_world", None) or options.factory.standing_alone()
        number = getattr(instance, "_row", step.sequence)
        value = row_of(world, options.table, number, (self.name,)).get(self.name)
        return value if options.model is dict else as_mapped(options.model, self.name, value)


class ParentRow(Column):
    """A foreign key's column by a pick that chooses parent rows; `table` is where it points, in the same schema.

    The pick is ready, or made for the table that it points at: `ParentRow(Same, "customers")`.
    """

    def __init__(
        self, pick: Pick | Callable[[TableName], Pick], table: str, target: str = "id", *, name: str = ""
    ) -> None:
        super().__init__(Reference("", target), name=name)
        self.pick = pick
        self.table = table
        self.target = target

    def picking(self, table: TableName) -> Pick:
        """The pick for the table that it points at."""
        return self.pick(table) if callable(self.pick) else self.pick

    def evaluate(self, instance: Any, step: Any, extra: Mapping[str, Any]) -> Any:
        """The parent's key as the row has it; left out for a model, unless a plan's world knows the parent."""
        if step.builder.factory_meta.model is not dict and getattr(instance, "_world", None) is None:
            return SKIP
        return super().evaluate(instance, step, extra)


def row_of(world: World, table: str, number: int, names: tuple[str, ...] | None) -> dict[str, Any]:
    """The row's values as Python has them: of these columns, or of all that are written."""
    name = next(known for known in world.tables if table in (str(known), known.name))
    frame = world.frame(name, numpy.array([number], dtype=numpy.uint64))
    known, written = world.tables[name].recipes, world.tables[name].types
    wanted = tuple(written or known) if names is None else names
    return {column: _python(frame.column(column)) for column in wanted if column in known}


def _python(array: pyarrow.Array) -> Any:
    """The array's only value, as a sample shows it."""
    value = array.to_pylist()[0]
    is_uuid = value is not None and pyarrow.types.is_fixed_size_binary(array.type)
    return UUID(bytes=value) if is_uuid else value
