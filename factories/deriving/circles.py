"""Whether a column comes to look at another in the end, over all tables: read off what its recipe names."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from catalog.model import TableName
from factories.draft import Draft
from factories.recipe import Recipe

Drafts = Mapping[TableName, Draft]
Node = tuple[TableName, str]


def reaches(drafts: Drafts, table: TableName, names: tuple[str, ...], goal: Node) -> bool:
    """Whether one of the table's columns or keys looks at the goal, by whatever way; rather yes than no."""
    seen: set[Node] = set()
    ahead = [(table, name) for name in names if name]
    while ahead:
        node = ahead.pop()
        if node == goal:
            return True
        if node not in seen and node[0] in drafts:
            seen.add(node)
            ahead += _looked_at(drafts, *node)
    return False


def circular(draft: Draft, name: str) -> bool:
    """Whether the column comes to look at itself by way of others of its table; rather yes than no."""
    drafts, goal = {draft.name: draft}, (draft.name, name)
    ahead = (word for _, word in _looked_at(drafts, draft.name, name) if word != name)
    return any(reaches(drafts, draft.name, (word,), goal) for word in ahead)


def _looked_at(drafts: Drafts, table: TableName, name: str) -> list[Node]:
    """The columns and keys that a column's recipe, or a key's pick, may look at."""
    draft = drafts[table]
    known = draft.recipes.get(name)
    made: list[object] = [known.recipe] if known else []
    made += [draft.computed[name]] if name in draft.computed else []
    near = {table}
    if name in draft.picks:
        near.add(draft.picks[name][0])
        made.append(draft.picks[name][1])
    told = {text for item in made for text in _told(item)}
    words = {text for text in told if isinstance(text, str)}
    near |= {text for text in told if isinstance(text, TableName)}
    near |= {draft.picks[word][0] for word in words if word in draft.picks}
    for at in list(near):
        near |= {drafts[at].picks[word][0] for word in words if at in drafts and word in drafts[at].picks}
    return [(at, word) for at in near if at in drafts for word in words if _there(drafts[at], word)]


def _there(draft: Draft, word: str) -> bool:
    return word in draft.recipes or word in draft.picks


def _told(item: object) -> Iterator[str | TableName]:
    """All names within a recipe, but for what it is called."""
    if isinstance(item, str | TableName):
        yield item
    elif isinstance(item, tuple | list | frozenset):
        for part in item:
            yield from _told(part)
    elif is_dataclass(item):
        for field in fields(item):
            if field.name not in ("label", "reason"):
                yield from _told(getattr(item, field.name, None))


def without(recipe: Recipe, name: str) -> Recipe:
    """The recipe of a moment, but for that it comes after the column of that name."""
    if not is_dataclass(recipe):
        return recipe
    made: Any = recipe
    changed: dict[str, Any] = {}
    for field in fields(made):
        value = getattr(made, field.name, None)
        if field.name == "after" and isinstance(value, tuple) and name in value:
            changed["after"] = tuple(other for other in value if other != name)
        elif field.name in ("recipe", "otherwise", "happened", "then") and is_dataclass(value):
            changed[field.name] = without(value, name)
    whole: Recipe = replace(made, **changed) if changed else recipe
    return whole
