"""From a path to the source that reads what was published there."""

from pathlib import Path

from schema_sync.sources.archive_file import ArchiveFile
from schema_sync.sources.forms import Form, form_of
from schema_sync.sources.sql_file import SqlFile


def open_published(path: Path, pg_bin: Path | None, called: str = "") -> ArchiveFile | SqlFile:
    """The archive or the file of SQL at that path; Refusal if it is neither. `called` is its name for people."""
    shown = called or str(path)
    if form_of(path, shown) is Form.SQL:
        return SqlFile(path, shown)
    return ArchiveFile(path, shown, pg_bin)
