"""Taking out of staging's Redis what the settings say."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from operations.after.asking_redis import asked
from operations.after.celery import is_binding, queue_keys, result_prefixes, unacknowledged_keys
from operations.after.emptied import Emptied
from operations.report.words import plural

if TYPE_CHECKING:  # most commands can do without
    from redis import Redis

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Gone:
    """What was taken out of one database: keys, and how many messages of Celery's were in some of them."""

    database: int
    keys: int
    messages: int = 0

    def __str__(self) -> str:
        messages = f" with {plural(self.messages, 'message')}" if self.messages else ""
        return f"{plural(self.keys, 'key')}{messages} of database {self.database}"


def empty(url: SecretStr, wanted: Iterable[Emptied], seconds: float, run_id: str = "") -> tuple[Gone, ...]:
    """Take out what is wanted, database by database; Failure if that takes longer, or Redis refuses something.

    With the id of the server that was judged, no other is emptied, wherever the host's name leads by now.
    What was taken out by then stays out. Keys are found with SCAN and taken out with UNLINK, so that nobody waits.
    """
    ends = monotonic() + seconds
    left = (
        asked(url, item.database, ends - monotonic(), partial(_empty, item=item, ends=ends, run_id=run_id))
        for item in wanted
    )
    return tuple(left)


def _empty(redis: "Redis", item: Emptied, ends: float, run_id: str) -> Gone:
    server: Any = redis.info("server") if run_id else {"run_id": run_id}
    if server["run_id"] != run_id:
        raise ConnectionError("another server answers than the one that was asked whether it is staging's")
    if item.everything:
        keys = _count(redis.dbsize())
        redis.flushdb(asynchronous=True)
        return Gone(item.database, keys)
    keys, messages = _drop_queues(redis, item) if item.queues else (0, 0)
    patterns = [*item.keys, *(f"{_literally(start)}*" for start in _results(item))]
    keys += sum(_drop_matching(redis, pattern, item.prefix, ends) for pattern in patterns)
    return Gone(item.database, keys, messages)


def _results(item: Emptied) -> tuple[str, ...]:
    return result_prefixes(item.prefix) if item.results else ()


def _drop_queues(redis: "Redis", item: Emptied) -> tuple[int, int]:
    """Take the queues out at one stroke with what of them workers hold; a key that is no list is none of a queue's."""
    lists = _lists(redis, [key for queue in item.queues for key in queue_keys(queue, item.prefix)])
    held = unacknowledged_keys(item.prefix)
    together = redis.pipeline(transaction=True)
    for key in lists:
        together.llen(key)
    together.hlen(held[0])
    together.unlink(*lists, *held)
    *messages, gone = together.execute()
    return _count(gone), sum(map(_count, messages))


def _lists(redis: "Redis", keys: list[str]) -> list[str]:
    kinds = redis.pipeline(transaction=False)
    for key in keys:
        kinds.type(key)
    return [key for key, kind in zip(keys, kinds.execute(), strict=True) if kind == b"list"]


def _drop_matching(redis: "Redis", pattern: str, prefix: str, ends: float) -> int:
    """Take out the keys of a pattern, but for those that say which queues there are."""
    cursor, gone = 0, 0
    while monotonic() < ends:
        answer: Any = redis.scan(cursor, match=pattern, count=_BATCH)
        cursor, found = answer
        keys = [key for key in found if not is_binding(_text(key), prefix)]
        gone += _count(redis.unlink(*keys)) if keys else 0
        if cursor == 0:
            return gone
    raise TimeoutError("the time was up before all keys were found")


def _literally(text: str) -> str:
    """The text as a pattern that matches it alone."""
    return "".join(f"\\{letter}" if letter in "*?[]^\\" else letter for letter in text)


def _text(key: Any) -> str:
    return bytes(key).decode(errors="replace")


def _count(answer: Any) -> int:
    return int(answer)
