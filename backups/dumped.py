"""Whether the archive has all that its snapshot held: what passed is compared with what the server counted."""

from catalog.errors import Failure
from database.contents.archive_content import ArchiveContent
from database.contents.content import Amount, Content
from database.contents.exported import Contents


def dumped_content(heard: ArchiveContent, held: Contents) -> Content:
    """What each table's rows in the archive amount to, by its title, and all large objects.

    Raises Failure, naming the first table, if there are not as many as the server counted in the same snapshot.
    """
    tables, large_objects = heard.amounts()
    names, counts = dict(held.names), dict(held.row_counts)
    content = Content(tuple((title, tables.get(names[title], Amount())) for title in counts), large_objects)
    for title, amount in content.tables:
        _require(title, "rows", amount.count, counts[title])
    _require("the database", "large objects", large_objects.count, held.large_objects)
    return content


def _require(what: str, kind: str, dumped: int, counted: int) -> None:
    if dumped != counted:
        raise Failure(
            "pg_dump did not write all that is in the database",
            why=f"of {what} it wrote {dumped} {kind}, and the server counts {counted} in the same snapshot",
            todo="Run again; if it stays so, look at this pg_dump (GREENROOM_PG_BIN) and at the server's logs.",
        )
