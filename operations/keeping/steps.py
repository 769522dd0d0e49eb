"""The steps of a run that keeps rows, between the shape and the seed plan, and between seeding and finishing."""

from dataclasses import dataclass

from catalog.errors import Refusal
from catalog.model import Catalog, TableName
from database.facts import database_facts
from database.keeping.carry import Keep, as_they_are, wanting_xml
from database.keeping.landing import count_landable, count_missing, first_rows
from database.keeping.loading import Misfits
from database.keeping.shape import read_casts, takes_xml
from database.session import reading, writing
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import create, maintenance
from factories.given.choosing import excluded
from factories.given.keeping import MOST_PARENTS, parents, pointed_at
from factories.given.rows import GivenRows
from factories.plan import SeedRequest
from operations.bookkeeping import revision_tables
from operations.given import given_rows
from operations.guarding import staging_marker
from operations.keeping.carrying import Account, Beds, Carried, carry, clear, deliver, put_aside
from operations.keeping.telling import findings, foreseen_records, kept_records, misfits_of, table_records
from operations.run import Run
from operations.settings.choices import KeptNulls, MisfitRows
from operations.shape.crossing import showing
from operations.shape.shaping import Shape, is_stagings_own
from schema_sync.keeping import decide_keep
from schema_sync.renames import decide_renames


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a look ahead finds of the rows that would be kept: how many, and whom seeded rows may point at."""

    keep: Keep
    rows: dict[TableName, int]
    parents: tuple[GivenRows, ...]


def match_rows(run: Run, shape: Shape) -> Keep:
    """Decide which rows of staging go into which tables of the new shape; reads only.

    In the shape that staging has nothing is called otherwise, whatever the settings say of production's. Raises Refusal
    for a table that neither has, for a rename of what is not there, and for rows that would need a value which the
    staging server cannot take.
    """
    with run.step("match the rows to keep") as note:
        with reading(run.staging) as old, writing(run.staging.shadow) as shadow:
            before, casts, xml, catalog = read_catalog(old), read_casts(shadow), takes_xml(shadow), shape.catalog
        never = dict.fromkeys(revision_tables(catalog), "Alembic's revision is written as production has it")
        told = () if is_stagings_own(run, shape.blueprint.snapshot) else run.settings.renames
        renames = decide_renames(told, before, catalog, staging_marker(run.staging).renamed)
        elsewhere = _from_elsewhere(run, catalog)
        keep = decide_keep(run.settings.keep, before, catalog, casts, elsewhere, never, renames)
        keep = as_they_are(keep) if run.settings.nulls is KeptNulls.MISFIT else keep
        if not xml:
            _refuse_xml(run, keep)
        note.text = f"{len(keep.keepings)} tables, {len(keep.gone)} of staging have no place"
        return keep


def _refuse_xml(run: Run, keep: Keep) -> None:
    """Raise Refusal if rows that are there would need a value of type xml, on a server that takes none."""
    wanting = wanting_xml(keep)
    if not wanting:
        return
    with reading(run.staging) as old:
        rows = count_landable(old, keep)
    for source, column in wanting.items():
        if rows[source]:
            raise Refusal(
                f"the rows of {source} cannot be kept: {column} is new, of type xml, and must have a value",
                why="staging's server was built without libxml, and takes no value of that type",
                todo="Build it with libxml (./configure --with-libxml); or let the column be NULL or have a default;"
                " or keep other tables.",
            )


def _from_elsewhere(run: Run, catalog: Catalog) -> dict[TableName, str]:
    found = {given.table: f"{given.told} gives its rows" for given in given_rows(run, catalog)}
    return found | dict.fromkeys(excluded(catalog, run.settings.exclude), "the settings exclude it")


def foresee(run: Run, catalog: Catalog, keep: Keep) -> Foreseen:
    """Look how many rows would be kept, and at the first of those that others may point at; reads only."""
    with run.step("look at the rows to keep") as note, reading(run.staging) as old:
        rows = count_landable(old, keep)
        run.story.kept = foreseen_records(keep, rows, count_missing(old, keep), showing(run.settings))
        found = []
        for table in keep.targets:
            columns = pointed_at(catalog, table)
            first = first_rows(old, keep.into(table.name)[0], columns, MOST_PARENTS)
            found.append(parents(table.name, columns, first))
        note.text = f"{sum(rows.values())} rows"
        return Foreseen(keep, rows, tuple(found))


def carry_rows(run: Run, catalog: Catalog, keep: Keep, request: SeedRequest) -> Carried:
    """Carry the rows from staging into the candidate, beside its tables, and set aside those that do not fit.

    Raises Refusal, with counts by table and constraint, if the settings do not want any to be set aside.
    """
    with run.step("carry rows over") as note:
        landed = 0

        def tell(table: TableName, rows: int) -> None:
            nonlocal landed
            landed += rows
            run.watcher.progress(f"{landed:,} rows ({table})")

        carried = carry(_beds(run, catalog), keep, request, tell)
        _refuse_misfits(run, carried.misfits)
        note.text = f"{carried.rows} rows of {len(keep.keepings)} tables"
        return carried


def load_kept(run: Run, catalog: Catalog, carried: Carried) -> Account:
    """Settle kept and seeded rows against each other, load the kept ones, and put away what was set aside.

    Raises Refusal if the settings do not want any to be set aside.
    """
    with run.step("load the rows kept") as note:
        beds = _beds(run, catalog)
        account = deliver(beds, carried)
        _refuse_misfits(run, account.misfits)
        aside = _put_aside(run, beds, carried) if account.misfits else 0
        clear(beds)
        shown = showing(run.settings)
        records = run.story.kept = kept_records(carried, account, shown)
        run.story.findings.extend(findings(records, account, run.staging.aside.database))
        run.story.tables = table_records(run.story.tables, carried, account, shown)
        note.text = f"{sum(account.loaded.values())} rows kept, {aside} set aside"
        run.story.facts.append(("Rows kept", note.text))
        return account


def _put_aside(run: Run, beds: Beds, carried: Carried) -> int:
    with maintenance(run.staging) as server:
        if database_facts(server, run.staging.aside.database) is None:
            create(server, run.staging.aside, run.staging.database)
    return put_aside(beds, carried, run.staging.aside, run.id)


def _refuse_misfits(run: Run, misfits: tuple[Misfits, ...]) -> None:
    if misfits and run.settings.misfits is MisfitRows.REFUSE:
        raise Refusal(
            f"{sum(item.rows for item in misfits)} rows that were to be kept do not fit the new shape",
            why=misfits_of(misfits),
            todo='Mend them in staging, or have them set aside: misfits = "set-aside".',
        )


def expected_rows(planned: dict[TableName, int], account: Account) -> dict[TableName, int]:
    """How many rows each table has to hold: as planned, but for kept rows, and seeded ones that were taken back."""
    seeded = {name: rows - account.taken_back.get(name, 0) for name, rows in planned.items()}
    return seeded | dict(account.loaded)


def _beds(run: Run, catalog: Catalog) -> Beds:
    return Beds(run.staging, run.staging.candidate, run.staging.shadow, catalog)
