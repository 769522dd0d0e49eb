"""Two stores, and what keeps the backups in them: checked, held, copied, let go; each ending has its exit code."""

import json
from pathlib import Path

import pytest

from tests.acceptance.place import Place, Ran

pytestmark = pytest.mark.small  # what keeps a backup does not look into it

DONE, FAILED, PARTLY = 0, 4, 7


@pytest.fixture
def twofold(place: Place, tmp_path: Path) -> Place:
    """A place with two stores, both folders."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    return place.having(
        GREENROOM_STORE=str(tmp_path / "first"),
        GREENROOM_SECOND_STORE=str(tmp_path / "second"),
        GREENROOM_LEAST_RECIPIENTS="1",
    )


def said(ran: Ran) -> str:
    """All that a run has to say, as JSON has it: no line of it is broken."""
    return json.dumps(json.loads(ran.out), ensure_ascii=False)


def test_both_stores_hold_and_keep_each_backup(twofold: Place, tmp_path: Path) -> None:
    """One that fails costs the other nothing, is told with a code of its own, and is made good by copying."""
    first, second = tmp_path / "first", tmp_path / "second"
    assert twofold.run("backup").code == DONE
    assert len(manifests(first)) == len(manifests(second)) == 1
    assert len(list(first.glob("*/proofs/*"))) == 1
    assert list(second.glob("*/proofs/*")) == []  # it was not read

    second.rename(tmp_path / "away")
    ran = twofold.run("backup", "--json")
    assert ran.code == PARTLY
    assert f"is in {first} alone: the backup folder {second} does not exist" in said(ran)
    (tmp_path / "away").rename(second)
    assert (len(manifests(first)), len(manifests(second))) == (2, 1)

    assert "1 backup was copied" in said(twofold.run("backups", "copy", "--json"))
    assert manifests(first) == manifests(second)
    checked = twofold.run("backups", "check", "--all", "--json")
    assert checked.code == DONE
    assert "4 backups are whole" in said(checked)

    name = next(iter(manifests(second)))
    archive = second / name / "archive.pgdump.zst.age"
    archive.write_bytes(flipped(archive.read_bytes()))
    damaged = twofold.run("backups", "check", name)
    assert damaged.code == FAILED
    assert f"the backup {name} in {second} is damaged" in damaged.err
    assert f"the backup {name} in {first} is damaged" not in damaged.err
    last = max((tmp_path / "home" / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert json.loads(last.read_text())["reason"] == f"the backup {name} in {second} is damaged"  # as messages have it
    assert twofold.run("backups", "list").out.count("DAMAGED") == 1


def test_stores_that_cannot_be_two_are_one_answer_of_the_doctors(twofold: Place, tmp_path: Path) -> None:
    """The others are given all the same."""
    told = twofold.having(GREENROOM_SECOND_STORE=str(tmp_path / "first")).run("doctor", "--probe").out
    assert "the second store is the first" in told
    assert "backups are encrypted to 2 recipients" in told


def test_what_is_kept_and_why_can_be_said_and_asked(twofold: Place, tmp_path: Path) -> None:
    """A hold is told by list and dry run, and a copy's too; a check without an identity says what it did not see."""
    assert twofold.run("backup").code == DONE
    (name,) = manifests(tmp_path / "first")
    assert twofold.run("backups", "hold", name, "--reason", "an audit", "--until", "2099-01-01").code == DONE
    assert twofold.run("backups", "list").out.count("an audit") == 2
    dry = said(twofold.run("backups", "prune", "--dry-run", "--json"))
    assert "on hold until 2099-01-01 00:00 UTC" in dry
    assert "nothing was let go: this was a dry run" in dry
    fewer = twofold.having(GREENROOM_RECIPIENTS=twofold.environment["GREENROOM_RECIPIENTS"].split(",")[0])
    assert fewer.run("backups", "reencrypt").code == DONE
    (anew,) = manifests(tmp_path / "first") - {name}
    assert "an audit" in (tmp_path / "first" / anew / "hold.json").read_text()
    told = twofold.run("restore", name, "--from-database", "elsewhere", "--yes").err
    assert f'the backup {name} is of "{twofold.staging.database}", and not of "elsewhere"' in told
    for held in (name, anew):
        assert twofold.run("backups", "release", held).code == DONE
    assert not list(tmp_path.rglob("hold.json"))

    sealed = twofold.having(GREENROOM_IDENTITY_FILE="").run("backups", "check", "--json")
    assert sealed.code == PARTLY
    assert "only the encrypted bytes were checked, as no identity is set: nothing was decrypted" in said(sealed)


def manifests(store: Path) -> set[str]:
    """The names of the backups in a folder."""
    return {path.parent.name for path in store.glob("*/manifest.json")}


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
