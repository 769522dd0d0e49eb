"""What people may want to be told of, and how the settings choose among it."""

from enum import StrEnum
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from operations.settings.values import nearest, repeated, words_of


class Event(StrEnum):
    """Something that people may want to be told of."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    FAILED = "failed"
    DRIFT = "drift"
    REHEARSAL_FAILED = "rehearsal-failed"
    AFTER_FAILED = "after-failed"
    ROLLED_BACK = "rolled-back"
    BACKUP_MISSING = "backup-missing"
    RESTORE_TEST_FAILED = "restore-test-failed"
    RECOVERY_SLOW = "recovery-slow"
    ATTENTION = "attention"


EVERY_EVENT = tuple(Event)


def _events(value: object) -> tuple[Event, ...]:
    names = dict.fromkeys(words_of(value))
    for name in names:
        if name not in EVERY_EVENT:
            near = nearest(name, EVERY_EVENT)
            hint = f'; the nearest is "{near}"' if near else ""
            raise ValueError(f"names {repeated(name)}, which is none of {', '.join(EVERY_EVENT)}{hint}")
    return tuple(Event(name) for name in names)


Events = Annotated[tuple[Event, ...], PlainValidator(_events), PlainSerializer(lambda events: [str(e) for e in events])]
