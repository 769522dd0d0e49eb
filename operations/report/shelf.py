"""Reports in the store, beside the backups: a page of each run and an index as of that run; let go of by their age.

`reports/<run>.html` and `reports/index/<run>.html`. They are named unlike anything of a backup, so that none is ever
taken for one. Nothing in a store is overwritten, so each run leaves an index of its own; the last of them lists all.
Both link only to pages that were put into that store. Which those are is kept beside the reports, since the key that
writes to the store may be one that cannot list it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from backups.layout import REPORTS
from backups.stores import Store, Stored, Taken, put
from operations.record import RunRecord
from operations.report.keep import History, file_name, history, linked, replace
from operations.report.page import render, render_index

FEWEST = 20
"""How many of the newest are kept, however old they are."""
_INDEXES = f"{REPORTS}index/"
_SHELVED = ".shelved"


def page_name(run: str) -> str:
    """What the page of a run is called in a store."""
    return f"{REPORTS}{file_name(run)}.html"


def shelve(record: RunRecord, folder: Path, stores: Iterable[Store]) -> None:
    """Put the page of a run, and an index of those that the folder remembers, into each store.

    Safe to run twice: what is there stays. Raises what the store raises.
    """
    past = history(folder)
    for store in stores:
        there = {*_shelved(folder).get(store.place, ()), page_name(record.run)}
        for where, text in _texts(record, past, there).items():
            _put(store, where, text.encode("utf-8", "backslashreplace"))
        kept = [name for _, run in past.runs if (name := page_name(run.run)) in there]
        replace(folder / _SHELVED, json.dumps({**_shelved(folder), store.place: kept}))


def _texts(record: RunRecord, past: History, there: set[str]) -> Mapping[str, str]:
    """The page and the index, by their names in a store that has these pages."""
    name = file_name(record.run)
    beside = [(link if page_name(run.run) in there else "", run) for link, run in linked(past)]
    above = [(link and f"../{link}", run) for link, run in beside]
    return {
        page_name(record.run): render(record, beside, all_runs=f"index/{name}.html"),
        f"{_INDEXES}{name}.html": render_index(above, past.unreadable),
    }


def _shelved(folder: Path) -> dict[str, list[str]]:
    """The pages that each store was given; none, where that cannot be read."""
    try:
        found = json.loads((folder / _SHELVED).read_bytes())
        return {str(place): [str(name) for name in names] for place, names in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def let_go(store: Store, days: int) -> int:
    """Delete the pages and indexes that are older, by the store's own clock; how many those were."""
    gone = list(expired(tuple(store.objects(REPORTS)), store.reach(), days))
    for name in gone:
        store.delete(name)
    return len(gone)


def expired(stored: Sequence[Stored], now: datetime, days: int) -> Iterator[str]:
    """The names of what is older than so many days, but for the newest 20 pages and the newest 20 indexes."""
    indexes = [item for item in stored if item.name.startswith(_INDEXES)]
    pages = [item for item in stored if item not in indexes]
    for kind in (pages, indexes):
        newest_first = sorted(kind, key=lambda item: (item.modified, item.name), reverse=True)
        yield from (item.name for item in newest_first[FEWEST:] if now - item.modified > timedelta(days=days))


def _put(store: Store, name: str, data: bytes) -> None:
    try:
        put(store, name, data)
    except Taken:
        return
