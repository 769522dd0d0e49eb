"""What of production would cross within the schema, by the settings: names of its hosts, addresses, keys."""

from catalog.findings import Finding
from catalog.model import Catalog
from operations.choices import Literals
from operations.settings import Settings
from schema_sync import literals


def judge_literals(settings: Settings, catalog: Catalog) -> tuple[Finding, ...]:
    """A finding for each kind of literal in the schema that crosses, refused if the settings refuse them."""
    found = literals.find(catalog.objects, _hosts(settings), settings.literals_allowed)
    return literals.judge(found, refuse=settings.literals is Literals.REFUSE)


def _hosts(settings: Settings) -> tuple[str, ...]:
    """Production's hosts; a local one is everybody's, and tells nothing."""
    production = settings.production() if settings.production_database_url else None
    own = production.host.split(",") if production and not production.is_local else ()
    return (*own, *settings.production_hosts)
