"""What the demo says when it has run: what happened, the proof, and where to look."""

import os
import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from operations.demo.canaries import CANARY, Search
from operations.demo.places import Places
from operations.demo.proof import Proof
from operations.record import RunRecord
from operations.report import print_record

_INDENT = (0, 0, 0, 2)


def tell(console: Console, record: RunRecord) -> None:
    """The run in a few lines."""
    console.print()
    print_record(console, record)


def tell_proof(console: Console, proof: Proof) -> None:
    """Each place that was searched, and what was found there."""
    console.print()
    console.print(_verdict(proof))
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column(justify="right")
    for search in (proof.control, *proof.searches):
        expected = bool(search.found) == (search is proof.control)
        style = "" if expected and search.amount else "bold red"
        grid.add_row(Text(search.place, style), Text(_amount(search), style or "dim"), Text(_found(search), style))
    console.print(Padding(grid, _INDENT))


def _verdict(proof: Proof) -> Text:
    if proof.good:
        return Text.assemble(("No row of production crossed", "bold green"), f" (searched for {CANARY}, in any case)")
    if proof.crossed:
        return Text(f"{proof.crossed} canaries of production crossed", "bold red")
    return Text("the search proves nothing: production holds no canary, or a place was empty", "bold red")


def _amount(search: Search) -> str:
    if search.unit == "bytes" and search.amount >= 1 << 20:
        return f"{search.amount / (1 << 20):,.1f} MiB"
    if search.unit == "bytes":
        return f"{search.amount / 1024:,.0f} KiB"
    return f"{search.amount:,} {search.unit}"


def _found(search: Search) -> str:
    return f"{search.found or 'no'} canar{'y' if search.found == 1 else 'ies'}"


def tell_places(console: Console, places: Places, page: str, report: Path) -> None:
    """Where to look, how to work with what runs, how to stop it, how to run it again."""
    program = _program()
    console.print()
    console.print(Text("Everything is still running", "bold"))
    for label, value in (
        ("Prefect", page),
        ("Report", str(report)),
        ("Work with it", f"source {_short(places.variables)}; then for example: greenroom status"),
        ("Run it again", f"{program} demo"),
        ("Stop it", f"{program} demo --stop"),
    ):
        console.print(
            Text.assemble("  ", (f"{label:<14}", "dim"), value), soft_wrap=True
        )  # to be clicked or copied whole


def _program() -> str:
    own = Path(sys.executable).parent / "greenroom"
    on_path = shutil.which("greenroom")
    return "greenroom" if on_path and Path(on_path).resolve() == own.resolve() else _short(own)


def _short(path: Path) -> str:
    """The path as one would type it here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
