"""Written factories: factory_boy factories whose declarations give one row, or columns for a range of rows.

    class UserFactory(TableFactory):
        class Meta:
            table = "users"
        role = Column(Choice(("ADMIN", "VIEWER")))

`UserFactory.build(_row=42)` is row 42 as a dict; `_world` (a plan's world) makes it row 42 of that plan, every derived
column included. A factory says only what the schema cannot; everything else of its table is derived. A subclass whose
`Meta.model` is a SQLAlchemy model builds objects of it, and adds them to the session that its Meta names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from factory.alchemy import SQLAlchemyOptions
from factory.base import OptionDefault

from catalog.model import TableName
from factories.keys.picks import Reference
from factories.recipe import Pick, Recipe, TableRecipe
from factories.values.numbers import RowNumber
from factories.world import World
from factories.written.columns import Column, ParentRow, row_of
from factories.written.modelled import ModelFactory
from factories.written.personas import FixedRows, Persona, problem_of
from factories.written.sources import Sources

__all__ = ["Column", "ParentRow", "TableFactory", "TableOptions", "is_taken", "stand_together", "world_of"]

if TYPE_CHECKING:  # the stubs make it generic, which it is not when the program runs
    _Options = SQLAlchemyOptions[Any]
else:
    _Options = SQLAlchemyOptions

_SCHEMA = "public"
_SEED = 1
_ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)


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
        base = named.get("base_meta")
        if base is not None and self.personas is getattr(base, "personas", None):
            return  # judged where they were declared; a subclass may declare their columns otherwise
        if wrong := problem_of(self.personas, {n: not isinstance(c, ParentRow) for n, c in self.columns().items()}):
            raise TypeError(wrong)

    def columns(self) -> dict[str, Column]:
        """The columns as the class declares them."""
        return {item.name: item for item in self.base_declarations.values() if isinstance(item, Column)}

    table: str
    rows: Mapping[str, int]
    personas: Sequence[Persona]


class TableFactory(ModelFactory):
    """The base of written factories; `Meta.table` names the table."""

    _options_class = TableOptions

    class Meta:
        """Rows are built as dicts."""

        abstract = True
        model = dict

    standing_alone: Callable[[], World]
    _sources: ClassVar[Sources | None] = None
    _company: "ClassVar[tuple[type[TableFactory], ...]]" = ()

    def __init_subclass__(cls) -> None:
        """Let the factory build rows by itself, until it is told with which others it stands together."""
        super().__init_subclass__()
        own = [name for name, item in vars(cls).items() if isinstance(item, Column)]
        if taken := [name for name in own if is_taken(name)]:
            todo = f'call it otherwise and say Column(..., name="{taken[0]}")'
            raise TypeError(f'"{taken[0]}" means something to the factory itself: {todo}')
        if not cls._company:
            stand_together((cls,))
        elif own:
            beside = tuple(cls if issubclass(cls, item) else item for item in cls._company)
            cls.standing_alone = staticmethod(cache(lambda: world_of(beside)))

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
        derived = row_of(world, cls.table(), number, None)
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


def stand_together(factories: Sequence[type[TableFactory]]) -> None:
    """Let these factories build single rows in one world of their own, so that each finds its parents in the others."""
    together = cache(lambda: world_of(factories))
    for item in factories:
        item.standing_alone, item._company = staticmethod(together), tuple(factories)


def world_of(
    factories: Iterable[type[TableFactory]],
    profile: str = "uat",
    anchor: datetime = _ANCHOR,
    rows: Mapping[str, int] = MappingProxyType({}),
) -> World:
    """A world of written factories only, for building rows where there is no plan; `rows` go before the profile's."""
    world = World(_SEED, anchor, timedelta())
    for item in factories:
        made = _alone(item, profile)
        world.put(replace(made, rows=rows.get(item.table(), made.rows)))
    for table in tuple(world.tables.values()):
        limits = [pick.capacity(world) for _, pick in table.picks.values() if isinstance(pick, _Limited)]
        world.put(replace(table, rows=min([table.rows, *(most for most in limits if most is not None)])))
    return world


@runtime_checkable
class _Limited(Protocol):
    """A pick that has parents for so many rows only."""

    def capacity(self, world: World) -> int | None: ...


def _alone(item: type[TableFactory], profile: str) -> TableRecipe:
    recipes: dict[str, Recipe] = {"id": RowNumber()}
    picks: dict[str, tuple[TableName, Pick]] = {}
    title = _title(item.table())
    for name, column in _known_columns(item).items():
        if isinstance(column, ParentRow):
            recipes[name] = Reference(name, column.target)
            parent = TableName(title.schema, column.table)
            picks[name] = (parent, column.picking(parent))
        else:
            recipes[name] = column.recipe
    return TableRecipe(title, item.wanted_rows().get(profile, 100), {}, recipes, picks)


def _known_columns(item: type[TableFactory]) -> dict[str, Column]:
    """The factory's columns, and those of its bases that it declares in factory_boy's own way: others look at them."""
    bases = [base for base in reversed(item.__mro__) if issubclass(base, TableFactory) and base is not TableFactory]
    return {name: column for base in bases for name, column in base.columns().items()}


def _title(table: str) -> TableName:
    schema, dot, name = table.partition(".")
    return TableName(schema, name) if dot else TableName(_SCHEMA, table)
