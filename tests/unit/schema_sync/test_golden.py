"""What is decided about a golden: whether it may be cloned, whether a clone of it passes, and what contradicts it."""

from dataclasses import replace

import pytest

from catalog.errors import Refusal
from catalog.findings import Finding, Outcome
from catalog.fingerprint import fingerprint
from catalog.model import Catalog, SchemaObject, Table, TableKind, TableName
from database.facts import DatabaseFacts
from database.wholes.marker import GOLDEN, Marker, write_marker
from schema_sync import golden as golden_of
from schema_sync.golden import Contents, Golden, belongs, marker_of, refuse_choices, tell, verdict

USERS, LOGS = TableName("app", "users"), TableName("app", "logs")
SHAPE = Catalog(
    180000,
    tuple(Table(name, TableKind.ORDINARY, ()) for name in (USERS, LOGS)),
    (SchemaObject("table", "app.logs", ""), SchemaObject("table", "app.users", "")),
)
OTHER = replace(SHAPE, objects=(*SHAPE.objects, SchemaObject("table", "app.more", "")))
MARKER = Marker("20261122T230000Z-aaaaaa", 7, "uat", "2026-11-22T23:00:00+00:00", fingerprint(SHAPE), "2026-11-22")
CONTENTS = Contents(SHAPE, (USERS,))
ITS = Golden(MARKER, CONTENTS)
STAGING = Marker(MARKER.run)


def outcomes(findings: tuple[Finding, ...]) -> dict[str, Outcome]:
    return {finding.check: finding.outcome for finding in findings}


def test_a_golden_of_this_staging_may_be_cloned() -> None:
    """Untouched, of the same shape, with rows; each said in a clause."""
    assert [str(finding) for finding in belongs(ITS, STAGING, SHAPE)] == [
        "golden-untouched: the golden's shape is what run 20261122T230000Z-aaaaaa promoted",
        "golden-fits: the golden has staging's shape",
        "golden-rows: 1 tables of the golden hold rows, partitions counted by themselves",
    ]


@pytest.mark.parametrize(
    ("golden", "staging", "shape", "wrong"),
    [
        (replace(ITS, contents=replace(CONTENTS, catalog=OTHER)), STAGING, OTHER, "golden-untouched"),
        (ITS, Marker("another run"), OTHER, "golden-fits"),
        (ITS, Marker(), OTHER, "golden-fits"),
        (ITS, None, OTHER, "golden-fits"),
        (replace(ITS, contents=replace(CONTENTS, filled=())), STAGING, SHAPE, "golden-rows"),
    ],
    ids=["changed", "of another run", "marked by hand", "not marked", "empty"],
)
def test_a_golden_that_does_not_belong_is_refused(
    golden: Golden, staging: Marker | None, shape: Catalog, wrong: str
) -> None:
    """By that check alone."""
    found = outcomes(belongs(golden, staging, shape))
    assert [check for check, outcome in found.items() if outcome is Outcome.REFUSED] == [wrong]


@pytest.mark.parametrize("staging", [STAGING, Marker("a reseed from it", golden=MARKER.run)])
def test_what_was_changed_in_staging_since_is_told_and_given_up(staging: Marker) -> None:
    """Staging is of the golden's run, directly or as its clone: then the golden's shape is what was asked for."""
    finding = belongs(ITS, staging, OTHER)[1]
    assert finding.outcome is Outcome.NOTED
    assert finding.what == (
        "1 objects were changed in staging since run 20261122T230000Z-aaaaaa, and become what they are in the golden"
    )


@pytest.mark.parametrize("staging", [Marker("rolled back to"), Marker(), None])
def test_an_equal_shape_is_enough(staging: Marker | None) -> None:
    """Rolled back to a database of the same shape, or marked again by hand: the rows alone are others."""
    assert outcomes(belongs(ITS, staging, SHAPE))["golden-fits"] is Outcome.PASSED


def test_a_schema_without_tables_may_hold_no_rows() -> None:
    """There is nothing to be empty."""
    empty = Catalog(180000, (), SHAPE.objects)
    assert golden_of.belongs(Golden(MARKER, Contents(empty, ())), STAGING, empty)[2].good


@pytest.mark.parametrize(
    ("clone", "wrong"),
    [
        (CONTENTS, []),
        (replace(CONTENTS, catalog=OTHER), ["same-shape"]),
        (replace(CONTENTS, filled=(USERS, LOGS)), ["filled-tables"]),
        (replace(CONTENTS, filled=()), ["filled-tables"]),
        (replace(CONTENTS, outlets=("subscription x",)), ["no-outlets"]),
    ],
)
def test_a_clone_has_to_be_what_the_golden_is(clone: Contents, wrong: list[str]) -> None:
    """In shape, in which tables hold rows, and without a way out."""
    assert [finding.check for finding in verdict(clone, CONTENTS) if not finding.good] == wrong


def facts(comment: str) -> DatabaseFacts:
    return DatabaseFacts(1, "app__golden", "owner", 0, comment, -1, False, 0, 0, 0)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (None, 'there is no golden "app__golden" to clone'),
        (replace(facts(write_marker("", MARKER, GOLDEN)), acts_as_owner=False), '"ann" may not copy "app__golden"'),
        (facts(""), '"app__golden" does not say which run it is the golden of'),
        (facts(write_marker("", MARKER)), '"app__golden" does not say which run it is the golden of'),
        (facts(write_marker("", Marker(), GOLDEN)), '"app__golden" does not say which run it is the golden of'),
    ],
    ids=["none", "another role's", "unmarked", "staging's marker", "an empty marker"],
)
def test_without_a_marker_of_ours_there_is_no_golden(found: DatabaseFacts | None, sentence: str) -> None:
    """Nobody can say where its rows came from."""
    with pytest.raises(Refusal) as refused:
        marker_of(found, "app__golden", "ann")
    assert refused.value.what == sentence
    assert refused.value.todo


def test_a_golden_says_whose_rows_it_has() -> None:
    """Its run, with what its rows follow from; or the backup that they were restored from."""
    assert marker_of(facts(write_marker("Ours.", MARKER, GOLDEN)), "app__golden", "ann") == MARKER
    assert ITS.told == (
        "from the golden of run 20261122T230000Z-aaaaaa "
        "(seed 7, profile uat, history ends at 2026-11-22T23:00:00+00:00)"
    )
    assert tell(Marker("x", built_at="2026-11-01")) == "x (a backup of 2026-11-01)"


def test_choices_that_only_seeding_heeds_are_refused_by_name() -> None:
    """Those that were made: seed 0 is one, strict left out is none."""
    refuse_choices({"seed": None, "rows": [], "strict": False, "profile": "", "anchor": None})
    with pytest.raises(Refusal) as refused:
        refuse_choices({"--seed": 0, "--profile": None, "--rows": ["users=1"], "--strict": True})
    assert refused.value.what == "--seed and --rows and --strict cannot be chosen for a reseed from the golden"
