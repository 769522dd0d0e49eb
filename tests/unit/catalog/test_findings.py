"""What checks say, and when what they say stops a run."""

import pytest

from catalog.errors import Refusal
from catalog.findings import Finding, Outcome, noted, overrulable, passed, refuse_unless_good, refused


@pytest.mark.parametrize(
    ("finding", "outcome", "good"),
    [
        (passed("disk", "enough"), Outcome.PASSED, True),
        (noted("disk", "little", "Add some."), Outcome.NOTED, True),
        (refused("disk", "none", "Add some."), Outcome.REFUSED, False),
        (overrulable("disk", "none", "Add some.", ["disk"]), Outcome.ALLOWED, True),
        (overrulable("disk", "none", "Add some.", ["no-tls"]), Outcome.REFUSED, False),
    ],
    ids=["passed", "noted", "refused", "allowed", "another one allowed"],
)
def test_only_a_refused_finding_stops_the_run(finding: Finding, outcome: Outcome, good: bool) -> None:
    """Each way to make a finding ends in its own outcome."""
    assert (finding.outcome, finding.good) == (outcome, good)


def test_a_finding_prints_as_its_check_and_its_clause() -> None:
    """The advice is not part of it."""
    assert str(refused("disk", "none left", "Add some.")) == "disk: none left"


def test_an_allowed_finding_says_that_it_was_allowed() -> None:
    """What was found stays readable in the report."""
    assert overrulable("no-tls", "it is open", "Close it.", {"no-tls"}) == Finding(
        "no-tls", Outcome.ALLOWED, "it is open (allowed by name)"
    )


def test_an_overrulable_finding_says_how_to_overrule_it() -> None:
    """On the command line and in the settings, after the better advice."""
    assert overrulable("no-tls", "it is open", "Close it.", ()).todo == (
        'Close it. Or overrule this guard by name: --allow no-tls, or allow = ["no-tls"] in greenroom.toml.'
    )


def test_good_findings_raise_nothing() -> None:
    """Neither do none at all."""
    refuse_unless_good([passed("a", "fine"), noted("b", "fine"), overrulable("c", "open", "Close it.", ["c"])])
    refuse_unless_good([])


def test_the_first_refused_finding_is_raised_with_the_others_in_its_advice() -> None:
    """One run tells everything that has to be mended."""
    findings = [
        refused("a", "first", "Mend a."),
        passed("b", "fine"),
        refused("c", "third", "Mend c."),
        refused("d", "x"),
    ]
    with pytest.raises(Refusal) as raised:
        refuse_unless_good(findings)
    assert str(raised.value) == (
        "refused: first; nothing was changed.\nMend a.\nRefused too: c: third. Mend c.\nRefused too: d: x."
    )
