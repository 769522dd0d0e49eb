"""Previews, databases for pull requests cloned from the golden: which there are, may be, and are past their age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from catalog.errors import Refusal
from database.endpoints import PREVIEW, Scratch, Staging, is_preview_name
from database.facts import DatabaseFacts
from database.wholes.marker import PreviewMarker, read_preview


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many previews there may be, and how old one may get."""

    number: int
    age: timedelta


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is there: where, how big in bytes, and what its marker says."""

    at: Scratch
    size: int
    marker: PreviewMarker

    @property
    def name(self) -> str:
        """What it is called by people."""
        return self.marker.name

    @property
    def created_at(self) -> datetime | None:
        """When it was made; None if its marker was edited and does not tell any more."""
        try:
            moment = datetime.fromisoformat(self.marker.created_at)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def ends_at(self, bounds: Bounds) -> datetime | None:
        """When it will be past its age; None if it never will."""
        return self.created_at + bounds.age if self.created_at else None

    def is_expired(self, bounds: Bounds, now: datetime) -> bool:
        """Whether it is past its age."""
        ends_at = self.ends_at(bounds)
        return ends_at is not None and ends_at <= now

    def __str__(self) -> str:
        return f'"{self.name}", created {self.marker.created_at} by {self.marker.created_by}'


def previews_among(staging: Staging, databases: Iterable[tuple[str, int, str]]) -> tuple[Preview, ...]:
    """The previews of this staging among databases (name, size, comment), the oldest first.

    One counts only if it carries the marker of a preview of this staging, and is called as its marker says.
    """
    found = []
    for database, size, comment in databases:
        marker = read_preview(comment)
        ours = marker is not None and marker.staging == staging.database and is_preview_name(marker.name)
        if marker and ours and database == f"{staging.database}{PREVIEW}{marker.name}":
            found.append(Preview(staging.preview(marker.name), size, marker))
    return tuple(sorted(found, key=lambda preview: (preview.marker.created_at, preview.name)))


def expired(previews: Iterable[Preview], bounds: Bounds, now: datetime) -> tuple[Preview, ...]:
    """Those past their age."""
    return tuple(preview for preview in previews if preview.is_expired(bounds, now))


def refuse_unless_free(new: Scratch, there: DatabaseFacts | None, previews: Sequence[Preview]) -> None:
    """Raise Refusal if the database's name is taken: by a preview, or by something that is not ours."""
    if there is None:
        return
    for preview in previews:
        if preview.at == new:
            todo = f"Use it, drop it first (greenroom preview drop {preview.name}), or choose another name."
            raise Refusal(f"there is a preview of that name already: {preview}", todo=todo)
    what = f'there is a database "{new.database}" already, and it is no preview of ours'
    raise Refusal(what, todo="Choose another name.")


def refuse_unless_room(previews: Sequence[Preview], bounds: Bounds, now: datetime) -> None:
    """Raise Refusal, naming the oldest, if there are as many previews as there may be."""
    if not bounds.number:
        todo = "Raise it, if there is room for another database of staging's size."
        raise Refusal("no preview may be made here", why="the setting previews is 0", todo=todo)
    if len(previews) < bounds.number:
        return
    oldest = previews[0]
    drop = "--expired" if oldest.is_expired(bounds, now) else oldest.name
    raise Refusal(
        f"there are {len(previews)} previews, and no more than {bounds.number} may be kept",
        why=f"the oldest is {oldest}",
        todo=f"Drop one (greenroom preview drop {drop}), or raise the setting previews.",
    )


def find(previews: Sequence[Preview], staging: Staging, name: str) -> Preview:
    """The preview of that name; Refusal if it is none of this staging's."""
    at = staging.preview(name)
    for preview in previews:
        if preview.at == at:
            return preview
    names = ", ".join(preview.name for preview in previews) or "none"
    raise Refusal(f'there is no preview "{name}" of "{staging.database}"', todo=f"There are: {names}.")
