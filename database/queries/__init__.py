"""The catalog queries, one file each, named for what they answer."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """The text of `<name>.sql`, as reviewed; never assembled from input."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
