"""Which kept snapshots stay, and why: the newest ones, and those that are young."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot in the home folder: the run that took it, and when."""

    run: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """How many of the newest stay however old they are, and how long every one stays."""

    newest: int = 8
    young: timedelta = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Decision:
    """Each snapshot with the reason for which it stays, or is let go of."""

    stay: tuple[tuple[Kept, str], ...]
    let_go: tuple[tuple[Kept, str], ...]


def decide(kept: Sequence[Kept], rule: Rule, now: datetime) -> Decision:
    """Say which snapshots stay and which are let go of, the newest first, and why for each."""
    stay, let_go = list[tuple[Kept, str]](), list[tuple[Kept, str]]()
    for place, item in enumerate(sorted(kept, key=lambda item: (item.taken_at, item.run), reverse=True)):
        age = now - item.taken_at
        if place < rule.newest:
            stay.append((item, f"one of the newest {rule.newest}"))
        elif age < rule.young:
            stay.append((item, f"younger than {rule.young.days} days"))
        else:
            let_go.append((item, f"{age.days} days old, and {place} newer ones are kept"))
    return Decision(tuple(stay), tuple(let_go))
