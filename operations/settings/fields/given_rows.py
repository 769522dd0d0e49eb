"""The rows that are not made up: of fixtures, of the application's migrations, of the staging that is replaced."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.choices import KeptNulls, MisfitRows
from operations.settings.tables import NamePairs
from operations.settings.values import About, AbsolutePath, TableNames, Words

_GIVEN = "Rows that are given"


class GivenRows(BaseModel):
    """The rows that are not made up."""

    fixtures: Annotated[
        AbsolutePath | None,
        About(
            _GIVEN,
            "A folder of rows that are not made up: `TABLE.csv` or `TABLE.yaml` for each table (docs/seeding.md).",
            "the path of a folder",
            example='"fixtures"',
            absent="no fixtures",
        ),
    ] = None

    alembic: Annotated[
        AbsolutePath | None,
        About(
            _GIVEN,
            "The application's Alembic configuration: the rows that its migrations insert are then taken for their "
            "tables (docs/seeding.md). Its code is run, in a process and a database of its own.",
            "the path of an alembic.ini or a pyproject.toml",
            example='"alembic.ini"',
            absent="no migration is run",
        ),
    ] = None

    alembic_python: Annotated[
        str,
        About(
            _GIVEN,
            "The Python that runs the application's migrations. It needs Alembic, 1.18.5 or later, and all that they "
            "import.",
            "the path of a Python, or its name on PATH",
            example='"/srv/app/.venv/bin/python"',
            absent="the one that runs Greenroom",
        ),
    ] = ""

    alembic_seconds: Annotated[
        float,
        Field(gt=0, le=7200, allow_inf_nan=False),
        About(
            _GIVEN,
            "How many seconds the application's migrations may take, from the first to the last.",
            "a number of seconds above 0, at most 7200",
        ),
    ] = 600

    revision: Annotated[
        Words,
        About(
            _GIVEN,
            "Alembic's revision, where it cannot be read: of a published file, or of a production whose role may not "
            "read it. Staging's alembic_version then says it.",
            "names of revisions",
            example='["9f1c2ab34d56"]',
            absent="as production has it, if that can be read",
        ),
    ] = ()

    keep: Annotated[
        TableNames,
        About(
            _GIVEN,
            "Tables whose rows are carried over from the staging that is replaced, never from production; `*` alone "
            "stands for all, as --keep-rows does.",
            "names of tables; * stands for any letters",
            example='["feature_flags", "app.settings"]',
            absent="no table",
        ),
    ] = ()

    renames: Annotated[
        NamePairs,
        About(
            _GIVEN,
            "What of kept rows is called otherwise in the new shape: `TABLE` or `SCHEMA.TABLE` for a table, "
            "`TABLE.COLUMN` for a column; as a variable: `orders=purchases,orders.total=amount`.",
            "a new name for each old one",
            example='"orders.total" = "amount"',
            absent="rows and values are kept by equal names",
            table=True,
        ),
    ] = ()

    misfits: Annotated[
        MisfitRows,
        About(
            _GIVEN,
            "What is done about kept rows that do not fit the new shape: set aside in the database NAME__aside, or "
            "the run is refused.",
            "set-aside or refuse",
        ),
    ] = MisfitRows.SET_ASIDE

    nulls: Annotated[
        KeptNulls,
        About(
            _GIVEN,
            "What becomes of NULL in kept rows where the column must have a value now: the column's default, if it has "
            "one, or the row does not fit, as where there is none.",
            "default or misfit",
        ),
    ] = KeptNulls.DEFAULT
