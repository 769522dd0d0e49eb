"""Written factories: factory_boy factories whose declarations give one row, or columns for a range of rows.

    class UserFactory(TableFactory):
        class Meta:
            table = "users"
        role = Column(Choice(("ADMIN", "VIEWER")))

`UserFactory.build(_row=42)` is row 42 as a dict; `_world` (a plan's world) makes it row 42 of that plan, every derived
column included. A factory says only what the schema cannot; everything else of its table is derived.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy
from factory import Factory
from factory.base import FactoryOptions, OptionDefault
from factory.declarations import BaseDeclaration

from catalog.model import TableName
from factories.keys import Reference
from factories.numbers import RowNumber
from factories.recipe import Pick, Recipe, TableRecipe, World

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
    """A column by a recipe: evaluated for one row by factory_boy, for a range of rows by a seed plan."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the column's name from the attribute's."""
        del owner
        self.name = name

    def evaluate(self, instance: Any, step: Any, extra: Mapping[str, Any]) -> Any:
        """The value for the row that is being built: `_row` if given, else factory_boy's sequence number."""
        del extra
        options = step.builder.factory_meta
        world = getattr(instance, "_world", None) or options.factory.standing_alone()
        return _row(world, options.table, getattr(instance, "_row", step.sequence), (self.name,)).get(self.name)


class ParentRow(Column):
    """A foreign key's column by a pick that chooses parent rows; `table` is where it points, in the same schema."""

    def __init__(self, pick: Pick, table: str, target: str = "id") -> None:
        super().__init__(Reference("", target))
        self.pick = pick
        self.table = table
        self.target = target


class TableOptions(_Options):
    """What a TableFactory's Meta may say: `table`, and `rows` by profile's name."""

    def _build_default_options(self) -> list[Any]:
        return [
            *super()._build_default_options(),  # type: ignore[misc]  # the stubs leave this method out
            OptionDefault("table", "", inherit=True),
            OptionDefault("rows", {}, inherit=True),
        ]

    table: str
    rows: Mapping[str, int]


class TableFactory(_Factory):
    """The base of written factories; `Meta.table` names the table."""

    _options_class = TableOptions

    class Meta:
        """Rows are built as dicts."""

        abstract = True
        model = dict

    standing_alone: Callable[[], World]

    @classmethod
    def table(cls) -> str:
        """The table's name."""
        return str(_options(cls).table)

    @classmethod
    def wanted_rows(cls) -> Mapping[str, int]:
        """How many rows the factory wants, by profile."""
        return _options(cls).rows

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns by name."""
        return {name: item for name, item in cls._meta.base_declarations.items() if isinstance(item, Column)}

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return 0

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        """Take the row number and the world back out; with a world, add the columns that were derived."""
        world, number = kwargs.pop("_world", None), kwargs.pop("_row", None)
        if world is None or number is None:
            return kwargs
        derived = _row(world, cls.table(), number, None)
        return {**derived, **{name: value for name, value in kwargs.items() if name in derived}}


def _options(factory: type[TableFactory]) -> TableOptions:
    options = factory._meta
    assert isinstance(options, TableOptions)
    return options


def _row(world: World, table: str, number: int, names: tuple[str, ...] | None) -> dict[str, Any]:
    name = next(known for known in world.tables if known.name == table)
    frame = world.frame(name, numpy.array([number], dtype=numpy.uint64))
    known = world.tables[name].recipes
    wanted = tuple(known) if names is None else tuple(column for column in names if column in known)
    return {column: frame.column(column).to_pylist()[0] for column in wanted}


def world_of(factories: Iterable[type[TableFactory]], profile: str = "uat") -> World:
    """A world of written factories only, for building single rows where there is no plan."""
    world = World(_SEED, _ANCHOR, timedelta())
    for item in factories:
        world.put(_alone(item, profile))
    return world


def _alone(item: type[TableFactory], profile: str) -> TableRecipe:
    recipes: dict[str, Recipe] = {"id": RowNumber()}
    picks: dict[str, tuple[TableName, Pick]] = {}
    for name, column in item.columns().items():
        if isinstance(column, ParentRow):
            recipes[name] = Reference(name, column.target)
            picks[name] = (TableName(_SCHEMA, column.table), column.pick)
        else:
            recipes[name] = column.recipe
    return TableRecipe(TableName(_SCHEMA, item.table()), item.wanted_rows().get(profile, 100), {}, recipes, picks)
