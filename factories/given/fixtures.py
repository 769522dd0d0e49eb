"""Fixtures: files of rows, CSV or YAML, one for a table, read as given rows."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import yaml

from catalog.errors import Refusal
from catalog.model import Catalog, Column, Table
from catalog.nearest import much_like
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family
from factories.proof.pools import Cell, Own
from factories.values.literals import in_column

_SUFFIXES = (".csv", ".yaml", ".yml")
_ALL = ".all"
_NULL = "tag:yaml.org,2002:null"
_ADVICE = "How fixtures are written is in docs/seeding.md."


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as the file has it: the cells by column, None for NULL, and the line it begins on."""

    number: int
    cells: dict[str, str | None]


class _Unreadable(Exception):
    """The file does not hold rows; the text says why, and on which line."""


def read_fixtures(folder: Path, catalog: Catalog) -> tuple[GivenRows, ...]:
    """The rows of every fixture in the folder, in the order of the files' names.

    Raises Refusal, naming file, line and column, for whatever of it is no row of a table of the catalog.
    """
    return tuple(_fixture(path, catalog) for path in fixture_files(folder))


def fixture_files(folder: Path) -> tuple[Path, ...]:
    """The fixtures in the folder, by name; Refusal if it cannot be read."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES))
    except OSError as error:
        raise Refusal(
            f"the folder of fixtures {folder} cannot be read", why=error.strerror or "", todo=_ADVICE
        ) from None


def _fixture(path: Path, catalog: Catalog) -> GivenRows:
    name, complete = path.stem.removesuffix(_ALL), path.stem.endswith(_ALL)
    table = _table(path, name, catalog)
    lines = _lines(path)
    columns = tuple(dict.fromkeys(column for line in lines for column in line.cells))
    for column in columns:
        _refuse_column(path, lines, table, column)
    rows = tuple(tuple(_cell(table.column(column), line) for column in columns) for line in lines)
    places = tuple(f"{_shown(path)}, line {line.number}" for line in lines)
    return GivenRows(table.name, columns, rows, places, Source.FIXTURE, _shown(path), complete)


def _shown(path: Path) -> str:
    """The file as people are told of it."""
    return f"{path.parent.name}/{path.name}"


def _table(path: Path, name: str, catalog: Catalog) -> Table:
    found = [table for table in catalog.tables if name in (str(table.name), table.name.name)]
    if len(found) == 1:
        return found[0]
    if found:
        why = ", ".join(str(table.name) for table in found)
        raise Refusal(f'{_shown(path)} names a table "{name}" of several schemas', why=why, todo=_ADVICE)
    near = much_like((table.name for table in catalog.tables), name)
    raise Refusal(f'{_shown(path)} names a table "{name}", which is not in the schema', todo=f"{near} {_ADVICE}")


def _refuse_column(path: Path, lines: Sequence[_Line], table: Table, name: str) -> None:
    column: Column | None = next((column for column in table.columns if column.name == name), None)
    if column is not None and column.writable:
        return
    line = next(line.number for line in lines if name in line.cells)
    problem = "is computed by PostgreSQL" if column else "does not exist"
    known = ", ".join(column.name for column in table.columns if column.writable)
    raise Refusal(
        f'{_shown(path)}, line {line}: column "{name}" of {table.name} {problem}', todo=f"Its columns are: {known}."
    )


def _cell(column: Column, line: _Line) -> Cell:
    """The cell for the column: text that PostgreSQL reads, NULL, or left to be derived."""
    if column.name not in line.cells:
        return Own.VALUE
    text = line.cells[column.name]
    if text is None and column.required and family(column.type) is Family.TEXT:
        return ""  # the only thing that an empty cell can mean there
    return in_column(text, column.type)


def _lines(path: Path) -> tuple[_Line, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        lines = tuple(_of_csv(text) if path.suffix.lower() == ".csv" else _of_yaml(text))
    except OSError as error:
        why = error.strerror or "the system gives no reason"
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except _Unreadable as error:
        why = str(error)
    else:
        if lines:
            return lines
        why = "it holds no row; to leave a table empty, exclude it"
    raise Refusal(f"the fixture {_shown(path)} cannot be read", why=why, todo=_ADVICE)


def _of_csv(text: str) -> Iterator[_Line]:
    """The rows under a line of column names; an empty cell is NULL."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _refuse_header(header)
        begin = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                raise _Unreadable(
                    f"line {begin} has {len(cells)} cells, and the first line names {len(header)} columns"
                )
            if cells:
                yield _Line(begin, dict(zip(header, (cell or None for cell in cells), strict=True)))
            begin = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(f"line {reader.line_num}: {error}") from None


def _refuse_header(header: Sequence[str]) -> None:
    if not header or not all(header):
        raise _Unreadable("its first line must name the columns")
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise _Unreadable(f'its first line names the column "{twice}" twice')


def _of_yaml(text: str) -> Iterator[_Line]:
    """The rows of a list of mappings; scalars stay as they are written, so that PostgreSQL reads them."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _Unreadable(" ".join(str(error).split())) from None
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise _Unreadable("it must be a list of rows, each a mapping of columns to values")
    for node in root.value:
        yield _Line(node.start_mark.line + 1, _mapping(node))


def _mapping(node: yaml.Node) -> dict[str, str | None]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _Unreadable(f"line {line} is not a mapping of columns to values")
    found: dict[str, str | None] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            raise _Unreadable(f'line {key.start_mark.line + 1} names the column "{name}" twice')
        found[name] = _scalar(value)
    return found


def _scalar(node: yaml.Node) -> str | None:
    """A scalar's text as it is written; a list or mapping as JSON."""
    if isinstance(node, yaml.ScalarNode):
        if any("\ud800" <= sign <= "\udfff" for sign in str(node.value)):
            raise _Unreadable(
                f"line {node.start_mark.line + 1} holds half a character, which no text of a database may"
            )
        return None if node.tag == _NULL else str(node.value)
    loader = yaml.SafeLoader("")
    try:
        return json.dumps(loader.construct_document(node), ensure_ascii=False, default=str)
    except yaml.YAMLError as error:
        raise _Unreadable(" ".join(str(error).split())) from None
