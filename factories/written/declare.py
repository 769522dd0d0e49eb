"""Written factories: factory_boy factories whose declarations give one row, or columns for a range of rows.

    class UserFactory(TableFactory):
        class Meta:
            table = "users"
        role = Column(Choice(("ADMIN", "VIEWER")))

`UserFactory.build(_row=42)` is row 42 as a dict; `_world` (a plan's world) makes it row 42 of that plan, every derived
column included. A factory says only what the schema cannot; everything else of its table is derived.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

import numpy
import pyarrow
from factory import Factory
from factory.base import FactoryOptions, OptionDefault
from factory.declarations import BaseDeclaration

from catalog.model import TableName
from factories.keys.picks import Reference
from factories.recipe import Pick, Recipe, TableRecipe, World
from factories.values.numbers import RowNumber
from factories.written.personas import FixedRows, Persona, problem_of
from factories.written.sources import Sources

if TYPE_CHECKING:  # the stubs make these generic, which they are not when the program runs
    _Declaration = BaseDeclaration[Any, Any]
    _Options = FactoryOptions[Any]
    _Factory = Factory[Any]
else:
    _Declaration, _Options, _Factory = BaseDeclaration, FactoryOptions, Factory

_SCHEMA = "public"
_SEED = 1
_ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)


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
        return _row(world, options.table, getattr(instance, "_row", step.sequence), (self.name,)).get(self.name)


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


class TableOptions(_Options):
    """What a TableFactory's Meta may say: `table` (or `schema.table`), `rows` by profile's name, and `personas`."""

    def _build_default_options(self) -> list[Any]:
        return [
            *super()._build_default_options(),  # type: ignore[misc]  # the stubs leave this method out
            OptionDefault("table", "", inherit=True),
            OptionDefault("rows", {}, inherit=True),
            OptionDefault("personas", (), inherit=True),
        ]

    def contribute_to_class(self, factory: Any, *told: Any, **named: Any) -> None:
        """Take what the class says of itself; TypeError if its personas cannot stand in its rows."""
        super().contribute_to_class(factory, *told, **named)
        if wrong := problem_of(self.personas, {n: not isinstance(c, ParentRow) for n, c in self.columns().items()}):
            raise TypeError(wrong)

    def columns(self) -> dict[str, Column]:
        """The columns as the class declares them."""
        return {item.name: item for item in self.base_declarations.values() if isinstance(item, Column)}

    table: str
    rows: Mapping[str, int]
    personas: Sequence[Persona]


class TableFactory(_Factory):
    """The base of written factories; `Meta.table` names the table."""

    _options_class = TableOptions

    class Meta:
        """Rows are built as dicts."""

        abstract = True
        model = dict

    standing_alone: Callable[[], World]
    _sources: ClassVar[Sources | None] = None

    def __init_subclass__(cls) -> None:
        """Let the factory build rows by itself, until it is told with which others it stands together."""
        super().__init_subclass__()
        taken = [name for name, item in vars(cls).items() if isinstance(item, Column) and is_taken(name)]
        if taken:
            todo = f'call it otherwise and say Column(..., name="{taken[0]}")'
            raise TypeError(f'"{taken[0]}" means something to the factory itself: {todo}')
        stand_together((cls,))

    @classmethod
    def table(cls) -> str:
        """The table's name, as Meta gives it: with its schema or without."""
        return str(_options(cls).table)

    @classmethod
    def sources(cls) -> Sources | None:
        """The team's files that the factory is in; None for one that was not read from the team's files."""
        return cls._sources

    @classmethod
    def comes_from(cls, sources: Sources) -> None:
        """Remember the files that the factory was read from."""
        cls._sources = sources

    @classmethod
    def wanted_rows(cls) -> Mapping[str, int]:
        """How many rows the factory wants, by profile."""
        return _options(cls).rows

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns by name, with the personas' values in their rows."""
        declared = _options(cls).columns()
        cells = [(persona.row, persona.cells(declared)) for persona in cls.personas()]
        fixed = {name: tuple((row, values[name]) for row, values in cells if name in values) for name in declared}
        given = {name: FixedRows(rows, declared[name].recipe) for name, rows in fixed.items() if rows}
        return declared | {name: Column(recipe, name=name) for name, recipe in given.items()}

    @classmethod
    def personas(cls) -> tuple[Persona, ...]:
        """Whom one can sign in as, in rows of this table."""
        return tuple(_options(cls).personas)

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return 0

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        """Take the row number and the world back out; with a world, add the columns that were derived."""
        world, number = kwargs.pop("_world", None), kwargs.pop("_row", None)
        named = {cls._column_of(attribute): value for attribute, value in kwargs.items()}
        if world is None or number is None:
            return named
        derived = _row(world, cls.table(), number, None)
        return {**derived, **{name: value for name, value in named.items() if name in derived}}

    @classmethod
    def _column_of(cls, attribute: str) -> str:
        declared = cls._meta.base_declarations.get(attribute)
        return declared.name if isinstance(declared, Column) else attribute


def is_taken(name: str) -> bool:
    """Whether a factory's attribute cannot be called so, because it means something to the factory itself."""
    return hasattr(TableFactory, name) or "__" in name or name in ("Meta", "Params")


def _options(factory: type[TableFactory]) -> TableOptions:
    options = factory._meta
    assert isinstance(options, TableOptions)
    return options


def _row(world: World, table: str, number: int, names: tuple[str, ...] | None) -> dict[str, Any]:
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


def stand_together(factories: Sequence[type[TableFactory]]) -> None:
    """Let these factories build single rows in one world of their own, so that each finds its parents in the others."""
    together = cache(lambda: world_of(factories))
    for item in factories:
        item.standing_alone = staticmethod(together)


def world_of(factories: Iterable[type[TableFactory]], profile: str = "uat") -> World:
    """A world of written factories only, for building single rows where there is no plan."""
    world = World(_SEED, _ANCHOR, timedelta())
    for item in factories:
        world.put(_alone(item, profile))
    return world


def _alone(item: type[TableFactory], profile: str) -> TableRecipe:
    recipes: dict[str, Recipe] = {"id": RowNumber()}
    picks: dict[str, tuple[TableName, Pick]] = {}
    title = _title(item.table())
    for name, column in item.columns().items():
        if isinstance(column, ParentRow):
            recipes[name] = Reference(name, column.target)
            parent = TableName(title.schema, column.table)
            picks[name] = (parent, column.picking(parent))
        else:
            recipes[name] = column.recipe
    return TableRecipe(title, item.wanted_rows().get(profile, 100), {}, recipes, picks)


def _title(table: str) -> TableName:
    schema, dot, name = table.partition(".")
    return TableName(schema, name) if dot else TableName(_SCHEMA, table)
