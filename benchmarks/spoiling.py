"""Spoil a backup at random, again and again, and count what is found: it has to be all of it.

    python benchmarks/spoiling.py --trials 2000 --seconds 600

Two signed backups of one small database are taken into memory, each with its read-back and a hold. A trial picks one
object of a backup (archive, roles, manifest, proof, their signatures, hold) and spoils it: a bit flipped, cut short
anywhere or at the end of one of age's chunks, a byte more, a byte less, blocks exchanged, the other backup's object
instead, or gone. Then somebody who knows nothing lists the store and checks what is listed, with the identity. Found
is what the listing names, or the check does. Not tried is a hold that is gone: who lets it go may do so.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from measuring import bench

from backups.check import check
from backups.cipher import Identity
from backups.commit import Vouching
from backups.hold import Hold
from backups.holding import put_on_hold
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.signing import SigningKey
from backups.stores import get, put
from backups.stores.memory import MemoryStore
from backups.take import take
from database.programs import Programs, for_dump
from database.session import writing

CHUNK = 65536 + 16
SCHEMA = """
    CREATE TABLE accounts (id int PRIMARY KEY, name text NOT NULL, secret bytea);
    INSERT INTO accounts SELECT n, 'account ' || n, sha512(n::text::bytea) FROM generate_series(1, 4000) n;
    CREATE ROLE spoiling_reader;
    GRANT SELECT ON accounts TO spoiling_reader;
"""

Spoil = Callable[[random.Random, bytes, bytes], bytes | None]


def flipped(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """One bit of it is another."""
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]


def cut(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """The rest is missing."""
    return data[: draw.randrange(len(data))]


def cut_at_a_chunk(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """As many whole chunks of age's as there are, but the last ones are missing; small objects are cut anywhere."""
    header = data.find(b"\n--- ") + 49 + 16  # to the end of the header's line, and the nonce
    chunks = (len(data) - header) // CHUNK
    return data[: header + CHUNK * draw.randrange(chunks)] if chunks > 0 else cut(draw, data, other)


def one_more(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """A byte that was not there, anywhere, also at the end."""
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.randbytes(1) + data[at:]


def one_less(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """A byte is missing."""
    at = draw.randrange(len(data))
    return data[:at] + data[at + 1 :]


def exchanged(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """Two blocks of it have changed places."""
    size = max(1, min(4096, len(data) // 4))
    first, second = sorted(draw.sample(range(0, len(data) - size + 1, size), 2))
    moved = data[second : second + size] + data[first + size : second] + data[first : first + size]
    return data[:first] + moved + data[second + size :]


def another(draw: random.Random, data: bytes, other: bytes) -> bytes:
    """The other backup's, whole and good."""
    return other


def gone(draw: random.Random, data: bytes, other: bytes) -> None:
    """Nothing."""


WAYS: tuple[Spoil, ...] = (flipped, cut, cut_at_a_chunk, one_more, one_less, exchanged, another, gone)


@dataclass(frozen=True, slots=True)
class Ground:
    """The store, the backup that is spoiled and the other one, and what reads them."""

    store: MemoryStore
    manifest: Manifest
    other: Manifest
    identity: Identity
    signing: SigningKey
    programs: Programs

    def found(self) -> bool:
        """Whether listing and check say that something is wrong with the backup."""
        listing = list_backups(self.store, [self.signing.verify_key])
        listed = [item for item in listing.backups if item.id == self.manifest.id]
        if listing.broken or not listed:
            return True
        read = listed[0].manifest
        return not check(read, self.store, [self.identity], programs=self.programs, now=datetime.now(UTC)).passed

    def spoil(self, draw: random.Random, name: str, way: Spoil) -> bool | None:
        """Spoil one object, ask, and put it right again; None if nothing came of it (two blocks may be alike)."""
        whole = get(self.store, name)
        theirs = [item.name for item in self.store.objects(self.other.id)]
        twin = next(item for item in theirs if _part(item) == _part(name))
        spoiled = way(draw, whole, get(self.store, twin))
        if spoiled == whole:
            return None
        self.store.delete(name)
        if spoiled is not None:
            put(self.store, name, spoiled)
        try:
            return self.found()
        finally:
            self.store.delete(name)
            put(self.store, name, whole)


def _part(name: str) -> str:
    """What of a backup it is; a proof's name has its time in it."""
    return name.rsplit("-", maxsplit=1)[-1].split("/", 1)[-1]


def main() -> int:
    """Spoil, count, print; exit code 1 if anything was not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600, help="the longest it may take")
    parser.add_argument("--seed", type=int, default=time.time_ns() & 0xFFFFFFFF, help="which trials they are")
    asked = parser.parse_args()
    with bench(SCHEMA) as on:
        store, identity, signing, programs = MemoryStore(), Identity.new(), SigningKey.new(), for_dump(18)
        taken = []
        for number in (1, 2):
            with writing(on.at) as connection:
                connection.execute("INSERT INTO accounts VALUES (%s, 'one more', NULL)", (-number,))
            now = datetime.now(UTC)
            manifest = take(on.at, store, [identity.recipient], programs=programs, now=now, vouching=Vouching(signing))
            put_on_hold(store, Hold(manifest.id, now, None, "not to be spoiled", "benchmarks"))
            taken.append(manifest)
        return tell(
            Ground(store, taken[0], taken[1], identity, signing, programs), asked.seed, asked.trials, asked.seconds
        )


def tell(ground: Ground, seed: int, trials: int, seconds: float) -> int:
    """Each kind of object with what was tried and found."""
    draw, end = random.Random(seed), time.monotonic() + seconds  # noqa: S311  # which byte is no secret
    names = [item.name for item in ground.store.objects(ground.manifest.id)]
    kinds = {name: name.split("/", 1)[1] for name in names}
    tried, found = Counter[str](), Counter[str]()
    assert not ground.found()  # else everything would be
    while tried.total() < trials and time.monotonic() < end:
        name, way = draw.choice(names), draw.choice(WAYS)
        if way is gone and name.endswith("hold.json"):
            continue
        answer = ground.spoil(draw, name, way)
        if answer is None:
            continue
        tried[kinds[name]] += 1
        found[kinds[name]] += answer
        if not answer:
            print(f"NOT FOUND: {kinds[name]}, {way.__name__}")
    assert not ground.found()  # and all was put right
    for kind in sorted(tried):
        print(f"{kind:44} {tried[kind]:6} spoiled {found[kind]:6} found")
    print(f"{'all':44} {tried.total():6} spoiled {found.total():6} found   (--seed {seed})")
    return 0 if found == tried else 1


if __name__ == "__main__":
    sys.exit(main())
