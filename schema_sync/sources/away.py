"""What of a file of SQL needs something that stays behind, and so stays behind too: a view on a foreign table, say."""

from collections.abc import Iterator
from typing import Any

from pglast.visitors import Visitor

from schema_sync.sources.script import Statement

NEEDS = "needs what stays behind"

Name = tuple[str, ...]


class Away:
    """The relations and functions of a file that are not made, as its statements are gone through in their order."""

    def __init__(self) -> None:
        self._relations: set[Name] = set()
        self._functions: set[Name] = set()

    def needed_by(self, statement: Statement) -> str:
        """Why the statement cannot be run, if it names something that is not there; else empty."""
        if not (self._relations or self._functions):
            return ""
        named = _Named()
        named(statement.parsed)
        gone = self._relations & (named.relations | set(_commented(statement))) or self._functions & named.functions
        return NEEDS if gone else ""

    def leave(self, statement: Statement) -> None:
        """Take note of what the statement would have made."""
        node = statement.parsed
        match statement.kind:
            case "CreateForeignTableStmt":
                self._relations.add(_relation(node.base.relation))
            case "ViewStmt":
                self._relations.add(_relation(node.view))
            case "CreateTableAsStmt":
                self._relations.add(_relation(node.into.rel))
            case "IndexStmt" if node.idxname:
                self._relations.add((*_relation(node.relation)[:-1], node.idxname))
            case "CreateFunctionStmt":
                self._functions.add(_strings(node.funcname))


class _Named(Visitor):
    """The relations and functions that a statement names, wherever in it."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: set[Name] = set()
        self.functions: set[Name] = set()

    def visit_RangeVar(self, _: object, node: Any) -> None:  # noqa: N802  # pglast calls it so
        self.relations.add(_relation(node))

    def visit_FuncCall(self, _: object, node: Any) -> None:  # noqa: N802  # pglast calls it so
        self.functions.add(_strings(node.funcname))

    def visit_ObjectWithArgs(self, _: object, node: Any) -> None:  # noqa: N802  # pglast calls it so
        self.functions.add(_strings(node.objname))


def _relation(node: Any) -> Name:
    return (node.schemaname, node.relname) if node.schemaname else (node.relname,)


def _strings(names: Any) -> Name:
    return tuple(str(name.sval) for name in names)


def _commented(statement: Statement) -> Iterator[Name]:
    """What a comment may be about: a relation by its name, or by that of something in it, which follows."""
    node = statement.parsed
    if statement.kind == "CommentStmt" and isinstance(node.object, tuple):
        names = tuple(str(name.sval) for name in node.object if hasattr(name, "sval"))
        yield names
        yield names[:-1]
