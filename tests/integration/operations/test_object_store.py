"""The S3 server of our own, started for real."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from botocore.exceptions import ClientError

from operations.demo import object_store as s3
from operations.demo.object_store import ObjectStoreServer


@pytest.fixture(scope="module")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, ObjectStoreServer]]:
    """A server that these tests may stop and start, with the folder it was started on."""
    folder = tmp_path_factory.mktemp("own-store") / "s3"
    yield folder, s3.start(folder)
    if running := s3.found(folder):
        s3.stop(running)


def test_an_object_reads_back(object_store: ObjectStoreServer, bucket: str) -> None:
    """What was put into a bucket comes out of it."""
    object_store.client.put_object(Bucket=bucket, Key="folder/object", Body=b"bytes")
    assert object_store.client.get_object(Bucket=bucket, Key="folder/object")["Body"].read() == b"bytes"


def test_a_bucket_that_does_not_exist_is_an_error(object_store: ObjectStoreServer) -> None:
    """A misspelt bucket is not created by writing to it."""
    with pytest.raises(ClientError, match="NoSuchBucket"):
        object_store.client.put_object(Bucket="misspelt-bucket", Key="object", Body=b"bytes")


def test_a_wrong_secret_is_turned_away(object_store: ObjectStoreServer, bucket: str) -> None:
    """The server knows one key pair, and its access key alone opens nothing."""
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        replace(object_store, secret_key="guess").client.list_objects_v2(Bucket=bucket)


def test_the_secret_is_in_a_private_file_and_nowhere_else(object_store: ObjectStoreServer) -> None:
    """Neither the value's repr nor the process list shows it."""
    keys = object_store.folder / "keys.json"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert object_store.secret_key in keys.read_text()
    assert object_store.secret_key not in repr(object_store)
    assert object_store.secret_key not in " ".join(psutil.Process(object_store.pid).cmdline())


def test_every_port_of_the_server_is_on_loopback(object_store: ObjectStoreServer) -> None:
    """Nothing of it can be reached from another machine."""
    listening = [c.laddr.ip for c in psutil.Process(object_store.pid).net_connections() if c.status == "LISTEN"]
    assert set(listening) == {"127.0.0.1"}


def test_the_server_is_found_again_and_its_objects_outlive_it(
    own_store: tuple[Path, ObjectStoreServer],
) -> None:
    """A second start finds the running server; after a stop, a new one has the same key pair and objects."""
    folder, first = own_store
    s3.create_bucket(first, "kept")
    first.client.put_object(Bucket="kept", Key="object", Body=b"bytes")
    assert s3.start(folder) == first
    s3.stop(first)
    s3.stop(first)
    assert not psutil.pid_exists(first.pid)
    second = s3.start(folder)
    assert second.secret_key == first.secret_key
    assert second.client.get_object(Bucket="kept", Key="object")["Body"].read() == b"bytes"


def test_a_stopped_server_leaves_no_sockets(own_store: tuple[Path, ObjectStoreServer]) -> None:
    """Those that it keeps in /tmp are gone with it."""
    folder, _ = own_store
    server = s3.start(folder)
    ports = s3._ports(folder).values()
    s3.stop(server)
    sockets = os.listdir("/tmp")  # noqa: PTH208, S108 - names are all that is asked
    assert [name for name in sockets for port in ports if name == f"seaweedfs-{port}.sock" or f"-{port}." in name] == []
