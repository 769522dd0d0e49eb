"""One short name for a seed plan: plans of the same name make the same bytes, in the same chunks."""

from dataclasses import replace
from datetime import UTC
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from math import ceil
from pathlib import Path

from database.copy import assembling, copying, encoding, spelling
from database.copy.copying import encoded, goes_binary
from factories.plan import SeedPlan, TablePlan
from factories.seed import CHUNK_ROWS, batch

_LOOKED_AT = 48
_LIBRARIES = ("faker", "numpy", "pyarrow")
_ENCODERS = (assembling, copying, encoding, spelling)


def plan_digest(plan: SeedPlan, shape: str, *, chunk_rows: int = CHUNK_ROWS) -> str:
    """The plan's SHA-256, 64 hex digits.

    It is over the code that makes rows, the shape's fingerprint, the request, every table's count, each column's
    generator, and the bytes of some rows of every table.
    """
    request = replace(plan.request, anchor=plan.request.anchor.astimezone(UTC))
    found = sha256(repr((code_digest(), shape, request, chunk_rows)).encode())
    for table in plan.tables:
        found.update(repr((table, [(column.name, column.type) for column in plan.writes[table.name]])).encode())
        found.update(_some_rows(plan, table))
    return found.hexdigest()


@cache
def code_digest() -> str:
    """The SHA-256 of all that rows hang on: this package with its words, the encoders, the libraries' versions."""
    found = sha256(repr([(name, version(name)) for name in _LIBRARIES]).encode())
    ours = [path for path in sorted(Path(__file__).parent.rglob("*")) if path.suffix in (".py", ".toml", ".txt")]
    for path in (*ours, *(Path(str(module.__file__)) for module in _ENCODERS)):
        found.update(path.read_bytes())
    return found.hexdigest()


def _some_rows(plan: SeedPlan, table: TablePlan) -> bytes:
    """The bytes of some rows, evenly apart."""
    columns = plan.writes[table.name]
    if not table.rows or not columns:
        return b""
    made = batch(plan, table.name, columns, range(0, table.rows, ceil(table.rows / _LOOKED_AT)))
    return b"".join(data for _, data in encoded(columns, [made], binary=goes_binary(columns)))
