"""How a run is put into words: the verdict, amounts of time, numbers, and names made safe to print."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from operations.record import Ending, RunRecord

MINUTE, HOUR = 60, 3600
ENDINGS = {Ending.DONE: "Done", Ending.REFUSED: "Refused", Ending.FAILED: "Failed"}


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict: one word for how the run ended, one sentence, and whatever was said after it."""

    word: str
    sentence: str
    rest: str

    def __str__(self) -> str:
        return f"{self.word}: {self.sentence}"


def headline(record: RunRecord) -> Headline:
    """The verdict of a run, without saying twice how it ended when its sentence says so already."""
    first, _, rest = record.sentence.strip().partition("\n")
    opening = f"{record.ending}:"
    if first.lower().startswith(opening):
        first = first[len(opening) :].strip()
    sentence = first or f"{record.job} of {record.database}"
    return Headline(ENDINGS[record.ending], sentence, rest.strip())


def duration(seconds: float) -> str:
    """An amount of time for people, three digits at most: `84 ms`, `12.4 s`, `3 min 04 s`, `1 h 02 min`."""
    if seconds < 0.9995:  # from here on it would read 1000 ms
        return f"{max(seconds, 0) * 1000:.0f} ms"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{seconds:.1f} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02} s"
    minutes = round(seconds / MINUTE)
    return f"{minutes // MINUTE} h {minutes % MINUTE:02} min"


def number(value: float) -> str:
    """A whole number with its thousands set apart: `48,210`."""
    return f"{value:,.0f}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 table`, `16 tables`, `2 entries`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def moment(when: datetime) -> str:
    """A moment in UTC, in full: `Sunday 22 November 2026, 22:00 UTC`."""
    utc = when.astimezone(UTC)
    return f"{utc:%A} {utc.day} {utc:%B %Y, %H:%M} UTC"


def visible(text: str) -> str:
    """The text on one line, what could fool a terminal or its reader spelled out: control and direction characters."""
    return "".join(_spelled(character) for character in text)


def _spelled(character: str) -> str:
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return character.encode("unicode_escape").decode("ascii") if hidden else character
