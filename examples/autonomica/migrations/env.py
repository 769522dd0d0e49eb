"""Run Autonomica's revisions on a connection that the caller hands over, or in the database `-x url=` names.

A program sets `config.attributes["connection"]` to an open SQLAlchemy connection, and commits it itself. A
person writes `alembic -x url=postgresql+psycopg://... upgrade head`. No address is ever read from a file.
"""

from logging.config import fileConfig

from alembic import context
from alembic.util import CommandError
from sqlalchemy import URL, Connection, create_engine, make_url, pool

config = context.config


def url() -> URL:
    """Return the address given with `-x url=`, always spoken to through psycopg 3."""
    given = context.get_x_argument(as_dictionary=True).get("url")
    if not isinstance(given, str) or not given:
        raise CommandError(
            "no database was named; add -x url=postgresql+psycopg://USER@HOST/DATABASE before the command"
        )
    return make_url(given).set(drivername="postgresql+psycopg")


def migrate(connection: Connection) -> None:
    """Run the revisions asked for, each in its own transaction unless the caller has one open."""
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def migrate_named() -> None:
    """Open the database named on the command line and run the revisions there."""
    engine = create_engine(url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        migrate(connection)


def print_sql() -> None:
    """Print the revisions as SQL instead of running them (`alembic upgrade head --sql`)."""
    context.configure(dialect_name="postgresql", literal_binds=True, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Choose by how we were called; log to the terminal only when alembic's own command line called us."""
    if config.cmd_opts is not None and config.config_file_name is not None:
        fileConfig(config.config_file_name, disable_existing_loggers=False)
    if context.is_offline_mode():
        print_sql()
    elif (connection := config.attributes.get("connection")) is not None:
        migrate(connection)
    else:
        migrate_named()


run()
