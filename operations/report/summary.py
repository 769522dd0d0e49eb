"""A run in Markdown and in plain table rows, as Prefect's artifacts show them."""

import re
from collections.abc import Iterable

from catalog.compare import Difference
from catalog.findings import Finding, Outcome
from operations.record import ADDRESS, MigrationRecord, RunRecord
from operations.report import figures, rehearsal, shape
from operations.report.words import duration, headline, moment, number, visible

Row = dict[str, str]
_LONGEST = 400
_MARKED_UP = re.compile(r"([\\`*_\[\]<>|~&$])")


def markdown(record: RunRecord) -> str:
    """The run on one screen: verdict, key figures, what wants reading, steps, personas, facts, what is left behind."""
    before = _verdict(record), _attention(record), _rehearsal(record), _steps(record)
    after = _shape(record), _people(record), _facts(record), _left(record)
    return "\n\n".join(part for part in (*before, *after) if part) + "\n"


def page_on_the_web(record: RunRecord) -> str:
    """The web address of the run's report, empty if it has none that a browser could open."""
    address = dict(record.facts).get(ADDRESS, "")
    return address if address.startswith(("http://", "https://")) else ""


def table_rows(record: RunRecord) -> dict[str, list[Row]]:
    """The run's `steps`, `tables`, `findings` and `drift`, each a list of rows whose keys are the column titles.

    `drift` is what differed between staging and production before the run, each object on a row, from and to. Where
    the next release was rehearsed, there is `rehearsal` as well, a migration on a row.
    """
    migrations = record.rehearsal.migrations if record.rehearsal else ()
    rehearsed = {"rehearsal": [_rehearsed(item) for item in migrations]} if record.rehearsal else {}
    return {
        "steps": [_row(step=s.name, time=duration(s.seconds), ended=s.ending, note=s.note) for s in record.steps],
        "tables": [_row(table=t.name, rows=number(t.rows), reason=t.reason) for t in record.tables],
        "findings": [_row(check=f.check, outcome=f.outcome, found=f.what, todo=f.todo) for f in record.findings],
        "drift": [_drifted(change) for change in record.changes],
        **rehearsed,
    }


def _rehearsed(item: MigrationRecord) -> Row:
    ended = "failed" if item.failed else "done"
    told = "; ".join(rehearsal.notes(item))
    return _row(migration=rehearsal.title(item), time=duration(item.seconds), ended=ended, told=told)


def _drifted(change: Difference) -> Row:
    before, after = (
        text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in (change.before, change.after)
    )
    return _row(kind=change.kind, name=change.name, change=change.change, **{"from": before, "to": after})


def _verdict(record: RunRecord) -> str:
    said = headline(record)
    numbers = " · ".join(f"**{_text(figure.value)}** {figure.label}" for figure in figures.key_figures(record))
    where = f"{_text(record.job)} of {_text(record.database)}, {moment(record.started)}"
    rest = "\n\n".join(_text(line) for line in said.rest.splitlines() if line.strip())
    return "\n\n".join(part for part in (f"# {said.word}: {_text(said.sentence)}", rest, numbers, where) if part)


def _attention(record: RunRecord) -> str:
    if not record.findings:
        return ""
    worth = [item for item in figures.by_urgency(record.findings) if item.outcome is not Outcome.PASSED]
    return _list(f"Checks: {figures.tally(record.findings)}", map(_finding, worth))


def _finding(finding: Finding) -> str:
    todo = f" {_text(finding.todo)}" if finding.todo else ""
    return f"**{finding.outcome}** {_text(finding.check)}: {_text(finding.what)}{'.' if todo else ''}{todo}"


def _steps(record: RunRecord) -> str:
    if not record.steps:
        return ""
    rows = (
        f"| {_text(step.name)} | {duration(step.seconds)} | {step.ending} | {_text(step.note)} |"
        for step in record.steps
    )
    return "\n".join(("## Steps", "", "| step | time | ended | note |", "| --- | ---: | --- | --- |", *rows))


def _rehearsal(record: RunRecord) -> str:
    if record.rehearsal is None:
        return ""
    items = [f"{_text(record.rehearsal.of)}: {_text(record.rehearsal.ended)}"]
    for item in record.rehearsal.migrations:
        told = "; ".join(rehearsal.notes(item))
        ended = "**failed**" if item.failed else "done"
        items.append(
            f"{_text(rehearsal.title(item))}, {duration(item.seconds)}, {ended}{': ' * bool(told)}{_text(told)}"
        )
    return _list("Rehearsal of the next release", items)


def _shape(record: RunRecord) -> str:
    if not record.changes:
        return ""
    return _list("What changed in production's shape", (_text(str(group)) for group in shape.by_kind(record.changes)))


def _people(record: RunRecord) -> str:
    people = (f"{_text(p.name)}, {_text(p.role)}: {_text(p.email)}. {_text(p.about or p.how)}" for p in record.personas)
    return _list("People to sign in as", people) if record.personas else ""


def _facts(record: RunRecord) -> str:
    page = page_on_the_web(record)
    shown = {ADDRESS: f"[{_text(page)}](<{page}>)"} if page else {}
    facts = [f"{_text(label)}: {shown.get(label) or _text(value)}" for label, value in figures.facts(record)]
    return _list("Worth knowing", facts) if facts else ""


def _left(record: RunRecord) -> str:
    return _list("Left behind", map(_text, record.left)) if record.left else ""


def _list(title: str, items: Iterable[str]) -> str:
    return "\n".join((f"## {title}", "", *(f"- {item}" for item in items))).rstrip()


def _text(text: str) -> str:
    return _MARKED_UP.sub(r"\\\1", visible(text))


def _row(**cells: str) -> Row:
    """A row whose cells cannot pass for a link, which a table artifact would otherwise make of `[text](target)`."""
    return {title: visible(str(cell)).replace("](", "] (") for title, cell in cells.items()}
