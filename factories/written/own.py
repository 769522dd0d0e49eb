"""The team's own factories in a plan: which table each is for, what it declares there, and whether that can stand.

A built-in factory that does not fit is dropped column by column; the team's own is refused, because somebody meant it.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import numpy

from catalog.errors import Refusal
from catalog.model import Catalog, ForeignKey, Table, TableName, Unique
from database.shadow.oracle import Oracle
from factories.conditions.rules import Rule, rules, sample_rows, texts
from factories.deriving.derive import Derived
from factories.draft import Capacity, Draft, Limit
from factories.keys.picks import Skewed
from factories.world import World
from factories.written.declare import ParentRow, TableFactory
from factories.written.declared import declared, error_of, wrong

_LOOKED_AT = 3000

Factory = type[TableFactory]


def own_factories(catalog: Catalog, factories: Sequence[Factory]) -> tuple[dict[TableName, Factory], tuple[str, ...]]:
    """Each table's own factory, and a note for each table and column that they name and the schema does not have.

    Raises Refusal where it is not clear which is meant: a table's name in several schemas, two factories for a table.
    """
    found: dict[TableName, Factory] = {}
    notes: list[str] = []
    for factory in factories:
        named = [t.name for t in catalog.tables if factory.table() in (str(t.name), t.name.name)]
        if not named:
            notes.append(_missing(factory, catalog))
        elif len(named) > 1:
            listed = ", ".join(map(str, named))
            raise Refusal(
                f'factory {factory.__name__} is for table "{factory.table()}", which is in several schemas',
                todo=f"Name one with its schema: {listed}.",
            )
        elif named[0] in found:
            both = f"{found[named[0]].__name__} and {factory.__name__}"
            raise Refusal(f'two factories are for table "{named[0]}"', why=both, todo="Keep one of them.")
        else:
            found[named[0]] = factory
            notes += _unknown(factory, catalog.table(named[0]))
    return found, tuple(notes)


def _missing(factory: Factory, catalog: Catalog) -> str:
    known = [name for table in catalog.tables for name in (table.name.name, str(table.name))]
    title = factory.table()
    return f'{factory.__name__} is for table "{title}", which is not in the schema{_near(title, known)}'


def _unknown(factory: Factory, table: Table) -> Iterator[str]:
    """A note for each declared column that a row of the table brings no value for."""
    writable = {column.name: column.writable for column in table.columns}
    known = [name for name, brought in writable.items() if brought]
    for name in factory.columns():
        if name not in writable:
            yield f"{factory.__name__} declares {name}, which {table.name} does not have{_near(name, known)}"
        elif not writable[name]:
            yield f"{factory.__name__} declares {name} of {table.name}, which PostgreSQL computes itself"


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f' (the nearest is "{near[0]}")' if near else ""


def own_rows(factories: Mapping[TableName, Factory], profile: str) -> dict[TableName, int]:
    """How many rows the own factories want. Raises Refusal for what is no count."""
    found: dict[TableName, int] = {}
    for name, factory in factories.items():
        wanted: object = factory.wanted_rows().get(profile)
        if wanted is None:
            continue
        if not isinstance(wanted, int) or wanted < 0:
            raise Refusal(f"factory {factory.__name__} wants {wanted!r} rows in {name}", todo="Say 0 or more.")
        found[name] = wanted
    return found


def declare(draft: Draft) -> None:
    """Give the draft what its own factory declares, before anything is derived; safe to do again afterwards."""
    if draft.factory is None:
        return
    for name in _plain(draft, draft.factory):
        column = draft.table.column(name)
        recipe = declared(draft.factory, draft.name, column, column.required)
        draft.recipes[name] = Derived(recipe, f"declared by {draft.factory.__name__}")
        draft.declared.add(name)
        draft.distinct.discard(name)
        draft.owners.pop(name, None)


def _plain(draft: Draft, factory: Factory) -> Iterator[str]:
    known = {column.name for column in draft.columns}
    for name, column in factory.columns().items():
        if name in known and not isinstance(column, ParentRow):
            yield name


def check_own(draft: Draft, world: World, oracle: Oracle) -> None:
    """Refuse what the own factory gives that its table does not take."""
    if draft.factory is None or not draft.rows:
        return
    world.put(draft.recipe())
    for name, column in draft.factory.columns().items():
        if isinstance(column, ParentRow) and any(known.name == name for known in draft.columns):
            _take_pick(draft, world, name, column)
    frame = world.frame(draft.name, numpy.arange(min(draft.rows, _LOOKED_AT), dtype=numpy.uint64))
    for name in sorted(draft.declared):
        frame.column(name)
    for rule in rules(draft):
        if rule.columns and set(rule.columns) <= draft.declared:
            _accepted(draft, rule, world, oracle)


def _accepted(draft: Draft, rule: Rule, world: World, oracle: Oracle) -> None:
    numbers = sample_rows(draft.rows)
    frame = world.frame(draft.name, numbers[numbers >= draft.given_rows])  # given rows are judged for themselves
    different = list(dict.fromkeys(texts(frame, rule.columns)))
    verdicts = oracle.accepts(rule.question, different)
    if not all(verdicts):
        shown = ", ".join(map(str, different[verdicts.index(False)]))
        raise refusal(draft, rule.columns, f"values that {rule.name} does not accept", shown[:80])


def refuse_if_unproven(draft: Draft) -> None:
    """Refuse a table that is left empty because nothing was found beside what its own factory declares."""
    if draft.empty and draft.declared & set(draft.obstacle):
        raise refusal(draft, draft.obstacle, f"values beside which no others were found: {draft.empty}")


def refuse_duplicate(draft: Draft, unique: Unique, row: int) -> None:
    """Refuse the first duplicate in a unique key that the own factory fills; others are the plan's own to cap."""
    if draft.declared & set(unique.columns):
        raise refusal(draft, unique.columns, f"values that repeat (in row {row}), and {unique.name} allows each once")


