"""What of production would cross within the schema, and what is known of the rows' own contents, by the settings."""

from collections.abc import Collection, Iterable

from catalog.compare import Difference
from catalog.findings import Finding
from catalog.model import Catalog, TableName
from factories.given.rows import GivenRows, Source
from operations.settings.choices import Literals
from operations.settings.settings import Settings
from schema_sync import literals
from schema_sync.safety.scope import Scope, schema_text


def judge_literals(settings: Settings, catalog: Catalog) -> tuple[Finding, ...]:
    """A finding for each kind of literal in the schema that crosses, refused if the settings refuse them."""
    found = literals.find(catalog.objects, _hosts(settings), settings.literals_allowed)
    return literals.judge(found, refuse=settings.literals is Literals.REFUSE)


def without_literals(settings: Settings, changes: Iterable[Difference]) -> tuple[Difference, ...]:
    """What differs, as it may be shown: no definition in which an address, a key or the like stands."""
    return literals.without_texts(changes, _hosts(settings), settings.literals_allowed)


def showing(settings: Settings) -> literals.Shown:
    """The same of any definition, by its object's name."""
    return literals.showing(_hosts(settings), settings.literals_allowed)


def scope_of(
    settings: Settings,
    catalog: Catalog | None = None,
    given: Iterable[GivenRows] = (),
    kept: Collection[TableName] = (),
) -> Scope:
    """What a scan of the rows' contents needs to know: what is wanted, and what nobody made."""
    told = [rows for rows in given if rows.source in (Source.FIXTURE, Source.MIGRATIONS)]
    return Scope(
        settings.contents_allowed,
        frozenset(kept),
        {rows.table: _texts(rows) for rows in told},
        schema_text(catalog) if catalog else "",
        settings.locale.partition("_")[2] or "US",
        settings.given_contents is Literals.REFUSE,
    )


def _texts(given: GivenRows) -> str:
    return "\n".join(cell for row in given.rows for cell in row if isinstance(cell, str))


def _hosts(settings: Settings) -> tuple[str, ...]:
    """Production's hosts; a local one is everybody's, and tells nothing."""
    production = settings.production() if settings.production_database_url else None
    own = production.host.split(",") if production and not production.is_local else ()
    return (*own, *settings.production_hosts)
