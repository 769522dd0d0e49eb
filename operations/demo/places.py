"""Where the demo keeps what it makes: everything under one folder of its own."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import operations
from backups.cipher import Identity, read_identity_file
from backups.signing import SigningKey, read_signing_key
from catalog.errors import Refusal

_SETTINGS = "# The demo's settings; addresses and secrets are in env.sh. docs/settings.md explains every key.\n"


@dataclass(frozen=True, slots=True)
class Places:
    """The demo's folder, and what lies where in it."""

    home: Path

    @property
    def production(self) -> Path:
        """The data folder of production's server."""
        return self.home / "production"

    @property
    def staging(self) -> Path:
        """The data folder of staging's server."""
        return self.home / "staging"

    @property
    def store(self) -> Path:
        """The folder of the S3 server."""
        return self.home / "s3"

    @property
    def prefect(self) -> Path:
        """PREFECT_HOME: Prefect's database and profiles."""
        return self.home / "prefect"

    @property
    def prefect_database(self) -> Path:
        """The SQLite file in which Prefect's server keeps runs, logs and artifacts."""
        return self.prefect / "prefect.db"

    @property
    def logs(self) -> Path:
        """What the processes print."""
        return self.home / "logs"

    @property
    def temporary(self) -> Path:
        """What flows need for a moment."""
        return self.home / "tmp"

    @property
    def reports(self) -> Path:
        """The reports of all runs."""
        return self.home / "reports"

    @property
    def trail(self) -> Path:
        """The audit trail."""
        return self.home / "audit.jsonl"

    @property
    def settings(self) -> Path:
        """The demo's own greenroom.toml, so that one in the current folder has no say here."""
        return self.home / "greenroom.toml"

    @property
    def variables(self) -> Path:
        """The file that a shell sources to use every command against the demo."""
        return self.home / "env.sh"

    @property
    def identity(self) -> Path:
        """The key that opens the demo's backups."""
        return self.home / "identity.txt"

    @property
    def offline_identity(self) -> Path:
        """The other key that opens them, which a team would keep elsewhere."""
        return self.home / "offline-identity.txt"

    @property
    def signing_key(self) -> Path:
        """The key that signs them."""
        return self.home / "signing.pem"

    def port(self, server: str) -> Path:
        """The file that keeps which port a server has."""
        return self.home / "ports" / server

    def make(self) -> None:
        """Create the folders that have to be there first, and the settings file unless it is there."""
        for folder in (self.logs, self.prefect, self.temporary):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not self.settings.exists():
            self.settings.write_text(_SETTINGS)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second demo out of the folder while inside; Refusal if one is at work there."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                todo = "Wait until it has ended, or run it in another folder."
                raise Refusal(f"another demo is at work in {self.home}", todo=todo) from None
            yield


@dataclass(frozen=True, slots=True)
class Keys:
    """The demo's secrets: passwords of its two roles, keys that open and sign its backups. Made once, at random."""

    production: str = field(repr=False)
    staging: str = field(repr=False)
    identity: Identity = field(repr=False)
    offline: Identity = field(repr=False)
    signing: SigningKey = field(repr=False)


def keys(places: Places) -> Keys:
    """The demo's secrets, made on the first call and kept in files that only their owner reads."""
    path = places.home / "passwords.json"
    for key_file in (places.identity, places.offline_identity):
        if not key_file.exists():
            identity = Identity.new()
            text = f"# Opens the demo's backups. Public key: {identity.recipient}\n{identity.secret}\n"
            write_private(key_file, text)
    if not places.signing_key.exists():
        write_private(places.signing_key, SigningKey.new().pem)
    if not path.exists():
        write_private(path, json.dumps({role: secrets.token_urlsafe(24) for role in ("production", "staging")}))
    passwords = json.loads(path.read_text())
    (identity,), (offline,) = read_identity_file(places.identity), read_identity_file(places.offline_identity)
    signing = read_signing_key(places.signing_key)
    return Keys(passwords["production"], passwords["staging"], identity, offline, signing)


def write_private(path: Path, text: str) -> None:
    """Write a file, whole or not at all, that only its owner can read."""
    making = path.with_name(f".{path.name}.making")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    making.rename(path)


def project() -> Path:
    """The clone that this code runs from, with the deployments and the example; Refusal if it is not a clone."""
    root = Path(operations.__file__).resolve().parents[1]
    needed = ("prefect.yaml", "flows/refresh.py", "examples/autonomica/alembic.ini")
    missing = [name for name in needed if not (root / name).is_file()]
    if missing:
        raise Refusal(
            "the demo runs from a clone of the project",
            why=f"{root} has no {missing[0]}",
            todo="Clone the project, and there: make demo",
        )
    return root
