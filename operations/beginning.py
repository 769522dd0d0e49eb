"""The step that every job begins with: all guards asked, before anything changes."""

from typing import TYPE_CHECKING

from catalog.findings import passed, refuse_unless_good
from database.endpoints import Production
from operations.access import judge_access
from operations.backup.backing_up import require_keys
from operations.backup.stores import store_to_write
from operations.guarding import (
    judge_apart,
    judge_production,
    judge_staging,
    judge_without_production,
    look_at_production,
    look_at_staging,
    programs_fit,
)
from operations.run import Run

if TYPE_CHECKING:
    from schema_sync.sources.source import Source


def guard(
    run: Run,
    production: Production | None,
    *,
    source: "Source | None" = None,
    backup: bool = False,
    builds: int = 2,
    access: bool = False,
) -> None:
    """Ask every guard before anything changes, and the store if a backup is to be taken.

    `source` is where the shape comes from if that is neither production nor staging; it is looked at. `builds` is how
    many databases of staging's size the job builds beside it; `access` that it is to be refused if a role cannot have
    its level. Raises Refusal if any guard says no.
    """
    with run.step("guard") as note:
        staging = look_at_staging(run.staging)
        facts = look_at_production(production) if production else None
        findings = run.story.findings
        if facts:
            findings.extend(judge_production(facts, staging, run.settings.allow))
        else:
            apart = judge_without_production if source else judge_apart
            findings.extend(apart(run.settings, staging))
        refuse_unless_good(finding for finding in findings if finding.check == "same-database")
        findings.extend(judge_staging(staging, run.settings.allow, builds=builds))
        findings.extend(judge_access(run.settings, run.staging, staging.database) if access else ())
        refuse_unless_good(findings)
        if facts:
            findings.append(programs_fit(run.settings, facts.server.major, staging.server.major))
        if source:
            findings.append(passed("shape", source.look()))
        if backup and run.settings.recipients:
            require_keys(run.settings)
            store_to_write(run.settings).reach()
        run.story.facts.append(("PostgreSQL", _servers(staging.server.major, facts.server.major if facts else None)))
        note.text = f"{len(findings)} guards passed"


def _servers(staging: int, production: int | None) -> str:
    return f"{staging} on staging" + (f", {production} on production" if production else "")
