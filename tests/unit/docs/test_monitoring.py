"""The alert rules and the dashboard under examples/monitoring: every expression parses and asks for what there is."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from operations.metrics import METRICS

FOLDER = Path(__file__).parents[3] / "examples" / "monitoring"
RULES = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text())
LABELS = {metric.name: {*metric.labels} for metric in METRICS}
EVERY = {
    **{rule["alert"]: rule["expr"] for rule in RULES},
    **{f"{p['title']} {t['refId']}": t["expr"] for p in DASHBOARD["panels"] for t in p["targets"]},
}


def selectors(expression: str) -> list[Any]:
    """What an expression asks Prometheus for; ValueError if it is none."""
    found: list[Any] = []

    def visit(node: Any) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)

    promql_parser.walk(promql_parser.parse(expression), visit)
    return found


def wrong_with(expression: str) -> Iterator[str]:
    """Metrics and labels that no run writes."""
    for selector in selectors(expression):
        if selector.name not in LABELS:
            yield selector.name
        else:
            yield from (m.name for m in selector.matchers.matchers if m.name not in LABELS[selector.name])


@pytest.mark.parametrize("name", EVERY)
def test_an_expression_asks_for_what_runs_write(name: str) -> None:
    """It parses, and each metric and each label in it exists."""
    assert selectors(EVERY[name])
    assert list(wrong_with(EVERY[name])) == []


def test_what_does_not_exist_is_found() -> None:
    """The check itself sees a metric, a label, and an expression that are wrong."""
    assert list(wrong_with('greenroom_drift > 0 or greenroom_drift_items{job="x"}')) == ["greenroom_drift", "job"]
    with pytest.raises(ValueError, match="unclosed"):
        selectors("max(greenroom_drift_items")


def test_every_metric_is_shown_or_watched() -> None:
    """No number is written that nobody looks at."""
    used = {selector.name for expression in EVERY.values() for selector in selectors(expression)}
    assert used == LABELS.keys()


def test_every_rule_is_told_in_words() -> None:
    """A name of its own, a severity, a summary and what to do; nothing that Prometheus does not know."""
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert rule["annotations"].keys() == {"summary", "description"}


def test_the_panels_fit_beside_each_other() -> None:
    """Each has a number of its own, a data source, and a place that no other has."""
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken
        taken |= cells
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_the_page_lists_every_metric() -> None:
    """In the words of the numbers themselves."""
    page = (FOLDER / "README.md").read_text()
    rows = [f"| `{metric.name}` | {metric.meaning} Labels: {', '.join(metric.labels)}. |" for metric in METRICS]
    assert [line for line in page.splitlines() if line.startswith("| `greenroom_")] == rows


def test_every_rule_is_tried() -> None:
    """Each has a case in which it speaks, and one in which it is quiet."""
    tried = yaml.safe_load((FOLDER / "alerts_test.yaml").read_text())["tests"]
    cases = [case for test in tried for case in test["alert_rule_test"]]
    names = {rule["alert"] for rule in RULES}
    assert {case["alertname"] for case in cases if case.get("exp_alerts")} == names
    assert {case["alertname"] for case in cases if not case.get("exp_alerts")} == names


def test_prometheus_itself_finds_the_rules_right() -> None:
    """Its own tool checks them, and tries each against made-up series."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed: it comes with Debian's package prometheus")
    for words in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]):
        ran = subprocess.run([promtool, *words], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
