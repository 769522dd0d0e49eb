"""A backup can be recovered on a machine that has never heard of Greenroom."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backups.cipher import Identity
from backups.commit import Vouching
from backups.restore_test import compare
from backups.signing import SigningKey
from backups.stores import Store, get
from backups.take import take
from database.endpoints import Scratch
from database.programs import Programs
from database.session import writing

READER = "without_us_reader"
NEEDED = ("age", "zstd", "openssl")
RECOVER = """
printf '%s\\n' '-----BEGIN PUBLIC KEY-----' "$VERIFY_KEY" '-----END PUBLIC KEY-----' > verify.pem
openssl pkeyutl -verify -pubin -inkey verify.pem -rawin -in manifest.json -sigfile manifest.json.sig
sha256sum archive.pgdump.zst.age roles.sql.age
age --decrypt --identity identity.txt archive.pgdump.zst.age | zstd --decompress > archive.pgdump
pg_restore --list archive.pgdump > contents.txt
age --decrypt --identity identity.txt roles.sql.age > roles.sql
psql --set=ON_ERROR_STOP=1 --file=roles.sql "$DATABASE"
pg_restore --no-owner --exit-on-error --jobs=2 --dbname="$DATABASE" archive.pgdump
"""


@pytest.mark.parametrize("number", [0, 1])
def test_age_zstd_and_pg_restore_are_enough(
    staging: Scratch, spare: Scratch, s3_store: Store, programs: Programs, tmp_path: Path, number: int
) -> None:
    """With Debian's programs and either identity: the same rows, schema and grants, and the signature holds."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    if absent:
        pytest.skip(f"{' and '.join(absent)} not installed; on Debian: apt-get install {' '.join(absent)}")
    identities = (Identity.new(), Identity.new())
    recipients = [identity.recipient for identity in identities]
    with writing(staging) as connection:
        connection.execute(f"CREATE ROLE {READER}; GRANT SELECT ON users TO {READER}".encode())
        connection.execute(f"GRANT TEMPORARY ON DATABASE {staging.database} TO {READER}".encode())
    key = SigningKey.new()
    manifest = take(staging, s3_store, recipients, programs=programs, now=datetime.now(UTC), vouching=Vouching(key))
    with writing(staging) as connection:
        connection.execute(f"DROP OWNED BY {READER}; DROP ROLE {READER}".encode())
    (tmp_path / "identity.txt").write_text(f"# by age-keygen\n{identities[number].secret}\n")
    for item in s3_store.objects(f"{manifest.id}/"):
        (tmp_path / item.name.split("/")[-1]).write_bytes(get(s3_store, item.name))
    paths = {"PATH": f"{programs.folder}:{os.environ['PATH']}"}
    _run(["createdb", f"--maintenance-db={spare.with_database('postgres').url}", spare.database], tmp_path, paths)
    variables = {**paths, "DATABASE": spare.url, "VERIFY_KEY": key.verify_key.key}
    printed = _run(["bash", "-euo", "pipefail", "-c", RECOVER], tmp_path, variables)
    assert manifest.cipher_sha256 in printed
    assert str(manifest.roles_sha256) in printed
    with writing(spare) as connection:
        asked = (
            "SELECT has_table_privilege(%(r)s, 'users', 'SELECT'), has_database_privilege(%(r)s, %(d)s, 'TEMPORARY')"
        )
        assert connection.execute(asked, {"r": READER, "d": spare.database}).fetchone() == (True, True)
        connection.execute(f"DROP OWNED BY {READER}; DROP ROLE {READER}".encode())
    assert "TABLE DATA public users" in (tmp_path / "contents.txt").read_text()
    assert compare(manifest, spare).findings == ()


def _run(command: list[str], folder: Path, variables: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
