"""Every store in turn, and a database worth backing up."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import trustme

from backups.stores import Store, open_store
from backups.stores.location import Bucket
from backups.stores.memory import MemoryStore
from backups.stores.rights import Role, policy
from database.endpoints import Scratch
from database.programs import Programs, for_dump
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import drop, maintenance
from operations.demo import object_store as s3
from operations.demo.object_store import ObjectStoreServer, create_bucket

STORES = ("memory", "folder", "s3")


@pytest.fixture
def s3_variables(object_store: ObjectStoreServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3's own variables, pointing at the S3 server on loopback."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", object_store.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", object_store.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", object_store.secret_key)
    monkeypatch.setenv("AWS_REGION", object_store.region)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def shared_bucket(object_store: ObjectStoreServer) -> str:
    """One bucket for all tests that stay below a prefix of their own; making one takes longer than most tests."""
    create_bucket(object_store, "shared")
    return "shared"


@pytest.fixture
def s3_location(s3_variables: None, shared_bucket: str) -> str:
    """A prefix that nobody has used before."""
    return f"s3://{shared_bucket}/team/{uuid4().hex}"


@pytest.fixture
def s3_store(s3_location: str) -> Store:
    """An empty store in a bucket that holds others."""
    return open_store(s3_location)


@dataclass(frozen=True)
class GuardedStore:
    """An S3 server that speaks TLS too, and knows a key for each role in the bucket `guarded`, below `team`."""

    server: ObjectStoreServer
    tls_url: str
    authority: Path

    def place(self, *, tls: bool = False, bucket: str = "guarded", prefix: str = "team", **options: str) -> str:
        """Where a store is, as the settings say it."""
        options = {"endpoint": self.tls_url if tls else self.server.url, **options}
        return f"s3://{bucket}/{prefix}?{urlencode(options)}"


@pytest.fixture(scope="session")
def guarded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    """The server; its policies are those that we print."""
    folder = tmp_path_factory.mktemp("guarded-store")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "certificate.pem"))
    (folder / "keys.json").write_text(json.dumps(_identities(Bucket("guarded", "team"))))
    port = _free_port()
    tls = [f"-s3.port.https={port}", f"-s3.key.file={folder / 'key.pem'}"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEED_S3_SSE_KEY", "what the service itself encrypts with")
        server = s3.start(folder, options=[*tls, f"-s3.cert.file={folder / 'certificate.pem'}"])
    server.client.create_bucket(Bucket="guarded")
    server.client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    yield GuardedStore(server, f"https://127.0.0.1:{port}", folder / "authority.pem")
    s3.stop(server)
    s3.discard(folder)


def _identities(bucket: Bucket) -> dict[str, object]:
    policies = {str(role): policy(role, bucket) for role in Role}
    policies["prover"] = policy(Role.WRITER, bucket, read_back=True)
    everything = {"name": "admin", "credentials": [_pair("admin")], "actions": ["Admin", "Read", "Write", "List"]}
    holders = [{"name": name, "credentials": [_pair(name)], "policyNames": [name]} for name in policies]
    documents = [{"name": name, "content": json.dumps(document)} for name, document in policies.items()]
    return {"identities": [everything, *holders], "policies": documents}


def _pair(name: str) -> dict[str, str]:
    return {"accessKey": name, "secretKey": f"{name}-{name}"}


@pytest.fixture
def guarded(guarded_server: GuardedStore, monkeypatch: pytest.MonkeyPatch) -> GuardedStore:
    """The server, with the key that may do everything in boto3's variables."""
    as_role(monkeypatch, "admin")
    monkeypatch.setenv("AWS_REGION", guarded_server.server.region)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(guarded_server.authority))
    return guarded_server


def as_role(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Put somebody's key into boto3's variables."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", _pair(name)["accessKey"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", _pair(name)["secretKey"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each kind of store in turn, empty."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "folder":
        folder = tmp_path / "store"
        folder.mkdir()
        return open_store(str(folder))
    s3: Store = request.getfixturevalue("s3_store")
    return s3


@pytest.fixture
def staging(scratch: Scratch) -> Scratch:
    """A small database with what a dump has to carry: keys, a sequence, a partition, checks, a view, odd names."""
    return furnish(scratch)


@pytest.fixture
def staging_on_any(scratch_on_any: Scratch) -> Scratch:
    """The same on each supported major version in turn."""
    return furnish(scratch_on_any)


def furnish(database: Scratch) -> Scratch:
    with writing(database) as connection:
        connection.execute(_SCHEMA)
    return database


@pytest.fixture
def programs(server: EmbeddedServer) -> Programs:
    """The pg_dump and pg_restore of the server's own version."""
    return for_dump(server.installation.major)


@pytest.fixture
def spare(server: EmbeddedServer) -> Iterator[Scratch]:
    """The name of a database that does not exist yet; dropped after the test if it does by then."""
    name = server.endpoint.with_database(f"spare_{uuid4().hex[:12]}")
    yield name
    with maintenance(name) as connection:
        drop(connection, name)


_SCHEMA = """
CREATE TABLE users (
    id serial PRIMARY KEY,
    email text UNIQUE NOT NULL,
    role varchar(20) NOT NULL CHECK (role IN ('admin', 'editor', 'viewer')),
    manager_id int REFERENCES users DEFERRABLE
);
INSERT INTO users (email, role, manager_id)
SELECT format('user%s@example.com', n), 'editor', nullif(n - 1, 0) FROM generate_series(1, 500) n;
CREATE TABLE events (at timestamptz NOT NULL, user_id int REFERENCES users, payload jsonb) PARTITION BY RANGE (at);
CREATE TABLE events_2026_10 PARTITION OF events FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
CREATE TABLE events_2026_11 PARTITION OF events FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
INSERT INTO events SELECT timestamptz '2026-10-20' + n * interval '1 hour', 1 + n % 500, jsonb_build_object('n', n)
  FROM generate_series(1, 700) n;
CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."Odd.Table" ("Select" int, bytes bytea);
INSERT INTO "Odd Schema"."Odd.Table" VALUES (1, '\\x00ff'), (2, NULL);
CREATE TABLE "empty" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
SELECT lo_from_bytea(777001, 'a large object');
CREATE MATERIALIZED VIEW daily AS SELECT date_trunc('day', at) AS day, count(*) FROM events GROUP BY 1;
"""
