"""The environment that the demo's processes run in, and that a person can step into by sourcing one file."""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from database.endpoints import Production, Staging
from operations.demo.object_store import ObjectStoreServer
from operations.demo.places import Keys, Places
from operations.demo.ports import HOST
from operations.settings.sources import DEMO

BUCKET, PREFIX = "greenroom-demo", "staging"
_FOREIGN_PREFIXES = ("GREENROOM_", "PREFECT_", "AWS_", "PG")
_FOREIGN = (
    "PRODUCTION_DATABASE_URL",
    "STAGING_DATABASE_URL",
    "PRODUCTION_REDIS_URL",
    "REDIS_URL",
    "CLERK_SECRET_KEY",
    "CLERK_PUBLISHABLE_KEY",
)


def prefect_variables(places: Places, port: int) -> dict[str, str]:
    """What makes Prefect's server, worker and commands find each other on loopback, and keep to themselves."""
    return {
        "PREFECT_HOME": str(places.prefect),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "DO_NOT_TRACK": "1",
    }


def greenroom_variables(
    places: Places, keys: Keys, production: Production, staging: Staging, store: ObjectStoreServer
) -> dict[str, str]:
    """What a run needs to know: the databases, the store and its keys, the demo's folder."""
    return {
        DEMO: "yes",
        "GREENROOM_HOME": str(places.home),
        "GREENROOM_CONFIG": str(places.settings),
        "PRODUCTION_DATABASE_URL": production.url,
        "STAGING_DATABASE_URL": staging.url,
        "GREENROOM_STORE": f"s3://{BUCKET}/{PREFIX}",
        "GREENROOM_RECIPIENTS": f"{keys.identity.recipient.key},{keys.offline.recipient.key}",
        "GREENROOM_SIGNING_KEY_FILE": str(places.signing_key),
        "GREENROOM_VERIFY_KEYS": keys.signing.verify_key.key,
        "GREENROOM_IDENTITY_FILE": str(places.identity),
        "AWS_ENDPOINT_URL_S3": store.url,
        "AWS_ACCESS_KEY_ID": store.access_key,
        "AWS_SECRET_ACCESS_KEY": store.secret_key,
        "AWS_DEFAULT_REGION": store.region,
    }


def inherited(environment: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """That environment with these variables, and nothing in it that would lead somewhere else than the demo."""
    kept = {name: value for name, value in environment.items() if not _leads_elsewhere(name)}
    direct = ",".join(filter(None, (environment.get("NO_PROXY", ""), HOST, "localhost")))
    return {**kept, "NO_PROXY": direct, "no_proxy": direct, **extra}


def _leads_elsewhere(name: str) -> bool:
    return name.startswith(_FOREIGN_PREFIXES) or name in _FOREIGN


def as_shell(variables: Mapping[str, str]) -> str:
    """The variables as a file to source, with this Python's programs first on PATH."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    programs = shlex.quote(str(Path(sys.executable).parent))
    return "\n".join(
        (
            "# The demo's databases, store, keys and Prefect. It holds secrets. To use it: source this file, then for",
            "# example: greenroom status, greenroom rollback, prefect deployment run reseed-staging/on-demand --watch",
            f'export PATH={programs}{os.pathsep}"$PATH"',
            *lines,
            "",
        )
    )
