"""Which personas there are in a schema's tables, and which of them a plan's rows really hold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy

from catalog.model import Catalog, TableKind, TableName
from database.copy.copying import as_text
from factories.given.rows import Source
from factories.planned import SeedPlan
from factories.tables import written_for
from factories.values.sign_in import SignInId
from factories.written.declare import TableFactory
from factories.written.own import own_factories
from factories.written.personas import Persona

Own = Mapping[TableName, type[TableFactory]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A persona in a table: the column with the address, and whether the row has an id of the sign-in service."""

    persona: Persona
    table: TableName
    column: str
    signs_in: bool


def people(catalog: Catalog, own: Own) -> dict[TableName, tuple[Persona, ...]]:
    """The personas of each table that has some: those of the team's own factory, else of the one written for it."""
    found = {name: factory.personas() for name, factory in _factories(catalog, own)}
    return {name: personas for name, personas in found.items() if personas}


def _factories(catalog: Catalog, own: Own) -> Iterator[tuple[TableName, type[TableFactory]]]:
    for table in catalog.tables:
        factory = own.get(table.name) or written_for(table)
        if factory is not None and table.kind is not TableKind.FOREIGN:
            yield table.name, factory


def by_row(personas: Mapping[TableName, Sequence[Persona]], ids: Mapping[str, str]) -> dict[TableName, dict[int, str]]:
    """The ids that the sign-in service gave, by the rows that they belong in."""
    if not ids:
        return {}
    return {name: {one.row: ids[one.key] for one in some if one.key in ids} for name, some in personas.items()}


def who_signs_in(
    catalog: Catalog, factories: Sequence[type[TableFactory]], kept: Collection[TableName] = ()
) -> tuple[Persona, ...]:
    """The personas of tables with a column for the sign-in service's id, each once; not of those that are kept."""
    found: dict[str, Persona] = {}
    for name, factory in _factories(catalog, own_factories(catalog, factories)[0]):
        columns = {column.name for column in catalog.table(name).columns}
        if name not in kept and columns & set(sign_in_columns(factory)):
            found |= {persona.key: persona for persona in factory.personas()}
    return tuple(found.values())


def sign_in_columns(factory: type[TableFactory]) -> tuple[str, ...]:
    """The columns that hold the sign-in service's id."""
    return tuple(name for name, column in factory.columns().items() if isinstance(column.recipe, SignInId))


def standing(plan: SeedPlan, catalog: Catalog) -> tuple[Standing, ...]:
    """The personas whose rows the plan really makes, with their e-mail address and role."""
    own = own_factories(catalog, plan.request.factories)[0]
    kept = {given.table for given in plan.request.given if given.source is Source.STAGING}
    found = []
    for name, factory in _factories(catalog, own):
        if factory.personas() and name in plan.writes and name not in kept:
            found += list(_standing(plan, name, factory))
    return tuple(found)


def _standing(plan: SeedPlan, name: TableName, factory: type[TableFactory]) -> Iterator[Standing]:
    there = [persona for persona in factory.personas() if persona.row < plan.world.rows(name)]
    written = [column.name for column in plan.writes[name] if column.name in factory.columns()]
    frame = plan.world.frame(name, numpy.array([persona.row for persona in there], dtype=numpy.uint64))
    rows = {column: as_text(frame.column(column)).to_pylist() for column in written}
    signs_in = not set(sign_in_columns(factory)).isdisjoint(written)
    for place, persona in enumerate(there):
        row = {column: texts[place] for column, texts in rows.items()}
        if _holds(row, persona):
            address = next(column for column, text in row.items() if text == persona.email)
            yield Standing(persona, name, address, signs_in)


def _holds(row: Mapping[str, str | None], persona: Persona) -> bool:
    """Whether the row holds the persona's e-mail address, and each other text as far as there is room for it."""
    cells = {name: value for name, value in persona.cells(row).items() if isinstance(value, str)}
    return persona.email in row.values() and all(value.startswith(row[name] or value) for name, value in cells.items())
