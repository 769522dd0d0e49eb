"""How a run is put into words: the verdict, amounts of time, numbers, and names made safe to print."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime

from operations.record import Ending, RunRecord

MINUTE, HOUR = 60, 3600
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_JOINER = "\N{ZERO WIDTH JOINER}"
_BETWEEN_EMOJI = re.compile(f"(?<=[{_EMOJI}\N{VARIATION SELECTOR-16}]){_JOINER}(?=[{_EMOJI}])")
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


def about(value: float) -> str:
    """A number in three digits at most, for where there is little room: `940`, `4.71k`, `512k`, `1.2M`."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * size:
            return f"{value / size:.3g}{letter}" if abs(value) < 999.5 * size else f"{value / size:.0f}{letter}"
    return f"{value:.3g}"


def percent(value: float) -> str:
    """A share: `46 %`, `0.4 %`, `< 0.1 %`."""
    if 0 < value < 0.1:
        return "< 0.1 %"
    return f"{value:.1f} %" if 0 < value < 10 else f"{value:.0f} %"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 table`, `16 tables`, `2 entries`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def moment(when: datetime) -> str:
    """A moment in UTC, in full: `Sunday 22 November 2026, 22:00 UTC`."""
    utc = when.astimezone(UTC)
    return f"{utc:%A} {utc.day} {utc:%B %Y, %H:%M} UTC"


def day(when: date) -> str:
    """A day: `22 Nov 2026`."""
    return f"{when.day} {when:%b %Y}"


def minute(when: datetime) -> str:
    """A moment in UTC, short, in a column of others: `2026-11-22 22:00`."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M}"


def visible(text: str) -> str:
    """The text on one line, what could fool a terminal or its reader spelled out: control and direction characters.

    A joiner between two emoji stays, as it makes one of them.
    """
    return _JOINER.join("".join(map(_spelled, part)) for part in _BETWEEN_EMOJI.split(text))


def _spelled(character: str) -> str:
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return character.encode("unicode_escape").decode("ascii") if hidden else character
