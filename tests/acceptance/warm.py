"""What every command needs, imported and computed once in the process that commands are forked from."""

import gc
from importlib import import_module
from pathlib import Path

import networkx  # noqa: F401 - imported by the report while it draws

import operations.jobs  # noqa: F401 - imported by commands once they know what to do
from factories.naming import RULES
from operations.cli.program import MODULES
from operations.report import from_json
from operations.report.page import render

_RECORD = Path(__file__).parents[1] / "cases" / "report" / "weekly.json"

for module in MODULES:
    import_module(f"operations.cli.{module}")
for rule in RULES:
    rule.found("")  # compiles its pattern
render(from_json(_RECORD.read_bytes()))  # compiles its templates
gc.freeze()  # none of it is garbage before a command ends, and pages that are not looked at need no copying
gc.set_threshold(20_000, 20, 20)
