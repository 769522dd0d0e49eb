"""The lines of a factory that would fill a table: where to begin, for whoever knows what its columns must hold."""

import re
from collections.abc import Iterator
from json import dumps
from keyword import iskeyword

from catalog.model import TypeKind
from factories.conditions import expressions
from factories.draft import Draft
from factories.written.declare import is_taken

INDENT = "    "


def remedy(draft: Draft) -> tuple[str, ...]:
    """Python that declares the columns in the way, each with what it must hold; empty if no factory would help."""
    found = _in_the_way(draft)
    columns = [name for name in found if name not in draft.owners] or list(found)
    if not columns:
        return ()
    recipes = {name: _recipe(draft, name) for name in columns}
    used = sorted({recipe.partition("(")[0] for recipe in recipes.values()} | {"Column", "TableFactory"})
    return (
        f"from factories import {', '.join(used)}",
        f"class {_class_name(draft.name.name)}Factory(TableFactory):",
        f"{INDENT}class Meta: table = {_text(str(draft.name))}",
        *(_line(draft, place, name, recipes[name]) for place, name in enumerate(columns, 1)),
    )


def _in_the_way(draft: Draft) -> tuple[str, ...]:
    """The columns whose values would have to be known: of a table left empty, or one for which few rows were found."""
    if not draft.rows:
        return draft.obstacle
    return draft.doubts[0].columns if draft.doubts and draft.rows < draft.wanted else ()


def _recipe(draft: Draft, name: str) -> str:
    """`...` stands where the values belong."""
    return "Made(lambda row: ...)" if _is_unique(draft, name) else 'Choice(("...",))'


def _is_unique(draft: Draft, name: str) -> bool:
    alone = any(unique.columns == (name,) for unique in draft.table.uniques)
    return alone or any(name in exclusion.columns for exclusion in draft.table.exclusions)


def _line(draft: Draft, place: int, name: str, recipe: str) -> str:
    plain = name.isidentifier() and not iskeyword(name) and not is_taken(name)
    called = name if plain else f"column_{place}"
    title = "" if plain else f", name={_text(name)}"
    return f"{INDENT}{called} = Column({recipe}{title})  # {_wanted(draft, name)}"


def _wanted(draft: Draft, name: str) -> str:
    column = draft.table.column(name)
    another = ", each row another" if _is_unique(draft, name) else ""
    checks = ", ".join(dict.fromkeys(_constraints(draft, name)))
    told = f"{column.type.name}{another}{f', for {checks}' if checks else ''}"
    return "".join(sign if sign.isprintable() else " " for sign in told)


def _constraints(draft: Draft, name: str) -> Iterator[str]:
    for check in draft.table.checks:
        if name in (expressions.columns(check.expression) or check.columns):
            yield f"CHECK {check.name}"
    for exclusion in draft.table.exclusions:
        if name in exclusion.columns:
            yield f"exclusion constraint {exclusion.name}"
    for key in draft.table.foreign_keys:
        if name in key.columns:
            yield f"foreign key {key.name} to {key.target}"
    kind = draft.table.column(name).type
    if kind.kind is TypeKind.DOMAIN:
        yield f"domain {kind.name}"


def _class_name(table: str) -> str:
    words = [word for word in re.split(r"[^0-9A-Za-z]+", table) if word]
    found = "".join(word[0].upper() + word[1:] for word in words)
    return found if found[:1].isalpha() else f"Table{found}"


def _text(text: str) -> str:
    """The text as a Python literal in double quotes."""
    return dumps(text, ensure_ascii=False)
