"""Differences as lines for people and as values for programs: by kind, each on one line, long ones cut short."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff

from catalog.compare import Change, Difference
from catalog.findings import Finding
from operations.report.shape import by_kind
from operations.report.words import plural, visible

_MARKS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~"}
_LEGEND = "+ {0} has it alone, - {1} has it alone, ~ they differ: from {1}'s (-) to {0}'s (+)"
_HOLD_NOTHING = frozenset({"column", "comment"})  # they are named as what they are about
_SHORT = 48
_LONG = 110
_AROUND = 40
_MOST_LINES = 12


def difference_lines(
    differences: Sequence[Difference], whose: str = "production", other: str = "staging"
) -> Iterator[str]:
    """What differs from whose schema, by kind; what comes with another, as a new table's columns, is counted there."""
    inside = _inside(differences)
    told = [item for item in differences if item not in inside]
    if told:
        yield _LEGEND.format(whose, other)
    for group in by_kind(told):
        yield ""
        yield visible(group.kind)
        for item in group.differences:
            yield from _lines(item, [held for held, holder in inside.items() if holder == item])


def beyond_lines(not_compared: Iterable[Finding]) -> Iterator[str]:
    """What was not compared, and what to do about it."""
    yield "not compared"
    yield from (f"  {visible(finding.what)}{'. ' * bool(finding.todo)}{finding.todo}" for finding in not_compared)


def difference_values(differences: Iterable[Difference]) -> list[dict[str, str]]:
    """The differences as JSON takes them, every one by itself."""
    return [
        {"change": str(item.change), "kind": item.kind, "name": item.name, "from": item.before, "to": item.after}
        for item in differences
    ]


def _inside(differences: Sequence[Difference]) -> dict[Difference, Difference]:
    """Which differences come with another: a new table's columns, say; each with the outermost that holds it."""
    whole: dict[tuple[str, str], Difference] = {
        (item.change, item.name): item
        for item in differences
        if item.change is not Change.CHANGED and item.kind not in _HOLD_NOTHING
    }
    holders = {item: whole.get((item.change, name)) for item in differences for name in item.within}
    found = {item: holder for item, holder in holders.items() if holder and holder != item}
    return {item: found.get(holder, holder) for item, holder in found.items()}


def _lines(item: Difference, held: Sequence[Difference]) -> Iterator[str]:
    head = f"  {_MARKS[item.change]} {visible(item.name)}"
    if item.change is not Change.CHANGED:
        about = [_with(held)] if held else [visible(_cut(item.after or item.before))]
        yield "  ".join((head, *filter(None, about)))
    elif max(len(item.before), len(item.after)) <= _SHORT and "\n" not in item.before + item.after:
        yield f"{head}  {visible(item.before.strip()) or 'nothing'} → {visible(item.after.strip()) or 'nothing'}"
    else:
        yield head
        yield from (f"      {line}" for line in _diff(item.before, item.after))


def _with(held: Sequence[Difference]) -> str:
    counts = Counter(item.kind for item in held if item.kind != "column order")
    plurals = {"index": "indexes", "policy": "policies", "statistics": "statistics"}
    return "with " + ", ".join(plural(count, kind, plurals.get(kind, "")) for kind, count in sorted(counts.items()))


def _cut(definition: str) -> str:
    first, *more = definition.strip().split("\n")
    return first if len(first) <= 2 * _SHORT and not more else f"{first[: 2 * _SHORT].rstrip()} …"


def _diff(before: str, after: str) -> Iterator[str]:
    """The lines that differ, each with its sign; of a single long line only where it differs."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) <= 1 and len(new) <= 1 and max(len(before), len(after)) > _LONG:
        old, new = ([text] for text in _around(before, after))
    lines = [line for line in unified_diff(old, new, n=1, lineterm="") if line[:3] not in {"---", "+++"}]
    shown = [f"{line[:1]} {visible(line[1:])}".rstrip() for line in lines if not line.startswith("@@")]
    yield from shown[:_MOST_LINES]
    if len(shown) > _MOST_LINES:
        yield f"… {len(shown) - _MOST_LINES} lines more: see the report, or --json"


def _around(before: str, after: str) -> tuple[str, str]:
    """Both texts from a little before they part to a little after they meet again."""
    most = min(len(before), len(after))
    start = next((place for place in range(most) if before[place] != after[place]), most)
    end = next((place for place in range(most - start) if before[-1 - place] != after[-1 - place]), most - start)
    return _stretch(before, start, end), _stretch(after, start, end)


def _stretch(text: str, start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(len(text) - end + _AROUND, len(text))
    return f"{'… ' * (first > 0)}{text[first:last]}{' …' * (last < len(text))}"
