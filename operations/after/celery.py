"""Which keys of Redis Celery puts its messages and results under.

Sources: kombu 5.7, `kombu.transport.redis` (a queue is a list of its own name; of each priority above 0, of its name,
a separator and the priority; what workers have taken and not acknowledged is in `unacked` and `unacked_index`), and
Celery 5.7, `celery.backends.base` (the prefixes of results). `_kombu.binding.*` says which queues there are: a message
that is sent where it is missing goes astray, so it stays.
"""

_SEPARATORS = ("\x06\x16", ":")
"""kombu's own, and the one that Celery's documentation puts in its place ("Redis message priorities")."""

_HIGHEST = 255
_UNACKNOWLEDGED = ("unacked", "unacked_index")
_RESULTS = ("celery-task-meta-", "celery-taskset-meta-", "chord-unlock-")
_BINDINGS = "_kombu.binding"


def queue_keys(queue: str, prefix: str = "") -> tuple[str, ...]:
    """The lists that a queue's messages may be in: one for each priority; `prefix` is kombu's `global_keyprefix`."""
    own = f"{prefix}{queue}"
    return (own, *(f"{own}{mark}{level}" for mark in _SEPARATORS for level in range(1, _HIGHEST + 1)))


def unacknowledged_keys(prefix: str = "") -> tuple[str, ...]:
    """Where messages are that a worker has taken and not acknowledged: of whatever queue, told apart by nothing."""
    return tuple(f"{prefix}{key}" for key in _UNACKNOWLEDGED)


def result_prefixes(prefix: str = "") -> tuple[str, ...]:
    """What the keys of results begin with; Celery puts an underscore behind a prefix that ends in a letter."""
    own = f"{prefix}_" if prefix and prefix[-1] not in ":_-." else prefix
    return tuple(f"{own}{key}" for key in _RESULTS)


def is_binding(key: str, prefix: str = "") -> bool:
    """Whether the key says which queues there are."""
    return key.startswith((_BINDINGS, f"{prefix}{_BINDINGS}"))
