"""What the machine that runs Greenroom has and can take."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from operations.settings.choices import TaskRunner
from operations.settings.sources import FILE
from operations.settings.values import About, AbsolutePath

_MACHINE = "This machine"


class Machine(BaseModel):
    """What the machine that runs Greenroom has and can take."""

    config: Annotated[
        AbsolutePath | None,
        About(
            _MACHINE,
            "The settings file; it can be named in a variable or on the command line only.",
            "the path of a file",
            absent=f"`{FILE}` in the current folder, if it is there",
        ),
    ] = None

    home: Annotated[
        AbsolutePath,
        About(_MACHINE, "The folder for the audit trail, snapshots and reports.", "the path of a folder"),
    ] = Path(".greenroom")

    pg_bin: Annotated[
        AbsolutePath | None,
        About(
            _MACHINE,
            "The folder with `pg_dump` and `pg_restore`.",
            "the path of a folder",
            example='"/usr/lib/postgresql/18/bin"',
            absent="the ones found that fit the server",
        ),
    ] = None

    snapshots: Annotated[
        int,
        Field(ge=1, le=1000),
        About(
            _MACHINE,
            "How many of the newest snapshots are kept, however old they are.",
            "a whole number from 1 to 1000",
        ),
    ] = 8

    snapshot_days: Annotated[
        int,
        Field(ge=0, le=3650),
        About(_MACHINE, "How many days every snapshot is kept.", "a whole number from 0 to 3650"),
    ] = 60

    report_days: Annotated[
        int,
        Field(ge=1, le=3650),
        About(
            _MACHINE,
            "How many days reports are kept, in the home folder and in the store; the newest twenty always are.",
            "a whole number from 1 to 3650",
        ),
    ] = 365

    workers: Annotated[
        int,
        Field(ge=1, le=64),
        About(_MACHINE, "How many chunks of rows are loaded at the same time.", "a whole number from 1 to 64"),
    ] = 2

    task_runner: Annotated[
        TaskRunner,
        About(
            _MACHINE,
            "Where a flow has its rows made and loaded: on `workers` threads of its own process, or on a cluster"
            ' of Dask or Ray (docs/design.md, "Where chunks are loaded"). A command always uses threads.',
            "threads, dask or ray",
        ),
    ] = TaskRunner.THREADS

    task_runner_address: Annotated[
        str,
        About(
            _MACHINE,
            "The address of the cluster's scheduler.",
            "an address like tcp://host:8786",
            example='"tcp://scheduler.example.com:8786"',
            absent="a cluster of `workers` processes on this machine, for the time of the run",
        ),
    ] = ""
