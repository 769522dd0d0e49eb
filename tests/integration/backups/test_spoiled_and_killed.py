"""Any object of a backup spoiled anywhere, our process killed at any step: found always, never counted by halves."""

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backups.check import check, check_sealed
from backups.cipher import Identity
from backups.commit import Vouching
from backups.hold import Hold
from backups.holding import put_on_hold
from backups.listing import list_backups
from backups.prune import prune
from backups.retention import Policy, decide
from backups.signing import SigningKey
from backups.stores import get, open_store, put
from backups.stores.folder import FolderStore
from backups.stores.memory import MemoryStore
from backups.streams import Writer
from backups.take import take
from database.endpoints import Scratch
from database.programs import Programs

IDENTITY = Identity.new()
SOON = Policy(unfinished=-timedelta(hours=1))


def now() -> datetime:
    return datetime.now(UTC)


def spoil(generator: random.Random, data: bytes, other: bytes) -> bytes | None:
    """The bytes with a bit flipped, cut short, one more among them, another backup's instead, or gone."""
    position = generator.randrange(len(data))
    before, after = data[:position], data[position:]
    flipped = bytes([after[0] ^ 1 << generator.randrange(8)])
    return generator.choice([before + flipped + after[1:], before, before + b"?" + after, other, None])


def test_any_object_spoiled_anywhere_is_found(staging: Scratch, programs: Programs) -> None:
    """Archive, roles, manifest, proof, their signatures, hold: told by the listing, or by a check of what it lists.

    `benchmarks/spoiling.py` does it by the thousand.
    """
    store, generator, key = MemoryStore(), random.Random(20261124), SigningKey.new()
    signed = Vouching(key)
    manifest, other = (
        take(staging, store, [IDENTITY.recipient], programs=programs, now=now(), vouching=signed) for _ in range(2)
    )
    for one in (manifest, other):
        put_on_hold(store, Hold(one.id, now(), None, "an audit", "anna"))
    names = [item.name for item in store.objects(manifest.id)]
    theirs = [get(store, item.name) for item in store.objects(other.id)]
    others = dict(zip(names, theirs, strict=True))
    assert len(names) == 7
    for _ in range(25):
        for name in names:
            whole = get(store, name)
            spoiled = spoil(generator, whole, others[name])
            if spoiled is None and name.endswith("hold.json"):
                continue  # who lets it go may do so
            store.delete(name)
            if spoiled is not None:
                put(store, name, spoiled)
            listing = list_backups(store, [key.verify_key])
            if manifest.id in {item.id for item in listing.backups} and not listing.broken:
                assert not check_sealed(manifest, store, now=now()).passed, (name, spoiled)
            store.delete(name)
            put(store, name, whole)
    assert list_backups(store, [key.verify_key]).broken == ()


class Deadly(FolderStore):
    """A store whose process is killed when an object whose name ends so is about to appear, or has just appeared."""

    def __init__(self, root: Path, end: str, *, late: bool) -> None:
        super().__init__(root)
        self._end, self._late = end, late

    @contextmanager
    def writing(self, name: str, *, expected: int = 0) -> Iterator[Writer]:
        with super().writing(name, expected=expected) as sink:
            yield sink
            self._die(name, late=False)
        self._die(name, late=True)

    def _die(self, name: str, *, late: bool) -> None:
        if name.endswith(self._end) and late is self._late:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("end", ["archive.pgdump.zst.age", "roles.sql.age", "manifest.json.sig", "manifest.json"])
def test_killed_at_any_step_it_counts_whole_or_not_at_all(
    staging: Scratch, programs: Programs, tmp_path: Path, end: str, late: bool
) -> None:
    """kill -9 before and after each object appears: only with its manifest is it a backup, and the rest goes."""

    def take_and_die() -> None:
        store = Deadly(tmp_path, end, late=late)
        vouching = Vouching(SigningKey.new())
        take(staging, store, [IDENTITY.recipient], programs=programs, now=now(), vouching=vouching)

    process = multiprocessing.get_context("fork").Process(target=take_and_die)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    store = open_store(str(tmp_path))
    listing = list_backups(store)
    assert listing.broken == ()
    assert len(listing.backups) == (1 if end == "manifest.json" and late else 0)
    prune(store, decide(listing.backups, Policy(), now()), listing.unfinished, SOON, now())
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) == (4 if listing.backups else 0)
    for backup in listing.backups:
        assert check(backup.manifest, store, [IDENTITY], programs=programs, now=now()).passed
