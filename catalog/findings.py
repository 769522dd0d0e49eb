"""What a check found, as a value: guards, the doctor and the verdict all speak in these."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from catalog.errors import Refusal


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    ALLOWED = "allowed"
    NOTED = "noted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, how it ended, one clause saying what was found, and what to do about it."""

    check: str
    outcome: Outcome
    what: str
    todo: str = ""

    @property
    def good(self) -> bool:
        """Whether the run may go on."""
        return self.outcome is not Outcome.REFUSED

    def __str__(self) -> str:
        return f"{self.check}: {self.what}"


def passed(check: str, what: str) -> Finding:
    """A check that found nothing wrong."""
    return Finding(check, Outcome.PASSED, what)


def noted(check: str, what: str, todo: str = "") -> Finding:
    """A check that found something worth reading, which stops nothing."""
    return Finding(check, Outcome.NOTED, what, todo)


def refused(check: str, what: str, todo: str = "") -> Finding:
    """A check that stops the run."""
    return Finding(check, Outcome.REFUSED, what, todo)


def overrulable(check: str, what: str, todo: str, allow: Iterable[str]) -> Finding:
    """A check that stops the run unless the operator allowed it by its name."""
    if check in set(allow):
        return Finding(check, Outcome.ALLOWED, f"{what} (allowed by name)")
    hint = f'Or overrule this guard by name: --allow {check}, or allow = ["{check}"] in greenroom.toml.'
    return Finding(check, Outcome.REFUSED, what, f"{todo} {hint}".strip())


def refuse_unless_good(findings: Iterable[Finding]) -> None:
    """Raise the first refused finding as a Refusal, the other refused ones named in its advice."""
    bad = [finding for finding in findings if not finding.good]
    if bad:
        others = "\n".join(f"Refused too: {finding}. {finding.todo}".strip() for finding in bad[1:])
        raise Refusal(bad[0].what, todo="\n".join(part for part in (bad[0].todo, others) if part))
