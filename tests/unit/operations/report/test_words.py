"""Times, numbers, verdicts and names put into words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from operations.record import Ending, RunRecord
from operations.report.words import duration, headline, moment, plural, visible

NOW = datetime(2026, 11, 22, 22, 0, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-1, "0 ms"),
        (0, "0 ms"),
        (0.0844, "84 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.0 s"),
        (12.44, "12.4 s"),
        (59.4, "59.4 s"),
        (59.96, "1 min 00 s"),
        (184, "3 min 04 s"),
        (3599.6, "1 h 00 min"),
        (3720, "1 h 02 min"),
    ],
)
def test_durations_read_well_at_every_size(seconds: float, said: str) -> None:
    """A duration has at most three digits of worth and never shows 1000 ms, 60 s or 60 min."""
    assert duration(seconds) == said


def test_moments_are_told_in_utc() -> None:
    """A moment of any zone is said in UTC, with its weekday."""
    berlin = timezone(timedelta(hours=1))
    assert moment(datetime(2026, 11, 23, 0, 30, tzinfo=berlin)) == "Sunday 22 November 2026, 23:30 UTC"


@pytest.mark.parametrize(("count", "said"), [(0, "0 tables"), (1, "1 table"), (1500, "1,500 tables")])
def test_nouns_follow_their_count(count: int, said: str) -> None:
    """One is singular, anything else is plural."""
    assert plural(count, "table") == said


@pytest.mark.parametrize(
    ("sentence", "said", "rest"),
    [
        ("staging is fresh", "Failed: staging is fresh", ""),
        ("Failed: no room.\nFree some.\n", "Failed: no room.", "Free some."),
        ("  ", "Failed: refresh of staging", ""),
    ],
)
def test_a_headline_is_one_sentence(sentence: str, said: str, rest: str) -> None:
    """The headline says the ending once, then the first line; what follows is kept apart; it is never empty."""
    verdict = headline(RunRecord("r", "refresh", "staging", NOW, NOW, Ending.FAILED, sentence))
    assert (str(verdict), verdict.rest) == (said, rest)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, naïve, 日本", "plain, naïve, 日本"),
        ("a\nb\x1b[31m", r"a\nb\x1b[31m"),
        ("\u202elive", r"\u202elive"),
        ("\udc80", r"\udc80"),
        (
            "\U0001f469\U0001f3fd\u200d\U0001f4bb, \u2764\ufe0f\u200d\U0001f525",
            "\U0001f469\U0001f3fd\u200d\U0001f4bb, \u2764\ufe0f\u200d\U0001f525",
        ),
        ("ad\u200dmin, \u200d\U0001f4bb", "ad\\u200dmin, \\u200d\U0001f4bb"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    """Letters of every script and emoji stay; control, direction and broken characters become escapes."""
    assert visible(text) == shown
