"""How keys are met, in words: what keeps rows apart in a unique key, and how a foreign key chooses its parent rows."""

from catalog.model import ForeignKey, Unique
from factories.draft import Draft
from factories.keys.agreed import Agreed, Followed, Kin
from factories.keys.beside import Beside
from factories.keys.borrowed import BorrowedParent
from factories.keys.combinations import DigitDay, DigitNumber, DigitOption, DigitParent, Mixed, Paired
from factories.keys.demands import Among, Besides, Demand
from factories.keys.firsts import FirstOf
from factories.keys.picks import Another, Covering, Earlier, Matching, Next, Once, Same, Skewed
from factories.recipe import Pick, Recipe
from factories.world import World

_DIGITS = (DigitOption, DigitDay, DigitNumber)


def kept_apart(draft: Draft, unique: Unique, world: World) -> str:
    """What makes no two rows of the table alike in the unique key."""
    columns = draft.real_columns(unique.columns)
    return (
        _one_row(draft)
        or _by_a_column(draft, columns)
        or _by_a_key(draft, columns)
        or _by_combining(draft, unique, columns, world)
        or _by_its_condition(draft, unique)
        or _by_the_factory(draft, columns)
        or _by_trying(draft)
        or "no two rows were found alike"
    )


def _one_row(draft: Draft) -> str:
    return "there is only one row" if draft.rows == 1 else ""


def _by_a_column(draft: Draft, columns: tuple[str, ...]) -> str:
    for name in columns:
        if name in draft.distinct and name in draft.recipes:
            known = draft.recipes[name]
            most = f", of which there are {known.capacity:,}" if known.capacity is not None else ""
            return f"{name} is another in every row by construction: {known.recipe.label}{most}"
    return ""


def _by_a_key(draft: Draft, columns: tuple[str, ...]) -> str:
    for name in draft.single:
        key = draft.key(name)
        if set(key.columns) <= set(columns):
            return f"each row of {key.target} is pointed at once ({key.name})"
    return ""


def _by_combining(draft: Draft, unique: Unique, columns: tuple[str, ...], world: World) -> str:
    mixed = next((m for m in _mixed(draft, columns) if m.name == f"combination:{unique.name}"), None)
    if mixed is not None:
        most = mixed.capacity(world)
        limit = "" if most is None else f", of which there are {most:,}"
        each = "combination of " if len(unique.columns) > 1 else "value of "
        return f"each {each}{', '.join(unique.columns)} once{limit}"
    paired = next((p for p in _picks(draft, columns) if isinstance(p, Paired)), None)
    if paired is not None:
        most = paired.capacity(world)
        return f"each agreeing pair of {paired.lead} and {paired.partner} once, of which there are {most:,}"
    return ""


def _mixed(draft: Draft, columns: tuple[str, ...]) -> list[Mixed]:
    recipes: list[Recipe] = [draft.recipes[name].recipe for name in columns if name in draft.recipes]
    digits = [recipe.mixed for recipe in recipes if isinstance(recipe, _DIGITS)]
    return digits + [pick.mixed for pick in _picks(draft, columns) if isinstance(pick, DigitParent)]


def _picks(draft: Draft, columns: tuple[str, ...]) -> list[Pick]:
    names = dict.fromkeys(draft.owners[name] for name in columns if name in draft.owners)
    return [draft.picks[name][1] for name in names if name in draft.picks]


def _by_its_condition(draft: Draft, unique: Unique) -> str:
    for column in draft.columns:
        known = draft.recipes.get(column.name)
        if known and isinstance(known.recipe, FirstOf) and unique.name in known.reason:
            return f"hardly a row is in it, for {column.name} is {known.recipe.label}"
    return ""


def _by_the_factory(draft: Draft, columns: tuple[str, ...]) -> str:
    declared = [name for name in columns if name in draft.declared]
    if not declared or draft.factory is None:
        return ""
    return f"as {draft.factory.__name__} declares {', '.join(declared)}; no two of the first rows are alike"


