"""An S3 server of our own on loopback (SeaweedFS), for the demo and the tests: a real store over HTTP."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from catalog.errors import Failure, Refusal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_HOST = "127.0.0.1"
_REGION = "us-east-1"
_SECONDS = 30
_GRACE = 1.0  # seconds; left alone it takes 15 to shut down, with nothing to lose once no request is under way
_PROBE = "greenroom-probe"
_ROLES = ("s3", "s3-grpc", "master", "master-grpc", "volume", "volume-grpc", "filer", "filer-grpc")


@dataclass(frozen=True, slots=True)
class ObjectStoreServer:
    """A running S3 server: where it answers, the one key pair it knows, its process id and data folder."""

    url: str
    access_key: str
    secret_key: str = field(repr=False)
    pid: int
    folder: Path
    region: str = _REGION

    @property
    def client(self) -> "S3Client":
        """A client with the server's own key, that tries once and is not patient."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            region_name=self.region,
            config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=20),
        )


def start(
    folder: Path, *, port: int = 0, volumes: int = 64, volume_mb: int = 64, options: Sequence[str] = ()
) -> ObjectStoreServer:
    """A server with its data in `folder` that takes objects; `port` 0 takes a free one. Safe to run twice.

    It holds about `volumes` times `volume_mb` megabytes (each bucket takes seven volumes at once). `options` are
    further ones of the program's own. A server that already runs on the folder is returned as it is. Raises Failure
    with the end of its log if it does not come up.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if already := found(folder):
        return already
    access_key, secret_key = _keys(folder)
    ports = {role: _free_port() for role in _ROLES} | ({"s3": port} if port else {})
    (folder / "data").mkdir(exist_ok=True)
    pid = _spawn([_program(), *_options(folder, ports, volumes, volume_mb), *options], folder / "server.log")
    server = ObjectStoreServer(f"http://{_HOST}:{ports['s3']}", access_key, secret_key, pid, folder.absolute())
    _write_private(folder / "server.json", {"pid": pid, "ports": ports})
    _wait_until_ready(server)
    return server


def stop(server: ObjectStoreServer) -> None:
    """Stop the server and wait until it is gone; does nothing if it does not answer any more."""
    if _is_child(server.pid) or _answers(server):
        os.kill(server.pid, signal.SIGTERM)
        if not _within(_GRACE, lambda: _gone(server.pid)):
            os.kill(server.pid, signal.SIGKILL)
            _within(_SECONDS, lambda: _gone(server.pid))
    for role, port in _ports(server.folder).items():  # it leaves some of its sockets behind
        Path(f"/tmp/seaweedfs-{role}-{port}.sock").unlink(missing_ok=True)  # noqa: S108 - the names are SeaweedFS's own
    (server.folder / "server.json").unlink(missing_ok=True)


def discard(folder: Path) -> None:
    """Delete what a stopped server kept in its folder; safe to run twice."""
    shutil.rmtree(folder, ignore_errors=True)


def create_bucket(server: ObjectStoreServer, name: str) -> None:
    """Create a bucket; does nothing if it is there already."""
    _create_bucket(server.client, name)


def _create_bucket(client: "S3Client", name: str) -> None:
    if name not in {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}:
        client.create_bucket(Bucket=name)


def _program() -> str:
    found = shutil.which("weed", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if found is None:
        raise Refusal("there is no program weed beside Python or on PATH", todo="Run make setup.")
    return found


def _options(folder: Path, ports: dict[str, int], volumes: int, volume_mb: int) -> list[str]:
    return [
        "server",
        f"-dir={folder / 'data'}",
        f"-ip={_HOST}",
        f"-ip.bind={_HOST}",
        *(f"-{role.replace('-', '.port.')}={port}" for role, port in ports.items() if "-" in role),
        *(f"-{role}.port={port}" for role, port in ports.items() if "-" not in role),
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-filer",
        "-s3",
        f"-s3.config={folder / 'keys.json'}",
        "-s3.autoCreateBucket=false",  # a wrong bucket's name is an error, as it is elsewhere
        "-master.telemetry=false",
        f"-master.volumeSizeLimitMB={volume_mb}",
        f"-volume.max={volumes}",
        "-volume.preStopSeconds=0",
    ]


def _keys(folder: Path) -> tuple[str, str]:
    """The key pair of this folder's server, made once and kept in the file that the server reads."""
    path = folder / "keys.json"
    if not path.exists():
        pair = {"accessKey": secrets.token_hex(10), "secretKey": secrets.token_urlsafe(30)}
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        _write_private(path, {"identities": [{"name": "greenroom", "credentials": [pair], "actions": actions}]})
    pair = json.loads(path.read_text())["identities"][0]["credentials"][0]
    return pair["accessKey"], pair["secretKey"]


def _write_private(path: Path, value: object) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(value, file)


def _spawn(command: list[str], log: Path) -> int:
    """Start a program in a session of its own (Ctrl-C is not for it), its output in `log`; gives its process id."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    process.returncode = 0  # it outlives this object, which would otherwise warn; stop() reaps it by its id
    return process.pid


def found(folder: Path) -> ObjectStoreServer | None:
    """The server that already runs on the folder: it answers, and knows our key."""
    if not (folder / "server.json").exists():
        return None
    state = json.loads((folder / "server.json").read_text())
    url = f"http://{_HOST}:{state['ports']['s3']}"
    server = ObjectStoreServer(url, *_keys(folder), state["pid"], folder.absolute())
    return server if _answers(server) else None


def _ports(folder: Path) -> dict[str, int]:
    path = folder / "server.json"
    return dict(json.loads(path.read_text())["ports"]) if path.exists() else {}


def _wait_until_ready(server: ObjectStoreServer) -> None:
    """Return once an object can be written: the gateway answers before there is a volume to write to."""
    client = server.client
    _within(_SECONDS, lambda: not _is_child(server.pid) or _takes_objects(client))
    if not _takes_objects(client):
        log = (server.folder / "server.log").read_text(errors="replace").strip().splitlines()
        stop(server)
        raise Failure("the S3 server did not start", why=" / ".join(log[-3:]), left=f"its data folder {server.folder}")


def _answers(server: ObjectStoreServer) -> bool:
    try:
        server.client.list_buckets()
    except (BotoCoreError, ClientError):
        return False
    return True


def _takes_objects(client: "S3Client") -> bool:
    try:
        _create_bucket(client, _PROBE)
        client.put_object(Bucket=_PROBE, Key="probe", Body=b"ready?")
        client.delete_bucket(Bucket=_PROBE)  # with the object in it
    except (BotoCoreError, ClientError):
        return False
    return True


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _is_child(pid: int) -> bool:
    """Whether it is a child of ours that still runs."""
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def _gone(pid: int) -> bool:
    if _is_child(pid):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
