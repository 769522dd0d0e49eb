"""Numbers without places of their own, of which a CHECK says how many places they have at most."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pglast import ast

from catalog.model import Column, DataType, Table, TypeKind
from factories.conditions.expressions import conjuncts, function_of, literal, operator_of, parsed, place_of

_PRECISION = 20
_VALUE = "value"  # what a domain's CHECK calls the value


def with_scales(table: Table) -> Table:
    """The table with each such number's type as if it had been declared with so many places."""
    told = dict(_told(check.expression for check in table.checks))
    return replace(table, columns=tuple(_held(column, told) for column in table.columns))


def _held(column: Column, told: dict[str, int]) -> Column:
    places = told.get(column.name)
    own = dict(_told(_checks(column.type))).get(_VALUE)
    least = min((known for known in (places, own) if known is not None), default=None)
    return column if least is None else replace(column, type=_narrowed(column.type, least))


def _checks(kind: DataType) -> Iterator[str]:
    if kind.kind is TypeKind.DOMAIN and kind.element is not None:
        yield from kind.checks
        yield from _checks(kind.element)


def _narrowed(kind: DataType, places: int) -> DataType:
    if kind.kind is TypeKind.DOMAIN and kind.element is not None:
        return replace(kind, element=_narrowed(kind.element, places))
    free = kind.base == "numeric" and kind.precision is None
    return replace(kind, precision=_PRECISION, scale=places) if free else kind


def _told(expressions: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each column of which an expression says how many places it has at most."""
    for expression in expressions:
        for part in conjuncts(expression) if "scale" in expression else ():
            node: Any = parsed(part)
            call: Any = node.lexpr if isinstance(node, ast.A_Expr) else None
            if call is not None and function_of(call) in ("scale", "min_scale"):
                name, value = place_of(call.args[0]), literal(node.rexpr)
                if name and value and value.isdecimal() and operator_of(node) in ("<", "<=", "="):
                    yield name, int(value) - (operator_of(node) == "<")