def refuse_orphan(draft: Draft, key: ForeignKey) -> None:
    """Refuse a foreign key whose values the own factory gives, if they are no row's of the table it points at."""
    if draft.declared & set(key.columns):
        raise refusal(draft, key.columns, f"values that are no row's of {key.target}, and {key.name} points there")


def refusal(draft: Draft, columns: Sequence[str], what: str, why: str = "") -> Refusal:
    """What the draft's own factory gives for those of the columns that it declares; a value is told as `why` alone."""
    assert draft.factory is not None
    listed = ", ".join(column for column in columns if column in draft.declared)
    return wrong(draft.factory.__name__, listed, draft.name, what, why)


def _take_pick(draft: Draft, world: World, name: str, chosen: ParentRow) -> None:
    """Let the own factory choose the parent rows of a foreign key that is free to choose."""
    assert draft.factory is not None
    by = draft.factory.__name__
    key = draft.owners.get(name, "")
    if key not in draft.picks or chosen.table not in (str(draft.picks[key][0]), draft.picks[key][0].name):
        raise wrong(by, name, draft.name, f"rows of {chosen.table}, and no foreign key of it points there")
    target, pick = draft.picks[key]
    if not isinstance(pick, Skewed) or len(draft.key(key).columns) != 1:
        raise wrong(by, name, draft.name, f"rows of {chosen.table}, and another constraint decides them already")
    taken = chosen.picking(target)
    draft.picks[key] = (target, taken)
    world.put(draft.recipe())
    try:
        world.frame(draft.name, numpy.arange(min(draft.rows, _LOOKED_AT), dtype=numpy.uint64)).column(name)
    except Refusal:
        raise
    except Exception as error:
        raise wrong(by, name, draft.name, error_of(error), str(error)) from error
    if isinstance(taken, Capacity):
        draft.limits.append(Limit(taken, f"{by} makes each combination once, and there are no more"))
