"""Where the shape is to come from, as an operator says it: the setting `shape`, the option `--from`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """The kinds of place that a shape can come from."""

    PRODUCTION = "production"
    FILE = "file"
    BUCKET = "s3"
    ALEMBIC = "alembic"
    SNAPSHOT = "snapshot"


_RUN = re.compile(r"[\w-]+")
_REVISION = re.compile(r"[\w.-]+")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*/?")  # what a store takes for a name
WANTED = "`production`, a path, s3://bucket/key, alembic:REVISION or snapshot:RUN"


@dataclass(frozen=True, slots=True)
class ShapeFrom:
    """A kind of place, and which: an absolute path, bucket and key, a revision (or `head`), a run."""

    kind: Kind = Kind.PRODUCTION
    place: str = ""

    def __str__(self) -> str:
        match self.kind:
            case Kind.PRODUCTION:
                return "production"
            case Kind.FILE:
                return self.place
            case Kind.BUCKET:
                return f"s3://{self.place}"
        return f"{self.kind}:{self.place}"


def parse(text: str) -> ShapeFrom:
    """What a text names; ValueError, worded to follow the setting's name, if it names nothing."""
    given = text.strip()
    if given == Kind.PRODUCTION:
        return ShapeFrom()
    if given.startswith("s3://"):
        return _bucket(given.removeprefix("s3://"))
    word, _, rest = given.partition(":")
    if word == Kind.ALEMBIC and _REVISION.fullmatch(rest):
        return ShapeFrom(Kind.ALEMBIC, rest)
    if word == Kind.SNAPSHOT and _RUN.fullmatch(rest):
        return ShapeFrom(Kind.SNAPSHOT, rest)
    if not given or "://" in given or word in (Kind.ALEMBIC, Kind.SNAPSHOT):
        raise ValueError(f"must be {WANTED}")
    return ShapeFrom(Kind.FILE, str(Path(given).expanduser().absolute()))


def _bucket(rest: str) -> ShapeFrom:
    bucket, _, key = rest.partition("/")
    if "@" in bucket:
        raise ValueError("holds credentials; give s3://bucket/key, and the keys in AWS_ACCESS_KEY_ID and its like")
    if not bucket or not _KEY.fullmatch(key):
        raise ValueError("must name an object, by letters, digits, dots, dashes and slashes: s3://bucket/key")
    return ShapeFrom(Kind.BUCKET, rest)
