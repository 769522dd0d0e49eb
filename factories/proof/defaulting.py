"""The value that a column's own default gives, where none other is known to be accepted: a role of the server, say."""

from collections.abc import Sequence

from pglast import ast
from pglast.enums import SQLValueFunctionOp

from catalog.model import Column
from database.shadow.oracle import Question
from factories.conditions import expressions
from factories.conditions.rules import Rule
from factories.deriving.derive import Derived
from factories.draft import Fixed, Limit
from factories.proof.trying import Proof, filtered
from factories.values.numbers import Choice, Each

_OF_A_ROLE = {
    SQLValueFunctionOp.SVFOP_CURRENT_ROLE,
    SQLValueFunctionOp.SVFOP_CURRENT_USER,
    SQLValueFunctionOp.SVFOP_USER,
    SQLValueFunctionOp.SVFOP_SESSION_USER,
}


def take_default(proof: Proof, name: str, touching: Sequence[Rule]) -> bool:
    """Give the column what its default gives, in one row if it is unique; False if that is not accepted either."""
    draft = proof.draft
    column = draft.table.column(name)
    if name in draft.owners or name in draft.declared or not column.default or not _is_lasting(column.default):
        return False
    accepted = [cells for cells in filtered(proof, (name,), [(_given(proof, column),)], touching) if None not in cells]
    if not accepted:
        return False
    values = tuple(text for (text,) in accepted if text is not None)
    unique = name in draft.distinct
    draft.recipes[name] = Derived(Each(values) if unique else Choice(values), f"its default, for {touching[-1].name}")
    if unique:
        reason = f"of {name} only its default is known to be accepted by {touching[-1].name}"
        draft.limits.append(Limit(Fixed(len(values)), reason))
    return True


def _is_lasting(default: str) -> bool:
    """Whether it gives the same at any time: constants, and the role that fills staging; no clock and no sequence."""
    calls = [node for node in expressions.nodes(expressions.parsed(default)) if isinstance(node, _CALLS)]
    if _OF_THE_CLOCK & {text.strip().lower() for text in expressions.literals(default)}:
        return False
    return all(isinstance(node, ast.SQLValueFunction) and node.op in _OF_A_ROLE for node in calls)


_OF_THE_CLOCK = {"now", "today", "tomorrow", "yesterday"}  # constants that a cast reads off it: `'now'::text::date`
_CALLS = (ast.FuncCall, ast.SQLValueFunction)


def _given(proof: Proof, column: Column) -> str | None:
    (text,) = proof.oracle.values(Question(f"({column.default})::{column.type.name}", ()), [()])
    return text
