"""Reading what conditions say about the inside of a document column: JSON by its operators and functions, hstore."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pglast import ast
from pglast.enums import A_Expr_Kind, BoolExprType

from factories.conditions import jsonpath
from factories.conditions.casts import cast_kind, cast_moment, cast_pattern
from factories.conditions.documents import Part, Path, leaves
from factories.conditions.expressions import function_of, literal, operator_of, parsed
from factories.conditions.negating import negated
from factories.conditions.patterns import from_like
from factories.conditions.saying import as_told, bounded, constant, counted

_FETCHING = {"->", "->>", "#>", "#>>"}
_WRAPPING = {"lower", "btrim", "upper", "ltrim", "rtrim", "coalesce"}
_PATHS = {"jsonb_extract_path", "jsonb_extract_path_text", "json_extract_path", "json_extract_path_text"}
_BY_JSONPATH = ("jsonb_path_exists", "jsonb_path_match", "jsonb_path_exists_tz", "jsonb_path_match_tz")
_EXISTS = ("jsonb_exists", "exist", "isexists", "defined", "isdefined")  # the last four are hstore's
_ALL_EXIST = ("jsonb_exists_all", "exists_all")
_TYPES = {"jsonb_typeof", "json_typeof"}
_COUNTS = {"jsonb_array_length", "json_array_length"}
_LENGTHS = {"length", "char_length", "character_length"}


def document(column: str, conditions: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> Part:
    """What the conditions say about the column's documents; `words` are what other columns may hold."""
    reader = _Reader(column, words)
    for condition in conditions:
        reader.read(parsed(condition))
    return reader.found


@dataclass
class _Reader:
    """Gathers what conditions that must hold say about one column's documents."""

    column: str
    words: Mapping[str, tuple[str, ...]]
    found: Part = field(default_factory=Part)

    def read(self, node: Any) -> None:
        """Take in every part of an AND, and of an OR the first part that says something."""
        if isinstance(node, ast.BoolExpr):
            self._read_parts(node.boolop, node.args)
        elif isinstance(node, ast.NullTest):
            self._value_there(node.arg)
        elif isinstance(node, ast.A_Expr):
            self._compare(node)
        elif isinstance(node, ast.JsonFuncExpr):
            self._want(self.path(node))
        elif function_of(node) in (*_BY_JSONPATH, *_EXISTS, *_ALL_EXIST):
            self._exists(node)

    def _read_parts(self, kind: Any, parts: Any) -> None:
        before = self.found
        if kind is BoolExprType.NOT_EXPR:
            self._deny(parts[0])
            return
        for part in parts:
            if kind is BoolExprType.AND_EXPR or (self.found == before and not isinstance(part, ast.NullTest)):
                self.read(part)

    def _deny(self, node: Any) -> None:
        if isinstance(node, ast.A_Expr) and operator_of(node) == "?" and (path := self.path(node.lexpr)) is not None:
            self._change((*path, literal(node.rexpr) or ""), lambda part: replace(part, banned=True))
        elif function_of(node) in _BY_JSONPATH:
            self._take_in(self.path(node.args[0]), literal(node.args[1]) or "", denied=True)
        elif isinstance(node, ast.A_Expr) and operator_of(node) in ("@?", "@@"):
            self._take_in(self.path(node.lexpr), literal(node.rexpr) or "", denied=True)
        elif not isinstance(node, ast.NullTest):
            self.read(negated(node))

    def _change(self, path: Path, change: Callable[[Part], Part]) -> None:
        self.found = self.found.at(path, change)

    def _want(self, path: Path | None) -> None:
        if path:
            self._change(path, lambda part: replace(part, wanted=True))

    def _value_there(self, node: Any) -> None:
        """A value has to be there, of the type that it is cast to."""
        kind, pattern, moment = cast_kind(node), cast_pattern(node), cast_moment(node)
        if path := self.path(node):
            self._change(
                path, lambda part: replace(part, wanted=True, kind=part.kind or kind, moment=part.moment or moment)
            )
            if pattern:
                self._change(path, lambda part: replace(part, patterns=(*part.patterns, pattern)))

    def path(self, node: Any) -> Path | None:
        """Where in the document a node looks, None if it looks elsewhere."""
        if isinstance(node, ast.TypeCast):
            return self.path(node.arg)
        if isinstance(node, ast.ColumnRef):
            return () if _column_named(node) == self.column else None
        if isinstance(node, ast.A_Indirection):
            inside: Any = node.indirection
            return self._below(node.arg, _texts(item.uidx for item in inside if isinstance(item, ast.A_Indices)))
        if isinstance(node, ast.A_Expr) and operator_of(node) in _FETCHING:
            return self._below(node.lexpr, _keys(node.rexpr))
        if isinstance(node, ast.JsonFuncExpr):
            context: Any = node.context_item
            return self._below(context.raw_expr, _of_jsonpath(literal(node.pathspec) or ""))
        return self._path_of_call(node)

    def _path_of_call(self, node: Any) -> Path | None:
        if function_of(node) in _PATHS:
            return self._below(node.args[0], _texts(node.args[1:]))
        return self.path(node.args[0]) if function_of(node) in _WRAPPING else None

    def _below(self, node: Any, keys: Path) -> Path | None:
        above = self.path(node)
        return None if above is None or not keys else (*above, *keys)

    def _compare(self, node: Any) -> None:
        operator = operator_of(node)
        measured = _measuring(node.lexpr)
        if operator in ("@?", "@@"):
            self._take_in(self.path(node.lexpr), literal(node.rexpr) or "")
        elif operator in ("?", "?&", "?|", "@>"):
            self._has(operator, self.path(node.lexpr), node.rexpr)
        elif measured is not None:
            self._measure(function_of(measured), self.path(measured.args[0]), node)
        elif path := self.path(node.lexpr):
            self._value(path, node, operator)

    def _has(self, operator: str, path: Path | None, keys: Any) -> None:
        if path is None:
            return
        if operator == "@>":
            for below, kind, shown in leaves(literal(keys) or ""):
                self._change((*path, *below), constant(kind, shown))
            return
        named = _keys(keys)
        for key in named[:1] if operator == "?|" else named:
            self._want((*path, key))

    def _measure(self, what: str, path: Path | None, node: Any) -> None:
        if path is None:
            return
        if what in _TYPES:
            words = _words(node)
            self._change(path, lambda part: replace(part, kind=words[0] if words else part.kind, wanted=bool(path)))
            return
        kind = "array" if what in _COUNTS else "string"
        for operator, value in _compared(node):
            if value.isdecimal():
                self._change(path, counted(kind, operator, int(value)))

    def _value(self, path: Path, node: Any, operator: str) -> None:
        kind = cast_kind(node.lexpr)
        words = _words(node) or self.words.get(_column_named(node.rexpr), ())
        self._want(path)
        if operator == "=" and words:
            self._change(path, lambda part: replace(part, options=words, kind=kind or "string"))
        elif operator in ("~", "~~") and words:
            pattern = words[0] if operator == "~" else from_like(words[0])
            self._change(path, lambda part: replace(part, patterns=(*part.patterns, pattern), kind="string"))
        else:
            self._change(path, lambda part: replace(part, kind=kind or part.kind))
            for sign, value in _compared(node):
                self._change(path, bounded(sign, value))

    def _exists(self, node: Any) -> None:
        text = literal(node.args[1]) or ""
        if function_of(node) in _BY_JSONPATH:
            self._take_in(self.path(node.args[0]), text)
            return
        for key in _keys(node.args[1]) if function_of(node) in _ALL_EXIST else (text,):
            self._want(self._below(node.args[0], (key,)))

    def _take_in(self, above: Path | None, text: str, *, denied: bool = False) -> None:
        """What a JSON path says of the document there."""
        if above is not None:
            for fact in jsonpath.told(text, denied=denied):
                self._want((*above, *fact.path))
                self._change((*above, *fact.path), as_told(fact))


