"""The rows that the settings give: fixtures, and what is kept of the staging that is replaced."""

from collections.abc import Iterator

from catalog.errors import Refusal
from catalog.model import Catalog
from database.introspect import read_catalog
from database.kept import read_rows
from database.session import reading
from factories.given.fixtures import read_fixtures
from factories.given.keeping import MOST_KEPT, keepings, kept_rows
from factories.given.rows import GivenRows
from operations.bookkeeping import revision_tables, tool_tables
from operations.run import Run


def given_rows(run: Run, catalog: Catalog) -> tuple[GivenRows, ...]:
    """The given rows for a schema; reads only. Raises Refusal for whatever does not fit it.

    Tables in which migration tools keep what they have done are kept only if they are named outright.
    """
    fixtures = run.settings.fixtures
    written = read_fixtures(fixtures, catalog) if fixtures else ()
    return (*written, *_kept(run, catalog)) if run.settings.keep else written


def _kept(run: Run, catalog: Catalog) -> Iterator[GivenRows]:
    alembics = revision_tables(catalog)
    apart = {*alembics, *tool_tables(catalog)}
    with reading(run.staging) as staging:
        for keeping in keepings(run.settings.keep, catalog, read_catalog(staging), apart):
            if keeping.table.name in alembics:
                raise Refusal(
                    f"{keeping.table.name} is to be kept, and Alembic's revision comes with production's shape",
                    todo="Take it out of `keep`.",
                )
            yield kept_rows(keeping, read_rows(staging, keeping.table, keeping.columns, MOST_KEPT + 1))
