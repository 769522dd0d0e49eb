"""A run as JSON, there and back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.compare import Change, Difference
from catalog.findings import Finding, Outcome
from operations.picture import EntityRecord, FanOutRecord, Picture, ReferenceRecord, SeriesRecord, StatesRecord
from operations.record import (
    ConstraintRecord,
    Ending,
    KeptRecord,
    MigrationRecord,
    PersonaRecord,
    RehearsalRecord,
    RunRecord,
    SampleRecord,
    StepRecord,
    TableRecord,
)
from operations.report import from_json, to_json

WEEKLY = Path(__file__).parents[3] / "cases" / "report" / "weekly.json"
KEYS = [
    "format", "seconds", "rows", "run", "job", "database", "started", "ended", "ending", "sentence", "steps",
    "findings", "changes", "dropped", "tables", "constraints", "personas", "samples", "facts", "settings", "left",
    "kept", "rehearsal", "away_seconds", "fresh_seconds", "drift", "health", "rolled_back",
    "backup_bytes", "picture", "reason", "advice",
]  # fmt: skip

texts = st.text(max_size=12)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
reasons = st.lists(st.tuples(texts, st.integers(0)), max_size=2).map(tuple)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
seconds = st.floats(0, 1e6)


def several(kind: type, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.builds(kind, *parts), max_size=3).map(tuple)


records = st.builds(
    RunRecord,
    texts,
    texts,
    texts,
    moments,
    moments,
    st.sampled_from(Ending),
    texts,
    several(StepRecord, texts, seconds, st.sampled_from(Ending), texts),
    several(Finding, texts, st.sampled_from(Outcome), texts, texts),
    several(Difference, st.sampled_from(Change), texts, texts, texts, texts),
    pairs,
    several(TableRecord, texts, st.integers(0, 10**12), texts, texts),
    several(ConstraintRecord, texts, texts, texts, st.tuples(texts, texts), st.booleans(), texts),
    several(PersonaRecord, texts, texts, texts, texts, texts),
    several(SampleRecord, texts, st.tuples(texts, texts), st.lists(st.tuples(texts, texts), max_size=2).map(tuple)),
    pairs,
    pairs,
    st.lists(texts, max_size=3).map(tuple),
    several(KeptRecord, texts, texts, st.integers(0), st.integers(0), reasons, texts, st.tuples(texts), st.tuples()),
    st.none()
    | st.builds(
        RehearsalRecord,
        texts,
        texts,
        st.booleans(),
        several(MigrationRecord, texts, texts, seconds, st.tuples(texts), st.tuples(texts), texts, texts),
    ),
    picture=st.builds(
        Picture,
        several(
            EntityRecord,
            texts,
            st.tuples(st.tuples(texts, texts, texts)),
            several(ReferenceRecord, st.tuples(texts), texts),
        ),
        several(SeriesRecord, texts, texts, texts, st.dates(), st.integers(1, 30), st.tuples(seconds, seconds)),
        several(StatesRecord, texts, texts, reasons),
        several(FanOutRecord, texts, st.tuples(texts), texts, reasons, *[st.integers(0)] * 3),
    ),
)


@given(records)
def test_a_run_survives_the_round_trip(record: RunRecord) -> None:
    """Whatever a run holds, reading its JSON gives an equal run."""
    assert from_json(to_json(record)) == record


def test_a_path_that_is_not_unicode_survives_too() -> None:
    """A lone surrogate, as in a file name of an odd encoding, is kept; the JSON is plain ASCII."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    record = RunRecord("r", "backup", "staging", now, now, Ending.DONE, "done", facts=(("backup", "/srv/\udce9"),))
    assert to_json(record).isascii()
    assert from_json(to_json(record)) == record


def test_the_keys_are_those_that_programs_rely_on() -> None:
    """The keys, their order and the totals are as documented."""
    now = datetime(2026, 11, 22, 22, tzinfo=UTC)
    record = RunRecord(
        "r", "refresh", "staging", now, now + timedelta(seconds=3), Ending.DONE, "x", tables=(TableRecord("t", 7),)
    )
    found = json.loads(to_json(record))
    assert list(found) == KEYS
    assert (found["format"], found["seconds"], found["rows"]) == ("greenroom-run/1", 3.0, 7)
    assert found["started"] == "2026-11-22T22:00:00Z"
    assert found["tables"] == [{"name": "t", "rows": 7, "reason": "", "remedy": ""}]


def test_a_file_of_this_format_can_still_be_read() -> None:
    """The run kept as a case when the format was agreed reads as it did, and is written the same."""
    record = from_json(WEEKLY.read_bytes())
    assert (record.rows, len(record.changes), len(record.personas)) == (512_240, 32, 5)
    assert to_json(record) == WEEKLY.read_text()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("[]", "not a run of the format"),
        ('{"format": "greenroom-run/99"}', "not a run of the format"),
        ('{"format": "greenroom-run/1"}', "not a run: run: "),
        (b"\xff\xfe\xff", "not JSON"),
    ],
)
def test_what_is_not_a_run_is_refused_in_a_sentence(text: str | bytes, sentence: str) -> None:
    """A broken or foreign file gives one ValueError that says what is wrong with it."""
    with pytest.raises(ValueError, match=sentence):
        from_json(text)