def _by_trying(draft: Draft) -> str:
    tried = draft.doubts and draft.sieve is not None  # a sieve alone may only spare what given rows take
    return "found by trying: PostgreSQL took each row beside those before it" if tried else ""


def pointed(draft: Draft, key: ForeignKey, world: World) -> str:
    """Which rows of its target the foreign key points at."""
    declared = [name for name in key.columns if name in draft.declared]
    if declared and draft.factory is not None:
        return f"rows of {key.target} by the values that {draft.factory.__name__} declares"
    if key.name not in draft.picks:
        return f"{_owners(draft, key)} decide it: the row of {key.target} that they name exists"
    if not world.rows(key.target):
        return f"NULL, as {key.target} has no rows"
    return _chosen(draft.picks[key.name][1], key)


def _owners(draft: Draft, key: ForeignKey) -> str:
    others = dict.fromkeys(draft.owners[column] for column in key.columns if column in draft.owners)
    return f"the keys {', '.join(others)}" if others else ", ".join(key.columns)


def _offering(pick: Skewed) -> str:
    tables = ", ".join(str(demand.table) for demand in pick.demands if isinstance(demand, Demand))
    offered = f" with a row of {tables} to go with it" if tables else ""
    offered += " that its own constraints permit" if any(isinstance(d, Among) for d in pick.demands) else ""
    return offered + (", but no persona that has nothing" if any(isinstance(d, Besides) for d in pick.demands) else "")


def _chosen(pick: Pick, key: ForeignKey) -> str:
    target = key.target
    match pick:
        case Skewed():
            return f"any row of {target}{_offering(pick)}, the first ones more often{_share(pick.empty)}"
        case Matching():
            return f"a row of {target} with the same {_shared(pick.shared)}{_share(pick.empty)}"
        case Once():
            return f"a row of {target} with the same {_shared(pick.shared)}, each at most once, else NULL"
        case Another():
            return f"another row of {target} than {pick.than} points at"
        case Followed():
            return f"the row of {target} that {pick.via} leads to, by its {pick.key}"
        case Agreed():
            told = ", ".join(pick.told.way) or "the row"
            return f"a row of {target} with the same {pick.column} as {told}{_share(pick.empty)}"
    return _beside(pick, key)


def _beside(pick: Pick, key: ForeignKey) -> str:
    if isinstance(pick, Beside):
        place = "after those that" if pick.above else "another than"
        return f"an early row of the same table, {place} {', '.join(pick.than)} points at"
    if isinstance(pick, BorrowedParent):
        return f"the row of {key.target} that {' or '.join(pick.keys)} points at{_share(pick.empty)}"
    return _counted(pick, key)


def _counted(pick: Pick, key: ForeignKey) -> str:
    match pick:
        case Covering():
            return f"every row of {key.target} once, then any of them"
        case Same():
            return f"one to one: the row of {key.target} with the same number"
        case Kin():
            return f"an earlier row of {key.target} with the same {', '.join(pick.columns)}"
        case DigitParent() | Paired():
            return f"rows of {key.target} counted through, so that no combination comes twice"
    return _within(pick) or f"rows of {key.target}, as {type(pick).__name__} chooses them"


def _within(pick: Pick) -> str:
    """What a key to the table's own rows points at; empty if it is none."""
    match pick:
        case Earlier():
            root = "NULL at a tree's root" if pick.nullable else "a tree's root is its own parent"
            return f"an earlier row of the same table; {root}"
        case Next():
            chains = f", in chains of {pick.links}" if pick.nullable and pick.links else ""
            return f"the row before it in the same table, each once{chains}"
    return ""


def _shared(shared: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(here for here, _ in shared)


def _share(empty: int) -> str:
    return f"; NULL in {empty / 10:g} % of the rows" if empty else ""
