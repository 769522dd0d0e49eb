"""With which versions a run is carried out: of this program, of Python, and of the packages it stands on."""

import platform
from importlib.metadata import PackageNotFoundError, version


def versions() -> tuple[tuple[str, str], ...]:
    """Each version as (what, version); the servers' own are told by the guards once they are asked."""
    packages = "greenroom", "prefect", "psycopg", "alembic"
    return ("version of python", platform.python_version()), *((f"version of {name}", _of(name)) for name in packages)


def _of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a folder with the sources, not installed
        return "not installed as a package"
