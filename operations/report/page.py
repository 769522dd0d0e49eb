"""The report page: one self-contained HTML file, readable with no network and no script."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from operations.record import RunRecord
from operations.report import curves, diagram, figures, past, rehearsal, schema, shape, words
from operations.report.past import Linked

MANY, FEW = 40, 8
_EACH = {1: "a day", 7: "a week", 30: "in each 30 days"}
_LONGEST_VALUE = 160


def render(record: RunRecord, earlier: Iterable[Linked] = (), all_runs: str = "index.html") -> str:
    """The page of one run: its verdict first, everything else searchable below; `earlier` runs beside it.

    `all_runs` is the link to the page that lists them all.
    """
    known = [*(one for one in earlier if one[1].run != record.run), ("", record)]
    entities = schema.entities(record.picture.entities, record.tables)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            record=record,
            all_runs=all_runs,
            entities=entities,
            places={entity.name: entity.at for entity in entities},
            diagram=diagram.draw(record.picture.entities),
            has_charts=record.picture.series or record.picture.states or record.picture.fan_outs,
            runs=past.of_this_job(record, known),
            trends=past.trends(record, known),
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
    environment.filters.update(_FILTERS)
    environment.globals.update(_GLOBALS, policy=_policy(), **{name: _asset(file) for name, file in _ASSETS.items()})
    return environment


_TURNING = {sign: f"\\u{sign:04x}" for sign in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Characters that turn the direction of what follows, so that `evil` reads `live`: spelled out, no name needs them."""


def _apart(text: str) -> Markup:
    """The text in an element of its own, so that its writing direction cannot reach its neighbours."""
    return Markup("<bdi>{}</bdi>").format(_straight(text))


def _straight(text: str) -> str:
    return text.translate(_TURNING)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE].rstrip() + "…"


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(map(str.isspace, text))


def _policy() -> str:
    """A content security policy under which nothing loads, and only our own style and scripts run.

    W3C, Content Security Policy Level 3, section 2.3.1 (hash sources).
    """
    style, search, drawing = (_hash(_asset(name)) for name in _ASSETS.values())
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{search}' '{drawing}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return files("operations.report").joinpath("templates", name).read_text(encoding="utf-8")


_FILTERS: Mapping[str, Callable[..., object]] = {
    "about": words.about,
    "apart": _apart,
    "straight": _straight,
    "by_reason": shape.by_reason,
    "by_table": figures.by_table,
    "by_urgency": figures.by_urgency,
    "counts": shape.counts,
    "curve": curves.curve,
    "cut": _cut,
    "day": words.day,
    "duration": words.duration,
    "fan_out": curves.told,
    "is_link": _is_link,
    "migration_notes": rehearsal.notes,
    "minute": words.minute,
    "moment": words.moment,
    "number": words.number,
    "percent": words.percent,
    "plural": words.plural,
    "shares": curves.shares,
    "states_by_table": curves.by_table,
    "tally": figures.tally,
    "tally_constraints": figures.tally_constraints,
    "tally_health": figures.tally_health,
    "visible": words.visible,
}
_GLOBALS: Mapping[str, object] = {
    "box_high": diagram.HIGH,
    "box_wide": diagram.WIDE,
    "curve_high": curves.HIGH,
    "curve_wide": curves.WIDE,
    "each": _EACH,
    "few": FEW,
    "many": MANY,
    "pieces": shape.pieces,
}
_ASSETS = {"style": "style.css", "search_script": "search.js", "diagram_script": "diagram.js"}
