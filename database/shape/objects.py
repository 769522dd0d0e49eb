"""Everything a schema holds, as values to compare; reads only, and needs no right on any table."""

from catalog.model import SchemaObject
from database.queries import query
from database.session import Connection
from database.transactions import one_picture

PARTS = ("schemas", "types", "tables", "columns", "constraints", "routines", "doors", "comments")
"""What the objects are read by: each a query of its own, `objects_<part>.sql`."""


def read_objects(connection: Connection) -> tuple[SchemaObject, ...]:
    """Every object of every kind, with its definition as PostgreSQL prints it; no owner and no grant.

    They are what a catalog is compared by, and its fingerprint: whoever wants no more than that reads half as much.
    """
    with one_picture(connection):
        return objects_seen(connection)


def objects_seen(connection: Connection) -> tuple[SchemaObject, ...]:
    """The same within a transaction of the caller's; they come out alike on every server only in `one_picture`."""
    rows = (row for part in PARTS for row in connection.execute(query(f"objects_{part}")))
    return tuple(SchemaObject(kind, name, definition, tuple(within)) for kind, name, definition, within in rows)
