"""One run, told in every place people look: a page to open, a terminal, Prefect's artifacts, JSON for programs."""

from operations.report.as_json import from_json, to_json
from operations.report.keep import History, history, index, let_go, write
from operations.report.page import render, render_index
from operations.report.summary import markdown, page_on_the_web, table_rows
from operations.report.terminal import print_record

__all__ = [
    "History",
    "from_json",
    "history",
    "index",
    "let_go",
    "markdown",
    "page_on_the_web",
    "print_record",
    "render",
    "render_index",
    "table_rows",
    "to_json",
    "write",
]
