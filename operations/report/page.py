"""The report page: one self-contained HTML file, readable with no network and no script."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from operations.record import RunRecord
from operations.report import figures, rehearsal, shape, words

MANY = 40
_LONGEST_VALUE = 160


def render(record: RunRecord) -> str:
    """The page of one run: its verdict first, everything else searchable below."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            record=record,
            headline=words.headline(record),
            key_figures=figures.key_figures(record),
            facts=figures.facts(record),
            bars=figures.timeline(record),
            findings=figures.by_urgency(record.findings),
            groups=shape.by_kind(record.changes),
            most_rows=max((table.rows for table in record.tables), default=0) or 1,
        )
    )


def render_index(runs: Iterable[tuple[str, RunRecord]], unreadable: Iterable[str] = ()) -> str:
    """The page that lists past runs, each a (link, record), in the order given, and the files nobody can read."""
    rows = [(link, record, words.headline(record)) for link, record in runs]
    return _environment().get_template("index.html.j2").render(rows=rows, unreadable=tuple(unreadable))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("operations.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        apart=_apart,
        by_table=figures.by_table,
        by_urgency=figures.by_urgency,
        counts=shape.counts,
        cut=_cut,
        duration=words.duration,
        migration_notes=rehearsal.notes,
        moment=words.moment,
        number=words.number,
        plural=words.plural,
        tally=figures.tally,
        tally_constraints=figures.tally_constraints,
        visible=words.visible,
        is_link=_is_link,
    )
    environment.globals.update(
        pieces=shape.pieces, many=MANY, style=_asset("style.css"), script=_asset("search.js"), policy=_policy()
    )
    return environment


def _apart(text: str) -> Markup:
    """The text in an element of its own, so that its writing direction cannot reach its neighbours."""
    return Markup("<bdi>{}</bdi>").format(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE].rstrip() + "…"


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(map(str.isspace, text))


def _policy() -> str:
    """A content security policy under which nothing loads, and only our own style and script run.

    W3C, Content Security Policy Level 3, section 2.3.1 (hash sources).
    """
    style, script = (_hash(_asset(name)) for name in ("style.css", "search.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return files("operations.report").joinpath("templates", name).read_text(encoding="utf-8")
