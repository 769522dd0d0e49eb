"""The rows that the settings give: fixtures. What is kept of staging is none of these (operations/keeping)."""

from catalog.model import Catalog
from factories.given.fixtures import read_fixtures
from factories.given.rows import GivenRows
from operations.run import Run


def given_rows(run: Run, catalog: Catalog) -> tuple[GivenRows, ...]:
    """The given rows for a schema; reads only. Raises Refusal for whatever does not fit it."""
    return read_fixtures(run.settings.fixtures, catalog) if run.settings.fixtures else ()
