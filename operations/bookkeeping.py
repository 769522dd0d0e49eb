"""Tables in which migration tools keep what they have done: their rows are facts, and are never made up."""

from catalog.model import Catalog, Table, TableName

_TOOLS = {
    "schema_migrations": "Rails, golang-migrate or dbmate",
    "ar_internal_metadata": "Rails",
    "django_migrations": "Django",
    "flyway_schema_history": "Flyway",
    "databasechangelog": "Liquibase",
    "databasechangeloglock": "Liquibase",
    "_prisma_migrations": "Prisma",
    "knex_migrations": "Knex",
    "knex_migrations_lock": "Knex",
    "SequelizeMeta": "Sequelize",
    "__drizzle_migrations": "Drizzle",
    "__EFMigrationsHistory": "Entity Framework",
    "goose_db_version": "goose",
    "doctrine_migration_versions": "Doctrine",
    "_sqlx_migrations": "sqlx",
    "typeorm_metadata": "TypeORM",
    "pgmigrations": "node-pg-migrate",
}


def revision_tables(catalog: Catalog) -> tuple[TableName, ...]:
    """The tables in which Alembic keeps its revisions."""
    return tuple(table.name for table in catalog.tables if _is_alembics(table))


def tool_tables(catalog: Catalog) -> dict[TableName, str]:
    """The tables of other migration tools, each with why it is left empty."""
    found = {table.name: _TOOLS.get(table.name.name) for table in catalog.tables}
    return {name: f"{tool} keeps its migrations there; left empty, not made up" for name, tool in found.items() if tool}


def _is_alembics(table: Table) -> bool:
    return table.name.name == "alembic_version" and len(table.columns) == 1
