"""PostgreSQL servers of our own on this machine: created, started, and stopped; for the demo and the tests.

They listen on 127.0.0.1 alone, ask for a password (SCRAM), and outlive the process that started them until they are
stopped: `start` on the same data again finds the running server.
"""

import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from database.servers.data_folder import DataFolder, data_folder, hand_over, take_back, write_password
from database.servers.server_account import Account, reachable_programs, server_account
from database.servers.server_programs import ServerPrograms, last_lines
from database.servers.wheels import Installation

BULK_LOADING: Mapping[str, str] = MappingProxyType(
    # COPY into a table created in the same transaction then writes no WAL (manual, "Populating a Database")
    {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "2GB", "checkpoint_timeout": "15min"}
)
THROW_AWAY: Mapping[str, str] = MappingProxyType(
    # data that nobody would miss after a power cut (manual, "Non-Durable Settings")
    {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
)
_BASE: Mapping[str, str] = MappingProxyType(
    {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
    }
)
_NONE: Mapping[str, str] = MappingProxyType({})
_SECONDS = 60
_BUILTIN_LOCALES = 17  # the version from which C.UTF-8 does not depend on the system's locales
_SETTINGS_FILE = "greenroom.conf"
_NOT_STOPPED, _NOT_RUNNING, _NO_FOLDER = 1, 3, 4  # what pg_ctl ends with


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate and private key, both PEM files."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server: where it listens (as its superuser, database `postgres`), its process id, its data folder."""

    endpoint: Scratch
    pid: int
    data: Path
    installation: Installation = field(repr=False)


def start(
    installation: Installation,
    data: Path,
    *,
    port: int = 0,
    settings: Mapping[str, str] = _NONE,
    superuser: str = "postgres",
    certificate: Certificate | None = None,
) -> EmbeddedServer:
    """A server on that data folder that accepts connections, created if the folder is new; safe to run twice.

    A server that already runs on the folder is returned as it is. `port` 0 takes a free one. `settings` are lines of
    postgresql.conf and win over ours. Raises Refusal if the data is another major version's, Failure with the end of
    the server's log if it does not come up within a minute.
    """
    account = server_account()
    run = ServerPrograms(reachable_programs(installation, account), account)
    folder = data_folder(data, account)
    if not folder.exists:
        _create(run, installation, folder, superuser)
    _check_version(installation, folder)
    if not _pid(run, folder):
        _configure(run, folder, _settings(settings, certificate, folder, account))
        _launch(run, folder, port)
    return _running(installation, folder, superuser)


def stop(server: EmbeddedServer) -> None:
    """End the server's sessions and stop it, waiting until it is gone; does nothing if it is not running any more."""
    account = server_account()
    run = ServerPrograms(reachable_programs(server.installation, account), account)
    folder = DataFolder(server.data)
    if _pid(run, folder) != server.pid:
        return
    options = ("-D", server.data, "-m", "fast", "-w", "-t", str(_SECONDS))
    done = run("pg_ctl", "stop", *options, expect=(0, _NOT_STOPPED))
    if done.returncode and _pid(run, folder) == server.pid:  # and not one that died on the way
        raise Failure(f"the PostgreSQL server on {server.data} did not stop", why=last_lines(done.stderr))


def _create(run: ServerPrograms, installation: Installation, folder: DataFolder, superuser: str) -> None:
    """Make the data folder by initdb, under another name until it is complete."""
    shutil.rmtree(folder.making, ignore_errors=True)  # an attempt that was interrupted
    folder.making.mkdir(mode=0o700)
    write_password(folder)
    for path in (folder.making, folder.password_file):
        hand_over(path, run.account)
    run("initdb", *_initdb_options(installation, folder, superuser))
    take_back(folder.password_file)
    with (folder.making / "postgresql.conf").open("a") as file:
        file.write(f"include = '{_SETTINGS_FILE}'\n")
    folder.making.rename(folder.path)


def _initdb_options(installation: Installation, folder: DataFolder, superuser: str) -> tuple[str, ...]:
    builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    return (
        f"--pgdata={folder.making}",
        f"--username={superuser}",
        f"--pwfile={folder.password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-sync",
        *(builtin if installation.major >= _BUILTIN_LOCALES else ("--locale=C.UTF-8",)),
    )


def _check_version(installation: Installation, folder: DataFolder) -> None:
    major = (folder.path / "PG_VERSION").read_text().strip()
    if major != str(installation.major):
        raise Refusal(
            f"the data in {folder.path} was made by PostgreSQL {major}",
            why=f"{installation} cannot read it",
            todo="Start it with that version, or remove the folder to begin anew.",
        )


def _settings(
    wanted: Mapping[str, str], certificate: Certificate | None, folder: DataFolder, account: Account | None
) -> Mapping[str, str]:
    return {**_BASE, **(_tls(certificate, folder, account) if certificate else {}), **wanted}


def _tls(certificate: Certificate, folder: DataFolder, account: Account | None) -> Mapping[str, str]:
    """Copy certificate and key into the data folder, where the server may read them, and name them."""
    for source, name in ((certificate.chain, "server.crt"), (certificate.key, "server.key")):
        target = folder.path / name
        shutil.copyfile(source, target)
        target.chmod(0o600)
        hand_over(target, account)
    return {"ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key"}


def _configure(run: ServerPrograms, folder: DataFolder, settings: Mapping[str, str]) -> None:
    path = folder.path / _SETTINGS_FILE
    path.write_text("".join(f"{name} = {_quoted(value)}\n" for name, value in sorted(settings.items())))
    hand_over(path, run.account)


def _quoted(value: str) -> str:
    """A value as postgresql.conf wants it (manual, "Setting Parameters")."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _launch(run: ServerPrograms, folder: DataFolder, port: int) -> None:
    """Start the server; a free port that is taken by another before we use it is replaced by a second or third."""
    attempts = 1 if port else 3
    log = folder.path / "server.log"
    for left in reversed(range(attempts)):
        options = ("-D", folder.path, "-l", log, "-w", "-t", str(_SECONDS), "-o", f"-p {port or _free_port()}")
        try:
            run("pg_ctl", "start", *options)
        except Failure as failure:
            if not left:
                raise Failure(
                    f"the PostgreSQL server on {folder.path} did not start",
                    why=last_lines(log.read_text() if log.exists() else str(failure)),
                    left=f"its data folder {folder.path}",
                ) from failure
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _pid(run: ServerPrograms, folder: DataFolder) -> int | None:
    """The process id of the server on that folder, None if none is running."""
    if not folder.path.is_dir():
        return None
    if run("pg_ctl", "status", "-D", folder.path, expect=(0, _NOT_RUNNING, _NO_FOLDER)).returncode:
        return None
    return int(_lock_file(folder)[0])


def _lock_file(folder: DataFolder) -> list[str]:
    """The lines of postmaster.pid: process id, data folder, start time, port and more."""
    return (folder.path / "postmaster.pid").read_text().splitlines()


def _running(installation: Installation, folder: DataFolder, superuser: str) -> EmbeddedServer:
    lines = _lock_file(folder)
    endpoint = Scratch("127.0.0.1", int(lines[3]), "postgres", superuser, folder.password)
    return EmbeddedServer(endpoint, int(lines[0]), folder.path, installation)
