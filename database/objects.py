"""Everything a schema holds, as values to compare; reads only, and needs no right on any table."""

from catalog.model import SchemaObject
from database.queries import query
from database.session import Connection

PARTS = ("schemas", "types", "tables", "columns", "constraints", "routines", "doors", "comments")
"""What the objects are read by: each a query of its own, `objects_<part>.sql`."""


def read_objects(connection: Connection) -> tuple[SchemaObject, ...]:
    """Every object of every kind, with its definition as PostgreSQL prints it; no owner and no grant.

    They come out alike on every server only within `printing_alike`, which is the caller's to do.
    """
    rows = (row for part in PARTS for row in connection.execute(query(f"objects_{part}")))
    return tuple(SchemaObject(kind, name, definition, tuple(within)) for kind, name, definition, within in rows)
