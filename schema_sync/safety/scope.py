"""What is known of a database before it is scanned: which of its texts are wanted, and where others come from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

from catalog.model import Catalog, TableName
from schema_sync.safety.plain import plain


class Origin(StrEnum):
    """Who brought a text into the database."""

    MADE = "made"
    KEPT = "kept from staging"
    GIVEN = "given by a fixture or a migration"
    SCHEMA = "written in the schema"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a scan passes over and what it tells apart.

    `allowed` are patterns of columns (`schema.table.column`) or texts, in which * stands for any letters; `kept` are
    tables of rows that staging had; `given` the texts of given rows by table; `schema` is all that the schema says.
    `country` is where numbers without a country's prefix are dialled. With `refuse_given`, kept and given rows may hold
    no more than rows that were made.
    """

    allowed: tuple[str, ...] = ()
    kept: Collection[TableName] = frozenset()
    given: Mapping[TableName, str] = field(default_factory=dict)
    schema: str = ""
    country: str = "US"
    refuse_given: bool = False

    def passes_over(self, text: str) -> bool:
        """Whether a text, or a column's name, is one of those that are wanted."""
        return any(fnmatchcase(text, pattern) for pattern in self.allowed)

    def origin(self, table: TableName, text: str) -> Origin:
        """Where a text of that table comes from."""
        if table in self.kept:
            return Origin.KEPT
        if _says(self.given.get(table, ""), text):
            return Origin.GIVEN
        return Origin.SCHEMA if _says(self.schema, text.lower()) else Origin.MADE


def _says(known: str, text: str) -> bool:
    """Whether the text stands there, as it is or in other signs."""
    return text in known or (not known.isascii() and text in _plain(known))


_plain = lru_cache(maxsize=8)(plain)  # what is known may be megabytes, and is asked of every row in which something is


def schema_text(catalog: Catalog) -> str:
    """All that a schema says, in small letters; a pattern's escaped signs read as they are meant."""
    said = "\n".join(item.definition for item in catalog.objects)
    return f"{said}\n{said.replace(chr(92), '')}".lower()
