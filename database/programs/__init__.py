"""PostgreSQL's own programs: finding a pair that fits a server, command lines built apart from being run."""

from database.programs.commands import (
    Command,
    dump_command,
    list_command,
    restore_command,
    schema_dump_command,
    sql_command,
)
from database.programs.finding import Programs, available, for_any_archive, for_dump, for_reading, for_restore
from database.programs.running import Complained, feeding, run, streaming

__all__ = [
    "Command",
    "Complained",
    "Programs",
    "available",
    "dump_command",
    "feeding",
    "for_any_archive",
    "for_dump",
    "for_reading",
    "for_restore",
    "list_command",
    "restore_command",
    "run",
    "schema_dump_command",
    "sql_command",
    "streaming",
]
