"""A run as JSON: for `--json`, and kept beside the page so that later commands can read it back."""

import json
from functools import cache

from pydantic import TypeAdapter, ValidationError

from operations.record import RunRecord

FORMAT = "greenroom-run/1"
_TOTALS = {"format", "seconds", "rows"}
_LEFT_OUT = {"changes": {"__all__": {"within"}}}  # it arranges lines on a terminal, and the format does not have it


def to_json(record: RunRecord) -> str:
    """The record as one JSON object, in ASCII, ending with a line break; its keys are stable within a format.

    `format` is `greenroom-run/1`. `run`, `job`, `database`, `sentence`: text. `started`, `ended`: ISO 8601, in UTC.
    `ending`: done, refused or failed. `seconds`, `rows`: the totals. Then lists of objects: `steps` (name, seconds,
    ending, note), `findings` (check, outcome, what, todo), `changes` (change, kind, name, before, after), `tables`
    (name, rows, reason, remedy), `constraints` (table, kind, name, columns, proven, how), `personas` (name, email,
    role, how, about), `samples` (table, columns, rows). Lists of pairs: `dropped` (what, why), `facts` and `settings`
    (label, value). A list of texts: `left`. Objects again: `kept` (table, into, rows, carried, aside, gone, new, lost).
    One object, or null: `rehearsal` (of, ended, promoted, and `migrations`: name, message, seconds, locks, rewritten,
    failed, statement). A number, or null: `away_seconds`, `fresh_seconds`, `drift`. A list of objects: `health` (name,
    well, told, seconds). `rolled_back`: whether staging is the previous database again, as services did not answer.
    `backup_bytes`: a number, or null. `reason`, `advice`: texts, why it did not end well and what to do first, without
    what a server said. One object: `picture`, of lists `entities` (table, columns, references), `series` (table, by,
    measure, first, days, values), `states` (table, column, counts), `fan_outs` (child, columns, parent, parents,
    children, middle, most).
    """
    head = {"format": FORMAT, "seconds": record.seconds, "rows": record.rows}
    return json.dumps({**head, **_record().dump_python(record, mode="json", exclude=_LEFT_OUT)}, indent=1) + "\n"


def from_json(text: str | bytes, *, pictured: bool = True) -> RunRecord:
    """The record that `to_json` wrote, its picture left out if it need not be `pictured`, which is much faster.

    Raises ValueError, in a sentence, if the text is not one.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f'not a run of the format "{FORMAT}"')
    try:
        left_out = _TOTALS if pictured else {*_TOTALS, "picture"}
        return _record().validate_python({key: value for key, value in found.items() if key not in left_out})
    except ValidationError as error:
        raise ValueError(f"not a run: {_first(error)}") from None


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"


@cache
def _record() -> TypeAdapter[RunRecord]:
    return TypeAdapter(RunRecord)
