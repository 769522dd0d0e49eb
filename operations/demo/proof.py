"""The demo's proof that no row of production went anywhere."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from backups.stores import Store
from database.endpoints import Scratch
from operations.demo import canaries
from operations.demo.canaries import Search
from operations.demo.databases import PRODUCTION
from operations.demo.places import Keys, Places


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in production, which shows that the search finds, and in every place where nothing may be."""

    control: Search
    searches: tuple[Search, ...]

    @property
    def crossed(self) -> int:
        """How many canaries are where none may be."""
        return sum(search.found for search in self.searches)

    @property
    def good(self) -> bool:
        """Whether production has canaries, every other place was searched, and none has one."""
        return self.control.found > 0 and all(search.amount and not search.found for search in self.searches)


def prove(places: Places, keys: Keys, production: Scratch, staging: Scratch, store: Store) -> Proof:
    """Search production, and then all that a refresh writes; `production` and `staging` are the servers' superusers."""
    searches: tuple[Callable[[], Search], ...] = (
        lambda: canaries.in_databases("production, to see that the search finds", production, (PRODUCTION,)),
        lambda: canaries.in_databases("staging and every database beside it", staging),
        lambda: canaries.in_files("the snapshots", sorted((places.home / "snapshots").glob("*"))),
        lambda: canaries.in_files("the logs, the audit trail, the reports", _written(places)),
        lambda: canaries.in_sqlite("Prefect's database: logs, artifacts, runs", places.prefect_database),
        lambda: canaries.in_objects("the backups, as they are stored", store),
        lambda: canaries.in_newest_backup("the newest backup, decrypted", store, keys),
    )
    with ThreadPoolExecutor(2) as pool:
        control, *others = pool.map(lambda search: search(), searches)
    return Proof(control, tuple(others))


def _written(places: Places) -> Iterator[Path]:
    """What was written to be read by people; production's own server log is production's."""
    yield from sorted(places.logs.iterdir())
    yield places.trail
    yield from sorted(path for path in places.reports.rglob("*") if path.is_file())
    yield places.store / "server.log"
    yield places.staging / "server.log"
