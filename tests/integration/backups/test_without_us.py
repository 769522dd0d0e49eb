"""A backup can be recovered on a machine that has never heard of Greenroom."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backups.cipher import Identity
from backups.layout import archive_name
from backups.restore_test import compare
from backups.stores import Store, get
from backups.take import take
from database.endpoints import Scratch
from database.programs import Programs

NEEDED = ("age", "zstd")
RECOVER = """
age --decrypt --identity identity.txt archive.pgdump.zst.age | zstd --decompress > archive.pgdump
pg_restore --list archive.pgdump > contents.txt
pg_restore --no-owner --exit-on-error --jobs=2 --dbname="$DATABASE" archive.pgdump
"""


@pytest.mark.parametrize("number", [0, 1])
def test_age_zstd_and_pg_restore_are_enough(
    staging: Scratch, spare: Scratch, s3_store: Store, programs: Programs, tmp_path: Path, number: int
) -> None:
    """With Debian's programs and either identity: the same rows and schema, also with parallel jobs."""
    absent = [name for name in NEEDED if not shutil.which(name)]
    if absent:
        pytest.skip(f"{' and '.join(absent)} not installed; on Debian: apt-get install {' '.join(absent)}")
    identities = (Identity.new(), Identity.new())
    recipients = [identity.recipient for identity in identities]
    manifest = take(staging, s3_store, recipients, programs=programs, now=datetime.now(UTC))
    (tmp_path / "identity.txt").write_text(f"# by age-keygen\n{identities[number].secret}\n")
    (tmp_path / "archive.pgdump.zst.age").write_bytes(get(s3_store, archive_name(manifest.id)))
    paths = {"PATH": f"{programs.folder}:{os.environ['PATH']}"}
    _run(["createdb", f"--maintenance-db={spare.with_database('postgres').url}", spare.database], tmp_path, paths)
    _run(["bash", "-euo", "pipefail", "-c", RECOVER], tmp_path, {**paths, "DATABASE": spare.url})
    assert "TABLE DATA public users" in (tmp_path / "contents.txt").read_text()
    assert compare(manifest, spare) == ()


def _run(command: list[str], folder: Path, variables: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
