"""What tables are called."""

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class TableName:
    """A table's schema and name, unquoted; sorts and prints as `schema.name`."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    def __lt__(self, other: "TableName") -> bool:
        return (self.schema, self.name) < (other.schema, other.name)

    def is_named(self, pattern: str) -> bool:
        """Whether the pattern, with or without a schema, names the table; * stands for any letters."""
        return fnmatchcase(str(self), pattern) or fnmatchcase(self.name, pattern)