def _texts(items: Iterable[Any]) -> Path:
    return tuple(text for item in items if (text := literal(item)) is not None)


def _keys(node: Any) -> Path:
    """The keys that `-> 'a'`, `#> '{a,b}'` or `?& ARRAY['a', 'b']` name."""
    node = _bare(node)
    if isinstance(node, ast.A_ArrayExpr):
        return _texts(node.elements or ())
    text = literal(node)
    if text is None:
        return ()
    return tuple(text[1:-1].split(",")) if text.startswith("{") and text.endswith("}") else (text,)


def _bare(node: Any) -> Any:
    while isinstance(node, ast.TypeCast):
        node = node.arg
    return node


def _of_jsonpath(text: str) -> Path:
    """The keys of a plain path such as `$.a.b`; none for anything with conditions or wildcards."""
    plain = text.removeprefix("strict ").removeprefix("lax ").strip()
    keys = [key.strip('"') for key in plain.split(".")[1:]]
    return tuple(keys) if plain.startswith("$.") and all(key.replace("_", "").isalnum() for key in keys) else ()


def _column_named(node: Any) -> str:
    node = _bare(node)
    return str(getattr(node.fields[-1], "sval", "")) if isinstance(node, ast.ColumnRef) and node.fields else ""


def _measuring(node: Any) -> Any:
    """The call that tells a type, a count or a length, if the node is one."""
    node = _bare(node)
    return node if function_of(node) in _TYPES | _COUNTS | _LENGTHS and node.args else None


def _words(node: Any) -> tuple[str, ...]:
    """The constants on the right of `=`, IN or = ANY."""
    if isinstance(node.rexpr, tuple):
        return _texts(node.rexpr)
    one = literal(node.rexpr)
    return _keys(node.rexpr) if node.kind is A_Expr_Kind.AEXPR_OP_ANY or one is None else (one,)


def _compared(node: Any) -> Iterator[tuple[str, str]]:
    """Each comparison with a constant that the node makes: (operator, constant)."""
    if node.kind is A_Expr_Kind.AEXPR_BETWEEN:
        yield from zip((">=", "<="), _texts(node.rexpr), strict=False)
    elif not isinstance(node.rexpr, tuple) and (value := literal(node.rexpr)) is not None:
        yield operator_of(node), value
