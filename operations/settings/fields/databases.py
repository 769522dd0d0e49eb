"""The databases, and the application's other services, that a run works on."""

from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.values import About, DatabaseUrl, RedisUrl, ShapePlace
from operations.shape.shape_from import WANTED, ShapeFrom

_DATABASES = "Databases"
_APPLICATION = "The application"
_POSTGRESQL_URL = "a PostgreSQL URL"


class Databases(BaseModel):
    """The databases, and the application's other services, that a run works on."""

    production_database_url: Annotated[
        DatabaseUrl | None,
        About(
            _DATABASES,
            "The database whose shape is read. Use a role that cannot read rows; `greenroom grant-sql` makes one.",
            _POSTGRESQL_URL,
            example='"postgresql://greenroom:password@production.example.com:5432/app"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="PRODUCTION_DATABASE_URL")

    staging_database_url: Annotated[
        DatabaseUrl | None,
        About(
            _DATABASES,
            "The database that is rebuilt. It must carry the staging marker (`greenroom mark-staging`).",
            _POSTGRESQL_URL,
            example='"postgresql://owner:password@staging.example.com:5432/app"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="STAGING_DATABASE_URL")

    shape: Annotated[
        ShapePlace,
        About(
            _DATABASES,
            "Where the shape comes from: production itself; an archive or a file of SQL that production's own pipeline "
            "has published; the application's Alembic history at a revision (`head`, or its name); or the snapshot of "
            'an earlier run (docs/runbook.md, "Where the shape comes from").',
            WANTED,
        ),
    ] = ShapeFrom()

    redis_url: Annotated[
        RedisUrl | None,
        About(
            _APPLICATION,
            "The staging application's Redis, of which `empty_redis` says what is emptied; `rediss://` for TLS.",
            "a Redis URL",
            example='"redis://:password@staging.example.com:6379/0"',
            secret=True,
        ),
    ] = Field(default=None, validation_alias="REDIS_URL")

    production_redis_url: Annotated[
        RedisUrl | None,
        About(
            _APPLICATION,
            "Production's Redis, so that it is never taken for staging's; its host and port are enough. With a "
            "password it is also asked which server it is, and nothing else.",
            "a Redis URL",
            example='"redis://production.example.com:6379"',
            absent="Redis is emptied only on this machine, or on that of staging's database",
            secret=True,
        ),
    ] = Field(default=None, validation_alias="PRODUCTION_REDIS_URL")
