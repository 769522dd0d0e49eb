"""Dates as texts, written as a condition's templates for `to_date` and its like say; else as ISO 8601 does."""

from collections.abc import Iterator, Sequence

from factories.values.moments import DAY, Slot, Written

_SIGNS = (("YYYY", "%Y"), ("HH24", "%H"), ("MM", "%m"), ("DD", "%d"), ("MI", "%M"), ("SS", "%S"), ("YY", "%y"))
_USUAL = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ")
_STEPS = (("%d", DAY), ("%m", 31 * DAY), ("%Y", 366 * DAY))  # between two rows, so that no two are written alike


def date_texts(literals: Sequence[str]) -> Iterator[Written]:
    """Recipes for dates as texts, no two rows alike."""
    told = [form for text in literals if (form := _format(text))]
    for form in dict.fromkeys((*told, *_USUAL)):
        step = next((step for sign, step in _STEPS if sign in form), 0)
        if step:
            yield Written(Slot(step), form)


def _format(template: str) -> str:
    """What PostgreSQL's template says, in strftime's signs; empty unless it is one that has nothing else in it."""
    form = template.replace("FM", "").replace("%", "%%")
    for sign, meant in _SIGNS:
        form = form.replace(sign, meant)
    known = form
    for _, meant in _SIGNS:
        known = known.replace(meant, "")
    return form if form != template and not any(sign.isalnum() for sign in known) else ""
