"""The catalog queries, one file each, named for what they answer."""

from functools import cache
from importlib.resources import files
from typing import LiteralString, cast


@cache
def query(name: str) -> LiteralString:
    """The text of `<name>.sql`, as reviewed; never assembled from input."""
    return cast("LiteralString", files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8"))
